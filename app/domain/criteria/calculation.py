"""The calculation of a result: every step of it, each with its reason in two languages."""

from enum import StrEnum

from pydantic import BaseModel


class Outcome(StrEnum):
    """Result of an evaluation."""

    MET = "met"
    NOT_MET = "not_met"
    UNDECIDED = "undecided"


class StepStatus(StrEnum):
    """Status of one step of a calculation."""

    MET = "met"
    NOT_MET = "not_met"
    UNDECIDED = "undecided"
    LEFT_OUT = "left_out"


class StepKind(StrEnum):
    """Kind of a step of a calculation."""

    SET = "set"
    GROUP = "group"
    CRITERION = "criterion"
    PART = "part"


class CalculationStep(BaseModel):
    """A step of a calculation: the set, a group, a criterion or a part of one."""

    path: str
    parent: str | None
    kind: StepKind
    criterion_kind: str | None = None
    vi: str
    en: str
    status: StepStatus
    missing: bool = False
    value: float | None = None
    points: float | None = None
    most: float | None = None
    because_vi: str
    because_en: str


class Calculation(BaseModel):
    """A result, and the whole tree of the steps that lead to it; the first step is the set."""

    result: Outcome
    grade: str | None
    points: float | None
    most: float | None
    percent: float | None
    knocked_out: bool
    steps: list[CalculationStep]
