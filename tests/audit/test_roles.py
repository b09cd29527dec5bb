"""Rights of the database roles: the application cannot rewrite what it has written."""

import os
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from itertools import product
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.bootstrap import DatabaseUnusable, migrate
from app.db.migration_scripts import SCRIPTS
from app.db.session import execute
from app.domain.actor import Level, Role
from app.domain.audit.seals import seal_all
from app.jobs import engine
from app.settings import Settings
from tests.application import Application, runner
from tests.audit.give import MARKED, AuditScenario, below, rows

RUNTIME, SEALER, AUDITOR = "binhyen_runtime", "binhyen_sealer", "binhyen_auditor"
APPEND_ONLY = ("audit_entry", "audit_link", "audit_seal", "audit_waiting", "transition", "outbox")
GRANT = r"GRANT ([A-Z, ]+) ON\s+([a-z_,\s]+?)\s+TO ([a-z_, ]+);"
# no right on the whole table: the application reads none, or functions of the owner do it all
NO_LINE = {"tip_identity", "tip_receipt", "reintegration_episode", "place_later"}
WHO = """
SELECT current_user::text AS name, r.rolsuper OR r.rolbypassrls OR r.rolcreaterole AS powerful,
  (SELECT count(*) FROM pg_class c WHERE c.relowner = r.oid) AS owned
FROM pg_roles r WHERE r.rolname = current_user
"""
OURS = """
SELECT c.relname::text AS name FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v')
AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
"""
HELD = """
SELECT c.relname::text AS name, a.privilege_type AS may FROM pg_class c
CROSS JOIN LATERAL aclexplode(c.relacl) a JOIN pg_roles r ON r.oid = a.grantee
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind <> 'S' AND r.rolname = $1
"""


def script(name: str) -> str:
    """An SQL script of the migrations."""
    return (SCRIPTS / name).read_text(encoding="utf-8")


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def grants() -> dict[str, dict[str, str]]:
    """Return the rights that the migrations grant to each role on whole tables."""
    said: dict[str, dict[str, set[str]]] = {}
    later = [
        *SCRIPTS.glob("tables/*.sql"), *SCRIPTS.glob("views/*.sql"),
        *SCRIPTS.parent.glob("versions/*.py"),
    ]  # fmt: skip
    texts = [script("grants.sql"), *map(_read, later)]
    dropped = re.findall(r"DROP TABLE (\w+)", "".join(map(_read, SCRIPTS.glob("data/*_up.sql"))))
    again = set(re.findall(r"DROP VIEW (\w+)", "".join(texts)))  # granted again with each version
    for rights, tables, roles in re.findall(GRANT, "".join(texts)):
        for table, role in product(set(re.split(r",\s+", tables)) - set(dropped), _split(roles)):
            held = said.setdefault(role, {}).setdefault(table, set())
            twice = held & _split(rights)
            assert not twice or table in again, f"{twice} on {table} granted twice to {role}"
            held |= _split(rights)
    return {
        role: {table: ", ".join(sorted(rights)) for table, rights in tables.items()}
        for role, tables in said.items()
    }


def _split(words: str) -> set[str]:
    return set(words.split(", "))


@asynccontextmanager
async def acting(url: str, role: str, **context: str) -> AsyncIterator[Any]:
    """A connection in a role, in a transaction that knows this of its actor and is taken back."""
    connection = await asyncpg.connect(url, server_settings={"role": role})
    trial = connection.transaction()
    await trial.start()
    for name, value in context.items():
        await connection.execute("SELECT set_config($1, $2, true)", f"binhyen.{name}", value)
    try:
        yield connection
    finally:
        await trial.rollback()
        await connection.close()


async def get_refusal(url: str, role: str, sql: str, **context: str) -> str | None:
    """Return how a statement is refused; None where it is carried out."""
    async with acting(url, role, **context) as connection:
        try:
            await connection.execute(sql)
        except asyncpg.PostgresError as error:
            return type(error).__name__
    return None


def test_the_application_acts_in_a_role_that_owns_nothing(scenario: AuditScenario) -> None:
    async def who() -> list[Any]:
        application = scenario.application.app.state.resources
        found = [
            await application.reader.pool.fetchrow(WHO),
            await application.reader.accounting.fetchrow(WHO),
        ]
        async with application.database.write_transaction() as session:
            found.append((await execute(session, text(WHO))).one())
        pool = engine.create_pool(scenario.url, listen=True, role=RUNTIME)
        await pool.open()
        async with pool.connection() as connection:
            found.append(await (await connection.execute(WHO)).fetchone())
        await pool.close()
        return found

    assert [tuple(row) for row in runner().run(who())] == [(RUNTIME, False, 0)] * 4


