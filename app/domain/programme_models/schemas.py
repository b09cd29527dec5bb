"""Schemas of model types, models and their transitions."""

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
from app.domain.records.schemas import (
    ChangeInput,
    StrictInput,
    TransitionInput,
    check_dated,
)
from app.domain.records.types import (
    LINE,
    NUMBER,
    Code,
    Count,
    Flag,
    Line,
    LongText,
    Name,
    Reference,
    Text,
    TypeName,
    UnitName,
    unset,
)
from app.domain.records.types import ProgrammeDay as Day
from app.domain.values import InvalidValue

MAX_BATCH = 500
QUANTITIES = frozenset({"pilot", "households", "residents", "groups"})  # hold from a day
Basis = Annotated[str, Field(min_length=1, max_length=500), LINE]


class ModelTypeCreate(StrictInput):
    """A new type of programme model."""

    code: Code
    name: Name
    aliases: list[Name] = Field(default_factory=list, max_length=50)
    field: ModelField = ModelField.SECURITY_ORDER
    host_kind: HostKind = HostKind.TERRITORY
    principles: list[Principle] = Field(default_factory=list, max_length=4)
    description: LongText | None = None
    source: Basis | None = None


class ModelTypeChange(ChangeInput):
    """Change a model type; omitted fields stay as they are."""

    name: Name = unset()
    aliases: Annotated[list[Name], Field(max_length=50)] = unset()
    field: ModelField = unset()
    principles: Annotated[list[Principle], Field(max_length=4)] = unset()
    description: LongText | None = unset()


Hosts = Annotated[list[UnitName], Field(min_length=1, max_length=100)]


class ModelCreate(StrictInput):
    """A new model; with `launched_on` it counts from that day on."""

    type: TypeName
    units: Hosts
    name: Name
    pilot: Flag = False
    households: Count | None = None
    residents: Count | None = None
    groups: Count | None = None
    host_organisation: UUID | None = None
    launched_on: Day | None = None
    pledged_on: Day | None = None
    replicated_from: UUID | None = None
    reference: Reference | None = None


class ModelsCreate(StrictInput):
    """Many models: all are created, or none."""

    models: Annotated[list[ModelCreate], Field(min_length=1, max_length=MAX_BATCH)]


class ModelChange(ChangeInput):
    """Change a model; omitted fields stay as they are."""

    type: TypeName = unset()
    units: Hosts = unset()
    launched_on: Day = unset()
    name: Name = unset()
    pilot: Flag = unset()
    households: Count | None = unset()
    residents: Count | None = unset()
    groups: Count | None = unset()
    effective_on: Day = unset()
    host_organisation: UUID | None = unset()
    pledged_on: Day | None = unset()
    last_active_on: Day | None = unset()

    @model_validator(mode="after")
    def _dates_a_quantity(self) -> "ModelChange":
        check_dated(self, QUANTITIES)
        return self


class ModelTransition(TransitionInput):
    """A transition of a model."""


class ModelMembersAdd(StrictInput):
    """Participants that join a model on a day, by number; persons are never named."""

    kind: MemberKind
    count: Annotated[int, Field(ge=1, le=100_000_000), NUMBER] = 1
    name: Line | None = None
    organisation: UUID | None = None
    joined_on: Day
    left_on: Day | None = None
    merged_from: list[UUID] = Field(default_factory=list, max_length=100)

    @model_validator(mode="after")
    def _fits(self) -> "ModelMembersAdd":
        if self.name and self.kind not in (MemberKind.GROUP, MemberKind.ORGANISATION):
            raise InvalidValue(
                "name_not_taken",
                "Only groups and organisations have names here.",
                "Ở đây chỉ nhóm và tổ chức mới có tên.",
            )
        if self.organisation and self.kind is not MemberKind.ORGANISATION:
            raise InvalidValue(
                "organisation_not_taken",
                "Only organisations take part as one of the register.",
                "Chỉ tổ chức mới tham gia với tư cách tổ chức trong danh bạ.",
            )
        if self.merged_from and self.kind is not MemberKind.GROUP:
            raise InvalidValue(
                "merged_from_not_taken",
                "Only groups come of merged groups.",
                "Chỉ nhóm mới hình thành từ các nhóm sáp nhập.",
            )
        return self


class ModelMembersEnd(StrictInput):
    """End of the participation of members."""

    left_on: Day


class ModelReviewAdd(StrictInput):
    """Result of a review of a model."""

    reviewed_on: Day | None = None
    result: ReviewResult
    note: Text | None = None


class ModelReviewRuleCreate(StrictInput):
    """A new rule of review; it ends the one before."""

    valid_from: Day
    months_inactive: Annotated[int, Field(ge=1, le=600), NUMBER]
    failed_reviews: Annotated[int, Field(ge=1, le=100), NUMBER]
    basis: Basis


class RecognitionCreate(StrictInput):
    """A new recognition of a type or a model."""

    type: TypeName | None = None
    model: UUID | None = None
    unit: UnitName
    level: RecognitionLevel
    year: Annotated[int, Field(ge=1945, le=2100), NUMBER]
    recognised_on: Day | None = None
    scope: RecognitionScope
    decision: Line | None = None
    document_id: UUID | None = None

    @model_validator(mode="after")
    def _one_thing_on_one_day(self) -> "RecognitionCreate":
        if (self.type is None) == (self.model is None):
            raise InvalidValue(
                "type_or_model",
                "State either a type or a model.",
                "Hãy nêu loại mô hình hoặc mô hình, một trong hai.",
            )
        if self.recognised_on and self.recognised_on.year != self.year:
            raise InvalidValue(
                "day_in_another_year",
                "recognised_on lies in another year than year.",
                "recognised_on không thuộc năm đã nêu ở year.",
            )
        return self


class RecognitionChange(ChangeInput):
    """Correct a recognition; omitted fields stay as they are."""

    unit: UnitName = unset()
    level: RecognitionLevel = unset()
    year: Annotated[int, Field(ge=1945, le=2100), NUMBER] = unset()
    recognised_on: Day | None = unset()
    scope: RecognitionScope = unset()
    decision: Line | None = unset()
    document_id: UUID | None = unset()


class RecognitionTransition(TransitionInput):
    """A transition of a recognition."""


class ModelsCreated(BaseModel):
    """The ids of the created models, in the submitted order."""

    ids: list[UUID]
