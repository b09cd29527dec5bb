"""Rows loaded, decided on and saved: narrowed, locked, versioned, logged; never by the way."""

import ast
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

import app.domain
from app.db.session import Database
from app.db.tables.committees import Committee, CommitteeScope, FormerCommittee
from app.db.tables.forces import Team, TeamKind
from app.domain.actor import Permission, Role
from app.domain.errors import NotFound
from app.domain.forces import errors as errors  # where the nouns of what is used here stand
from app.domain.records import kit as records
from app.domain.records.errors import StaleVersion, VersionNeeded
from app.domain.records.state_machine import AppliedTransition
from tests.application import runner
from tests.conftest import copy_database
from tests.domain.units.give import Land

SINCE = date(2020, 1, 1)
STEP = AppliedTransition("dissolve", "established", "dissolved", date(2021, 1, 1), "Hết nhiệm vụ")
FEATURES = Path(app.domain.__file__).parent
SQL = {
    "counts.py",
    "grant_migration.py",
    "unit_lookup.py",
    "similarity.py",
    "deletion.py",
}  # of a feature: nothing but SQL, as in all that are named queries
OF_THE_ORM = {
    "add", "add_all", "begin_nested", "connection", "delete", "exec", "execute", "expunge", "flush",
    "get", "merge", "no_autoflush", "refresh", "run_sync", "scalar", "scalars",
}  # fmt: skip


class Taking(Exception):
    """Ends a transaction of which nothing is to stay."""


@pytest.fixture(scope="module")
def database(worker: str) -> Iterator[Database]:
    found = Database.connect(copy_database("empty", f"kit_{worker}"), size=2)
    yield found
    runner().run(found.close())


@pytest.fixture
def land(database: Database) -> Iterator[Land]:
    taken = database.write_transaction()
    yield Land(runner().run(taken.__aenter__()), communes=2, hamlets=1)
    runner().run(taken.__aexit__(Taking, Taking(), None))


def committee(land: Land, of: str = "A1", **more: Any) -> Committee:
    said: dict[str, Any] = {
        "scope": CommitteeScope.MOVEMENT, "name": "Ban chỉ đạo", "chair_position": "Chủ tịch",
        "size": 9, "established_on": SINCE, "since": SINCE,
    }  # fmt: skip
    return Committee(**said | more, unit_id=land.units[of])


def create(land: Land, row: Any) -> UUID:
    actor, permission = land.actor(Role.RECORDER), Permission.COMMITTEE_WRITE
    return land.run(records.create(land.session, actor, permission, row, {"size", "name"}))


def load(land: Land, id: UUID, expected: int | None = 1, of: str = "VN") -> Committee:
    actor = land.actor(Role.RECORDER, of)
    return land.run(records.load(land.session, actor, Committee, id, expected))


def save(land: Land, row: Any, fields: list[str], **more: Any) -> None:
    actor, permission = land.actor(Role.APPROVER), Permission.COMMITTEE_TRANSITION
    land.run(records.save(land.session, actor, permission, row, fields, **more))


def test_a_created_row_is_logged_with_the_fields_that_were_given(land: Land) -> None:
    id = create(land, committee(land))
    [entry] = land.rows("SELECT * FROM audit_entry WHERE resource_id = :id", id=id)
    assert (entry.act, entry.resource, entry.version) == ("create", "committee", 1)
    assert (entry.fields, entry.unit_id) == (["name", "size"], land.units["A1"])
    [row] = land.rows("SELECT created_by, changed_by FROM committee WHERE id = :id", id=id)
    assert row == (land.actor(Role.RECORDER).subject,) * 2
    assert land.one("SELECT count(*) FROM outbox WHERE resource_id = :id", id=id) == 1


def test_a_row_is_loaded_only_within_the_actors_unit(land: Land) -> None:
    id = create(land, committee(land))
    assert load(land, id, of="A").id == load(land, id, of="A1").id == id
    for foreign in ("A2", "B"):
        with pytest.raises(NotFound, match="committee_not_found"):
            load(land, id, of=foreign)
    with pytest.raises(NotFound, match="committee_not_found"):
        load(land, uuid4())