@pytest.fixture
def stranger(scenario: AuditScenario) -> Iterator[tuple[str, str]]:
    """Somebody who may log in, and no more; the name and the address of the same database."""
    name = f"stranger_{uuid4().hex[:8]}"
    scenario.rows(f"CREATE ROLE {name} LOGIN PASSWORD 'known'")
    host = scenario.url.rpartition("@")[2]
    yield name, f"postgresql://{name}:known@{host}"
    scenario.rows(f"DROP ROLE {name}")


def test_a_login_that_is_only_in_the_role_serves_and_cannot_seal(
    scenario: AuditScenario, stranger: tuple[str, str]
) -> None:
    name, url = stranger
    scenario.rows(f"GRANT {RUNTIME} TO {name}")
    with Application.on(url) as application:
        caller = application.caller(Role.AUDITOR, level=Level.NATIONAL, unit=scenario.country[""])
        found = caller.get("/api/v1/audit", subject=MARKED, limit=100).json()["items"]
        assert len(found) == below(scenario.country, "")
        keys, database = (
            application.app.state.resources.audit_keys,
            application.app.state.resources.database,
        )
        with pytest.raises(DBAPIError, match='permission denied to set role "binhyen_sealer"'):
            runner().run(seal_all(database, keys))


def test_a_login_that_already_is_in_the_role_needs_to_name_none(
    scenario: AuditScenario, stranger: tuple[str, str]
) -> None:
    name, url = stranger
    scenario.rows(f"GRANT {RUNTIME} TO {name}")
    with Application.on(url, database_role="") as application:
        caller = application.caller(Role.AUDITOR, level=Level.PROVINCE, unit=scenario.country["1"])
        found = caller.get("/api/v1/audit", subject=MARKED, limit=100).json()["items"]
        assert len(found) == below(scenario.country, "1")


def test_a_login_that_may_not_migrate_learns_why(stranger: tuple[str, str]) -> None:
    server = os.environ["BINHYEN_TEST_DATABASE_URL"].rpartition("/")[2]
    empty = stranger[1].rpartition("/")[0] + f"/{server}"
    with pytest.raises(DatabaseUnusable, match="cannot be migrated: permission denied"):
        migrate(Settings(database_url=empty))


def test_a_login_that_may_not_create_roles_learns_what_an_administrator_does(
    scenario: AuditScenario, stranger: tuple[str, str]
) -> None:
    make = script("roles.sql").replace(RUNTIME, "binhyen_missing")
    with pytest.raises(asyncpg.InsufficientPrivilegeError) as refusal:
        runner().run(rows(stranger[1], make))
    assert f"{stranger[0]} may not make it" in str(refusal.value)
    assert f"GRANT binhyen_missing TO {stranger[0]}" in str(refusal.value.hint)


def test_every_table_has_its_line(scenario: AuditScenario) -> None:
    assert {row["name"] for row in scenario.rows(OURS)} == set(grants()[RUNTIME]) | NO_LINE


OF_TIPS = [f"binhyen_{name}" for name in ("intake", "informant", "vault", "keeper")]


@pytest.mark.parametrize("role", [RUNTIME, SEALER, AUDITOR, *OF_TIPS])
def test_each_role_may_do_what_its_lines_say_and_nothing_more(
    scenario: AuditScenario, role: str
) -> None:
    held = {(row["name"], row["may"]) for row in scenario.rows(HELD, role)}
    lines = grants()[role].items()
    assert held == {(table, may) for table, rights in lines for may in rights.split(", ")}


REWRITES = [
    "UPDATE {} SET {} = {}",
    "DELETE FROM {}",
    "TRUNCATE {}",
    "ALTER TABLE {} ADD COLUMN more text",
    "ALTER TABLE {} DISABLE TRIGGER ALL",
    "ALTER TABLE {} DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE {} OWNER TO binhyen_runtime",
    "CREATE RULE none AS ON INSERT TO {} DO INSTEAD NOTHING",
    "CREATE TRIGGER none BEFORE INSERT ON {} EXECUTE FUNCTION audit_wait()",
    "CREATE POLICY every ON {} USING (true)",
    "DROP TABLE {} CASCADE",
]
OTHERS = [
    "INSERT INTO audit_link VALUES (1, gen_random_uuid(), '')",
    "INSERT INTO audit_seal VALUES (1, 1, '', '', '', now())",
    "INSERT INTO audit_waiting VALUES (gen_random_uuid())",
    "SET session_replication_role = replica",
    "DROP FUNCTION audit_wait CASCADE",
    "CREATE TABLE public.audit_entry_2 (id uuid)",
    "SELECT protect_by_place('audit_entry', '{viewer}')",
]


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_the_application_rewrites_nothing(scenario: AuditScenario, table: str) -> None:
    column = "position" if table in ("audit_link", "audit_seal") else "id"
    column = "entry_id" if table == "audit_waiting" else column
    for rewrite in REWRITES:
        sql = rewrite.format(table, column, column)
        told = runner().run(get_refusal(scenario.url, RUNTIME, sql))
        assert told == "InsufficientPrivilegeError", sql


