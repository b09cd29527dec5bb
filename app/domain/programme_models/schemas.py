"""Schemas of model types, models and their transitions."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from app.db.tables.model_records import (
    MemberKind,
    RecognitionLevel,
    RecognitionScope,
    ReviewResult,
)
from app.db.tables.programme_models import HostKind, ModelField, Principle
from app.domain.records.schemas import ChangeInput, StrictInput, TransitionInput

MAX_BATCH = 500
LINE = r"^[^\s\x00]([^\x00\n]*[^\s\x00])?$"  # no NUL, which no text in the database holds
Count = Annotated[int, Field(ge=0, le=100_000_000)]
Day = Annotated[date, Field(ge=date(1945, 1, 1))]
Name = Annotated[str, Field(min_length=1, max_length=300, pattern=LINE)]
Line = Annotated[str, Field(max_length=300, pattern=LINE)]
Words = Annotated[str, Field(max_length=2000, pattern=r"^[^\x00]*$")]
UnitName = Annotated[str, Field(min_length=1, max_length=40)]
TypeName = Annotated[
    str,
    Field(max_length=300, description="its model type: by id, code, name or any of its spellings"),
]


class ModelTypeCreate(StrictInput):
    """A kind of programme model."""

    code: Annotated[str, Field(min_length=2, max_length=60, pattern=r"^[a-z][a-z0-9_]+$")]
    name: Name
    aliases: list[Name] = Field(
        default_factory=list, max_length=50, description="other words for the same type"
    )
    field: ModelField = ModelField.SECURITY_ORDER
    host_kind: HostKind = HostKind.TERRITORY
    principles: list[Principle] = Field(default_factory=list, max_length=4)
    description: Annotated[str | None, Field(max_length=4000)] = None
    source: Annotated[
        str | None, Field(max_length=500, pattern=LINE, description="where it was read")
    ] = None


class ModelTypeChange(ChangeInput):
    """Change a model type; omitted fields stay as they are."""

    name: Name = ""
    aliases: list[Name] = Field(default_factory=list, max_length=50)
    field: ModelField = ModelField.SECURITY_ORDER
    principles: list[Principle] = Field(default_factory=list, max_length=4)
    description: Annotated[str | None, Field(max_length=4000)] = None


class ModelCreate(StrictInput):
    """A model at work at a place; when `launched_on` is known it counts from that day on."""

    type: TypeName
    units: Annotated[
        list[UnitName],
        Field(min_length=1, max_length=100, description="its hosts by id or code, the first leads"),
    ]
    name: Name
    pilot: Annotated[bool, Field(description="one of the first, made to be copied")] = False
    households: Count | None = None
    residents: Count | None = None
    groups: Annotated[Count | None, Field(description="how many groups (tổ) it has")] = None
    host_organisation: Annotated[
        Line | None, Field(description="the school, hospital, clan or parish that hosts it")
    ] = None
    launched_on: Day | None = None
    pledged_on: Annotated[Day | None, Field(description="when its pledge was signed")] = None
    replicated_from: Annotated[
        UUID | None, Field(description="the model of the same type that it was copied from")
    ] = None
    reference: Annotated[
        str | None,
        Field(
            max_length=100, pattern=r"^[^\x00]*$",
            description="your own number for it, unique per client",
        ),
    ] = None  # fmt: skip


class ModelsCreate(StrictInput):
    """Many models: all of them are recorded, or none."""

    models: Annotated[list[ModelCreate], Field(min_length=1, max_length=MAX_BATCH)]


class ModelChange(ChangeInput):
    """Change a model; omitted fields stay as they are."""

    name: Name = ""
    pilot: bool = False
    households: Count | None = None
    residents: Count | None = None
    groups: Count | None = None
    host_organisation: Line | None = None
    pledged_on: Day | None = None
    last_active_on: Annotated[
        Day | None, Field(description="the last day on which something was done")
    ] = None


class ModelTransition(TransitionInput):
    """A step in the life of a model."""


class ModelMembersAdd(StrictInput):
    """So many of one kind that joined a model on a day; persons are never named."""

    kind: MemberKind
    count: Annotated[int, Field(ge=1, le=100_000_000)] = 1
    name: Annotated[Line | None, Field(description="of a group or an organisation")] = None
    joined_on: Day
    left_on: Annotated[Day | None, Field(description="from when on they take no part")] = None
    merged_from: list[UUID] = Field(
        default_factory=list, max_length=100, description="groups that ended in this one"
    )

    @model_validator(mode="after")
    def _fits(self) -> "ModelMembersAdd":
        if self.name and self.kind not in (MemberKind.GROUP, MemberKind.ORGANISATION):
            raise ValueError("Only groups and organisations have names here.")
        if self.merged_from and self.kind is not MemberKind.GROUP:
            raise ValueError("Only groups come of merged groups.")
        return self


class ModelMembersEnd(StrictInput):
    """From when on members take no part any more."""

    left_on: Day


class ModelReviewAdd(StrictInput):
    """Result of a review of a model."""

    reviewed_on: Annotated[Day | None, Field(description="today by default")] = None
    result: ReviewResult
    note: Words | None = None


class ModelReviewRuleCreate(StrictInput):
    """A rule that holds from a day on, in place of the one before."""

    valid_from: Day
    months_inactive: Annotated[int, Field(ge=1, le=600)]
    failed_reviews: Annotated[int, Field(ge=1, le=100, description="one after the other")]
    basis: Annotated[str, Field(min_length=1, max_length=500, pattern=LINE)]


class RecognitionCreate(StrictInput):
    """A recognition of a type, or of one model, as it was decided."""

    type: TypeName | None = None
    model: Annotated[UUID | None, Field(description="instead of a type")] = None
    unit: Annotated[UnitName, Field(description="whose it is, by id or by the code of that day")]
    level: RecognitionLevel
    year: Annotated[int, Field(ge=1945, le=2100)]
    recognised_on: Annotated[Day | None, Field(description="where the day is known")] = None
    scope: RecognitionScope
    decision: Line | None = None
    document_id: UUID | None = None

    @model_validator(mode="after")
    def _one_thing_on_one_day(self) -> "RecognitionCreate":
        if (self.type is None) == (self.model is None):
            raise ValueError("Say either a type or a model.")
        if self.recognised_on and self.recognised_on.year != self.year:
            raise ValueError("The day lies in another year.")
        return self


class RecognitionTransition(TransitionInput):
    """A step in the life of a recognition."""


class ModelsRecorded(BaseModel):
    """The ids of the created models, in the submitted order."""

    ids: list[UUID]
