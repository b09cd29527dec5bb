"""The audit is read by auditors, each for his units, and every read of it is on it."""

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
from app.domain.scope import BY_PLACE, EVERYBODY, Scope
from tests.application import Application, Caller
from tests.audit.give import MARKED, PLACES, Audited, below

LIST = '{ auditEntries(first: 100, where: {subject: {eq: "marked"}}) { nodes { id unitId } } }'
ONE = '{ auditEntry(id: "%s") { id } }'
WRONG = [role for role in Role if role is not Role.AUDITOR]


def seen(caller: Caller) -> list[set[str]]:
    """The given entries that somebody sees, by each layer."""
    rest = caller.get("/api/v1/audit", subject=MARKED, limit=100, fields="id").json()["items"]
    nodes = caller.ask(LIST)["data"]["auditEntries"]["nodes"]
    return [{row["id"] for row in rest}, {row["id"] for row in nodes}]


def own(audited: Audited, place: str, level: Level) -> set[str]:
    column = "true" if level is Level.NATIONAL else f"{level}_id = $2"
    values = [MARKED] if level is Level.NATIONAL else [MARKED, audited.country[place]]
    return {str(row["id"]) for row in audited.entries(f"subject = $1 AND {column}", *values)}


def test_nobody_reads_it_without_a_token(audited: Audited) -> None:
    assert audited.application.nobody.get("/api/v1/audit").status_code == 401
    assert audited.application.nobody.query(LIST).status_code == 401


@pytest.mark.parametrize("role", WRONG)
def test_only_auditors_read_it(audited: Audited, role: Role) -> None:
    caller = audited.application.caller(role, level=Level.NATIONAL, unit=audited.country[""])
    assert caller.get("/api/v1/audit").status_code == 403
    answer = caller.ask(LIST)
    assert answer["data"]["auditEntries"] is None
    assert answer["errors"][0]["extensions"]["code"] == "forbidden"


@pytest.mark.parametrize(("place", "level"), PLACES)
def test_an_auditor_sees_the_entries_of_his_units(
    audited: Audited, place: str, level: Level
) -> None:
    wanted = own(audited, place, level)
    assert len(wanted) == below(audited.country, place)
    assert seen(audited.auditor(place)) == [wanted, wanted]
    assert seen(audited.auditor(place, ordinary=True)) == [wanted, wanted]


def test_an_entry_of_another_unit_is_not_there(audited: Audited) -> None:
    other = audited.entries("subject = $1 AND unit_id = $2", MARKED, audited.country["2"])[0]["id"]
    caller = audited.auditor("1")
    assert caller.get(f"/api/v1/audit/{other}").status_code == 404
    assert caller.ask(ONE % other) == {"data": {"auditEntry": None}}


@contextmanager
def scoped(scope: Scope) -> Iterator[None]:
    """The service with another scope for the audit: statements are made anew."""
    _set(scope)
    try:
        yield
    finally:
        _set(BY_PLACE)


def _set(scope: Scope) -> None:
    object.__setattr__(AUDIT_ENTRY, "scope", scope)
    value_statement.cache_clear()
    object_statement.cache_clear()


def wrong(audited: Audited, application: Application) -> int:
    """Rows out of scope that anybody sees, asked at every unit of every level, by both layers."""
    found = 0
    for place, unit in audited.country.units.items():
        level = audited.country.levels[unit]
        wanted = own(audited, place, level)
        for rows in seen(application.caller(Role.AUDITOR, level=level, unit=unit)):
            assert rows >= wanted
            found += len(rows - wanted)
    return found


def test_the_database_alone_lets_nothing_out_of_scope(audited: Audited) -> None:
    with scoped(EVERYBODY):
        assert wrong(audited, audited.application) == 0
        assert wrong(audited, audited.ordinary) == 0


def test_the_service_alone_lets_nothing_out_of_scope(audited: Audited) -> None:
    with Application.on(audited.url, database_role="") as owner:
        assert wrong(audited, owner) == 0


def test_without_both_everything_is_seen(audited: Audited) -> None:
    """The control: what the two tests above rely on is what holds."""
    with scoped(EVERYBODY), Application.on(audited.url, database_role="") as owner:
        assert wrong(audited, owner) > 100


WAYS = [(False, "rest"), (False, "graphql"), (True, "graphql")]


@pytest.mark.parametrize(("ordinary", "layer"), WAYS)
def test_a_list_is_written_down_before_it_leaves(
    audited: Audited, ordinary: bool, layer: str
) -> None:
    caller = audited.auditor("1", ordinary=ordinary)
    before = len(audited.entries("act = 'read'"))
    if layer == "rest":
        answer = caller.get("/api/v1/audit", subject=MARKED, limit=3).json()["items"]
    else:
        query = LIST.replace("first: 100", "first: 3")
        answer = caller.ask(query)["data"]["auditEntries"]["nodes"]
    noted = audited.entries("act = 'read'")
    assert len(noted) == before + 1
    ids = sha256("\n".join(row["id"] for row in answer).encode()).hexdigest()
    entry = noted[-1]
    assert entry["detail"].startswith(f"rows=3 ids={ids} asked=")
    assert (entry["resource"], entry["resource_id"]) == ("audit_entry", None)
    assert (entry["subject"], entry["unit_id"]) == ("somebody", audited.country["1"])
    assert entry["operation"] == "audit:read"
    assert entry["roles"] == ["auditor"]
    assert not any(name.startswith("!") for row in answer for name in row)


