"""A country full of facts, in which figures are measured."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import asyncpg

from app.bootstrap import load_reference_data, migrate
from app.db.embedded.lifecycle import ROLE, SUPERUSER, Embedded
from app.domain.actor import Level, Role
from app.settings import Settings
from bench.scenario import COUNTRY, PROVINCE, ask_database, issue_token

LOAD = Path(__file__).with_name("figures_load.sql")


@dataclass(frozen=True, slots=True)
class Country:
    """A running database full of facts, and a token of one who reads all of it."""

    settings: Settings
    postgres: int
    analyst: str
    province: str  # the id of Hà Nội, the province with the most villages

    @property
    def dsn(self) -> str:
        """Return the address of the database."""
        return self.settings.write_dsn


@contextmanager
def open_country(rows: int, folder: Path | None) -> Iterator[Country]:
    """Open a database with so many facts; one in a folder stays, and is loaded once."""
    if folder is None:
        with (
            TemporaryDirectory(prefix="binhyen-figures-") as made,
            open_country(rows, Path(made)) as country,
        ):
            yield country
        return
    new = not (folder / "postgres").exists()
    embedded = Embedded(folder)
    try:
        settings = Settings(database_url=embedded.start(), data=folder)
        migrate(settings)
        if new:
            asyncio.run(load_reference_data(settings, lambda *_: None, demo=False))
            asyncio.run(_load(settings.write_dsn, rows))
        token = issue_token(settings, Role.VIEWER, Level.NATIONAL, COUNTRY)
        assert embedded.pid
        ((province,),) = asyncio.run(ask_database(settings.write_dsn, PROVINCE))
        yield Country(settings, embedded.pid, token, str(province))
    finally:
        embedded.stop()


async def _load(dsn: str, rows: int) -> None:
    sizes = {"tips": rows, "activities": rows, "teams": rows // 5, "models": rows // 10}
    superuser = dsn.replace(f"//{ROLE}:", f"//{SUPERUSER}:", 1)
    connection = await asyncpg.connect(superuser)
    try:
        await connection.execute(LOAD.read_text().format(**sizes))
        await connection.execute("VACUUM ANALYZE")
    finally:
        await connection.close()
