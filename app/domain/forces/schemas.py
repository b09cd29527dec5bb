"""Schemas of teams, members and size rules."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from app.db.tables.calendars import Certainty
from app.db.tables.forces import Condition, TeamKind
from app.db.tables.team_members import OriginForce, ServiceLevel, TeamRole
from app.domain.records.schemas import ChangeInput, StrictInput, TransitionInput, check_dated
from app.domain.records.types import LINE, NUMBER, TEXT, Name, Reference, UnitName, unset
from app.domain.records.types import Line as Basis
from app.domain.records.types import ProgrammeDay as Day
from app.domain.values import InvalidValue

MAX_BATCH = 1000
QUANTITIES = frozenset({"counted_size"})  # hold from a day
Words = Annotated[str, Field(min_length=1, max_length=200), LINE]
Mark = Annotated[str, Field(min_length=1, max_length=60), LINE]
Head = Annotated[int, Field(ge=0, le=1_000_000), NUMBER]
Size = Annotated[int, Field(ge=1, le=10_000), NUMBER]
Deputies = Annotated[int, Field(ge=0, le=100), NUMBER]
# a name as somebody is called: no number of a paper or a telephone has a place in it
Called = Annotated[
    str,
    Field(
        min_length=1,
        max_length=100,
        pattern=r"^[^\d]*$",
    ),
    LINE,
]


class TeamCreate(StrictInput):
    """A new team or group; with `established_on` it is established at once."""

    kind: TeamKind
    unit: UnitName
    name: Name
    decision: Words | None = None
    established_on: Day | None = None
    counted_size: Head | None = None
    reference: Reference | None = None


class TeamsCreate(StrictInput):
    """Many teams: all are created, or none."""

    teams: Annotated[list[TeamCreate], Field(min_length=1, max_length=MAX_BATCH)]


class TeamsCreated(BaseModel):
    """The created teams, in the submitted order."""

    created: int
    ids: list[UUID]


class TeamChange(ChangeInput):
    """Change a team; omitted fields stay as they are."""

    kind: TeamKind = unset()
    unit: UnitName = unset()
    established_on: Day = unset()
    dissolved_on: Day = unset()
    name: Name = unset()
    decision: Words | None = unset()
    counted_size: Head | None = unset()
    effective_on: Day = unset()

    @model_validator(mode="after")
    def _dates_a_quantity(self) -> Self:
        check_dated(self, QUANTITIES)
        return self


class TeamTransition(TransitionInput):
    """A transition of a team."""


class EquipmentEntry(StrictInput):
    """Number of items of one kind and condition from now on; 0 removes them."""

    kind: Annotated[str, Field(min_length=1, max_length=100), LINE]
    condition: Condition = Condition.GOOD
    count: Head


class MemberCreate(StrictInput):
    """An applicant for a team: name and earlier service; nothing else."""

    name: Called
    origin_force: OriginForce | None = None


class MemberChange(ChangeInput):
    """Change a member; omitted fields stay as they are."""

    name: Called = unset()
    origin_force: OriginForce | None = unset()


class MemberTransition(TransitionInput):
    """A transition of a member of a team."""

    role: TeamRole | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.role and self.action != "recognise":
            raise InvalidValue(
                "role_not_taken",
                "role belongs to the action recognise only.",
                "role chỉ dùng với hành động recognise.",
            )
        return self


class MemberRoleAssignment(StrictInput):
    """The role of an active member from a day on."""

    role: TeamRole
    since: Day | None = None


class TrainingCreate(StrictInput):
    """A course that a member has taken; a repeated entry corrects its days."""

    course: Words
    days: Annotated[int, Field(ge=1, le=366), NUMBER]
    held_on: Day


class MemberRatingCreate(StrictInput):
    """The statutory rating of a year of service; a correction requires a reason."""

    year: Annotated[int, Field(ge=2024, le=2200), NUMBER]
    level: ServiceLevel
    reason: Annotated[str, Field(min_length=1, max_length=500), TEXT] | None = None


class SizeRuleCreate(StrictInput):
    """A size rule of a province; the rule before it ends on that day."""

    province: UnitName
    kind: TeamKind = TeamKind.PROTECTION_TEAM
    least: Size
    most: Size
    deputies: Deputies
    valid_from: Day
    basis: Basis
    certainty: Certainty = Certainty.VERIFIED

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.least > self.most or self.deputies >= self.most:
            raise InvalidValue(
                "sizes_disagree",
                "least is at most as much as most, and deputies are fewer than most.",
                "least không quá most, và số cấp phó (deputies) phải ít hơn most.",
            )
        return self


class SizeRuleChange(ChangeInput):
    """Change a size rule; omitted fields stay as they are."""

    least: Size = unset()
    most: Size = unset()
    deputies: Deputies = unset()
    valid_to: Day | None = unset()
    basis: Basis = unset()
    certainty: Certainty = unset()
