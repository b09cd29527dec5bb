"""Schemas of the progress of a target."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel

from app.db.tables.stated_figures import Qualifier
from app.domain.figures.schemas import Number
from app.domain.targets.rules import Unmeasurable, Verdict


class TargetFigure(BaseModel):
    """A figure that a target is judged by, and the way to its records."""

    value: Number
    qualifier: Qualifier = Qualifier.EQUAL
    denominator: Number = None
    since: date | None = None
    until: date | None = None
    figure_id: str | None = None
    trace: str | None = None
    source: str | None = None


class TargetProgress(BaseModel):
    """The progress of a target on a day: its figure, the verdict, and why."""

    target_id: UUID
    indicator: str
    counting_unit: str
    on: date
    value: Number
    valid_from: date
    threshold: Number
    figure: TargetFigure | None
    baseline: TargetFigure | None
    elapsed_percent: Number
    forecast: Number
    verdict: Verdict
    reason: Unmeasurable | None
    pooled_years: int | None
    explanation_vi: str
    explanation_en: str
    parts: int
    parts_sum: Number
    question_vi: str | None
    question_en: str | None
