"""The properties of facts as SQL: their dimensions, the kind of their unit, the span of hosts."""

from typing import Any

from sqlalchemy import ColumnElement, case, func, literal_column, select
from sqlalchemy.orm import aliased

from app.db.tables.units import Unit, UnitLevel, UnitVersion
from app.domain.figures.form import HOST_SPAN, UNIT_KIND, Form, HostSpan
from app.domain.records.measures import Hosts

SPANS = {  # by the level of the hosts and their number; the widest comes first
    HostSpan.SEVERAL_PROVINCES: (UnitLevel.PROVINCE, 2),
    HostSpan.TWO_PROVINCES: (UnitLevel.PROVINCE, 1),
    HostSpan.DISTRICTS: (UnitLevel.DISTRICT, 1),
    HostSpan.COMMUNES: (UnitLevel.COMMUNE, 1),
    HostSpan.VILLAGES: (UnitLevel.VILLAGE, 1),
}


def find_column(form: Form, name: str, row: Any, unit: Any, day: Any) -> ColumnElement[Any]:
    """Return the SQL of a dimension of a fact."""
    if name == UNIT_KIND:
        return _kind_of(unit, day)
    if name == HOST_SPAN:
        assert form.measure.hosts, "a measure without hosts has no span"
        return _span_of(form.measure.hosts, row)
    return form.measure.dimensions[name].sql(row)


def _kind_of(unit: Any, day: Any) -> ColumnElement[Any]:
    """Return the kind of a unit on a day; of one that had ended by then, its last."""
    version: Any = aliased(UnitVersion)
    known = select(version.kind).where(
        version.unit_id == unit, version.valid_from <= day, version.valid_from < version.valid_to
    )
    last = known.order_by(version.valid_from.desc()).limit(literal_column("1"))
    return last.correlate_except(version).scalar_subquery()


def _span_of(hosts: Hosts, row: Any) -> ColumnElement[Any]:
    """Return how far a record reaches: the level of its hosts, and how many there are."""
    host: Any = aliased(hosts.table)
    unit: Any = aliased(Unit)
    spans: list[tuple[Any, Any]] = [
        (func.count(unit.id).filter(unit.level == literal_column(f"'{level}'"))
         > literal_column(str(more)), literal_column(f"'{span}'"))
        for span, (level, more) in SPANS.items()
    ]  # fmt: skip
    found = (
        select(case(*spans, else_=literal_column(f"'{HostSpan.ONE_UNIT}'")))
        .select_from(host)
        .join(unit, unit.id == hosts.unit(host))
        .where(hosts.on(host, row))
    )
    return found.correlate_except(host, unit).scalar_subquery()


def lies_on(place: Any, unit: Any, day: Any) -> Any:
    """Test that a place is that of a unit on a day."""
    return (place.unit_id == unit) & (place.valid_from <= day) & (place.valid_to > day)
