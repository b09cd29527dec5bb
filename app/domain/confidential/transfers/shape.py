"""Shape of transfers: the offers to a unit, and those of the records it holds."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from app.db.query.shape import Filter, Order, Row, Shape, Test, columns
from app.db.tables.confidential import TransferState
from app.domain.actor import Level
from app.domain.confidential.kinds import R
from app.domain.confidential.transfers.kinds import TransferKind
from app.domain.confidential.transfers.rules import OFFER_LIFE
from app.domain.records.shape import allowed_actions, choices, parent, transitions
from app.domain.scope import Scope
from app.domain.units.shape import MAP_OF, OWN_UNIT, UNIT


def transfer_scope(kind: TransferKind[R]) -> Scope:
    """Build the scope of offers: those to the actor's units, and those of records held there."""
    return {level: _on_either_side(kind, level) for level in Level}


def _on_either_side(kind: TransferKind[R], level: Level) -> Callable[[Row, Any], Test]:
    scope = kind.record.scope[level]

    def test(transfer: Row, unit: Any) -> Test:
        record: Row = aliased(kind.record.table)
        reference = kind.record.reference_of(transfer)
        held = select(record.id).where(record.id == reference, scope(record, unit))
        return or_(scope(transfer, unit), held.correlate(transfer).exists())

    return test


def transfer_shape(kind: TransferKind[R], name: str) -> Shape:
    """Build the shape of the offers of one kind of record."""
    reference = kind.record.reference
    return Shape(
        name=name,
        table=kind.table,
        needs=kind.record.read,
        sensitive=True,
        scope=transfer_scope(kind),
        terms=MAP_OF,
        id_type=UUID,
        orders={"newest": Order(lambda offer: [offer.offered_on, offer.id], descending=True)},
        fields=columns(
            kind.table,
            f"id version {reference} unit_id from_unit_id state {' '.join(kind.summary)} shared "
            "reason offered_on answer answered_on",
        )
        | {"allowed_actions": allowed_actions(OFFER_LIFE, TransferState)},
        links={
            "unit": OWN_UNIT,
            "from_unit": parent(UNIT, "from_unit_id"),
            "transitions": transitions(),
        },
        filters={
            reference: Filter(UUID, lambda offer: getattr(offer, reference)),
            **choices(kind.table, "state"),
        },
    )
