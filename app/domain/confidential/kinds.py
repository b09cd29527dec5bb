"""The declaration of a kind of confidential record, such as tips.

Identities, transfers and retention work on any kind that declares itself; each adds a declaration
of its own for what it needs besides.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, true

from app.db.query.shape import Row
from app.db.session import Session
from app.db.tables.confidential import AssignmentRow, ConfidentialRow
from app.domain.actor import Permission
from app.domain.confidential.scope import HELD_BY_PLACE
from app.domain.errors import Unavailable
from app.domain.records.names import resource_name
from app.domain.scope import Scope

R = TypeVar("R", bound=ConfidentialRow)
Test = Callable[[Row, Any], ColumnElement[bool]]


def _to_everybody(row: Row) -> ColumnElement[bool]:
    return true()


async def _bar_nobody(session: Session, id: UUID, unit: UUID) -> bool:
    return False


def _without_expired(test: Test) -> Test:
    return lambda row, unit: test(row, unit) & row.expired_on.is_(None)


@dataclass(frozen=True, slots=True)
class ConfidentialKind(Generic[R]):
    """A kind of confidential record: its tables, its scope and its refusals."""

    table: type[R]
    reference: str  # the column by which its parts refer to it
    assignments: type[AssignmentRow]
    read: Permission
    no_key: type[Unavailable]  # where this server holds no key that decrypts it
    scope: Scope = field(default_factory=lambda: HELD_BY_PLACE)
    # the record, or a row with a reference to it, does not exclude the actor
    is_open: Callable[[Row], ColumnElement[bool]] = _to_everybody
    is_barred: Callable[[Session, UUID, UUID], Awaitable[bool]] = _bar_nobody  # record, unit

    @property
    def resource(self) -> str:
        """Return the name that the audit, the outbox and the deadlines have for it."""
        return resource_name(self.table)

    @property
    def live_scope(self) -> Scope:
        """Return the scope without records of which only counts are left."""
        return {level: _without_expired(test) for level, test in self.scope.items()}

    def reference_of(self, part: type[Any]) -> Any:
        """Return the column by which a table of parts refers to the record."""
        return getattr(part, self.reference)

    def refer_to(self, id: UUID) -> dict[str, Any]:
        """Return the column, with its value, by which a new part refers to the record."""
        return {self.reference: id}

    def id_of(self, part: Any) -> UUID:
        """Return the id of the record that a part belongs to."""
        id: UUID = getattr(part, self.reference)
        return id
