"""Identity disclosure: only all five conditions open it, and each try is audited first."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import text

from app.db.base import now
from app.db.session import act_as, execute
from app.domain.actor import Role
from app.domain.confidential.crypto.keyrings import Keyring
from app.domain.confidential.identity.queries import find_openings
from app.domain.tips.context import INFORMANT
from app.domain.tips.identity.kind import TIP_IDENTITY
from tests.application import Application, Caller, runner
from tests.give import Country
from tests.tips.fixtures import give_tip
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
from tests.tips.people import IdentityScenario

LAYERS = ("rest", "graphql")
ALL = Conditions()


@pytest.fixture(scope="module")
def scenario(spare: tuple[Application, Country]) -> IdentityScenario:
    return IdentityScenario(*spare)


@pytest.fixture(params=LAYERS)
def layer(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def list_tries(scenario: IdentityScenario, request: UUID) -> list[str]:
    """Read the audit entries of the tries of one request."""
    return [row["detail"] for row in scenario.rows(TRIES) if row["resource_id"] == request]


def test_opening_needs_a_token(scenario: IdentityScenario) -> None:
    request, _ = give_request(scenario, ALL)
    nobody = scenario.application.nobody
    assert nobody.post(f"/api/v1/identity-requests/{request}/open").status_code == 401
    assert nobody.query(OPEN, id=str(request)).status_code == 401
    assert list_tries(scenario, request) == []


@pytest.mark.parametrize(
    "role", [role for role in Role if role not in (Role.TIP_OFFICER, Role.INVESTIGATOR)]
)
def test_other_roles_cannot_open(scenario: IdentityScenario, layer: str, role: Role) -> None:
    request, _ = give_request(scenario, ALL)
    is_open, told = try_by(layer, scenario.person("asker", "1.1", role), request)
    assert (is_open, told["code"]) == (False, "forbidden")


@pytest.mark.parametrize("place", ["1.2", "2", "1.1.1"])
def test_identity_of_another_unit_is_not_found(
    scenario: IdentityScenario, layer: str, place: str
) -> None:
    request, _ = give_request(scenario, ALL)
    is_open, told = try_by(layer, scenario.officer("asker", place), request)
    assert (is_open, told["code"]) == (False, "identity_request_not_found")
    assert list_tries(scenario, request) == ["refused: out_of_reach"]


def test_unknown_request_is_not_found_and_audited(scenario: IdentityScenario, layer: str) -> None:
    never = uuid4()
    is_open, told = try_by(layer, asker(scenario), never)
    assert (is_open, told["code"]) == (False, "identity_request_not_found")
    assert list_tries(scenario, never) == ["refused: out_of_reach"]


def test_only_all_five_conditions_open(scenario: IdentityScenario, layer: str) -> None:
    figures = try_all(scenario, layer)
    print("identity", layer, *(f"{name}={value}" for name, value in figures.items()))
    assert holds(figures)


def test_opened_identity_is_complete_and_not_cached(scenario: IdentityScenario) -> None:
    request, _ = give_request(scenario, ALL)
    answer = asker(scenario).post(f"/api/v1/identity-requests/{request}/open")
    told = answer.json()
    assert {name: told[name] for name in CONTACT} == CONTACT
    assert told["views_left"] == 2
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers
    overgraph = asker(scenario).query(OPEN, id=str(request))
    assert overgraph.json()["data"]["openIdentity"]["name"] == CONTACT["name"]
    assert overgraph.headers["cache-control"] == "no-store"


def test_opened_identity_is_not_stored_under_a_key(scenario: IdentityScenario) -> None:
    request, _ = give_request(scenario, ALL)
    for left in (2, 1, 0):
        path = f"/api/v1/identity-requests/{request}/open"
        answer = asker(scenario).send("POST", path, headers={"idempotency-key": "k" * 30})
        assert answer.json()["views_left"] == left
    kept = scenario.rows("SELECT convert_from(body, 'UTF8') AS body FROM kept_answer")
    assert not any(CONTACT["phone"] in row["body"] for row in kept)


def test_fourth_opening_is_refused(scenario: IdentityScenario, layer: str) -> None:
    request, _ = give_request(scenario, ALL)
    assert [try_by(layer, asker(scenario), request)[0] for _ in range(4)] == [True] * 3 + [False]
    assert list_tries(scenario, request) == [
        "opened: view 1 of 3", "opened: view 2 of 3", "opened: view 3 of 3", "refused: expired",
    ]  # fmt: skip
    assert scenario.row("identity_request", request)["views"] == 3


def test_concurrent_openings_stop_at_three(scenario: IdentityScenario) -> None:
    for _ in range(3):
        request, _ = give_request(scenario, ALL)
        path, who = f"/api/v1/identity-requests/{request}/open", asker(scenario)

        async def all_at_once(path: str = path, who: Caller = who) -> list[httpx.Response]:
            sent = (who.application.answer("POST", path, headers=who.headers) for _ in range(4))
            return await asyncio.gather(*sent)

        answers = runner().run(all_at_once())
        assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 403]
        assert len(list_tries(scenario, request)) == 4
        assert scenario.row("identity_request", request)["views"] == 3


@pytest.mark.parametrize(
    ("methods", "minutes_ago", "opens"),
    [
        (("pwd", "otp"), 4.9, True), (("external", "mfa"), 1, True), (("pwd",), 1, False),
        ((), 1, False), (("pwd", "otp"), 5.1, False),
    ],
)  # fmt: skip
def test_stale_second_factor_is_refused(
    scenario: IdentityScenario,
    layer: str,
    methods: tuple[str, ...],
    minutes_ago: float,
    opens: bool,
) -> None:
    request, _ = give_request(scenario, ALL)
    who = scenario.officer("asker", methods=methods, minutes_ago=minutes_ago)
    is_open, told = try_by(layer, who, request)
    assert is_open is opens
    if not opens:
        assert told["failed"] == ["second_factor_not_fresh"]
        assert told["second_factor_needed"] is True


def test_second_factor_hint_only_where_nothing_else_fails(
    scenario: IdentityScenario, layer: str
) -> None:
    request, _ = give_request(scenario, Conditions(factor=False, in_time=False))
    _, told = try_by(layer, asker(scenario, factor=False), request)
    assert told["failed"] == ["second_factor_not_fresh", "expired"]
    assert "second_factor_needed" not in told


def test_refusal_is_in_either_language(scenario: IdentityScenario) -> None:
    request, _ = give_request(scenario, Conditions(assigned=False))
    path = f"/api/v1/identity-requests/{request}/open"
    for language, words in (("vi", "Chưa được mở danh tính"), ("en", "stays closed")):
        told = asker(scenario).speaking(language).post(path)
        assert told.status_code == 403
        assert words in told.json()["detail"]
        assert [error["code"] for error in told.json()["errors"]] == ["not_assigned"]


def test_assigned_colleague_cannot_open(scenario: IdentityScenario, layer: str) -> None:
    request, tip = give_request(scenario, ALL)
    scenario.rows("UPDATE tip_assignment SET subject = 'colleague' WHERE tip_id = :tip", tip=tip)
    _, told = try_by(layer, scenario.officer("colleague"), request)
    assert told["failed"] == ["not_assigned"]


def test_ended_assignment_cannot_open(scenario: IdentityScenario, layer: str) -> None:
    request, tip = give_request(scenario, ALL)
    scenario.rows("UPDATE tip_assignment SET ended_on = '2026-01-01' WHERE tip_id = :tip", tip=tip)
    _, told = try_by(layer, asker(scenario), request)
    assert told["failed"] == ["not_assigned"]


NO_APPROVAL: list[dict[str, Any]] = [
    {"decided_by": "asker"}, {"decided_by": None}, {"decider_unit_id": None},
    {"opens_until": None}, {"state": "requested"}, {"state": "declined"},
]  # fmt: skip


@pytest.mark.parametrize("over", NO_APPROVAL)
def test_invalid_approval_does_not_count(
    scenario: IdentityScenario, layer: str, over: dict[str, Any]
) -> None:
    request, _ = give_request(scenario, ALL, **over)
    _, told = try_by(layer, asker(scenario), request)
    assert "not_approved" in told["failed"]


def test_server_without_custodian_key_opens_nothing(scenario: IdentityScenario, layer: str) -> None:
    request, _ = give_request(scenario, ALL)
    tips = scenario.application.app.state.resources.tips
    held = tips.keys.custodian
    object.__setattr__(tips.keys, "custodian", Keyring(held.use, held.public))
    try:
        is_open, told = try_by(layer, asker(scenario), request)
    finally:
        object.__setattr__(tips.keys, "custodian", held)
    assert (is_open, told["code"]) == (False, "sealed_here")
    assert list_tries(scenario, request) == ["refused: sealed_here"]
    assert scenario.row("identity_request", request)["views"] == 0


def test_deleted_identity_is_gone(scenario: IdentityScenario, layer: str) -> None:
    request, tip = give_request(scenario, ALL)
    scenario.rows("DELETE FROM tip_identity WHERE tip_id = :tip", tip=tip)
    is_open, told = try_by(layer, asker(scenario), request)
    assert (is_open, told["code"]) == (False, "identity_gone")
    assert list_tries(scenario, request) == ["refused: identity_gone"]


def test_opening_fails_when_audit_fails(scenario: IdentityScenario, layer: str) -> None:
    request, _ = give_request(scenario, ALL)
    scenario.rows("REVOKE INSERT ON audit_entry FROM binhyen_vault")
    try:
        is_open, told = try_by(layer, asker(scenario), request)
    finally:
        scenario.rows("GRANT INSERT ON audit_entry TO binhyen_vault")
    assert (is_open, told["code"]) == (False, "unexpected")
    assert scenario.row("identity_request", request)["views"] == 0


def test_ended_session_opens_nothing(scenario: IdentityScenario) -> None:
    request, _ = give_request(scenario, ALL)
    scenario.rows("UPDATE auth_session SET ended_at = now()")
    try:
        answer = asker(scenario).post(f"/api/v1/identity-requests/{request}/open")
    finally:
        scenario.rows("UPDATE auth_session SET ended_at = NULL")
    assert answer.status_code == 401
    assert list_tries(scenario, request) == []


def test_audit_entry_names_person_and_unit(scenario: IdentityScenario) -> None:
    request, _ = give_request(scenario, ALL)
    try_by("rest", asker(scenario), request)
    (entry,) = [row for row in scenario.rows(TRIES) if row["resource_id"] == request]
    assert (entry["act"], entry["resource"]) == ("read", "identity_request")
    assert (entry["subject"], entry["roles"]) == ("asker", ["tip_officer"])
    assert entry["unit_id"] == entry["actor_unit_id"] == scenario.country["1.1"]
    news = scenario.rows("SELECT * FROM outbox WHERE resource_id = :id", id=request)
    assert [(row["act"], row["fields"]) for row in news] == [
        ("change", ["first_opened_on", "views"])
    ]


def test_informant_sees_opening_and_reason(scenario: IdentityScenario) -> None:
    """By their receipt alone; of another tip they see nothing."""
    tip, receipt = give_tip(scenario.application, scenario.country["1.1"], contact=CONTACT)
    other, _ = give_tip(scenario.application, scenario.country["1.1"], contact=CONTACT)
    tips = scenario.application.app.state.resources.tips
    lookup = tips.keys.receipts.derive_keys(receipt).lookup.hex()
    on = now().date()
    for id, opened in ((tip, on), (tip, None), (other, on)):
        known: dict[str, Any] = {
            "tip_id": id,
            "first_opened_on": opened,
            "requested_by": str(uuid4()),
        }
        give_request(scenario, ALL, **known)

    async def list_disclosures(tip: UUID) -> Any:
        async with tips.database.read_transaction() as session:
            sql = f"SELECT set_config('binhyen.receipt', '{lookup}', true)"
            await execute(session, text(sql))
            await act_as(session, INFORMANT)
            return await find_openings(session, TIP_IDENTITY, tip)

    assert runner().run(list_disclosures(tip)) == [{"on": on, "reason": "Cần hỏi thêm"}]
    assert runner().run(list_disclosures(other)) == []


def test_runtime_role_cannot_read_identities(scenario: IdentityScenario) -> None:
    async def read() -> None:
        async with scenario.application.app.state.resources.database.read_transaction() as session:
            await execute(session, text("SELECT * FROM tip_identity"))

    with pytest.raises(Exception, match="permission denied for table tip_identity"):
        runner().run(read())
