"""Schemas of incidents and their links."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator

from app.db.tables.incident_terms import IncidentForm, IncidentRelation, IncidentResult
from app.db.tables.stated_figures import PeriodPrecision, Qualifier
from app.domain.incidents.errors import ResultNotTaken
from app.domain.records.batch_schemas import MAX_ITEMS, BatchEntry, BatchStep
from app.domain.records.schemas import ChangeInput, StrictInput, TransitionInput
from app.domain.records.types import (
    LINE,
    NUMBER,
    Count,
    Line,
    Moment,
    Reference,
    UnitName,
    unset,
)
from app.domain.records.types import ProgrammeDay as Day
from app.domain.values import InvalidValue

MAX_NUMBER = 100_000_000
Category = Annotated[
    str, Field(min_length=1, max_length=60, pattern=r"^[a-z][a-z0-9_]*$"), LINE
]  # fmt: skip
Number = Annotated[int, Field(ge=-MAX_NUMBER, le=MAX_NUMBER), NUMBER]
Spot = Annotated[str, Field(min_length=1, max_length=200), LINE]


class IncidentCreate(StrictInput):
    """One incident, or the numbers of a period: cases and persons together, never a name."""

    unit: UnitName
    form: IncidentForm = IncidentForm.SINGLE
    category: Category
    title: Line | None = None
    spot: Spot | None = None
    incident_count: Number | None = 1
    incident_qualifier: Qualifier = Qualifier.EQUAL
    involved_count: Number | None
    involved_qualifier: Qualifier = Qualifier.EQUAL
    deaths: Count | None = None
    injured: Count | None = None
    damage: Count | None = None
    precision: PeriodPrecision = PeriodPrecision.DAY
    period_from: Day | None = None
    period_to: Day | None = None
    period_text: Reference | None = None
    occurred_at: Moment | None = None
    compared_from: Day | None = None
    compared_to: Day | None = None
    reported_on: Day | None = None
    source: Line | None = None
    reference: Reference | None = None


class IncidentChange(ChangeInput):
    """Correct an incident; omitted fields stay as they are."""

    unit: UnitName = unset()
    form: IncidentForm = unset()
    category: Category = unset()
    title: Line | None = unset()
    spot: Spot | None = unset()
    incident_count: Number | None = unset()
    incident_qualifier: Qualifier = unset()
    involved_count: Number | None = unset()
    involved_qualifier: Qualifier = unset()
    deaths: Count | None = unset()
    injured: Count | None = unset()
    damage: Count | None = unset()
    precision: PeriodPrecision = unset()
    period_from: Day | None = unset()
    period_to: Day | None = unset()
    period_text: Reference | None = unset()
    occurred_at: Moment | None = unset()
    compared_from: Day | None = unset()
    compared_to: Day | None = unset()
    reported_on: Day | None = unset()
    source: Line | None = unset()
    reference: Reference | None = unset()


class IncidentTransition(TransitionInput):
    """A transition of an incident; `resolve` takes the result."""

    result: IncidentResult | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.action == "resolve") != (self.result is not None):
            fault = ResultNotTaken().errors[0]
            raise InvalidValue(fault.code, fault.en, fault.vi)
        return self


class IncidentEntry(IncidentCreate, BatchEntry):
    """A new incident with the id that the client has made for it."""


class IncidentBatch(StrictInput):
    """Incidents recorded by a client, perhaps offline; each is taken or refused by itself."""

    items: Annotated[list[IncidentEntry], Field(min_length=1, max_length=MAX_ITEMS)]


class IncidentStep(IncidentTransition, BatchStep):
    """A transition of one of many incidents, in the version that the client has seen."""


class IncidentSteps(StrictInput):
    """Transitions of many incidents; each is taken or refused by itself."""

    items: Annotated[list[IncidentStep], Field(min_length=1, max_length=MAX_ITEMS)]


class IncidentLinkInput(StrictInput):
    """A link to another incident."""

    relation: IncidentRelation
    other_id: UUID
