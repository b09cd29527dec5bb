"""Shape of transfers: the offers to a unit, and those of the records it holds."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select

from app.db.aliases import alias_table
from app.db.query.shape import Caller, Field, Filter, Order, Row, Shape, Test, columns
from app.domain.actor import Level
from app.domain.confidential.kinds import R
from app.domain.confidential.transfers.kinds import TransferKind
from app.domain.confidential.transfers.rules import BY_OFFERER, OFFER_LIFE
from app.domain.records.actions import Condition, actions
from app.domain.records.shape import choices, parent, transitions
from app.domain.scope import Scope
from app.domain.units.shape import MAP_OF, OWN_UNIT, UNIT


def transfer_scope(kind: TransferKind[R]) -> Scope:
    """Build the scope of offers: those to the actor's units, and those of records held there."""
    return {level: _on_either_side(kind, level) for level in Level}


def _on_either_side(kind: TransferKind[R], level: Level) -> Callable[[Row, Any], Test]:
    scope = kind.record.scope[level]
    return lambda transfer, unit: or_(scope(transfer, unit), _is_held(kind, level, transfer, unit))


def _is_held(kind: TransferKind[R], level: str, transfer: Row, unit: Any) -> Test:
    """Test for offers of records that a unit holds."""
    record: Row = alias_table(kind.record.table)
    scope, reference = kind.record.scope[level], kind.record.reference_of(transfer)
    held = select(record.id).where(record.id == reference, scope(record, unit))
    return held.correlate(transfer).exists()


def _conditions(kind: TransferKind[R]) -> dict[str, Condition]:
    """Return whose step it is: the receiving unit answers, the holding one withdraws."""

    def is_to_caller(offer: Row, caller: Caller) -> Test:
        return kind.record.scope[caller.level](offer, caller.unit)

    def is_of_caller(offer: Row, caller: Caller) -> Test:
        return _is_held(kind, caller.level, offer, caller.unit)

    def can_be_accepted(offer: Row, caller: Caller) -> Test:
        receiver, holder = _receiving_unit(offer), func.standing_unit(offer.from_unit_id)
        elsewhere: Test = receiver.is_not(None) & receiver.is_distinct_from(holder)
        mine: Test = is_to_caller(offer, caller) & elsewhere
        return mine

    conditions: dict[str, Condition] = {step.action: is_to_caller for step in OFFER_LIFE.steps}
    conditions |= dict.fromkeys(BY_OFFERER, is_of_caller)
    return conditions | {"accept": can_be_accepted}


def _receiving_unit(offer: Row) -> Any:
    """Return the unit that acts today for the one that it is offered to."""
    return func.standing_unit(offer.unit_id)


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
        | {"receiving_unit_id": Field(_receiving_unit, UUID | None)}
        | actions(OFFER_LIFE, kind.permission, conditions=_conditions(kind)),
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
