"""The command line with one task more, which takes its time and tells how far it is.

Run as a process of its own by the tests: `python -m tests.jobs.slow worker`.
"""

import asyncio
from functools import partial

from sqlalchemy import text

from app import cli
from app.commands import jobs
from app.db.session import Database, execute
from app.jobs import registry
from app.jobs.worker import Worker
from tests.jobs.scenario import HURRY


@registry.task("slow")
async def slow(database: Database, *, seconds: int) -> None:
    await _tell(database, "begun")
    await asyncio.sleep(seconds)
    await _tell(database, "done")


async def _tell(database: Database, word: str) -> None:
    async with database.write_transaction() as session:
        await execute(session, text("INSERT INTO told (word) VALUES (:word)"), {"word": word})


if __name__ == "__main__":
    jobs.Worker = partial(Worker, schedule=HURRY)  # type: ignore[assignment, attr-defined]
    cli.main()
