"""What can be read of transfers: what a unit is offered, and what it keeps of what it gave."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from app.db.query.shape import CHOICE, Filter, Link, Order, Row, Shape, Test, columns
from app.db.tables.tip_transfers import TipStub, TipTransfer, TransferState
from app.db.tables.tips import Tip, TipState
from app.domain.actor import Level, Permission
from app.domain.records.shape import allowed_actions, transitions
from app.domain.scope import Scope
from app.domain.tips.reach import TIPS_BY_PLACE
from app.domain.tips.transferring.rules import OFFER_LIFE
from app.domain.units.shape import MAP_OF, UNIT


def _from_or_to(level: Level) -> Callable[[Row, Any], Test]:
    """Offers to somebody's units, and of tips that lie there."""

    def test(transfer: Row, unit: Any) -> Test:
        tip: Row = aliased(Tip)
        held = select(tip.id).where(tip.id == transfer.tip_id, TIPS_BY_PLACE[level](tip, unit))
        return or_(TIPS_BY_PLACE[level](transfer, unit), held.correlate(transfer).exists())

    return test


def _unit(column: str) -> Link:
    return Link(
        lambda: UNIT, lambda row, unit, given: unit.id == getattr(row, column), follows_parent=True
    )


FROM_OR_TO: Scope = {level: _from_or_to(level) for level in Level}

TIP_TRANSFER = Shape(
    name="TipTransfer",
    table=TipTransfer,
    needs=Permission.TIP_READ,
    sensitive=True,
    scope=FROM_OR_TO,
    terms=MAP_OF,
    id_type=UUID,
    orders={"newest": Order(lambda offer: [offer.offered_on, offer.id], descending=True)},
    fields=columns(
        TipTransfer,
        "id version tip_id unit_id from_unit_id state kind category received_on shared reason "
        "offered_on answer answered_on",
    )
    | {"allowed_actions": allowed_actions(OFFER_LIFE, TransferState)},
    links={
        "unit": _unit("unit_id"),
        "from_unit": _unit("from_unit_id"),
        "transitions": transitions(),
    },
    filters={
        "tip_id": Filter(UUID, lambda offer: offer.tip_id),
        "state": Filter(TransferState, lambda offer: offer.state, CHOICE),
    },
)

TIP_STUB = Shape(
    name="TipStub",
    table=TipStub,
    needs=Permission.TIP_READ,
    sensitive=True,
    scope=TIPS_BY_PLACE,
    terms=MAP_OF,
    id_type=UUID,
    orders={"newest": Order(lambda stub: [stub.moved_on, stub.id], descending=True)},
    fields=columns(
        TipStub, "id version tip_id unit_id to_unit_id received_on moved_on state outcome"
    ),
    links={"unit": _unit("unit_id"), "to_unit": _unit("to_unit_id")},
    filters={
        "tip_id": Filter(UUID, lambda stub: stub.tip_id),
        "state": Filter(TipState, lambda stub: stub.state, CHOICE),
    },
)
