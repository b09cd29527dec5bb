"""Measures of the map: villages and communes that stand on a day."""

from sqlalchemy import literal_column

from app.db.tables.units import UnitLevel, UnitVersion
from app.domain.records.dimensions import by_columns
from app.domain.records.measures import Measure, between
from app.domain.units.shape import UNIT


def _stand(code: str, level: UnitLevel) -> Measure:
    return Measure(
        code=code,
        shape=UNIT,
        table=UnitVersion,
        id=lambda unit: unit.unit_id,
        dated=between("valid_from", "valid_to"),
        where=lambda unit: unit.level == literal_column(f"'{level}'"),
        dimensions=by_columns(UnitVersion, "kind"),
    )


MEASURES = (_stand("villages", UnitLevel.VILLAGE), _stand("communes", UnitLevel.COMMUNE))