@pytest.mark.parametrize(("ordinary", "layer"), WAYS)
def test_the_ids_are_written_down_whatever_fields_are_asked_for(
    audited: Audited, ordinary: bool, layer: str
) -> None:
    caller = audited.auditor("2.1", ordinary=ordinary)
    if layer == "rest":
        answer: Any = caller.get("/api/v1/audit", subject=MARKED, fields="act").json()["items"]
    else:
        answer = caller.ask(LIST.replace("id unitId", "act"))["data"]["auditEntries"]["nodes"]
    assert [row.keys() for row in answer] == [{"act"}] * 4
    assert audited.entries("act = 'read'")[-1]["detail"].startswith("rows=4 ")


@pytest.mark.parametrize(("ordinary", "layer"), WAYS)
def test_one_row_is_written_down_by_its_id(audited: Audited, ordinary: bool, layer: str) -> None:
    caller = audited.auditor(ordinary=ordinary)
    id = audited.entries("subject = $1", MARKED)[0]["id"]
    before = len(audited.entries("act = 'read'"))
    if layer == "rest":
        assert caller.get(f"/api/v1/audit/{id}").json()["id"] == str(id)
    else:
        assert caller.ask(ONE % id) == {"data": {"auditEntry": {"id": str(id)}}}
    noted = audited.entries("act = 'read'")
    assert len(noted) == before + 1
    assert noted[-1]["resource_id"] == id


def test_what_was_looked_for_in_vain_is_written_down(audited: Audited) -> None:
    id = UUID(int=77)
    assert audited.auditor().get(f"/api/v1/audit/{id}").status_code == 404
    entry = audited.entries("act = 'read'")[-1]
    assert entry["resource_id"] == id
    assert entry["detail"].startswith("rows=0 ")


def test_a_read_that_is_answered_by_304_is_written_down(audited: Audited) -> None:
    caller = audited.auditor()
    path = f"/api/v1/audit/{audited.entries('subject = $1', MARKED)[0]['id']}"
    tag = caller.get(path).headers["etag"]
    before = len(audited.entries("act = 'read'"))
    assert caller.send("GET", path, headers={"if-none-match": tag}).status_code == 304
    assert len(audited.entries("act = 'read'")) == before + 1


@pytest.mark.parametrize(("ordinary", "layer"), WAYS)
def test_what_cannot_be_written_down_is_not_answered(
    audited: Audited, ordinary: bool, layer: str
) -> None:
    caller = audited.auditor(ordinary=ordinary)
    audited.rows("REVOKE INSERT ON audit_entry FROM binhyen_runtime")
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
        audited.rows("GRANT INSERT ON audit_entry TO binhyen_runtime")
    assert caller.get("/api/v1/audit").status_code == 200


def test_whose_session_has_ended_reads_nothing_and_writes_nothing(audited: Audited) -> None:
    caller, before = audited.auditor(), len(audited.entries())
    audited.rows("UPDATE auth_session SET ended_at = now()")
    try:
        assert caller.get("/api/v1/audit").status_code == 401
    finally:
        audited.rows("UPDATE auth_session SET ended_at = NULL")
    assert len(audited.entries()) == before


def test_what_is_not_sensitive_is_read_in_one_statement_as_before(audited: Audited) -> None:
    caller = audited.application.national(Role.VIEWER)
    before = len(audited.entries())
    assert caller.get("/api/v1/models").status_code == 200
    assert len(audited.entries()) == before
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
def test_it_is_narrowed(audited: Audited, filter: dict[str, str], wanted: int) -> None:
    found = audited.auditor().get("/api/v1/audit", limit=100, **filter).json()["items"]
    assert len(found) == wanted


def walked(caller: Caller, order: str) -> list[str]:
    found: list[str] = []
    asked: dict[str, Any] = {"subject": MARKED, "limit": 4, "fields": "id", "order": order}
    while True:
        page = caller.get("/api/v1/audit", **asked).json()
        found += [row["id"] for row in page["items"]]
        if page["next"] is None:
            return found
        asked["cursor"] = page["next"]


def test_it_is_walked_from_either_end(audited: Audited) -> None:
    """The list grows while it is walked, by what is noted of the walk."""
    caller = audited.auditor()
    newest, oldest = walked(caller, "newest"), walked(caller, "oldest")
    assert newest == oldest[::-1]
    assert set(newest) == own(audited, "", Level.NATIONAL)
    assert len(newest) == below(audited.country, "")
