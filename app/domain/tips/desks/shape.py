"""What can be read of how units take tips."""

from uuid import UUID

from app.db.query.shape import Filter, Link, Order, Shape, columns
from app.db.tables.tips import TipDesk
from app.domain.actor import Permission
from app.domain.scope import EVERYBODY
from app.domain.units.shape import MAP_OF, UNIT

TIP_DESK = Shape(
    name="TipDesk",
    table=TipDesk,
    needs=Permission.TIP_DESK_READ,
    scope=EVERYBODY,
    terms=MAP_OF,
    id_type=UUID,
    orders={"newest": Order(lambda desk: [desk.id], descending=True)},
    fields=columns(
        TipDesk, "id version unit_id remote basis created_at created_by changed_at changed_by"
    ),
    links={
        "unit": Link(
            lambda: UNIT, lambda desk, unit, given: unit.id == desk.unit_id, follows_parent=True
        ),
    },
    filters={
        "remote": Filter(bool, lambda desk: desk.remote),
        "unit_id": Filter(UUID, lambda desk: desk.unit_id, ("eq", "in")),
    },
)
