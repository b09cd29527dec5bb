"""The definition of a criteria set, as it is answered."""

from pydantic import BaseModel

from app.db.tables.criteria import CriteriaSet
from app.domain.criteria.definitions import Comparator, CriterionKind, Definition, MissingValue


class DefinedPart(BaseModel):
    """One of the things that must all hold for a criterion."""

    code: str
    vi: str
    en: str
    indicator: str | None


class DefinedCriterion(BaseModel):
    """A criterion: a sentence that holds or does not, points, or a value and its bound."""

    group: str
    group_vi: str
    group_en: str
    code: str
    kind: CriterionKind
    vi: str
    en: str
    missing: MissingValue
    parts: list[DefinedPart]
    most: float | None
    comparator: Comparator
    bound: float | None
    indicator: str | None
    of_set: str | None
    basis: str | None
    evidence: str | None


class DefinedGrade(BaseModel):
    """A grade, and the share of the points from which on it is given; null where it is unknown."""

    code: str
    vi: str
    en: str
    least_percent: float | None


class DefinedQuota(BaseModel):
    """The largest number of one grade, in per cent of those with another."""

    grade: str
    of: str
    most_percent: float


class CriteriaDefinition(BaseModel):
    """The rules of a criteria set, with what was not read of its basis."""

    code: str
    edition: int
    content_hash: str | None
    criteria: list[DefinedCriterion]
    grades: list[DefinedGrade]
    quotas: list[DefinedQuota]
    least_percent: float | None
    gaps: list[str]


def describe_definition(row: CriteriaSet, whole: Definition) -> CriteriaDefinition:
    """Return a definition with its criteria in one list, each with its group."""
    told = whole.model_dump(include={"grades", "quotas", "least_percent", "gaps"})
    criteria = [
        {"group": group.code, "group_vi": group.vi, "group_en": group.en, **one.model_dump()}
        for group in whole.groups for one in group.criteria
    ]  # fmt: skip
    return CriteriaDefinition.model_validate({
        "code": row.code, "edition": row.edition, "content_hash": row.content_hash,
        "criteria": criteria, **told,
    })  # fmt: skip
