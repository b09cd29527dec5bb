"""Shape of the settings of units."""

from uuid import UUID

from app.db.query.shape import Filter, Shape, columns
from app.db.tables.tips import TipDesk
from app.domain.actor import Permission
from app.domain.records.shape import NEWEST, choices
from app.domain.scope import EVERYBODY
from app.domain.units.shape import MAP_OF, OWN_UNIT

TIP_DESK = Shape(
    name="TipDesk",
    table=TipDesk,
    needs=Permission.TIP_DESK_READ,
    scope=EVERYBODY,
    terms=MAP_OF,
    id_type=UUID,
    orders=NEWEST,
    fields=columns(
        TipDesk, "id version unit_id remote basis created_at created_by changed_at changed_by"
    ),
    links={
        "unit": OWN_UNIT,
    },
    filters={
        "remote": Filter(bool, lambda row: row.remote),
        **choices(TipDesk, "unit_id"),
    },
)
