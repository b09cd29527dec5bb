"""Shape of exports: only their owner sees them, in the unit that they belonged to then."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, literal_column

from app.db.query.shape import Row, Shape, columns
from app.db.tables.exports import Export
from app.domain.actor import Level, Permission
from app.domain.records.shape import EITHER_END, choices
from app.domain.scope import BY_PLACE, Scope
from app.domain.units.shape import MAP_OF, OWN_UNIT

SUBJECT: Any = func.current_setting("binhyen.subject", literal_column("true"))  # of the caller


def _own_from(level: Level) -> Any:
    def test(row: Row, unit: Any) -> ColumnElement[bool]:
        return BY_PLACE[level](row, unit) & (row.created_by == SUBJECT)  # type: ignore[no-any-return]

    return test


OWN: Scope = {level: _own_from(level) for level in Level}
EXPORT: Shape = Shape(
    name="Export",
    table=Export,
    needs=Permission.EXPORT_READ,
    sensitive=True,
    scope=OWN,
    terms=MAP_OF,
    id_type=UUID,
    orders=EITHER_END,
    fields=columns(
        Export,
        "id version unit_id resource format filters fields order labels state row_count size "
        "sha256 failure expires_at created_at created_by",
    ),
    links={"unit": OWN_UNIT},
    filters=choices(Export, "resource state"),
)
