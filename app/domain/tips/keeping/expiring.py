"""Letting go of tips by the clock: first notice, then, when its day has come, for good.

The content goes with the keys it was sealed with: what is left of either opens nothing. One tip is
one transaction, so that a run may be cut short anywhere. What remains is a row of counts.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from app.db.session import Database, Session, act_as
from app.db.storage import Storage, StorageError
from app.db.tables.records import Act
from app.db.tables.tips import Tip
from app.domain.actor import Actor, Level, Permission
from app.domain.records import service as records
from app.domain.records.service import Change
from app.domain.tips.keeping import deleting, queries
from app.domain.tips.keeping.queries import Test
from app.domain.tips.keeping.rules import Terms
from app.domain.tips.office import KEEPER

SYSTEM = "system"
# What counts do not need.
FORGOTTEN: dict[str, Any] = {
    "excluded_unit_id": None, "about_officials": False, "has_contact": False, "shared": [],
}  # fmt: skip
Step = Callable[[Session, Tip], Awaitable[None]]
Due = Callable[[date], bool]


@dataclass
class Gone:
    """What one run has done."""

    cleared: int = 0
    noticed: int = 0
    identities: int = 0
    expired: int = 0
    files_left: int = 0


async def expire(database: Database, storage: Storage, today: date) -> Gone:
    """Give notice of what is to expire, and let go of that whose day has come."""
    async with database.write_transaction() as session:
        await act_as(session, KEEPER)
        terms = await queries.terms_on(session, today)
    run = _Run(database, storage, today, terms)
    done = Gone()
    done.cleared = await run.each(queries.of_word_since(), lambda _: True, run.keep_on)
    done.noticed = await run.each(queries.of_notice(today), run.is_near, run.give_notice)
    done.identities = await run.each(queries.of_identity(), run.identity_goes, run.forget_who)
    done.expired = await run.each(queries.of_expiry(today), lambda _: True, run.let_go)
    done.files_left = run.left
    return done


class _Run:
    """One run over all tips, in the role of the keeper."""

    def __init__(self, database: Database, storage: Storage, today: date, terms: Terms) -> None:
        self.database, self.storage, self.today, self.terms = database, storage, today, terms
        self.files: list[str] = []
        self.left = 0

    async def each(self, test: Test, due: Due, step: Step) -> int:
        """Take every tip that meets a test one step on, each in a transaction of its own."""
        done, after = 0, None
        while found := await self._some(test, after):
            after = found[-1][0]
            for id, closed_on in found:
                done += due(closed_on) and await self._one(id, test, step)
        return done

    async def _some(self, test: Test, after: UUID | None) -> Any:
        async with self.database.write_transaction() as session:
            await act_as(session, KEEPER)
            return await queries.some(session, test, after)

    async def _one(self, id: UUID, test: Test, step: Step) -> bool:
        async with self.database.write_transaction() as session:
            await act_as(session, KEEPER)
            if (tip := await queries.locked(session, id, test)) is None:
                return False
            await step(session, tip)
        await self._delete_files()
        return True

    def is_near(self, closed_on: date) -> bool:
        return self.terms.expires_on(closed_on, self.today) is not None

    def identity_goes(self, closed_on: date) -> bool:
        return self.terms.identity_goes(closed_on, self.today)

    async def keep_on(self, session: Session, tip: Tip) -> None:
        """Take notice back: the informant has said something since."""
        await self._write(session, tip, {"noticed_on": None, "expires_on": None})

    async def give_notice(self, session: Session, tip: Tip) -> None:
        """Say on which day a tip goes."""
        assert tip.closed_on, "the test says it"
        day = self.terms.expires_on(tip.closed_on, self.today)
        await self._write(session, tip, {"noticed_on": self.today, "expires_on": day})

    async def forget_who(self, session: Session, tip: Tip) -> None:
        """Let go of contact details."""
        await deleting.forget_identity(session, tip.id)
        await self._write(session, tip, {"has_contact": False})

    async def let_go(self, session: Session, tip: Tip) -> None:
        """Let go of all but the counts; nobody is told, for the news goes too."""
        files = await deleting.files_of(session, tip.id)
        await deleting.let_go(session, tip.id)
        await self._write(session, tip, FORGOTTEN | {"expired_on": self.today}, Act.SECURITY)
        self.files += files

    async def _write(
        self, session: Session, tip: Tip, values: dict[str, Any], act: Act = Act.CHANGE
    ) -> None:
        system = Actor(SYSTEM, frozenset(), Level.NATIONAL, tip.unit_id)
        fields = records.apply_changes(tip, system, values)
        await session.flush()
        told = Change("tip", tip.id, tip.unit_id, act, tip.version, fields)
        await records.log_changes(session, system, Permission.TIP_HOLD, [told])

    async def _delete_files(self) -> None:
        """Let go of files whose rows are gone for sure; what cannot go now is swept later."""
        while self.files:
            sha256 = self.files.pop()
            async with self.database.write_transaction() as session:
                await act_as(session, KEEPER)
                if await deleting.is_kept(session, sha256):
                    continue
            try:
                await self.storage.delete(sha256)
            except StorageError:
                self.left += 1
