"""Schemas of activities and their numbers."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.db.tables.activity_terms import (
    ActivityKind,
    DisputeKind,
    DrillKind,
    FacilityKind,
    ForceKind,
)
from app.db.tables.stated_figures import PeriodPrecision, Qualifier
from app.domain.records.batch_schemas import MAX_ITEMS, BatchEntry, BatchStep
from app.domain.records.schemas import ChangeInput, StrictInput, TransitionInput
from app.domain.records.types import (
    LINE,
    Count,
    Flag,
    Line,
    Reason,
    Reference,
    UnitName,
    unset,
)
from app.domain.records.types import ProgrammeDay as Day

MAX_PARTS, MAX_LINES = 50, 30
Term = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[a-z][a-z0-9_]*$"), LINE]
Words = Annotated[str, Field(min_length=1, max_length=200), LINE]
Units = Annotated[list[UnitName], Field(max_length=MAX_PARTS)]
Ids = Annotated[list[UUID], Field(max_length=MAX_PARTS)]
Forces = Annotated[list[ForceKind], Field(max_length=len(ForceKind))]


class QuantityInput(StrictInput):
    """A number of an activity: what is counted, how many, and how exactly."""

    measure: Term
    category: Term | None = None
    counting_unit: Term | None = None
    value: Count | None = None
    qualifier: Qualifier = Qualifier.EQUAL
    words: Line | None = None


Quantities = Annotated[list[QuantityInput], Field(max_length=MAX_LINES)]


class ActivityCreate(StrictInput):
    """A new activity: planned until its day has come, held from then on."""

    unit: UnitName
    units: Units = Field(default_factory=list)
    kind: ActivityKind
    title: Line | None = None
    precision: PeriodPrecision = PeriodPrecision.DAY
    starts_on: Day | None = None
    ends_on: Day | None = None
    period_text: Reference | None = None
    campaign_id: UUID | None = None
    document_id: UUID | None = None
    forces: Forces = Field(default_factory=list)
    models: Ids = Field(default_factory=list)
    teams: Ids = Field(default_factory=list)
    organisations: Ids = Field(default_factory=list)
    incidents: Ids = Field(default_factory=list)
    quantities: Quantities = Field(default_factory=list)
    topic: Line | None = None
    is_night: Flag | None = None
    covers_resources: Flag | None = None
    dispute_kind: DisputeKind | None = None
    is_successful: Flag | None = None
    has_relapsed: Flag | None = None
    is_voluntary: Flag | None = None
    minutes_number: Reference | None = None
    purpose: Line | None = None
    legal_basis: Line | None = None
    approved_by: Words | None = None
    facility_kind: FacilityKind | None = None
    drill_kind: DrillKind | None = None
    source: Line | None = None
    reference: Reference | None = None


class ActivityChange(ChangeInput):
    """Correct an activity that is not yet verified; omitted fields stay as they are."""

    unit: UnitName = unset()
    units: Units = unset()
    kind: ActivityKind = unset()
    title: Line | None = unset()
    precision: PeriodPrecision = unset()
    starts_on: Day | None = unset()
    ends_on: Day | None = unset()
    period_text: Reference | None = unset()
    campaign_id: UUID | None = unset()
    document_id: UUID | None = unset()
    forces: Forces = unset()
    models: Ids = unset()
    teams: Ids = unset()
    organisations: Ids = unset()
    incidents: Ids = unset()
    quantities: Quantities = unset()
    topic: Line | None = unset()
    is_night: Flag | None = unset()
    covers_resources: Flag | None = unset()
    dispute_kind: DisputeKind | None = unset()
    is_successful: Flag | None = unset()
    has_relapsed: Flag | None = unset()
    is_voluntary: Flag | None = unset()
    minutes_number: Reference | None = unset()
    purpose: Line | None = unset()
    legal_basis: Line | None = unset()
    approved_by: Words | None = unset()
    facility_kind: FacilityKind | None = unset()
    drill_kind: DrillKind | None = unset()
    source: Line | None = unset()
    reference: Reference | None = unset()


class ActivityTransition(TransitionInput):
    """A transition of an activity."""


class ActivitySupersede(StrictInput):
    """The right numbers of a verified activity, and the reason."""

    reason: Reason
    quantities: Quantities


class ActivityEntry(ActivityCreate, BatchEntry):
    """A new activity with the id that the client has made for it."""


class ActivityBatch(StrictInput):
    """Activities recorded by a client, perhaps offline; each is taken or refused by itself."""

    items: Annotated[list[ActivityEntry], Field(min_length=1, max_length=MAX_ITEMS)]


class ActivityStep(ActivityTransition, BatchStep):
    """A transition of one of many activities, in the version that the client has seen."""


class ActivitySteps(StrictInput):
    """Transitions of many activities; each is taken or refused by itself."""

    items: Annotated[list[ActivityStep], Field(min_length=1, max_length=MAX_ITEMS)]
