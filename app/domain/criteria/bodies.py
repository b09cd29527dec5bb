"""The bodies that take the steps of an evaluation, as conditions of reads."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, or_, select

from app.db.aliases import alias_table
from app.db.query.shape import Caller, Row
from app.db.tables.criteria import EvaluatedKind, EvaluationRound, EvaluationState
from app.db.tables.units import UnitVersion
from app.domain.actor import Level
from app.domain.criteria import states
from app.domain.records.actions import Condition

UNIT_KINDS = (EvaluatedKind.RESIDENTIAL_AREA, EvaluatedKind.COMMUNE)
# the level below, to which a body may delegate its decision
BELOW: Mapping[Level, Level] = {Level.NATIONAL: Level.PROVINCE, Level.PROVINCE: Level.COMMUNE}


def _in_round(row: Row, test: Any) -> ColumnElement[bool]:
    """Test the round of an evaluation."""
    held: Row = alias_table(EvaluationRound)
    return select(held.id).where(held.id == row.round_id, test(held)).correlate(row).exists()


def is_decided_at(held: Row, level: str) -> ColumnElement[bool]:
    """Test for rounds that are decided at a level, by itself or by delegation from above."""
    own = and_(held.decide_level == level, held.delegated.is_(False))
    above = next((str(one) for one, below in BELOW.items() if below == level), None)
    delegated = and_(held.decide_level == above, held.delegated.is_(True)) if above else false()
    return or_(own, delegated)


def _is_verifier(row: Row, caller: Caller) -> ColumnElement[bool]:
    return _in_round(row, lambda held: held.verify_level == caller.level)


def _is_decider(row: Row, caller: Caller) -> ColumnElement[bool]:
    return _in_round(row, lambda held: is_decided_at(held, caller.level))


def _may_return(row: Row, caller: Caller) -> ColumnElement[bool]:
    """Test for what the caller returns: submitted to those who verify, verified for the others."""
    submitted = and_(row.state == EvaluationState.SUBMITTED, _is_verifier(row, caller))
    verified = and_(row.state == EvaluationState.VERIFIED, _is_decider(row, caller))
    return or_(submitted, verified)


def _stands(row: Row) -> ColumnElement[bool]:
    """Test for subjects that no change of the map has ended before the window was over."""
    version: Row = alias_table(UnitVersion)
    held: Row = alias_table(EvaluationRound)
    day = func.least(held.window_to, func.today())
    stands = select(version.unit_id).where(
        held.id == row.round_id, version.unit_id == row.subject_id, version.valid_from <= day,
        version.valid_to > day,
    )  # fmt: skip
    others = and_(*(row.subject_kind != one for one in UNIT_KINDS))
    return or_(others, stands.correlate(row).exists())


def _of_standing(body: Condition) -> Condition:
    return lambda row, caller: and_(body(row, caller), _stands(row))


BODIES: dict[str, Condition] = {
    **dict.fromkeys(states.OF_STANDING, lambda row, caller: _stands(row)),
    **dict.fromkeys(states.BY_DECIDERS, _is_decider),
    "verify": _of_standing(_is_verifier),
    "decide": _of_standing(_is_decider),
    "return": _may_return,
}
