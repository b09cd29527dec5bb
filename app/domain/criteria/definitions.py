"""Definitions of criteria sets: groups of criteria, grades and quotas; they are data."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from app.domain.criteria.definition_rules import check_definition
from app.domain.records.schemas import StrictInput
from app.domain.records.types import NUMBER, Code, Line, LongLine, Text

Points = Annotated[float, Field(gt=0, le=1000, allow_inf_nan=False), NUMBER]
Bound = Annotated[float, Field(ge=-1_000_000, le=1_000_000, allow_inf_nan=False), NUMBER]
Percent = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False), NUMBER]
MAX_GROUPS, MAX_CRITERIA, MAX_PARTS, MAX_GRADES = 20, 60, 30, 8


class CriterionKind(StrEnum):
    """Way in which a criterion is decided."""

    PASS_FAIL = "pass_fail"  # noqa: S105
    ALL_MUST_PASS = "all_must_pass"  # noqa: S105
    KNOCK_OUT = "knock_out"
    POINTS = "points"
    WEIGHTED = "weighted"
    INDICATOR_THRESHOLD = "indicator_threshold"
    CHILDREN_SHARE = "children_share"
    MANUAL = "manual"


class MissingValue(StrEnum):
    """Treatment of a criterion of which nothing is known."""

    FAIL = "fail"
    LEAVE_OUT = "leave_out"
    UNDECIDED = "undecided"


class Comparator(StrEnum):
    """Comparison of a value with a bound."""

    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    EQUAL = "equal"


class CriterionPart(StrictInput):
    """One of the things that must all hold for a criterion."""

    code: Code
    vi: LongLine
    en: LongLine
    indicator: Line | None = None


class Criterion(StrictInput):
    """A criterion: a sentence that holds or does not, points, or a value and its bound."""

    code: Code
    kind: CriterionKind
    vi: LongLine
    en: LongLine
    missing: MissingValue = MissingValue.FAIL
    parts: Annotated[list[CriterionPart], Field(max_length=MAX_PARTS)] = Field(default_factory=list)
    most: Points | None = None
    comparator: Comparator = Comparator.AT_LEAST
    bound: Bound | None = None
    indicator: Line | None = None
    of_set: Code | None = None
    basis: Line | None = None
    evidence: Line | None = None


class CriterionGroup(StrictInput):
    """A group of criteria."""

    code: Code
    vi: LongLine
    en: LongLine
    criteria: Annotated[list[Criterion], Field(min_length=1, max_length=MAX_CRITERIA)]


class Grade(StrictInput):
    """A grade, and the share of the points from which on it is given; null where it is unknown."""

    code: Code
    vi: Line
    en: Line
    least_percent: Percent | None


class GradeQuota(StrictInput):
    """The largest number of one grade, in per cent of those with another."""

    grade: Code
    of: Code
    most_percent: Percent


class Definition(StrictInput):
    """The rules of a criteria set."""

    groups: Annotated[list[CriterionGroup], Field(min_length=1, max_length=MAX_GROUPS)]
    grades: Annotated[list[Grade], Field(max_length=MAX_GRADES)] = Field(default_factory=list)
    quotas: Annotated[list[GradeQuota], Field(max_length=MAX_GRADES)] = Field(default_factory=list)
    least_percent: Percent | None = None
    gaps: Annotated[list[Text], Field(max_length=20)] = Field(default_factory=list)

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        check_definition(self)
        return self

    @property
    def criteria(self) -> Iterator[Criterion]:
        """Return all criteria, in their order."""
        for group in self.groups:
            yield from group.criteria

    def find(self, code: str) -> Criterion | None:
        """Return a criterion by its code."""
        return next((one for one in self.criteria if one.code == code), None)


def extend(national: Definition, own: Definition) -> Definition:
    """Return a set with what a province adds to it; nothing can be taken away."""
    whole, added = national.model_dump(), own.model_dump()
    joined = {name: whole[name] + added[name] for name in ("groups", "gaps")}
    return Definition.model_validate(whole | joined)
