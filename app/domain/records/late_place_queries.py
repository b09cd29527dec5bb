"""Rows that were entered while the map was being changed around them: placed when it stands."""

from sqlalchemy import text

from app.db.session import Session, exclusion_key_of, execute

PLACE = """
SELECT place_late() FROM (SELECT set_config('binhyen.exclusion_key', :key, true)) AS entered
"""


async def place_late_rows(session: Session) -> int:
    """Place the rows that wait, as far as the map stands around them; return how many."""
    found = await execute(session, text(PLACE), {"key": exclusion_key_of(session)})
    return int(found.scalar_one())
