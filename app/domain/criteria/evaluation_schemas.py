"""Schemas of evaluations, their answers, and steps of many at once."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from app.db.tables.criteria import EvaluationState
from app.domain.criteria.definitions import Bound
from app.domain.records.schemas import StrictInput, TransitionInput
from app.domain.records.types import LINE, NUMBER, Action, Count, Flag, Line, Reason, Text, UnitName

MAX_ANSWERS, MAX_AT_ONCE = 500, 500
Path = Annotated[str, Field(min_length=2, max_length=121), LINE]
Version = Annotated[int, Field(ge=1, le=1_000_000_000), NUMBER]


class EvaluationCreate(StrictInput):
    """The registration of a subject: a unit, or an organisation, a model or a team."""

    round_id: UUID
    unit: UnitName | None = None
    subject_id: UUID | None = None
    late_reason: Reason | None = None
    follows_id: UUID | None = None


class AnswerEntry(StrictInput):
    """An answer to a criterion, or to a part of it; what is null is not known."""

    criterion: Path
    holds: Flag | None = None
    value: Bound | None = None
    part: Count | None = None
    whole: Count | None = None
    note: Text | None = None
    document_id: UUID | None = None


class AnswersEntry(StrictInput):
    """Answers to some criteria; the others stay as they are."""

    answers: Annotated[list[AnswerEntry], Field(min_length=1, max_length=MAX_ANSWERS)]


class SetTrial(StrictInput):
    """The answers to try a criteria set on: those stored of an evaluation, and others besides."""

    evaluation_id: UUID | None = None
    answers: Annotated[list[AnswerEntry], Field(max_length=MAX_ANSWERS)] = Field(
        default_factory=list
    )


class ReopenedCriterion(StrictInput):
    """A criterion that is to be looked at again, and why."""

    criterion: Path
    reason: Reason


class EvaluationTransition(TransitionInput):
    """A transition of an evaluation."""

    criteria: Annotated[list[ReopenedCriterion], Field(max_length=MAX_ANSWERS)] = Field(
        default_factory=list
    )
    position: Line | None = None


class EvidenceEntry(StrictInput):
    """Cite figures as they are now: those of the named criteria, or of all."""

    criteria: Annotated[list[Path], Field(max_length=MAX_ANSWERS)] = Field(default_factory=list)


class ChosenEvaluation(StrictInput):
    """An evaluation in the version that was read."""

    id: UUID
    version: Version


class StepOfMany(StrictInput):
    """One action on many evaluations of a round."""

    action: Action
    evaluations: Annotated[list[ChosenEvaluation], Field(min_length=1, max_length=MAX_AT_ONCE)]
    reason: Reason | None = None
    position: Line | None = None


class StepResult(BaseModel):
    """Result of a step for one evaluation: its new state, or the error."""

    id: UUID
    state: EvaluationState | None
    error_code: str | None
    error_vi: str | None
    error_en: str | None


class StepsResult(BaseModel):
    """Results of a step for many evaluations, in the order of the request."""

    taken: int
    refused: int
    items: list[StepResult]


class StateCount(BaseModel):
    """Number of evaluations in a state."""

    state: EvaluationState
    number: int


class RoundCompleteness(BaseModel):
    """Progress of a round: its evaluations by state, and the number of those expected."""

    expected: int | None
    registered: int
    late: int
    by_state: list[StateCount]


class CitedFigure(BaseModel):
    """A figure that an evaluation cites, beside the value of the evaluator and as it is now."""

    criterion: str
    indicator: str | None
    figure_id: str | None
    trace: str | None
    cited_value: float | None
    own_value: float | None
    gap: float | None
    value_now: float | None
    part_now: int | None
    whole_now: int | None
    proposal: bool | None
    stale: bool


class Evidence(BaseModel):
    """The figures that an evaluation cites; a stale one is to be looked at again."""

    stale: bool
    items: list[CitedFigure]
