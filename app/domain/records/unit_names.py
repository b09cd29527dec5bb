"""The unit that a filter names: it exists on the day, or the refusal names its successors."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, literal_column, select

from app.db.aliases import alias_table
from app.db.query.shape import Existence, Params, Row, Test
from app.db.tables.units import Unit, UnitVersion
from app.domain.errors import NotFound
from app.domain.records.days import today
from app.domain.records.errors import derive_not_found

UnitNotFound = derive_not_found(
    Unit, "unit", "đơn vị", named=True, where=("on {day}", "vào ngày {day}")
)
NO_SUCCESSORS: Any = literal_column("'[]'::json")


def exists_unit(wanted: Any, params: Params) -> Test:
    """Test whether there is a unit with this id, or with this code on the day."""
    unit: Row = alias_table(Unit)
    day = params.get("as_of", func.today())
    return select(unit.id).where(unit.id == func.unit_ref(wanted, day)).exists()


def find_once(wanted: Any, day: Any) -> Any:
    """Return the unit of a name on a day as a value that is found once a statement, not per row."""
    return select(func.unit_ref(wanted, day)).scalar_subquery()


def list_successors(wanted: Any, params: Params | None = None) -> ColumnElement[Any]:
    """List the successors of the units that had this code on another day, as JSON."""
    version: Row = alias_table(UnitVersion)
    had_code: Any = select(func.array_agg(version.unit_id)).where(version.code == wanted)
    ended = had_code.scalar_subquery()
    follower = func.standing_successors(ended).table_valued(
        "from_id", "unit_id", "code", "name", "full_name", "is_main"
    )
    names = (("id", follower.c.unit_id), ("code", follower.c.code), ("name", follower.c.name),
             ("is_main", follower.c.is_main))  # fmt: skip
    parts = [part for name, column in names for part in (literal_column(f"'{name}'"), column)]
    found = select(func.json_agg(func.json_build_object(*parts))).select_from(follower)
    return func.coalesce(found.scalar_subquery(), NO_SUCCESSORS)


def exists_unit_id(wanted: Any, params: Params) -> Test:
    """Test whether there is a unit with this id."""
    unit: Row = alias_table(Unit)
    return select(unit.id).where(unit.id == wanted).exists()


def refuse_unit(
    wanted: str, terms: Mapping[str, Any], successors: Sequence[Any] | None
) -> NotFound:
    """Return the refusal of a unit that does not exist on the day, with its successors."""
    day = terms.get("as_of") or today()
    return UnitNotFound(wanted=wanted, day=day.isoformat(), successors=list(successors or ()))


UNIT_KNOWN = Existence(exists_unit, refuse_unit, list_successors)
UNIT_ID_KNOWN = Existence(exists_unit_id, refuse_unit)
