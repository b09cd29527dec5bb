"""An identity is opened by one combination of conditions, and each try is written down first."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import text

from app.db.base import now
from app.db.session import act_as, execute
from app.domain.actor import Role
from app.domain.tips.identity import queries
from app.domain.tips.office import INFORMANT
from app.domain.tips.protecting.keys import Ring
from tests.give import Country
from tests.house import Caller, House, runner
from tests.tips.give import give_tip
from tests.tips.identities import (
    CONTACT,
    OPEN,
    TRIES,
    Conditions,
    asker,
    give_request,
    holds,
    try_all,
    try_by,
)
from tests.tips.people import Office

DOORS = ("rest", "graphql")
ALL = Conditions()


@pytest.fixture(scope="module")
def office(spare: tuple[House, Country]) -> Office:
    return Office(*spare)


@pytest.fixture(params=DOORS)
def door(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def noted(office: Office, request: UUID) -> list[str]:
    """What the audit says of the tries of one request."""
    return [row["detail"] for row in office.rows(TRIES) if row["resource_id"] == request]


def test_nobody_opens_an_identity_without_a_token(office: Office) -> None:
    request, _ = give_request(office, ALL)
    nobody = office.house.nobody
    assert nobody.post(f"/api/v1/identity-requests/{request}/open").status_code == 401
    assert nobody.query(OPEN, id=str(request)).status_code == 401
    assert noted(office, request) == []


@pytest.mark.parametrize(
    "role", [role for role in Role if role not in (Role.TIP_OFFICER, Role.INVESTIGATOR)]
)
def test_no_other_role_opens_an_identity(office: Office, door: str, role: Role) -> None:
    request, _ = give_request(office, ALL)
    is_open, told = try_by(door, office.person("asker", "1.1", role), request)
    assert (is_open, told["code"]) == (False, "forbidden")


@pytest.mark.parametrize("place", ["1.2", "2", "1.1.1"])
def test_an_identity_of_another_unit_is_not_there(office: Office, door: str, place: str) -> None:
    request, _ = give_request(office, ALL)
    is_open, told = try_by(door, office.officer("asker", place), request)
    assert (is_open, told["code"]) == (False, "identity_request_not_found")
    assert noted(office, request) == ["refused: out_of_reach"]


def test_what_was_never_requested_is_not_there_and_noted(office: Office, door: str) -> None:
    never = uuid4()
    is_open, told = try_by(door, asker(office), never)
    assert (is_open, told["code"]) == (False, "identity_request_not_found")
    assert noted(office, never) == ["refused: out_of_reach"]


def test_one_combination_of_thirty_two_opens(office: Office, door: str) -> None:
    figures = try_all(office, door)
    print("identity", door, *(f"{name}={value}" for name, value in figures.items()))
    assert holds(figures)


def test_all_that_was_left_is_told_and_kept_by_nobody(office: Office) -> None:
    request, _ = give_request(office, ALL)
    answer = asker(office).post(f"/api/v1/identity-requests/{request}/open")
    told = answer.json()
    assert {name: told[name] for name in CONTACT} == CONTACT
    assert told["views_left"] == 2
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers
    overgraph = asker(office).query(OPEN, id=str(request))
    assert overgraph.json()["data"]["openIdentity"]["name"] == CONTACT["name"]
    assert overgraph.headers["cache-control"] == "no-store"


def test_an_answer_is_not_kept_under_a_key(office: Office) -> None:
    request, _ = give_request(office, ALL)
    for left in (2, 1, 0):
        path = f"/api/v1/identity-requests/{request}/open"
        answer = asker(office).send("POST", path, headers={"idempotency-key": "k" * 30})
        assert answer.json()["views_left"] == left
    kept = office.rows("SELECT convert_from(body, 'UTF8') AS body FROM kept_answer")
    assert not any(CONTACT["phone"] in row["body"] for row in kept)


def test_it_is_opened_three_times_and_no_more(office: Office, door: str) -> None:
    request, _ = give_request(office, ALL)
    assert [try_by(door, asker(office), request)[0] for _ in range(4)] == [True] * 3 + [False]
    assert noted(office, request) == [
        "opened: view 1 of 3", "opened: view 2 of 3", "opened: view 3 of 3", "refused: expired",
    ]  # fmt: skip
    assert office.row("identity_request", request)["views"] == 3


def test_four_at_once_leave_three_openings(office: Office) -> None:
    for _ in range(3):
        request, _ = give_request(office, ALL)
        path, who = f"/api/v1/identity-requests/{request}/open", asker(office)

        async def all_at_once(path: str = path, who: Caller = who) -> list[httpx.Response]:
            sent = (who.house.answer("POST", path, headers=who.headers) for _ in range(4))
            return await asyncio.gather(*sent)

        answers = runner().run(all_at_once())
        assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 403]
        assert len(noted(office, request)) == 4
        assert office.row("identity_request", request)["views"] == 3


@pytest.mark.parametrize(
    ("methods", "minutes_ago", "opens"),
    [
        (("pwd", "otp"), 4.9, True), (("external", "mfa"), 1, True), (("pwd",), 1, False),
        ((), 1, False), (("pwd", "otp"), 5.1, False),
    ],
)  # fmt: skip
def test_the_second_factor_is_fresh(
    office: Office, door: str, methods: tuple[str, ...], minutes_ago: float, opens: bool
) -> None:
    request, _ = give_request(office, ALL)
    who = office.officer("asker", methods=methods, minutes_ago=minutes_ago)
    is_open, told = try_by(door, who, request)
    assert is_open is opens
    if not opens:
        assert told["failed"] == ["second_factor_not_fresh"]
        assert told["second_factor_needed"] is True


def test_where_more_is_lacking_nobody_is_sent_to_sign_in_again(office: Office, door: str) -> None:
    request, _ = give_request(office, Conditions(factor=False, in_time=False))
    _, told = try_by(door, asker(office, factor=False), request)
    assert told["failed"] == ["second_factor_not_fresh", "expired"]
    assert "second_factor_needed" not in told


def test_a_refusal_is_told_in_either_language(office: Office) -> None:
    request, _ = give_request(office, Conditions(assigned=False))
    path = f"/api/v1/identity-requests/{request}/open"
    for language, words in (("vi", "Chưa được mở danh tính"), ("en", "stays closed")):
        told = asker(office).speaking(language).post(path)
        assert told.status_code == 403
        assert words in told.json()["detail"]
        assert [error["code"] for error in told.json()["errors"]] == ["not_assigned"]


def test_a_colleague_who_is_assigned_does_not_open_it(office: Office, door: str) -> None:
    request, tip = give_request(office, ALL)
    office.rows("UPDATE tip_assignment SET subject = 'colleague' WHERE tip_id = :tip", tip=tip)
    _, told = try_by(door, office.officer("colleague"), request)
    assert told["failed"] == ["not_assigned"]


def test_who_is_no_longer_assigned_does_not_open_it(office: Office, door: str) -> None:
    request, tip = give_request(office, ALL)
    office.rows("UPDATE tip_assignment SET ended_on = '2026-01-01' WHERE tip_id = :tip", tip=tip)
    _, told = try_by(door, asker(office), request)
    assert told["failed"] == ["not_assigned"]


NO_APPROVAL: list[dict[str, Any]] = [
    {"decided_by": "asker"}, {"decided_by": None}, {"decider_unit_id": None},
    {"opens_until": None}, {"state": "requested"}, {"state": "declined"},
]  # fmt: skip


@pytest.mark.parametrize("over", NO_APPROVAL)
def test_an_approval_that_is_none_counts_as_none(
    office: Office, door: str, over: dict[str, Any]
) -> None:
    request, _ = give_request(office, ALL, **over)
    _, told = try_by(door, asker(office), request)
    assert "not_approved" in told["failed"]


def test_without_the_key_of_custodians_nothing_opens_and_no_view_is_counted(
    office: Office, door: str
) -> None:
    request, _ = give_request(office, ALL)
    tips = office.house.app.state.house.tips
    held = tips.keys.custodian
    object.__setattr__(tips.keys, "custodian", Ring(held.use, held.public))
    try:
        is_open, told = try_by(door, asker(office), request)
    finally:
        object.__setattr__(tips.keys, "custodian", held)
    assert (is_open, told["code"]) == (False, "sealed_here")
    assert noted(office, request) == ["refused: sealed_here"]
    assert office.row("identity_request", request)["views"] == 0


def test_an_identity_that_is_not_kept_any_more_is_gone(office: Office, door: str) -> None:
    request, tip = give_request(office, ALL)
    office.rows("DELETE FROM tip_identity WHERE tip_id = :tip", tip=tip)
    is_open, told = try_by(door, asker(office), request)
    assert (is_open, told["code"]) == (False, "identity_gone")
    assert noted(office, request) == ["refused: identity_gone"]


def test_what_cannot_be_written_down_is_not_opened(office: Office, door: str) -> None:
    request, _ = give_request(office, ALL)
    office.rows("REVOKE INSERT ON audit_entry FROM binhyen_vault")
    try:
        is_open, told = try_by(door, asker(office), request)
    finally:
        office.rows("GRANT INSERT ON audit_entry TO binhyen_vault")
    assert (is_open, told["code"]) == (False, "unexpected")
    assert office.row("identity_request", request)["views"] == 0


def test_whose_session_has_ended_opens_nothing(office: Office) -> None:
    request, _ = give_request(office, ALL)
    office.rows("UPDATE auth_session SET ended_at = now()")
    try:
        answer = asker(office).post(f"/api/v1/identity-requests/{request}/open")
    finally:
        office.rows("UPDATE auth_session SET ended_at = NULL")
    assert answer.status_code == 401
    assert noted(office, request) == []


def test_the_entry_says_who_tried_and_where(office: Office) -> None:
    request, _ = give_request(office, ALL)
    try_by("rest", asker(office), request)
    (entry,) = [row for row in office.rows(TRIES) if row["resource_id"] == request]
    assert (entry["act"], entry["resource"]) == ("read", "identity_request")
    assert (entry["subject"], entry["roles"]) == ("asker", ["tip_officer"])
    assert entry["unit_id"] == entry["actor_unit_id"] == office.country["1.1"]
    news = office.rows("SELECT * FROM outbox WHERE resource_id = :id", id=request)
    assert [(row["act"], row["fields"]) for row in news] == [
        ("change", ["first_opened_on", "views"])
    ]


def test_the_informant_sees_that_it_was_opened_and_why(office: Office) -> None:
    """By his receipt alone; of another's tip he sees nothing."""
    tip, receipt = give_tip(office.house, office.country["1.1"], contact=CONTACT)
    other, _ = give_tip(office.house, office.country["1.1"], contact=CONTACT)
    tips = office.house.app.state.house.tips
    lookup = tips.keys.receipts.opened(receipt).lookup.hex()
    on = now().date()
    for id, opened in ((tip, on), (tip, None), (other, on)):
        known: dict[str, Any] = {
            "tip_id": id,
            "first_opened_on": opened,
            "requested_by": str(uuid4()),
        }
        give_request(office, ALL, **known)

    async def seen(tip: UUID) -> Any:
        async with tips.database.read_transaction() as session:
            sql = f"SELECT set_config('binhyen.receipt', '{lookup}', true)"
            await execute(session, text(sql))
            await act_as(session, INFORMANT)
            return await queries.openings(session, tip)

    assert runner().run(seen(tip)) == [{"on": on, "reason": "Cần hỏi thêm"}]
    assert runner().run(seen(other)) == []


def test_the_application_itself_has_no_right_to_what_is_sealed(office: Office) -> None:
    async def read() -> None:
        async with office.house.app.state.house.database.read_transaction() as session:
            await execute(session, text("SELECT * FROM tip_identity"))

    with pytest.raises(Exception, match="permission denied for table tip_identity"):
        runner().run(read())
