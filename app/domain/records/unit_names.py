"""The unit that a filter names: it exists on the day, or the refusal names its successors."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, literal_column, select
from sqlalchemy.orm import aliased

from app.db.query.shape import Existence, Params, Row, Test
from app.db.tables.units import Unit, UnitSuccession, UnitVersion
from app.domain.errors import NotFound
from app.domain.records.days import today
from app.domain.records.errors import derive_not_found

UnitNotFound = derive_not_found(
    Unit, "unit", "đơn vị", named=True, where=("on {day}", "vào ngày {day}")
)
NO_SUCCESSORS: Any = literal_column("'[]'::json")


def exists_unit(wanted: Any, params: Params) -> Test:
    """Test whether there is a unit with this id, or with this code on the day."""
    unit: Row = aliased(Unit)
    day = params.get("as_of", func.today())
    return select(unit.id).where(unit.id == func.unit_ref(wanted, day)).exists()


def list_successors(wanted: Any, params: Params | None = None) -> ColumnElement[Any]:
    """List the successors of the units that had this code on another day, as JSON."""
    version: Row = aliased(UnitVersion)
    edge: Row = aliased(UnitSuccession)
    follower: Row = aliased(UnitVersion)
    had_code = select(version.unit_id).where(version.code == wanted)
    entry = func.json_build_object(
        literal_column("'id'"), edge.to_id, literal_column("'code'"), follower.code,
        literal_column("'name'"), follower.name, literal_column("'is_main'"), edge.is_main,
    )  # fmt: skip
    found = select(func.json_agg(entry)).where(
        edge.from_id.in_(had_code), follower.unit_id == edge.to_id,
        follower.valid_from <= func.today(), follower.valid_to > func.today(),
    )  # fmt: skip
    return func.coalesce(found.scalar_subquery(), NO_SUCCESSORS)


def exists_unit_id(wanted: Any, params: Params) -> Test:
    """Test whether there is a unit with this id."""
    unit: Row = aliased(Unit)
    return select(unit.id).where(unit.id == wanted).exists()


def refuse_unit(
    wanted: str, terms: Mapping[str, Any], successors: Sequence[Any] | None
) -> NotFound:
    """Return the refusal of a unit that does not exist on the day, with its successors."""
    day = terms.get("as_of") or today()
    return UnitNotFound(wanted=wanted, day=day.isoformat(), successors=list(successors or ()))


UNIT_KNOWN = Existence(exists_unit, refuse_unit, list_successors)
UNIT_ID_KNOWN = Existence(exists_unit_id, refuse_unit)
