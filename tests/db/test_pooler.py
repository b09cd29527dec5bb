"""Behind a pooler in transaction mode: nothing of a session outlives a transaction."""

import re
from typing import Any

import pytest
from sqlalchemy import text

from app.db.pooler import open_transaction
from app.db.session import Database, execute
from app.domain.actor import Role
from tests.application import Application, runner
from tests.docs.findings import ROOT
from tests.give import Country

SESSION_LOCK = re.compile(
    r"pg_(try_)?advisory_lock|\bSET (?!LOCAL|TRANSACTION|NULL)[A-Z]+ (ROLE|TO)\b"
)


def test_reads_and_writes_hold_without_sessions(application_url: str, country: Country) -> None:
    with Application.on(application_url, statement_cache_size=0) as pooled:
        person = pooled.national(Role.UNIT_ADMIN, Role.APPROVER, Role.VIEWER, Role.AUDITOR)
        assert person.get("/api/v1/units?limit=2").status_code == 200
        assert person.ask("{ units(first: 2) { nodes { id } } }").get("errors") is None
        made = person.post("/api/v1/model-types", {"code": "pooled", "name": "Gộp"})
        assert made.status_code == 201, made.text
        assert pooled.nobody.get("/health/ready").status_code == 200
        state = pooled.app.state.resources
        assert runner().run(_look(state.database)) == ("binhyen_runtime", 0, "off")
        role = runner().run(_current_user(state.settings))
        assert role == "binhyen_runtime"


async def _look(database: Database) -> tuple[str, int, str]:
    """Return who acts, and how many statements the session of the connection holds."""
    async with database.write_transaction() as session:
        row: Any = (
            await execute(session, text("SELECT current_user, current_setting('jit')"))
        ).one()
        kept = text("SELECT count(*) FROM pg_prepared_statements WHERE name <> ''")
        count = (await execute(session, kept)).scalar_one()
    return row[0], count, row[1]


async def _current_user(settings: object) -> str:
    async with open_transaction(settings) as connection:  # type: ignore[arg-type]
        found: str = await connection.fetchval("SELECT current_user")
        return found


@pytest.mark.parametrize("folder", ["app", "migrations/versions", "migrations/sql/functions"])
def test_no_lock_or_setting_of_a_session_is_taken(folder: str) -> None:
    files = [*(ROOT / folder).rglob("*.py"), *(ROOT / folder).rglob("*.sql")]
    assert files
    taken = [str(file) for file in files if SESSION_LOCK.search(file.read_text("utf-8"))]
    assert not taken
    assert SESSION_LOCK.search("SELECT pg_advisory_lock(7)")
    assert SESSION_LOCK.search("SET SESSION ROLE x")
