"""The shapes of units and of successions."""

from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import any_, case, func, literal_column, or_, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from app.db.aliases import alias_table
from app.db.base import PLACE
from app.db.query.shape import (
    CHOICE,
    Field,
    Filter,
    Link,
    Order,
    Params,
    Row,
    Shape,
    Term,
    Test,
    Validity,
    columns,
)
from app.db.tables.units import (
    Hierarchy,
    UnitDated,
    UnitLevel,
    UnitParent,
    UnitSuccession,
    UnitVersion,
)
from app.db.vietnamese import like_pattern
from app.domain.actor import Permission
from app.domain.records.days import today as today
from app.domain.records.shape import choices, last_day, parent
from app.domain.records.unit_names import UNIT_KNOWN, find_once
from app.domain.scope import EVERYBODY

MAP_OF = {
    "as_of": Term(date, today),
    "hierarchy": Term(Hierarchy, lambda: Hierarchy.ADMINISTRATIVE),
}


def _has_code(row: Row, wanted: Any, params: Params) -> Test:
    return row.id == find_once(wanted, params["as_of"])  # type: ignore[no-any-return]


def _belongs_to(child: Any, parent: Any, params: Params) -> Test:
    """Test whether one unit belonged to another on the day, in the requested hierarchy."""
    edge: Row = alias_table(UnitParent)
    edges = select(edge.unit_id).where(
        edge.parent_id == parent,
        edge.hierarchy == params["hierarchy"],
        edge.valid_from <= params["as_of"],
        edge.valid_to > params["as_of"],
    )
    return child.in_(edges.correlate_except(edge))  # type: ignore[no-any-return]


def _below(wanted: Any, params: Params) -> Any:
    unit = find_once(wanted, params["as_of"])
    return select(func.unit_descendants(unit, params["hierarchy"], params["as_of"]))


def _is_parent(row: Row, parent: Row, params: Params) -> Test:
    known = func.unit_parent_at(row.id, params["hierarchy"], params["as_of"])
    return parent.id == known  # type: ignore[no-any-return]


def _day_of(row: Row, params: Params) -> Any:
    """Return the day of the question, or the last day of a unit that has ended by then."""
    return func.least(params["as_of"], row.valid_to - literal_column("1"))


def _ancestor_ids(row: Row, params: Params) -> Any:
    known = func.unit_ancestors(row.id, params["hierarchy"], _day_of(row, params))
    return select(known).correlate(row)


def _is_ancestor(row: Row, other: Row, params: Params) -> Test:
    return other.id.in_(_ancestor_ids(row, params))  # type: ignore[no-any-return]


def _depth(unit: Row) -> Any:
    ranks = ((unit.level == literal_column(f"'{level}'"), n) for n, level in enumerate(UnitLevel))
    return case(*((test, literal_column(str(n))) for test, n in ranks))


def _lower_first(name: Any) -> Any:
    """Write a full name inside a sentence: xã Bá Thước."""
    letters = func.translate(
        func.left(name, 1), literal_column("'BĐHKPQTX'"), literal_column("'bđhkpqtx'")
    )
    return func.concat(letters, func.substr(name, 2))


def _path(row: Row, params: Params) -> Any:
    """Write a unit with all above it below the country, the nearest first."""
    above: Row = alias_table(UnitVersion)
    day: Any = _day_of(row, params)
    country: Any = literal_column(f"'{UnitLevel.NATIONAL}'")
    comma: Any = literal_column("', '")
    names = func.string_agg(
        _lower_first(above.full_name), aggregate_order_by(comma, _depth(above).desc())
    )
    found = select(comma.op("||")(names)).where(
        above.unit_id.in_(_ancestor_ids(row, params)), above.level != country,
        above.valid_from <= day, above.valid_to > day,
    )  # fmt: skip
    own = case((row.level == country, row.full_name), else_=_lower_first(row.full_name))
    return func.concat(own, found.correlate(row).scalar_subquery())


def _is_valid(row: Row, edge: Row, params: Params, side: str) -> Test:
    return (getattr(edge, side) == row.id) & (edge.effective_on <= params["as_of"])  # type: ignore[no-any-return]


