"""Whether the ground holds: the database answers, and its schema is the one we know."""

from app.db.pool import Reader, Unreachable
from app.db.schema_version import newest


async def is_ready(reader: Reader) -> bool:
    """Whether the house can answer."""
    try:
        return await reader.schema_version() == newest()
    except Unreachable:
        return False
