"""A database to measure on: the shipped map, the demo, and a synthetic load besides."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import asyncpg

from app.bootstrap import load_reference_data, migrate
from app.db.embedded.lifecycle import ROLE, SUPERUSER, Embedded
from app.db.session import Database
from app.domain.actor import Actor, Level, Role
from app.domain.auth import service as auth
from app.domain.auth.tokens import Tokens
from app.settings import Settings
from bench.dataset import FillCounts, fill

PROVINCE = """
SELECT id FROM unit_dated WHERE code = '01' AND valid_from <= today() AND valid_to > today()
"""
COUNTRY = "SELECT id FROM unit WHERE level = 'national'"
CLIENT = "bench-load"  # the writer during a measurement; its rows are deleted afterwards


@dataclass(frozen=True, slots=True)
class Scenario:
    """A running database, and tokens for those who ask."""

    settings: Settings
    postgres: int
    filled: FillCounts
    officer: str  # records for a province
    analyst: str  # reads for the whole country

    @property
    def log(self) -> Path:
        """Return the file that PostgreSQL logs to."""
        return self.settings.data / "postgres.log"

    def fetch(self, sql: str) -> list[Any]:
        """Ask the database itself, as its owner."""
        return asyncio.run(ask_database(self.settings.write_dsn, sql))

    def command(self, sql: str) -> None:
        """Tell the database something that only its superuser may."""
        theirs = self.settings.write_dsn.replace(f"//{ROLE}:", f"//{SUPERUSER}:", 1)
        asyncio.run(ask_database(theirs, sql))

    def forget_writes(self) -> None:
        """Take away what was written, so that every window finds the same rows."""
        self.fetch(f"DELETE FROM model WHERE source = '{CLIENT}'")
        self.fetch("VACUUM model, model_host")


@contextmanager
def new_database(models: int) -> Iterator[Scenario]:
    """A database that lives as long as the measurement, built as an installation builds its own."""
    with TemporaryDirectory(prefix="binhyen-bench-") as folder:
        embedded = Embedded(Path(folder))
        try:
            settings = Settings(database_url=embedded.start(), data=Path(folder))
            migrate(settings)
            asyncio.run(load_reference_data(settings, lambda *_: None, demo=True))
            filled = asyncio.run(fill(settings.write_dsn, models))
            assert embedded.pid
            yield _ready(settings, embedded.pid, filled)
        finally:
            embedded.stop()


def _ready(settings: Settings, postgres: int, filled: FillCounts) -> Scenario:
    officer = issue_token(settings, Role.RECORDER, Level.PROVINCE, PROVINCE)
    analyst = issue_token(settings, Role.VIEWER, Level.NATIONAL, COUNTRY)
    scenario = Scenario(settings, postgres, filled, officer, analyst)
    scenario.command("CHECKPOINT")
    return scenario


def issue_token(settings: Settings, role: Role, level: Level, unit: str) -> str:
    """Issue a token for the unit that a statement finds."""
    tokens = Tokens.from_file(settings.keys_file, settings.issuer, settings.audience, make=True)
    ((id,),) = asyncio.run(ask_database(settings.write_dsn, unit))
    actor = Actor("bench", frozenset({role}), level, id, CLIENT)
    return tokens.issue(asyncio.run(_let_in(settings.write_dsn, actor)), minutes=600)


async def _let_in(dsn: str, actor: Actor) -> Actor:
    database = Database.connect(dsn, size=1)
    try:
        async with database.write_transaction() as session:
            return await auth.open_session(session, actor, minutes=600)
    finally:
        await database.close()


async def ask_database(dsn: str, sql: str) -> list[Any]:
    """Ask a database itself, as its owner."""
    connection = await asyncpg.connect(dsn)
    try:
        return list(await connection.fetch(sql))
    finally:
        await connection.close()
