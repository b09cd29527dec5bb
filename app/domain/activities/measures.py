"""Measures of activities: each number of each kind, and the activities themselves."""

from collections.abc import Callable

from sqlalchemy import ColumnElement, literal_column
from sqlalchemy.orm import aliased
from sqlmodel import select

from app.db.query.shape import Row, Sql, Test
from app.db.tables.activities import Activity, ActivityLine, ActivityUnit
from app.db.tables.activity_terms import ActivityKind, ActivityState
from app.domain.activities.kinds import load_kinds
from app.domain.activities.shape import ACTIVITY
from app.domain.records.dimensions import Dimension, by_columns
from app.domain.records.measures import Happens, Hosts, Measure

COUNTED = (ActivityState.HELD, ActivityState.REPORTED, ActivityState.VERIFIED)


def _of_activity(column: str) -> Callable[[Row], ColumnElement[object]]:
    def find(line: Row) -> ColumnElement[object]:
        one: Row = aliased(Activity)
        found = select(getattr(one, column)).where(one.id == line.activity_id)
        return found.correlate_except(one).scalar_subquery()

    return find


def _stands(measure: str) -> Callable[[Row], Test]:
    """Test for standing numbers of a measure; those of a superseded activity were voided."""

    def test(line: Row) -> Test:
        here = line.measure == literal_column(f"'{measure}'")
        return here & line.voided_at.is_(None)  # type: ignore[no-any-return]

    return test


def _is_held(activity: Row) -> Test:
    return activity.state.in_([literal_column(f"'{state}'") for state in COUNTED])  # type: ignore[no-any-return]


DAY: Sql = lambda place: place.ends_on  # noqa: E731
LINE_UNITS = Hosts(ActivityUnit, lambda place, line: place.activity_id == line.activity_id, day=DAY)
UNITS = Hosts(ActivityUnit, lambda place, activity: place.activity_id == activity.id, day=DAY)
BY_KIND = {"kind": Dimension(_of_activity("kind"), tuple(ActivityKind), "ActivityKind")}


def _measure_lines(code: str) -> Measure:
    return Measure(
        code=code, shape=ACTIVITY, table=ActivityLine, dated=Happens(lambda line: line.day),
        where=_stands(code), value=lambda line: line.value,
        qualifier=lambda line: line.qualifier, id=lambda line: line.activity_id,
        unit=_of_activity("unit_id"), hosts=LINE_UNITS,
        dimensions=BY_KIND | by_columns(ActivityLine, "category"),
    )  # fmt: skip


CODES = dict.fromkeys(code for kind in load_kinds().values() for code in kind.measures)
MEASURES = (
    Measure(
        code="activities", shape=ACTIVITY, dated=Happens(lambda activity: activity.ends_on),
        where=_is_held, hosts=UNITS, dimensions=by_columns(Activity, "kind state facility_kind"),
    ),
    *(_measure_lines(code) for code in CODES),
)  # fmt: skip
