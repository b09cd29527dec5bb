"""The declaration by which records of a kind can be transferred between units."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic

from app.db.session import Session
from app.db.tables.confidential import TransferRow
from app.db.tables.units import Unit
from app.domain.actor import Actor, Permission
from app.domain.confidential.kinds import ConfidentialKind, R
from app.domain.errors import Conflict
from app.domain.records.state_machine import AppliedTransition


@dataclass(frozen=True, slots=True)
class TransferRefusals:
    """The refusals that name what the record is."""

    already_offered: type[Conflict]
    moved_on: type[Conflict]


@dataclass(frozen=True, slots=True)
class TransferKind(Generic[R]):
    """Transfers of one kind of record: their table, checks and effects."""

    record: ConfidentialKind[R]
    table: type[TransferRow]
    permission: Permission
    parts: type[StrEnum]  # what can be shared of a record
    summary: tuple[str, ...]  # columns of the record that an offer shows before it is accepted
    accept_function: str  # of the database: (offer, day) → whether the record has moved
    check_record: Callable[[R], None]
    check_target: Callable[[R, Unit], None]
    parts_shared_with: Callable[[R], list[str]]  # the unit that holds it
    take_transition: Callable[[R], AppliedTransition]
    meet_deadlines: Callable[[Session, Actor, R, datetime], Awaitable[Any]]
    refusals: TransferRefusals
    moved_fields: tuple[str, ...] = ("shared", "state", "unit_id")  # of a record that is accepted
    # whether all officers of the former unit may know that the record has left it
    is_known_in_place: Callable[[R], bool] = lambda record: False
    taker_is_assigned: bool = False  # the function ends all assignments, and makes one

    def summarise(self, record: R) -> Mapping[str, Any]:
        """Copy the columns that an offer shows."""
        return {name: getattr(record, name) for name in self.summary}
