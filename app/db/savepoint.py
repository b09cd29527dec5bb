"""A savepoint: what is written after it can be taken back alone."""

from collections.abc import Generator
from itertools import count
from typing import Any

from sqlalchemy import text

NUMBERS = count(1)


class Savepoint:
    """A part of a transaction; it is awaited to begin."""

    def __init__(self, session: Any, name: str = "") -> None:
        self.session, self.name = session, name or f"part_{next(NUMBERS)}"
        self._opened: dict[str, str] = {}

    def __await__(self) -> Generator[Any, None, "Savepoint"]:
        return self.start().__await__()

    async def start(self) -> "Savepoint":
        """Begin."""
        await self.session.flush()
        await self.session.execute(text(f"SAVEPOINT {self.name}"))
        self._opened = self.session.list_opened()
        return self

    async def rollback(self) -> None:
        """Take back what was written since, and the locks that were taken since."""
        await self.session.execute(text(f"ROLLBACK TO SAVEPOINT {self.name}"))
        self.session.reopen(self._opened)
        self.session.expire_all()

    async def commit(self) -> None:
        """Keep what was written since."""
        await self.session.flush()
        await self.session.execute(text(f"RELEASE SAVEPOINT {self.name}"))
