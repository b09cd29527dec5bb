"""Scope of tips: the service and row-level security each enforce it alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

import pytest

from app.db.query.statement import object_statement, value_statement
from app.domain.actor import Level, Role
from app.domain.deadlines.days import day_of
from app.domain.scope import EVERYBODY, Scope
from app.domain.tips import scope
from app.domain.tips.scope import TIPS_BY_PLACE
from app.domain.tips.shape import LIVE, TIP
from tests.application import Application, Caller, runner
from tests.audit.test_roles import RUNTIME, acting
from tests.conftest import copy_database
from tests.give import Country, give_country
from tests.tips.fixtures import days_ago
from tests.tips.scenario import ME, OTHER, TIPS, TipScenario, code_of

LIST = "{ tips(first: 100) { nodes { id unitId } } }"
ONE = '{ tip(id: "%s") { id } }'
AT_TIPS = (Role.TIP_OFFICER, Role.INVESTIGATOR)
WRONG = [role for role in Role if role not in AT_TIPS]
SEALED = ("tip_text", "tip_message", "tip_attachment", "tip_redaction")
DAY = [day_of(days_ago(n)).isoformat() for n in range(4)]
UNASSIGNED = ("tip", "tip_assignment", "tip_likeness")


@pytest.fixture(scope="module")
def application_url(worker: str) -> str:
    return copy_database("empty", f"reading_of_tips_{worker}")


@pytest.fixture(scope="module")
def country(application_url: str) -> Country:
    return runner().run(give_country(application_url))


@pytest.fixture(scope="module")
def application(application_url: str, country: Country) -> Iterator[Application]:
    with Application.on(application_url) as application:
        yield application


@pytest.fixture(scope="module")
def spread(
    application: Application, country: Country, application_url: str
) -> dict[str, list[UUID]]:
    """Insert two tips in every unit, villages too, one of them assigned."""
    scenario = TipScenario(application, country, application_url)
    scenario.rows("DELETE FROM tip")
    return {
        path: [
            scenario.tip(path, mine=mine, messages=["x"], attachments=[(b"x", "text/plain")])
            for mine in (True, False)
        ]
        for path in country.units
    }


def own(spread: dict[str, list[UUID]], path: str, level: Level) -> set[str]:
    """Compute what an actor of a unit sees, from the paths alone."""
    if level is Level.VILLAGE:
        return set()
    places = (
        [path] if level is Level.NATIONAL else [p for p in spread if f"{p}.".startswith(f"{path}.")]
    )
    return {str(tip) for place in places for tip in spread[place]}


def list_tips(caller: Caller) -> list[set[str]]:
    """List the tips that an actor sees, over REST and over GraphQL."""
    rest = caller.get(TIPS, limit=100, fields="id").json()["items"]
    nodes = caller.ask(LIST)["data"]["tips"]["nodes"]
    return [{row["id"] for row in rest}, {row["id"] for row in nodes}]


def test_reading_needs_a_token(scenario: TipScenario) -> None:
    assert scenario.application.nobody.get(TIPS).status_code == 401
    assert scenario.application.nobody.query(LIST).status_code == 401


@pytest.mark.parametrize("role", WRONG)
def test_only_tip_handlers_read(scenario: TipScenario, role: Role) -> None:
    caller, tip = scenario.who(role), scenario.tip()
    assert caller.get(TIPS).status_code == 403
    assert caller.get(f"{TIPS}/{tip}").status_code == 403
    assert code_of(caller.ask(LIST)) == "forbidden"
    assert code_of(caller.ask(ONE % tip)) == "forbidden"


@contextmanager
def use_scope(scope: Scope) -> Iterator[None]:
    """Give the service another scope for tips, in lists and operations."""
    _set(scope, dict(scope))
    try:
        yield
    finally:
        _set(LIVE, BY_PLACE)


BY_PLACE = dict(TIPS_BY_PLACE)


def _set(scope: Scope, of_service: Any) -> None:
    object.__setattr__(TIP, "scope", scope)
    TIPS_BY_PLACE.update(of_service)  # type: ignore[attr-defined]
    value_statement.cache_clear()
    object_statement.cache_clear()


@contextmanager
def run_as_owner(url: str) -> Iterator[Application]:
    """Provide the application as the owner of the database, exempt from policies."""
    with Application.on(url, database_role="") as owner:
        yield owner


def wrong(
    application: Application, country: Country, spread: dict[str, list[UUID]], url: str
) -> int:
    """List tips out of scope that any actor sees or opens, at every unit, over both APIs."""
    found, scenario = 0, TipScenario(application, country, url)
    for path, unit in country.units.items():
        level = country.levels[unit]
        mine = own(spread, path, level)
        caller = scenario.who(AT_TIPS[len(path) // 2 % 2], of=path)
        for rows in list_tips(caller):
            assert rows >= mine
            found += len(rows - mine)
        other = next(tip for place in spread for tip in spread[place] if str(tip) not in mine)
        found += caller.get(f"{TIPS}/{other}").status_code != 404
        found += caller.get(f"{TIPS}/{other}/content").status_code != 404
        found += caller.ask(ONE % other)["data"]["tip"] is not None
    return found


def test_each_actor_sees_their_scope(
    application: Application, country: Country, spread: dict[str, list[UUID]], application_url: str
) -> None:
    assert wrong(application, country, spread, application_url) == 0


def test_database_alone_enforces_scope(
    application: Application, country: Country, spread: dict[str, list[UUID]], application_url: str
) -> None:
    with use_scope(EVERYBODY):
        assert wrong(application, country, spread, application_url) == 0
        with Application.on(application_url, bypass=False) as ordinary:
            assert wrong(ordinary, country, spread, application_url) == 0


def test_service_alone_enforces_scope(
    country: Country, spread: dict[str, list[UUID]], application_url: str
) -> None:
    with run_as_owner(application_url) as owner:
        assert wrong(owner, country, spread, application_url) == 0


def test_without_both_everything_is_visible(
    country: Country, spread: dict[str, list[UUID]], application_url: str
) -> None:
    """The control of the tests above."""
    with use_scope(EVERYBODY), run_as_owner(application_url) as owner:
        assert wrong(owner, country, spread, application_url) > 250


def opens(
    application: Application, country: Country, spread: dict[str, list[UUID]], url: str
) -> int:
    """Count the tips that an actor opens in scope without an assignment, over both APIs."""
    scenario, found = TipScenario(application, country, url), 0
    content = '{ tipContent(id: "%s") { text } }'
    for path in ("1.1", "1", "2.2", ""):
        caller = scenario.who(Role.TIP_OFFICER, Role.INVESTIGATOR, of=path, subject=OTHER)
        for tip in spread[path]:
            found += caller.get(f"{TIPS}/{tip}/content").status_code == 200
            found += (caller.ask(content % tip)["data"] or {}).get("tipContent") is not None
    return found


async def _everybody(*_: Any) -> bool:
    return True


def test_service_alone_enforces_assignment(
    country: Country, spread: dict[str, list[UUID]], application_url: str
) -> None:
    with run_as_owner(application_url) as owner:
        assert opens(owner, country, spread, application_url) == 0


def test_database_alone_enforces_assignment(
    application: Application, country: Country, spread: dict[str, list[UUID]], application_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(scope, "is_assigned", _everybody)
    assert opens(application, country, spread, application_url) == 0
    with run_as_owner(application_url) as owner:  # the control
        assert opens(owner, country, spread, application_url) == 16


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
def test_unknown_subject_sees_no_tip_of_a_commune(
    scenario: TipScenario, table: str, context: dict[str, str]
) -> None:
    tip = scenario.tip(messages=["x"], attachments=[(b"x", "text/plain")])
    unit = context.get("unit")
    told = context | {"unit": str(scenario.country[unit])} if unit else context
    assert _there(scenario, table, tip, **told, subject=ME) == 0


def _there(scenario: TipScenario, table: str, tip: UUID, **context: str) -> int:
    column = "id" if table == "tip" else "tip_id"

    async def count() -> int:
        async with acting(scenario.url, RUNTIME, **context) as connection:
            sql = f"SELECT count(*) FROM {table} WHERE {column} = $1"
            return int(await connection.fetchval(sql, tip))

    return runner().run(count())


@pytest.mark.parametrize("table", SEALED[:3])
def test_database_shows_sealed_rows_to_the_assigned_only(scenario: TipScenario, table: str) -> None:
    tip = scenario.tip(messages=["x"], attachments=[(b"x", "text/plain")])
    unit = str(scenario.country["1.1"])
    context = {"level": "commune", "roles": "tip_officer", "unit": unit}
    assert _there(scenario, table, tip, **context, subject=ME) == 1
    assert _there(scenario, table, tip, **context, subject=OTHER) == 0


def test_runtime_role_cannot_read_identity_table(scenario: TipScenario) -> None:
    tip = scenario.tip(contact={"name": "Người"})
    with pytest.raises(Exception, match="permission denied"):
        _there(scenario, "tip_identity", tip)


def test_each_read_is_audited_before_the_response(scenario: TipScenario) -> None:
    tip = scenario.tip()
    noted = "SELECT count(*) AS n FROM audit_entry WHERE act = 'read' AND resource_id = $1"
    assert scenario.officer.get(f"{TIPS}/{tip}").status_code == 200
    assert scenario.officer.ask(ONE % tip)["data"]["tip"]["id"] == str(tip)
    assert scenario.rows(noted, tip)[0]["n"] == 2


@pytest.mark.parametrize(
    ("params", "there"),
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
def test_filters_narrow_the_list(
    scenario: TipScenario, params: dict[str, str], there: bool
) -> None:
    tip = scenario.tip("1.2", at=days_ago(3), kind="feedback", category="traffic", is_useful=True)
    caller = scenario.who(Role.TIP_OFFICER, of="1.2")
    found = caller.get(TIPS, limit=100, fields="id", **params).json()["items"]
    assert (str(tip) in {row["id"] for row in found}) is there


@pytest.mark.parametrize("order", ["newest", "due"])
def test_pages_follow_the_order(scenario: TipScenario, order: str) -> None:
    for n in range(6):
        scenario.tip("2.2", at=days_ago(n % 4), state=("received", "closed")[n % 2])
    caller, found = scenario.who(Role.TIP_OFFICER, of="2.2"), list[Any]()
    params: dict[str, Any] = {"limit": 3, "order": order, "fields": "id,received_on,due_on"}
    while True:
        page = caller.get(TIPS, **params).json()
        found += page["items"]
        if page["next"] is None:
            break
        params["cursor"] = page["next"]
    assert len({row["id"] for row in found}) == len(found) >= 6
    if order == "newest":
        days = [row["received_on"] for row in found]
        assert days == sorted(days, reverse=True)
    else:
        dues = [row["due_on"] or "9999" for row in found]
        assert dues == sorted(dues)


def test_expired_tips_are_not_listed(scenario: TipScenario) -> None:
    tip = scenario.tip(state="closed", expired_on=day_of(days_ago(0)))
    assert scenario.officer.get(f"{TIPS}/{tip}").status_code == 404
    assert scenario.officer.get(f"{TIPS}/{tip}/content").status_code == 404
    assert scenario.officer.ask(ONE % tip)["data"]["tip"] is None
    assert str(tip) not in list_tips(scenario.officer)[0]


def test_no_officer_response_reveals_an_hour(scenario: TipScenario) -> None:
    """Only officers' own steps have an hour; of an informant's action only the day shows."""
    tip = scenario.tip(messages=["x"], attachments=[(b"x", "text/plain")])
    told = scenario.now(tip, expand="assignments,clocks,alike,redactions")
    content = scenario.officer.get(f"{TIPS}/{tip}/content").json()
    assert _hours(told) == _hours(content) == []
    assert scenario.officer.get("/api/v1/deadlines", resource="tip").json()["items"] == []


def _hours(value: Any) -> list[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [found for part in value for found in _hours(part)]
    return [value] if isinstance(value, str) and "T" in value and ":" in value else []


def test_tip_ids_reveal_no_time(scenario: TipScenario) -> None:
    tip = scenario.tip(messages=["x"], attachments=[(b"x", "text/plain")])
    content = scenario.officer.get(f"{TIPS}/{tip}/content").json()
    ids = [
        tip,
        *(UUID(part["id"]) for name in ("messages", "attachments") for part in content[name]),
    ]
    assert {id.version for id in ids} == {4}
    assert scenario.officer.get(f"{TIPS}/{uuid4()}").status_code == 404