@pytest.mark.parametrize("sql", OTHERS)
def test_the_application_has_no_way_around(scenario: AuditScenario, sql: str) -> None:
    assert runner().run(get_refusal(scenario.url, RUNTIME, sql)) == "InsufficientPrivilegeError"


@pytest.mark.parametrize("table", ["audit_entry", "audit_link", "audit_seal"])
def test_the_sealer_adds_and_rewrites_nothing(scenario: AuditScenario, table: str) -> None:
    column = "id" if table == "audit_entry" else "position"
    for rewrite in REWRITES:
        sql = rewrite.format(table, column, column)
        assert (
            runner().run(get_refusal(scenario.url, SEALER, sql)) == "InsufficientPrivilegeError"
        ), sql


ENTRY = """
INSERT INTO audit_entry (id, act, operation, resource, fields, subject, client, roles, session_id)
VALUES (gen_random_uuid(), '{}', 'x', 'x', '{{}}', '{}', 'x', '{{}}', {})
"""
SESSION = "gen_random_uuid()"


@pytest.mark.parametrize(
    ("context", "act", "subject", "session", "goes"),
    [
        ({"subject": "me"}, "change", "me", SESSION, True),
        ({"subject": "me"}, "change", "you", SESSION, False),
        ({"subject": "me"}, "security", "you", SESSION, False),
        ({"subject": "me"}, "change", "you", "NULL", False),
        ({}, "change", "me", SESSION, False),
        ({"subject": ""}, "change", "me", SESSION, False),
        ({}, "change", "the clock", "NULL", True),
        ({}, "security", "me", SESSION, True),
    ],
)
def test_nobody_writes_in_anothers_name(
    scenario: AuditScenario,
    context: dict[str, str],
    act: str,
    subject: str,
    session: str,
    goes: bool,
) -> None:
    sql = ENTRY.format(act, subject, session)
    told = runner().run(get_refusal(scenario.url, RUNTIME, sql, **context))
    assert told == (None if goes else "InsufficientPrivilegeError")


@pytest.mark.parametrize(
    "context",
    [
        {},
        {"level": "national"},
        {"level": "national", "roles": "viewer approver"},
        {"level": "nowhere", "roles": "auditor"},
        {"level": "province", "roles": "auditor"},
        {"level": "province", "roles": "auditor", "unit": ""},
        {"level": "village", "roles": "auditor", "unit": str(uuid4())},
        {"roles": "auditor", "unit": str(uuid4())},
    ],
)
def test_who_is_not_known_to_the_database_sees_nothing(
    scenario: AuditScenario, context: dict[str, str]
) -> None:
    async def count() -> int:
        async with acting(scenario.url, RUNTIME, **context) as connection:
            return int(await connection.fetchval("SELECT count(*) FROM audit_entry"))

    assert runner().run(count()) == 0


def test_a_reorganisation_takes_entries_along_without_a_right_to_change_them(
    scenario: AuditScenario,
) -> None:
    """Called with units only, the function reads from the map where they lie."""
    unit = scenario.country["2.2.3"]
    scenario.rows("UPDATE unit SET village_id = NULL WHERE id = $1", unit)

    async def place() -> list[Any]:
        connection = await asyncpg.connect(scenario.url, server_settings={"role": RUNTIME})
        found: list[Any] = await connection.fetch("SELECT * FROM place_records($1)", [unit])
        await connection.close()
        return found

    def village() -> Any:
        found = scenario.entries("subject = $1 AND unit_id = $2", MARKED, unit)
        return found[0]["village_id"]

    assert village() == unit
    assert dict(runner().run(place()))["audit_entry"] >= 1
    assert village() is None
    scenario.rows("UPDATE unit SET village_id = $1 WHERE id = $1", unit)
    runner().run(place())
    assert village() == unit
