"""Tips are read by who handles them where they lie; the service and the policies each hold that."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

import pytest

from app.db.query.statement import object_statement, value_statement
from app.domain.actor import Level, Role
from app.domain.deadlines.days import day_of
from app.domain.scope import EVERYBODY, Scope
from app.domain.tips import reach
from app.domain.tips.shape import THERE, TIP
from tests.audit.test_roles import RUNTIME, acting
from tests.conftest import _copied
from tests.give import Country, give_country
from tests.house import Caller, House, runner
from tests.tips.give import days_ago
from tests.tips.ground import ME, OTHER, TIPS, Ground, code_of

LIST = "{ tips(first: 100) { nodes { id unitId } } }"
ONE = '{ tip(id: "%s") { id } }'
AT_TIPS = (Role.TIP_OFFICER, Role.INVESTIGATOR)
WRONG = [role for role in Role if role not in AT_TIPS]
SEALED = ("tip_text", "tip_message", "tip_attachment", "tip_redaction")
DAY = [day_of(days_ago(n)).isoformat() for n in range(4)]
UNASSIGNED = ("tip", "tip_assignment", "tip_likeness")


@pytest.fixture(scope="module")
def house_url(worker: str) -> str:
    return _copied("empty", f"reading_of_tips_{worker}")


@pytest.fixture(scope="module")
def country(house_url: str) -> Country:
    return runner().run(give_country(house_url))


@pytest.fixture(scope="module")
def house(house_url: str, country: Country) -> Iterator[House]:
    with House.on(house_url) as house:
        yield house


@pytest.fixture(scope="module")
def spread(house: House, country: Country, house_url: str) -> dict[str, list[UUID]]:
    """Tips held in every unit, also where none ever lies: two in each, one of them somebody's."""
    ground = Ground(house, country, house_url)
    ground.rows("DELETE FROM tip")
    return {
        path: [
            ground.tip(path, mine=mine, messages=["x"], attachments=[(b"x", "text/plain")])
            for mine in (True, False)
        ]
        for path in country.units
    }


def own(spread: dict[str, list[UUID]], path: str, level: Level) -> set[str]:
    """What somebody sees who stands there, told by the paths alone."""
    if level is Level.VILLAGE:
        return set()
    places = (
        [path] if level is Level.NATIONAL else [p for p in spread if f"{p}.".startswith(f"{path}.")]
    )
    return {str(tip) for place in places for tip in spread[place]}


def seen(caller: Caller) -> list[set[str]]:
    """The tips that somebody sees, by each door."""
    rest = caller.get(TIPS, limit=100, fields="id").json()["items"]
    nodes = caller.ask(LIST)["data"]["tips"]["nodes"]
    return [{row["id"] for row in rest}, {row["id"] for row in nodes}]


def test_nobody_reads_them_without_a_token(ground: Ground) -> None:
    assert ground.house.nobody.get(TIPS).status_code == 401
    assert ground.house.nobody.query(LIST).status_code == 401


@pytest.mark.parametrize("role", WRONG)
def test_only_who_handles_them_reads_them(ground: Ground, role: Role) -> None:
    caller, tip = ground.who(role), ground.tip()
    assert caller.get(TIPS).status_code == 403
    assert caller.get(f"{TIPS}/{tip}").status_code == 403
    assert code_of(caller.ask(LIST)) == "forbidden"
    assert code_of(caller.ask(ONE % tip)) == "forbidden"


@contextmanager
def scoped(scope: Scope) -> Iterator[None]:
    """The service with another scope for tips, in lists and in what is done: statements anew."""
    _set(scope, dict(scope))
    try:
        yield
    finally:
        _set(THERE, BY_PLACE)


BY_PLACE = dict(reach.TIPS_BY_PLACE)


def _set(scope: Scope, of_service: Any) -> None:
    object.__setattr__(TIP, "scope", scope)
    reach.TIPS_BY_PLACE.update(of_service)  # type: ignore[attr-defined]
    value_statement.cache_clear()
    object_statement.cache_clear()


@contextmanager
def unprotected(url: str) -> Iterator[House]:
    """The application as the owner of the database, whom no policy holds."""
    with House.on(url, database_role="") as owner:
        yield owner