def test_another_version_than_was_seen_is_refused_with_what_has_changed(land: Land) -> None:
    id = create(land, committee(land))
    row = load(land, id)
    row.size = 11
    save(land, row, ["size"])
    with pytest.raises(VersionNeeded):
        load(land, id, None)
    with pytest.raises(StaleVersion) as late:
        load(land, id, 1)
    assert (late.value.facts["current_version"], late.value.facts["current"]) == (2, {"size": 11})


def test_a_save_writes_row_log_and_step_as_one_version(land: Land) -> None:
    id = create(land, committee(land))
    row = load(land, id)
    row.size, row.name = 11, "Ban chỉ đạo 138"
    save(land, row, ["size"], step=STEP, reason="không dùng")
    [stored] = land.rows(
        "SELECT version, size, name, changed_by FROM committee WHERE id = :id", id=id
    )
    assert stored == (2, 11, "Ban chỉ đạo 138", land.actor(Role.APPROVER).subject)
    [entry] = land.rows("SELECT act, version FROM audit_entry WHERE resource_id = :id "
                        "AND version = 2", id=id)  # fmt: skip
    assert entry == ("transition", 2)
    [step] = land.rows("SELECT action, reason FROM transition WHERE resource_id = :id", id=id)
    assert step == (STEP.action, STEP.reason)


def test_a_question_writes_nothing_that_was_not_saved(land: Land) -> None:
    id = create(land, committee(land))
    row = load(land, id)
    row.size = 99
    land.run(records.find(land.session, land.actor(), Team, uuid4()))
    assert land.one("SELECT size FROM committee WHERE id = :id", id=id) == 9


def test_rows_are_written_in_the_order_given(land: Land) -> None:
    """A part names the record that is created with it; one that is gone leaves its place first."""
    made = committee(land)
    former = FormerCommittee(
        committee_id=made.id, chair_position="Chủ tịch", size=5, since=SINCE, until=SINCE
    )
    actor = land.actor(Role.RECORDER)
    land.run(
        records.create(land.session, actor, Permission.COMMITTEE_WRITE, made, [], also=[former])
    )
    row = load(land, made.id)
    save(land, row, ["former"], delete=[former])
    assert land.one("SELECT count(*) FROM former_committee") == 0


def test_many_rows_that_are_alike_take_one_statement(land: Land) -> None:
    teams = [
        Team(kind=TeamKind.PATROL_GROUP, name=f"Tổ {n}", unit_id=land.units["A1"], source="tests",
             search_key=f"to {n}") for n in range(20)
    ]  # fmt: skip
    actor, edits = land.actor(Role.RECORDER), [records.Edit(team, ["name"]) for team in teams]
    land.run(records.save_all(land.session, actor, Permission.TEAM_CREATE, edits))
    for team in teams:
        team.name += " mới"
    land.run(records.save_all(land.session, actor, Permission.TEAM_UPDATE, edits))
    told = land.rows("SELECT version, name FROM team ORDER BY id")
    assert told == [(2, f"Tổ {n} mới") for n in range(20)]


def test_values_that_are_there_already_are_no_change(land: Land) -> None:
    row = committee(land)
    assert records.assign(row, {"size": 9, "name": "Khác"}) == ["name"]
    assert (row.size, row.name) == (9, "Khác")


def test_no_feature_touches_the_orm_outside_its_queries() -> None:
    """Code behind the kit will change one day."""
    files = [file for file in FEATURES.rglob("*.py") if not _is_of_sql(file)]
    found = [
        f"{file.relative_to(FEATURES)}:{node.lineno}"
        for file in files
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and _is_of_the_orm(node.func)
    ]
    assert (len(files) > 200, found) == (True, [])


def _is_of_sql(file: Path) -> bool:
    return file.name in SQL or file.name.endswith("queries.py")


def _is_of_the_orm(called: ast.expr) -> bool:
    if isinstance(called, ast.Name):
        return called.id == "execute"
    of = called.value if isinstance(called, ast.Attribute) else None
    return (
        isinstance(called, ast.Attribute) and called.attr in OF_THE_ORM
        and isinstance(of, ast.Name) and of.id in ("session", "db")
    )  # fmt: skip
