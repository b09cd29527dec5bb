"""Databases of the demo: it loads into no other, and production serves none of them."""

from sqlalchemy import text

from app.db.base import now
from app.db.session import Database, Session, execute
from app.db.tables.login import DemoMark
from app.demo.accounts import APPLICATION, PEOPLE
from app.settings import Settings

LOGINS = [login for login, _, _ in PEOPLE]
# of a demo that was loaded before databases were marked, too: its people are named by their login
HOLDS_DEMO = """
SELECT EXISTS (SELECT FROM demo_mark)
    OR EXISTS (SELECT FROM account WHERE login = ANY (:logins) AND name = login)
    OR EXISTS (SELECT FROM client WHERE client_id = :application)
"""
HOLDS_RECORDS = """
SELECT EXISTS (SELECT FROM account) OR EXISTS (SELECT FROM client) OR EXISTS (SELECT FROM model)
    OR EXISTS (SELECT FROM team) OR EXISTS (SELECT FROM document) OR EXISTS (SELECT FROM tip_count)
    OR EXISTS (SELECT FROM incident) OR EXISTS (SELECT FROM activity)
"""


class NotADemoDatabase(Exception):
    """The demo does not go into a database that holds anything else."""


class DemoInProduction(Exception):
    """Production does not serve accounts whose passwords everybody knows."""


async def holds_demo(session: Session) -> bool:
    """Return whether a database was marked for the demo, or holds its accounts."""
    known = {"logins": LOGINS, "application": APPLICATION}
    return bool((await execute(session, text(HOLDS_DEMO), known)).scalar_one())


async def claim_database(session: Session) -> None:
    """Mark an empty database as the demo's own; refuse one that holds other records."""
    if await holds_demo(session):
        return
    if (await execute(session, text(HOLDS_RECORDS))).scalar_one():
        raise NotADemoDatabase(
            "The demo does not go into a database that holds other records: start with --no-demo, "
            "or name an empty database."
        )
    session.add(DemoMark(marked_at=now()))
    await session.flush()


async def refuse_demo(database: Database, settings: Settings) -> None:
    """Refuse to serve a database of the demo in production."""
    if settings.environment != "production":
        return
    async with database.write_transaction() as session:
        if await holds_demo(session):
            raise DemoInProduction(
                "Production does not start on a database of the demo: its passwords are printed "
                "for everybody. Name another database in BINHYEN_DATABASE_URL."
            )
