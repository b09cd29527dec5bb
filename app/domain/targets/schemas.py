"""Schemas of targets: what goes in."""

from datetime import date
from typing import Annotated

from pydantic import Field

from app.db.tables.targets import ChangeBasis, TargetShape, TargetSide
from app.domain.records.schemas import ChangeInput, StrictInput
from app.domain.records.types import DAY, LINE, NUMBER, Line, Reason, UnitName, unset

MAX_VALUE, MAX_PARTS = 1_000_000_000, 500
Value = Annotated[float, Field(ge=-MAX_VALUE, le=MAX_VALUE, allow_inf_nan=False), NUMBER]
Day = Annotated[date, Field(ge=date(1945, 1, 1), le=date(2200, 1, 1)), DAY]
WindowName = Annotated[str, Field(min_length=1, max_length=80), LINE]


class TargetCreate(StrictInput):
    """A target of a unit for a window or a period."""

    unit: UnitName
    title: Line
    indicator: WindowName
    filter: Line | None = None
    shape: TargetShape
    basis: ChangeBasis | None = None
    comparator: TargetSide | None = None
    value: Value
    window: WindowName | None = None
    period_from: Day | None = None
    period_to: Day | None = None
    baseline_from: Day | None = None
    baseline_to: Day | None = None
    baseline_value: Value | None = None
    baseline_source: Line | None = None
    source: Line | None = None


class TargetChange(ChangeInput):
    """Correct a target; its value is revised, with a reason, and not corrected."""

    title: Line = unset()
    filter: Line | None = unset()
    basis: ChangeBasis | None = unset()
    comparator: TargetSide = unset()
    period_from: Day = unset()
    period_to: Day = unset()
    baseline_from: Day | None = unset()
    baseline_to: Day | None = unset()
    baseline_value: Value | None = unset()
    baseline_source: Line | None = unset()
    source: Line | None = unset()


class TargetRevision(StrictInput):
    """Another value of a target from a day on, and why."""

    value: Value
    effective_on: Day | None = None
    reason: Reason


class TargetPart(StrictInput):
    """The part of a target that a lower unit has: a value of its own."""

    unit: UnitName
    value: Value


class TargetCascade(StrictInput):
    """Parts of a target for lower units."""

    parts: Annotated[list[TargetPart], Field(min_length=1, max_length=MAX_PARTS)]
