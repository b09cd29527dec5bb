"""Shapes of criteria sets, rounds, evaluations and answers."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select

from app.db.query.shape import Field, Order, Row, Shape, columns
from app.db.tables.criteria import (
    CriteriaSet,
    Evaluation,
    EvaluationAnswer,
    EvaluationRound,
    SetState,
)
from app.domain.actor import Level, Permission
from app.domain.criteria import states
from app.domain.criteria.bodies import BODIES
from app.domain.records.actions import actions
from app.domain.records.shape import (
    EITHER_END,
    LOGGED,
    NEWEST,
    choices,
    last_day,
    parent,
    part,
    transitions,
)
from app.domain.scope import BY_PLACE, BY_UNIT, Scope
from app.domain.units.shape import MAP_OF, OWN_UNIT, WITHIN

READ = Permission.EVALUATION_READ
WRITERS = frozenset({Level.NATIONAL, Level.PROVINCE})


def _sees_set(level: Level) -> Any:
    """Published sets are for all; drafts are for their units and those above."""

    def test(row: Row, unit: Any) -> ColumnElement[bool]:
        return or_(row.state != SetState.DRAFT, BY_UNIT[level](row, unit))

    return test


def _sees_round(level: Level) -> Any:
    """One's own rounds, and those of the units above, in which one is evaluated."""

    def test(row: Row, unit: Any) -> ColumnElement[bool]:
        own = BY_PLACE[level](row, unit)
        above = select(func.unit_ancestors(unit, "administrative", func.today()))
        return own if level is Level.NATIONAL else or_(own, row.unit_id.in_(above))

    return test


VISIBLE_SETS: Scope = {level: _sees_set(level) for level in Level}
VISIBLE_ROUNDS: Scope = {level: _sees_round(level) for level in Level}


CRITERIA_SET = Shape(
    name="CriteriaSet",
    table=CriteriaSet,
    needs=Permission.CRITERIA_SET_READ,
    scope=VISIBLE_SETS,
    terms=MAP_OF,
    id_type=UUID,
    orders=EITHER_END,
    fields=columns(
        CriteriaSet,
        "id version code edition subject_kind title_vi title_en basis source certainty valid_from "
        f"window_code state content_hash extends_id change_note unit_id {LOGGED}",
    )
    | {"valid_to": last_day("valid_to")}
    | actions(states.SET_LIFE, Permission.CRITERIA_SET_PUBLISH, levels=WRITERS, scope=BY_UNIT),
    links={"unit": OWN_UNIT, "transitions": transitions()},
    filters=choices(CriteriaSet, "code state subject_kind"),
)

ROUND = Shape(
    name="EvaluationRound",
    table=EvaluationRound,
    needs=READ,
    scope=VISIBLE_ROUNDS,
    terms=MAP_OF,
    id_type=UUID,
    orders=NEWEST,
    fields=columns(
        EvaluationRound,
        "id version set_id title window_name window_from window_to register_by decide_by "
        f"verify_level decide_level delegated delegation_basis decide_committee state "
        f"unit_id {LOGGED}",
    )
    | actions(states.ROUND_LIFE, Permission.EVALUATION_ROUND_WRITE, scope=BY_PLACE),
    links={
        "unit": OWN_UNIT,
        "criteria_set": parent(CRITERIA_SET, "set_id"),
        "transitions": transitions(),
    },
    filters={**choices(EvaluationRound, "set_id state window_name"), "unit": WITHIN},
)


def _gap(row: Row) -> ColumnElement[Any]:
    return row.value - row.cited_value  # type: ignore[no-any-return]


ANSWER = Shape(
    name="EvaluationAnswer",
    table=EvaluationAnswer,
    needs=READ,
    orders={"first": Order(lambda one: [one.path, one.id])},
    fields=columns(
        EvaluationAnswer,
        "id holds part whole note document_id figure_id reopened_reason changed_in",
    )
    | {
        "criterion": Field(lambda one: one.path, str),
        "value": Field(lambda one: one.value, float | None),
        "cited_value": Field(lambda one: one.cited_value, float | None),
        "gap": Field(_gap, float | None),
    },
)

EVALUATION = Shape(
    name="Evaluation",
    table=Evaluation,
    needs=READ,
    scope=BY_PLACE,
    terms=MAP_OF,
    id_type=UUID,
    orders=EITHER_END,
    fields=columns(
        Evaluation,
        "id version round_id set_id set_hash subject_kind subject_id state result grade "
        f"late_reason submission decided_on decided_as follows_id continued_by_id unit_id {LOGGED}",
    )
    | {"percent": Field(lambda one: one.percent, float | None)}
    | actions(states.EVALUATION_LIFE, Permission.EVALUATION_WRITE, conditions=BODIES),
    links={
        "unit": OWN_UNIT,
        "round": parent(ROUND, "round_id"),
        "criteria_set": parent(CRITERIA_SET, "set_id"),
        "answers": part(ANSWER, "evaluation_id", first=100, most=500),
        "transitions": transitions(),
    },
    filters={
        **choices(Evaluation, "round_id set_id subject_kind subject_id state result grade"),
        "unit": WITHIN,
    },
)
