"""Rows of imported files: the policies alone show them to their owner and to administrators."""

from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest
from sqlalchemy import text

from app.db.session import execute
from app.domain.actor import Level, Role
from app.domain.exchange.imports import queries
from tests.api.test_imports import kind, lines, recorder, send
from tests.application import Application, Caller, runner
from tests.audit.test_roles import RUNTIME, acting
from tests.give import Country

__all__ = ["kind", "recorder"]
INSERT = """INSERT INTO data_import_row (id, import_id, number, row_number, state)
VALUES ($1, $2, 99, 99, 'waiting')"""
CHANGE = "UPDATE data_import_row SET cells = '{}' WHERE import_id = $1"


class RowReach:
    """An import, and what an actor reaches of its rows in the database itself."""

    def __init__(self, application: Application, file: Any) -> None:
        self.dsn = application.app.state.resources.settings.write_dsn
        self.id = UUID(file["id"])

    def reach(self, **context: str) -> tuple[int, int, bool]:
        """Count what is seen and what is changed, and try to add a row."""
        return runner().run(self._reach(context))

    async def _reach(self, context: dict[str, str]) -> tuple[int, int, bool]:
        seen = "SELECT count(*) FROM data_import_row WHERE import_id = $1"
        async with acting(self.dsn, RUNTIME, **context) as connection:
            count = await connection.fetchval(seen, self.id)
            changed = int((await connection.execute(CHANGE, self.id)).split()[1])
            try:
                await connection.execute(INSERT, uuid4(), self.id)
            except asyncpg.InsufficientPrivilegeError:
                return count, changed, False
            return count, changed, True


@pytest.fixture
def file(application: Application, recorder: Caller, country: Country, kind: str) -> RowReach:
    return RowReach(application, send(recorder, lines(country, *"abc", type=kind)))


def as_(country: Country, subject: str, role: Role, path: str = "1.1") -> dict[str, str]:
    level = Level.COMMUNE if "." in path else Level.PROVINCE
    unit = str(country[path])
    return {"subject": subject, "roles": role.value, "level": level.value, "unit": unit}


async def _find_owner(application: Application, id: UUID) -> str:
    statement = text("SELECT created_by FROM data_import WHERE id = :id")
    async with application.behind() as session:
        return str((await execute(session, statement, {"id": id})).scalar_one())


def test_rows_are_reached_by_their_owner_and_administrators_of_the_place(
    application: Application, country: Country, file: RowReach
) -> None:
    owner = runner().run(_find_owner(application, file.id))
    mine, nothing = (3, 3, True), (0, 0, False)
    assert file.reach(**as_(country, owner, Role.RECORDER)) == mine
    assert file.reach(**as_(country, owner, Role.RECORDER, "1.2")) == nothing
    assert file.reach(**as_(country, "other", Role.RECORDER)) == nothing
    assert file.reach(**as_(country, "other", Role.UNIT_ADMIN)) == mine
    assert file.reach(**as_(country, "other", Role.UNIT_ADMIN, "1")) == mine
    assert file.reach(**as_(country, "other", Role.UNIT_ADMIN, "2")) == nothing
    assert file.reach() == nothing


def test_what_has_expired_is_deleted_by_the_job_that_acts_for_nobody(
    application: Application, file: RowReach
) -> None:
    async def expire_and_delete() -> tuple[int, int]:
        async with application.behind() as session:
            change = text("UPDATE data_import SET expires_at = now() WHERE id = :id")
            await execute(session, change, {"id": file.id})
        database = application.app.state.resources.database
        async with database.write_transaction() as session:
            gone = await queries.delete_expired_rows(session)
        left = text("SELECT count(cells) FROM data_import_row WHERE import_id = :id")
        async with application.behind() as session:
            return gone, (await execute(session, left, {"id": file.id})).scalar_one()

    gone, left = runner().run(expire_and_delete())
    assert gone >= 3
    assert left == 0
