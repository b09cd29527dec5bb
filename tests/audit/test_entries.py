"""The audit is read by auditors, each for their units, and every read of it is on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import Any
from uuid import UUID

import pytest

from app.db.query.statement import object_statement, value_statement
from app.domain.actor import Level, Role
from app.domain.audit.shape import AUDIT_ENTRY
from app.domain.programme_models.shape import MODEL
from app.domain.scope import EVERYBODY, Scope
from tests.application import Application, Caller
from tests.audit.give import MARKED, PLACES, AuditScenario, below

LIST = '{ auditEntries(first: 100, where: {subject: {eq: "marked"}}) { nodes { id unitId } } }'
ONE = '{ auditEntry(id: "%s") { id } }'
WRONG = [role for role in Role if role is not Role.AUDITOR]


def read_entries(caller: Caller) -> list[set[str]]:
    """The given entries that somebody sees, by each layer."""
    rest = caller.get("/api/v1/audit", subject=MARKED, limit=100, fields="id").json()["items"]
    nodes = caller.ask(LIST)["data"]["auditEntries"]["nodes"]
    return [{row["id"] for row in rest}, {row["id"] for row in nodes}]


def own(scenario: AuditScenario, place: str, level: Level) -> set[str]:
    if level is Level.VILLAGE:
        return set()  # one's own acts only, and these are of somebody else
    column = "true" if level is Level.NATIONAL else f"{level}_id = $2"
    values = [MARKED] if level is Level.NATIONAL else [MARKED, scenario.country[place]]
    return {str(row["id"]) for row in scenario.entries(f"subject = $1 AND {column}", *values)}


def test_nobody_reads_it_without_a_token(scenario: AuditScenario) -> None:
    assert scenario.application.nobody.get("/api/v1/audit").status_code == 401
    assert scenario.application.nobody.query(LIST).status_code == 401


@pytest.mark.parametrize("role", WRONG)
def test_only_auditors_read_it(scenario: AuditScenario, role: Role) -> None:
    caller = scenario.application.caller(role, level=Level.NATIONAL, unit=scenario.country[""])
    assert caller.get("/api/v1/audit").status_code == 403
    answer = caller.ask(LIST)
    assert answer["data"]["auditEntries"] is None
    assert answer["errors"][0]["extensions"]["code"] == "forbidden"


@pytest.mark.parametrize(("place", "level"), PLACES)
def test_an_auditor_sees_the_entries_of_their_units(
    scenario: AuditScenario, place: str, level: Level
) -> None:
    wanted = own(scenario, place, level)
    assert len(wanted) == below(scenario.country, place)
    assert read_entries(scenario.auditor(place)) == [wanted, wanted]
    assert read_entries(scenario.auditor(place, ordinary=True)) == [wanted, wanted]


def test_an_entry_of_another_unit_is_not_there(scenario: AuditScenario) -> None:
    other = scenario.entries("subject = $1 AND unit_id = $2", MARKED, scenario.country["2"])[0][
        "id"
    ]
    caller = scenario.auditor("1")
    assert caller.get(f"/api/v1/audit/{other}").status_code == 404
    assert caller.ask(ONE % other) == {"data": {"auditEntry": None}}


@contextmanager
def replace_scope(scope: Scope) -> Iterator[None]:
    """The service with another scope for the audit: statements are compiled again."""
    plain = AUDIT_ENTRY.scope
    assert plain
    _set(scope)
    try:
        yield
    finally:
        _set(plain)


def _set(scope: Scope) -> None:
    object.__setattr__(AUDIT_ENTRY, "scope", scope)
    value_statement.cache_clear()
    object_statement.cache_clear()


def wrong(scenario: AuditScenario, application: Application) -> int:
    """Rows out of scope that anybody sees, queried at every unit of every level, by both layers."""
    found = 0
    for place, unit in scenario.country.units.items():
        level = scenario.country.levels[unit]
        wanted = own(scenario, place, level)
        for rows in read_entries(application.caller(Role.AUDITOR, level=level, unit=unit)):
            assert rows >= wanted
            found += len(rows - wanted)
    return found


def test_the_database_alone_lets_nothing_out_of_scope(scenario: AuditScenario) -> None:
    with replace_scope(EVERYBODY):
        assert wrong(scenario, scenario.application) == 0
        assert wrong(scenario, scenario.ordinary) == 0


def test_the_service_alone_lets_nothing_out_of_scope(scenario: AuditScenario) -> None:
    with Application.on(scenario.url, database_role="") as owner:
        assert wrong(scenario, owner) == 0


def test_without_both_everything_is_seen(scenario: AuditScenario) -> None:
    """The control: what the two tests above rely on is what holds."""
    with replace_scope(EVERYBODY), Application.on(scenario.url, database_role="") as owner:
        assert wrong(scenario, owner) > 100


WAYS = [(False, "rest"), (False, "graphql"), (True, "graphql")]


@pytest.mark.parametrize(("ordinary", "layer"), WAYS)
def test_a_list_is_written_down_before_it_leaves(
    scenario: AuditScenario, ordinary: bool, layer: str
) -> None:
    caller = scenario.auditor("1", ordinary=ordinary)
    before = len(scenario.entries("act = 'read'"))
    if layer == "rest":
        answer = caller.get("/api/v1/audit", subject=MARKED, limit=3).json()["items"]
    else:
        query = LIST.replace("first: 100", "first: 3")
        answer = caller.ask(query)["data"]["auditEntries"]["nodes"]
    noted = scenario.entries("act = 'read'")
    assert len(noted) == before + 1
    ids = sha256("\n".join(row["id"] for row in answer).encode()).hexdigest()
    entry = noted[-1]
    assert entry["detail"].startswith(f"rows=3 ids={ids} asked=")
    assert (entry["resource"], entry["resource_id"]) == ("audit_entry", None)
    assert (entry["subject"], entry["unit_id"]) == ("somebody", scenario.country["1"])
    assert entry["operation"] == "audit:read"
    assert entry["roles"] == ["auditor"]
    assert not any(name.startswith("!") for row in answer for name in row)


@pytest.mark.parametrize(("ordinary", "layer"), WAYS)
def test_the_ids_are_recorded_whatever_fields_are_selected(
    scenario: AuditScenario, ordinary: bool, layer: str
) -> None:
    caller = scenario.auditor("2.1", ordinary=ordinary)
    if layer == "rest":
        answer: Any = caller.get("/api/v1/audit", subject=MARKED, fields="act").json()["items"]
    else:
        answer = caller.ask(LIST.replace("id unitId", "act"))["data"]["auditEntries"]["nodes"]
    assert [row.keys() for row in answer] == [{"act"}] * 4
    assert scenario.entries("act = 'read'")[-1]["detail"].startswith("rows=4 ")


@pytest.mark.parametrize(("ordinary", "layer"), WAYS)
def test_one_row_is_written_down_by_its_id(
    scenario: AuditScenario, ordinary: bool, layer: str
) -> None:
    caller = scenario.auditor(ordinary=ordinary)
    id = scenario.entries("subject = $1", MARKED)[0]["id"]
    before = len(scenario.entries("act = 'read'"))
    if layer == "rest":
        assert caller.get(f"/api/v1/audit/{id}").json()["id"] == str(id)
    else:
        assert caller.ask(ONE % id) == {"data": {"auditEntry": {"id": str(id)}}}
    noted = scenario.entries("act = 'read'")
    assert len(noted) == before + 1
    assert noted[-1]["resource_id"] == id


def test_what_was_looked_for_in_vain_is_written_down(scenario: AuditScenario) -> None:
    id = UUID(int=77)
    assert scenario.auditor().get(f"/api/v1/audit/{id}").status_code == 404
    entry = scenario.entries("act = 'read'")[-1]
    assert entry["resource_id"] == id
    assert entry["detail"].startswith("rows=0 ")


def test_a_read_that_is_answered_by_304_is_written_down(scenario: AuditScenario) -> None:
    caller = scenario.auditor()
    path = f"/api/v1/audit/{scenario.entries('subject = $1', MARKED)[0]['id']}"
    tag = caller.get(path).headers["etag"]
    before = len(scenario.entries("act = 'read'"))
    assert caller.send("GET", path, headers={"if-none-match": tag}).status_code == 304
    assert len(scenario.entries("act = 'read'")) == before + 1


@pytest.mark.parametrize(("ordinary", "layer"), WAYS)
def test_what_cannot_be_written_down_is_not_answered(
    scenario: AuditScenario, ordinary: bool, layer: str
) -> None:
    caller = scenario.auditor(ordinary=ordinary)
    scenario.rows("REVOKE INSERT ON audit_entry FROM binhyen_runtime")
    try:
        if layer == "rest":
            answer = caller.get("/api/v1/audit")
            assert answer.status_code == 500
            assert answer.json()["code"] == "unexpected"
        else:
            told = caller.ask(LIST)
            assert not (told["data"] or {}).get("auditEntries")
            assert told["errors"][0]["extensions"]["code"] == "unexpected"
    finally:
        scenario.rows("GRANT INSERT ON audit_entry TO binhyen_runtime")
    assert caller.get("/api/v1/audit").status_code == 200


def test_whose_session_has_ended_reads_nothing_and_writes_nothing(scenario: AuditScenario) -> None:
    caller, before = scenario.auditor(), len(scenario.entries())
    scenario.rows("UPDATE auth_session SET ended_at = now()")
    try:
        assert caller.get("/api/v1/audit").status_code == 401
    finally:
        scenario.rows("UPDATE auth_session SET ended_at = NULL")
    assert len(scenario.entries()) == before


def test_what_is_not_sensitive_is_read_in_one_statement_as_before(scenario: AuditScenario) -> None:
    caller = scenario.application.national(Role.VIEWER)
    before = len(scenario.entries())
    assert caller.get("/api/v1/models").status_code == 200
    assert len(scenario.entries()) == before
    assert not MODEL.sensitive


@pytest.mark.parametrize(
    ("filter", "wanted"),
    [
        ({"resource": "model", "subject": MARKED}, 21),
        ({"resource": "nothing"}, 0),
        ({"operation": "model:update", "subject": MARKED}, 21),
        ({"act": "security"}, 0),
        ({"subject": MARKED, "recorded_at.gt": "2100-01-01T00:00:00+07:00"}, 0),
        ({"subject": MARKED, "recorded_at.lt": "2100-01-01T00:00:00+07:00"}, 21),
        ({"resource_id": str(UUID(int=5))}, 0),
    ],
)
def test_it_is_narrowed(scenario: AuditScenario, filter: dict[str, str], wanted: int) -> None:
    found = scenario.auditor().get("/api/v1/audit", limit=100, **filter).json()["items"]
    assert len(found) == wanted


def walk_list(caller: Caller, order: str) -> list[str]:
    found: list[str] = []
    parameters: dict[str, Any] = {"subject": MARKED, "limit": 4, "fields": "id", "order": order}
    while True:
        page = caller.get("/api/v1/audit", **parameters).json()
        found += [row["id"] for row in page["items"]]
        if page["next"] is None:
            return found
        parameters["cursor"] = page["next"]


def test_it_is_walked_from_either_end(scenario: AuditScenario) -> None:
    """The list grows while it is walked, by what is noted of the walk."""
    caller = scenario.auditor()
    newest, oldest = walk_list(caller, "newest"), walk_list(caller, "oldest")
    assert newest == oldest[::-1]
    assert set(newest) == own(scenario, "", Level.NATIONAL)
    assert len(newest) == below(scenario.country, "")
