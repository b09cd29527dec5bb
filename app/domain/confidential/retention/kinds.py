"""The declarations by which records of a kind can be held and, once their term is over, expire."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic
from uuid import UUID

from sqlalchemy import ColumnElement, true

from app.db.session import Session
from app.db.tables.confidential import HoldRow, RetentionOf, SealedPart
from app.domain.actor import Permission
from app.domain.confidential.kinds import ConfidentialKind, R
from app.domain.errors import Conflict

Test = ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class HoldKind(Generic[R]):
    """Legal holds on one kind of record."""

    record: ConfidentialKind[R]
    table: type[HoldRow]
    permission: Permission
    already_held: type[Conflict]
    not_held: type[Conflict]


@dataclass(frozen=True, slots=True)
class TermCodes:
    """The codes of the rules that set the terms of one kind of record."""

    record: RetentionOf
    identity: RetentionOf | None  # None: it goes with the record
    notice: RetentionOf


@dataclass(frozen=True, slots=True)
class ExpiryKind(Generic[R]):
    """Expiry of one kind of record: its terms, and what goes with it."""

    holds: HoldKind[R]
    terms: TermCodes
    identities: type[SealedPart]
    parts: Sequence[type[Any]]  # tables whose rows go with the record
    logged_parts: Sequence[type[Any]]  # tables whose rows the outbox may have announced
    residue: Mapping[str, Any]  # what is set on the row that stays, for counting
    identity_residue: Mapping[str, Any]  # what is set once the identity is gone
    heard_since: Callable[[Any], Test]  # whether the protected person wrote on a day or later
    delete_links: Callable[[Session, UUID], Awaitable[None]]
    find_files: Callable[[Session, UUID], Awaitable[Sequence[str]]]  # by sha256
    is_file_used: Callable[[Session, str], Awaitable[bool]]
    where: Callable[[], Test] = true  # which records these terms are for
    # whether all officers of the place may know that a record is gone, or those with a part alone
    is_known_in_place: Callable[[R], bool] = lambda record: False

    @property
    def record(self) -> ConfidentialKind[R]:
        """The kind of record that expires."""
        return self.holds.record
