"""Measures of programme models: those at work, who takes part, recognitions."""

from typing import Any

from sqlalchemy import ColumnElement, Date, Text, and_, cast, func, literal_column, or_, select

from app.db.aliases import alias_table
from app.db.query.shape import Row, Test
from app.db.tables.model_records import (
    MemberKind,
    ModelMember,
    ModelRecognition,
    ModelReviewRule,
    RecognitionState,
)
from app.db.tables.programme_models import HostKind, ModelField, ModelHost, ModelType
from app.domain.programme_models.shape import MODEL
from app.domain.programme_models.type_shapes import RECOGNITION
from app.domain.records.dimensions import Dimension, by_columns
from app.domain.records.measures import Happens, Hosts, Measure, Stands
from app.domain.records.quantities import quantity_of

GROUPS = quantity_of("groups")
NONE: Any = literal_column("0")
LAST_DAY: tuple[Any, Any] = (literal_column("12"), literal_column("31"))


def _at_work(model: Row, day: Any) -> Test:
    return model.at_work.op("@>")(day)  # type: ignore[no-any-return]


def _is_effective(model: Row, day: Any) -> Test:
    """Test for models at work that the rule of the day does not let be reviewed.

    The last activity and the failed reviews are those known today.
    """
    rule: Row = alias_table(ModelReviewRule)
    quiet = func.make_interval(NONE, rule.months_inactive)
    inactive = cast(model.last_active_on + quiet, Date) <= day
    failing = (model.failed_reviews >= rule.failed_reviews) & (model.failed_reviews > NONE)
    due = select(rule.id).where(
        rule.valid_from <= day, rule.valid_to > day, or_(inactive, failing)
    )  # fmt: skip
    return and_(_at_work(model, day), ~due.correlate_except(rule).exists())


def _of_type(column: str, of: Any = lambda row: row.type_id) -> Any:
    def find(row: Row) -> ColumnElement[Any]:
        kind: Row = alias_table(ModelType)
        found = select(getattr(kind, column)).where(kind.id == of(row))
        return found.correlate_except(kind).scalar_subquery()

    return find


def _groups(model: Row, day: Any) -> ColumnElement[Any]:
    """Add up the groups that joined a model, else take the number that was stated for it."""
    member: Row = alias_table(ModelMember)
    joined = select(func.sum(member.count)).where(
        member.model_id == model.id, member.kind == literal_column(f"'{MemberKind.GROUP}'"),
        member.joined_on <= day, func.coalesce(member.left_on > day, literal_column("true")),
    )  # fmt: skip
    return func.coalesce(joined.correlate_except(member).scalar_subquery(), GROUPS(model, day))


HOSTS = Hosts(ModelHost, lambda host, model: host.model_id == model.id)
DIMENSIONS = {
    "type": Dimension(_of_type("code")),
    "field": Dimension(_of_type("field"), tuple(ModelField), "ModelField"),
    "host_kind": Dimension(_of_type("host_kind"), tuple(HostKind), "HostKind"),
    "pilot": Dimension(lambda model: cast(model.pilot, Text), ("true", "false")),
}


def _at_work_measure(code: str, stands: Any = _at_work, **how: Any) -> Measure:
    return Measure(
        code=code, shape=MODEL, dated=Stands(stands), hosts=HOSTS, dimensions=DIMENSIONS,
        distinct={"type": lambda model: model.type_id}, **how,
    )  # fmt: skip


MEASURES = (
    _at_work_measure("models_counted"),
    _at_work_measure("models_effective", stands=_is_effective),
    _at_work_measure("model_households", value_on=quantity_of("households")),
    _at_work_measure("model_residents", value_on=quantity_of("residents")),
    _at_work_measure("model_groups", value_on=_groups),
    Measure(  # often known by the year alone
        code="model_recognitions",
        shape=RECOGNITION,
        dated=Happens(lambda one: func.coalesce(
            one.recognised_on, func.make_date(one.year, *LAST_DAY))),
        where=lambda one: one.state == literal_column(f"'{RecognitionState.IN_FORCE}'"),
        dimensions=by_columns(ModelRecognition, "level scope"),
    ),
)  # fmt: skip