def _matches_name(row: Row, name: Any, params: Params) -> Test:
    """Test for units that have or had such a name by the day, or in which such a one went."""
    named = select(func.units_named(name, params["as_of"])).scalar_subquery()
    # an array is made once a statement; `IN` may look all names up again for each row
    return row.id == any_(func.array(named))  # type: ignore[no-any-return]


def _begin(row: Row) -> Any:
    return func.nullif(row.valid_from, literal_column("'-infinity'::date"))


def _code_order(row: Row) -> list[Any]:
    return [func.coalesce(row.code, literal_column("''")), row.id]


def within(row: Row, wanted: Any, params: Params) -> Test:
    """Test for rows in a unit on today's map, or entered for a unit below it on the day."""
    unit = find_once(wanted, params["as_of"])
    below = select(func.unit_descendants(unit, "administrative", params["as_of"]))
    return or_(row.unit_id.in_(below), *(getattr(row, place) == unit for place in PLACE))


WITHIN = Filter(str, test=within, known=UNIT_KNOWN)
OWN_UNIT = parent(lambda: UNIT, "unit_id")

UNIT: Shape = Shape(
    name="Unit",
    table=UnitDated,
    needs=Permission.UNIT_READ,
    scope=EVERYBODY,
    identify=_has_code,
    terms=MAP_OF,
    dated=Validity(lambda unit: unit.valid_from, lambda unit: unit.valid_to),
    orders={
        "name": Order(lambda unit: [unit.sort_key, unit.id]),
        "code": Order(_code_order),
    },
    fields=columns(
        UnitDated, "id version level kind code name full_name aliases latitude longitude area_km2"
    )
    | {
        "valid_from": Field(_begin, date | None),
        "valid_to": last_day("valid_to"),
        "path": Field(lambda unit: unit.full_name, str, on_day=_path, on_request=True),
    },
    links={
        "parent": Link(lambda: UNIT, _is_parent, follows_parent=True),
        "children": Link(
            lambda: UNIT,
            lambda unit, child, params: _belongs_to(child.id, unit.id, params),
            many=True,
            first=20,
            most=500,
        ),
        "ancestors": Link(
            lambda: UNIT,
            _is_ancestor,
            many=True,
            first=5,
            most=5,
            order=lambda unit: [_depth(unit).desc(), unit.sort_key, unit.id],
            day=_day_of,
        ),
        "successors": Link(
            lambda: SUCCESSOR,
            partial(_is_valid, side="from_id"),
            many=True,
            first=20,
            most=100,
            follows_parent=True,
        ),
        "predecessors": Link(
            lambda: PREDECESSOR,
            partial(_is_valid, side="to_id"),
            many=True,
            first=20,
            most=100,
            follows_parent=True,
        ),
    },
    filters={
        **choices(UnitDated, "level kind"),
        "code": Filter(str, lambda unit: unit.code, CHOICE),
        "parent": Filter(
            str,
            test=lambda unit, parent, params: _belongs_to(
                unit.id, find_once(parent, params["as_of"]), params
            ),
            known=UNIT_KNOWN,
        ),
        "within": Filter(
            str,
            test=lambda unit, other, params: unit.id.in_(_below(other, params)),
            known=UNIT_KNOWN,
        ),
        "search": Filter(
            str,
            test=_matches_name,
            reads=like_pattern,
        ),
    },
)


def _edges(name: str, side: str) -> Shape:
    """Return the shape of one direction of succession: a link to the other unit, and its facts."""
    return Shape(
        name=name,
        table=UnitSuccession,
        terms=MAP_OF,
        needs=Permission.UNIT_READ,
        orders={
            "main": Order(lambda edge: [edge.is_main, edge.effective_on, edge.id], descending=True)
        },
        fields=columns(UnitSuccession, "effective_on is_main derived decision")
        | {"share": Field(lambda edge: edge.share, float | None)},
        links={"unit": parent(lambda: UNIT, side)},
    )


SUCCESSOR: Shape = _edges("Successor", "to_id")
PREDECESSOR: Shape = _edges("Predecessor", "from_id")

__all__ = ["MAP_OF", "OWN_UNIT", "UNIT", "UNIT_KNOWN", "WITHIN", "today", "within"]
