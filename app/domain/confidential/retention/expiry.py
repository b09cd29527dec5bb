"""Expiry of records: first notice, then, when the day has come, deletion for good.

The content goes with the keys it was encrypted with: what is left of either opens nothing. One
record is one transaction, so that a run may be cut short anywhere. What remains is a row of counts.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Generic
from uuid import UUID

from app.db.session import Database, Session, act_as
from app.db.storage import Storage, StorageError
from app.db.tables.records import Act
from app.domain.actor import Actor, Level
from app.domain.confidential.kinds import R
from app.domain.confidential.retention import deletion, queries
from app.domain.confidential.retention.kinds import ExpiryKind, Test
from app.domain.confidential.retention.rules import Terms
from app.domain.confidential.roles import KEEPER
from app.domain.records import kit as records
from app.domain.records.service import Change, log_changes

SYSTEM = "system"
IsDue = Callable[[date], bool]  # by the day a record was closed on
Step = Callable[[Session, R], Awaitable[None]]


@dataclass
class ExpiryResult:
    """Counts of what one run has done."""

    cleared: int = 0
    noticed: int = 0
    identities: int = 0
    expired: int = 0
    files_left: int = 0

    def __iadd__(self, other: "ExpiryResult") -> "ExpiryResult":
        """Add the counts of another run."""
        for field in fields(self):
            setattr(self, field.name, getattr(self, field.name) + getattr(other, field.name))
        return self


async def expire_records(
    database: Database, storage: Storage, kind: ExpiryKind[R], today: date
) -> ExpiryResult:
    """Give notice of records that are to expire, and delete those whose day has come."""
    async with database.write_transaction() as session:
        await act_as(session, KEEPER)
        terms = await queries.load_terms(session, kind.terms, today)
    run = _Run(database, storage, kind, today, terms)
    done = ExpiryResult()
    heard = queries.heard_since_notice(kind)
    done.cleared = await run.apply_to_all(heard, _always, run.withdraw_notice)
    fresh = queries.needs_notice(kind, today)
    done.noticed = await run.apply_to_all(fresh, run.is_term_ending, run.give_notice)
    known = queries.keeps_identity(kind)
    done.identities = await run.apply_to_all(known, run.is_identity_over, run.delete_identity)
    due = queries.is_due(kind, today)
    done.expired = await run.apply_to_all(due, _always, run.delete_content)
    done.files_left = run.files_left
    return done


def _always(closed_on: date) -> bool:
    return True


@dataclass
class _Run(Generic[R]):
    """One run over all records of a kind, in the database role of the keeper."""

    database: Database
    storage: Storage
    kind: ExpiryKind[R]
    today: date
    terms: Terms

    def __post_init__(self) -> None:
        self.files: list[str] = []
        self.files_left = 0

    async def apply_to_all(self, test: Test, is_due: IsDue, step: Step[R]) -> int:
        """Apply a step to every record that meets a test, each in a transaction of its own."""
        done, after = 0, None
        while found := await self._find_batch(test, after):
            after = found[-1][0]
            for id, closed_on in found:
                done += is_due(closed_on) and await self._apply(id, test, step)
        return done

    async def _find_batch(self, test: Test, after: UUID | None) -> Any:
        async with self.database.write_transaction() as session:
            await act_as(session, KEEPER)
            return await queries.find_batch(session, self.kind, test, after)

    async def _apply(self, id: UUID, test: Test, step: Step[R]) -> bool:
        async with self.database.write_transaction() as session:
            await act_as(session, KEEPER)
            if (record := await queries.lock_if(session, self.kind, id, test)) is None:
                return False
            await step(session, record)
        await self._delete_files()
        return True

    def is_term_ending(self, closed_on: date) -> bool:
        """Return whether notice is due for a record that was closed on this day."""
        return self.terms.expiry_day(closed_on, self.today) is not None

    def is_identity_over(self, closed_on: date) -> bool:
        """Return whether an identity is due in a record that was closed on this day."""
        return self.terms.is_identity_over(closed_on, self.today)

    async def withdraw_notice(self, session: Session, record: R) -> None:
        """Withdraw notice: the protected person has written since."""
        await self._save(session, record, {"noticed_on": None, "expires_on": None})

    async def give_notice(self, session: Session, record: R) -> None:
        """Set the day on which a record expires."""
        assert record.closed_on, "the test says it"
        day = self.terms.expiry_day(record.closed_on, self.today)
        await self._save(session, record, {"noticed_on": self.today, "expires_on": day})

    async def delete_identity(self, session: Session, record: R) -> None:
        """Delete the identity in a record."""
        await deletion.delete_identity(session, self.kind, record.id)
        await self._save(session, record, self.kind.identity_residue)

    async def delete_content(self, session: Session, record: R) -> None:
        """Delete a record but for its row of counts; its files go after its rows."""
        files = await self.kind.find_files(session, record.id)
        readers = await queries.find_readers(session, self.kind, record)
        await deletion.delete_content(session, self.kind, record.id)
        residue = {**self.kind.residue, "expired_on": self.today}
        await self._save(session, record, residue, Act.SECURITY)
        await queries.announce_purge(session, self.kind, record, readers)
        self.files += files

    async def _save(
        self, session: Session, record: R, values: Mapping[str, Any], act: Act = Act.CHANGE
    ) -> None:
        system = Actor(SYSTEM, frozenset(), Level.NATIONAL, record.unit_id)
        if fields := records.assign(record, values):
            await records.store(session, system, record)
        resource, permission = self.kind.record.resource, self.kind.holds.permission
        change = Change(resource, record.id, record.unit_id, act, record.version, fields)
        await log_changes(session, system, permission, [change])

    async def _delete_files(self) -> None:
        """Delete files whose rows are gone for sure; what cannot go now is swept later."""
        while self.files:
            sha256 = self.files.pop()
            async with self.database.write_transaction() as session:
                await act_as(session, KEEPER)
                if await self.kind.is_file_used(session, sha256):
                    continue
            try:
                await self.storage.delete(sha256)
            except StorageError:
                self.files_left += 1
