"""Shape of the settings of units."""

from uuid import UUID

from app.db.query.shape import Filter, Shape, columns
from app.db.tables.tips import TipUnitSettings
from app.domain.actor import Permission
from app.domain.records.shape import NEWEST, choices
from app.domain.scope import EVERYBODY
from app.domain.units.shape import MAP_OF, OWN_UNIT

TIP_UNIT_SETTINGS = Shape(
    name="TipDesk",
    table=TipUnitSettings,
    needs=Permission.TIP_DESK_READ,
    scope=EVERYBODY,
    terms=MAP_OF,
    id_type=UUID,
    orders=NEWEST,
    fields=columns(
        TipUnitSettings,
        "id version unit_id remote basis created_at created_by changed_at changed_by",
    ),
    links={
        "unit": OWN_UNIT,
    },
    filters={
        "remote": Filter(bool, lambda row: row.remote),
        **choices(TipUnitSettings, "unit_id"),
    },
)