def wrong(house: House, country: Country, spread: dict[str, list[UUID]], url: str) -> int:
    """Tips out of scope that anybody sees or opens, at every unit of every level, by both doors."""
    found, ground = 0, Ground(house, country, url)
    for path, unit in country.units.items():
        level = country.levels[unit]
        mine = own(spread, path, level)
        caller = ground.who(AT_TIPS[len(path) // 2 % 2], of=path)
        for rows in seen(caller):
            assert rows >= mine
            found += len(rows - mine)
        other = next(tip for place in spread for tip in spread[place] if str(tip) not in mine)
        found += caller.get(f"{TIPS}/{other}").status_code != 404
        found += caller.get(f"{TIPS}/{other}/content").status_code != 404
        found += caller.ask(ONE % other)["data"]["tip"] is not None
    return found


def test_each_sees_what_lies_in_his_place(
    house: House, country: Country, spread: dict[str, list[UUID]], house_url: str
) -> None:
    assert wrong(house, country, spread, house_url) == 0


def test_the_database_alone_lets_nothing_out_of_scope(
    house: House, country: Country, spread: dict[str, list[UUID]], house_url: str
) -> None:
    with scoped(EVERYBODY):
        assert wrong(house, country, spread, house_url) == 0
        with House.on(house_url, bypass=False) as ordinary:
            assert wrong(ordinary, country, spread, house_url) == 0


def test_the_service_alone_lets_nothing_out_of_scope(
    country: Country, spread: dict[str, list[UUID]], house_url: str
) -> None:
    with unprotected(house_url) as owner:
        assert wrong(owner, country, spread, house_url) == 0


def test_without_both_everything_is_seen(
    country: Country, spread: dict[str, list[UUID]], house_url: str
) -> None:
    """The control: what the tests above rely on is what holds."""
    with scoped(EVERYBODY), unprotected(house_url) as owner:
        assert wrong(owner, country, spread, house_url) > 250


def opens(house: House, country: Country, spread: dict[str, list[UUID]], url: str) -> int:
    """What somebody opens in his own place without being assigned, by both doors."""
    ground, found = Ground(house, country, url), 0
    content = '{ tipContent(id: "%s") { text } }'
    for path in ("1.1", "1", "2.2", ""):
        caller = ground.who(Role.TIP_OFFICER, Role.INVESTIGATOR, of=path, subject=OTHER)
        for tip in spread[path]:
            found += caller.get(f"{TIPS}/{tip}/content").status_code == 200
            found += (caller.ask(content % tip)["data"] or {}).get("tipContent") is not None
    return found


async def _everybody(*_: Any) -> bool:
    return True


def test_without_an_assignment_the_service_alone_opens_nothing(
    country: Country, spread: dict[str, list[UUID]], house_url: str
) -> None:
    with unprotected(house_url) as owner:
        assert opens(owner, country, spread, house_url) == 0


def test_without_an_assignment_the_database_alone_opens_nothing(
    house: House, country: Country, spread: dict[str, list[UUID]], house_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(reach, "is_assigned", _everybody)
    assert opens(house, country, spread, house_url) == 0
    with unprotected(house_url) as owner:  # the control
        assert opens(owner, country, spread, house_url) == 16


@pytest.mark.parametrize("table", [*SEALED, *UNASSIGNED])
@pytest.mark.parametrize(
    "context",
    [
        {},
        {"level": "national", "roles": "tip_officer"},
        {"level": "commune", "roles": "auditor unit_admin viewer", "unit": "1.1"},
        {"level": "commune", "roles": "tip_officer", "unit": ""},
        {"level": "village", "roles": "tip_officer", "unit": "1.1.1"},
        {"level": "commune", "roles": "tip_officer", "unit": "1.2"},
    ],
)
def test_whom_the_database_does_not_know_it_shows_no_tip_of_a_commune(
    ground: Ground, table: str, context: dict[str, str]
) -> None:
    tip = ground.tip(messages=["x"], attachments=[(b"x", "text/plain")])
    unit = context.get("unit")
    told = context | {"unit": str(ground.country[unit])} if unit else context
    assert _there(ground, table, tip, **told, subject=ME) == 0


def _there(ground: Ground, table: str, tip: UUID, **context: str) -> int:
    column = "id" if table == "tip" else "tip_id"

    async def count() -> int:
        async with acting(ground.url, RUNTIME, **context) as connection:
            sql = f"SELECT count(*) FROM {table} WHERE {column} = $1"
            return int(await connection.fetchval(sql, tip))

    return runner().run(count())


@pytest.mark.parametrize("table", SEALED[:3])
def test_the_database_shows_what_is_sealed_to_the_assigned_alone(
    ground: Ground, table: str
) -> None:
    tip = ground.tip(messages=["x"], attachments=[(b"x", "text/plain")])
    unit = str(ground.country["1.1"])
    context = {"level": "commune", "roles": "tip_officer", "unit": unit}
    assert _there(ground, table, tip, **context, subject=ME) == 1
    assert _there(ground, table, tip, **context, subject=OTHER) == 0


def test_the_identity_of_an_informant_is_nothing_for_the_application(ground: Ground) -> None:
    tip = ground.tip(contact={"name": "Người"})
    with pytest.raises(Exception, match="permission denied"):
        _there(ground, "tip_identity", tip)


def test_each_read_is_on_record_before_it_leaves(ground: Ground) -> None:
    tip = ground.tip()
    noted = "SELECT count(*) AS n FROM audit_entry WHERE act = 'read' AND resource_id = $1"
    assert ground.officer.get(f"{TIPS}/{tip}").status_code == 200
    assert ground.officer.ask(ONE % tip)["data"]["tip"]["id"] == str(tip)
    assert ground.rows(noted, tip)[0]["n"] == 2


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ({"state": "received"}, True), ({"state": "closed"}, False),
        ({"kind": "feedback"}, True), ({"kind": "unknown"}, False),
        ({"category": "traffic"}, True), ({"category": "fire"}, False),
        ({"received_on": DAY[3]}, True),
        ({"received_on.gt": DAY[2]}, False),
        ({"due_on.lte": DAY[0]}, True),
        ({"due_on.gt": DAY[0]}, False),
        ({"overdue": "true"}, False), ({"overdue": "false"}, True),
        ({"assigned": ME}, True), ({"assigned": OTHER}, False),
        ({"is_useful": "true"}, True), ({"is_useful": "false"}, False),
        ({"unit": "00012"}, True), ({"unit": "00011"}, False), ({"unit": "91"}, True),
    ],
)  # fmt: skip
def test_it_is_narrowed(ground: Ground, asked: dict[str, str], there: bool) -> None:
    tip = ground.tip("1.2", at=days_ago(3), kind="feedback", category="traffic", is_useful=True)
    caller = ground.who(Role.TIP_OFFICER, of="1.2")
    found = caller.get(TIPS, limit=100, fields="id", **asked).json()["items"]
    assert (str(tip) in {row["id"] for row in found}) is there


@pytest.mark.parametrize("order", ["newest", "due"])
def test_it_is_walked_in_order(ground: Ground, order: str) -> None:
    for n in range(6):
        ground.tip("2.2", at=days_ago(n % 4), state=("received", "closed")[n % 2])
    caller, found = ground.who(Role.TIP_OFFICER, of="2.2"), list[Any]()
    asked: dict[str, Any] = {"limit": 3, "order": order, "fields": "id,received_on,due_on"}
    while True:
        page = caller.get(TIPS, **asked).json()
        found += page["items"]
        if page["next"] is None:
            break
        asked["cursor"] = page["next"]
    assert len({row["id"] for row in found}) == len(found) >= 6
    if order == "newest":
        days = [row["received_on"] for row in found]
        assert days == sorted(days, reverse=True)
    else:
        dues = [row["due_on"] or "9999" for row in found]
        assert dues == sorted(dues)


def test_what_has_expired_is_not_there(ground: Ground) -> None:
    tip = ground.tip(state="closed", expired_on=day_of(days_ago(0)))
    assert ground.officer.get(f"{TIPS}/{tip}").status_code == 404
    assert ground.officer.get(f"{TIPS}/{tip}/content").status_code == 404
    assert ground.officer.ask(ONE % tip)["data"]["tip"] is None
    assert str(tip) not in seen(ground.officer)[0]


def test_no_answer_for_officers_tells_an_hour(ground: Ground) -> None:
    """But of their own steps: of what an informant did only the day is told."""
    tip = ground.tip(messages=["x"], attachments=[(b"x", "text/plain")])
    told = ground.now(tip, expand="assignments,clocks,alike,redactions")
    content = ground.officer.get(f"{TIPS}/{tip}/content").json()
    assert _hours(told) == _hours(content) == []
    assert ground.officer.get("/api/v1/deadlines", resource="tip").json()["items"] == []


def _hours(value: Any) -> list[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [found for part in value for found in _hours(part)]
    return [value] if isinstance(value, str) and "T" in value and ":" in value else []


def test_ids_of_tips_tell_no_time(ground: Ground) -> None:
    tip = ground.tip(messages=["x"], attachments=[(b"x", "text/plain")])
    content = ground.officer.get(f"{TIPS}/{tip}/content").json()
    ids = [
        tip,
        *(UUID(part["id"]) for name in ("messages", "attachments") for part in content[name]),
    ]
    assert {id.version for id in ids} == {4}
    assert ground.officer.get(f"{TIPS}/{uuid4()}").status_code == 404
