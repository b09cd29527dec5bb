"""Shapes of transfers of tips, and of the stubs that a former holder keeps."""

from uuid import UUID

from app.db.query.shape import Filter, Order, Shape, columns
from app.db.tables.tip_transfers import TipStub
from app.domain.actor import Permission
from app.domain.confidential.transfers.shape import transfer_shape
from app.domain.records.shape import choices, parent
from app.domain.tips.scope import TIPS_BY_PLACE
from app.domain.tips.transfers.kind import TIP_TRANSFERS
from app.domain.units.shape import MAP_OF, OWN_UNIT, UNIT

TIP_TRANSFER = transfer_shape(TIP_TRANSFERS, "TipTransfer")

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
    links={"unit": OWN_UNIT, "to_unit": parent(UNIT, "to_unit_id")},
    filters={
        "tip_id": Filter(UUID, lambda stub: stub.tip_id),
        **choices(TipStub, "state"),
    },
)
