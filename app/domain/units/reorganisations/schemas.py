"""Inputs of changes of the map, and the result of a dry run."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from app.db.tables.units import Hierarchy, UnitKind
from app.domain.records.schemas import ChangeInput, StrictInput
from app.domain.records.types import DAY, LINE, TEXT, Action, Flag, Share, UnitName, unset
from app.domain.records.types import Line as Title
from app.domain.units.schemas import Code, Name, PlanHash
from app.domain.values import InvalidValue

FullName = Annotated[str, Field(min_length=1, max_length=250), LINE]
Decision = Annotated[str, Field(min_length=1, max_length=200), LINE]
Reason = Annotated[str, Field(min_length=1, max_length=500), TEXT]
Day = Annotated[date, Field(ge=date(1900, 1, 1)), DAY]
Before = UnitName
Then = UnitName


class DraftKind(StrEnum):
    """Kinds of change that can be drafted; a reversal is built from the change it reverses."""

    REORGANISATION = "reorganisation"
    CORRECTION = "correction"


class NewUnit(StrictInput):
    """A unit that a reorganisation creates; the same draft refers to it by `ref`."""

    ref: UnitName
    name: Name
    full_name: FullName | None = None
    kind: UnitKind
    code: Code | None = None
    parent: Then


class Succession(StrictInput):
    """A succession of one unit to another, with its share where that is known."""

    from_unit: Before
    to_unit: Then
    share: Share | None = None
    is_main: Flag = False
    decision: Decision | None = None


class Move(StrictInput):
    """A move of a unit to another parent."""

    unit: Before
    parent: Then
    hierarchy: Hierarchy | None = None


class Rename(StrictInput):
    """A change of the name, kind or code of a unit."""

    unit: Before
    name: Name | None = None
    full_name: FullName | None = None
    kind: UnitKind | None = None
    code: Code | None = None


class ReorganisationDraft(StrictInput):
    """A change of the map as it is decided: units that end, units that begin, and successions.

    Every `from_unit` ends on `effective_on`. A `correction` ends and begins nothing: it
    corrects the successions of units that ended on that day.
    """

    kind: DraftKind = DraftKind.REORGANISATION
    title: Title
    decision: Decision | None = None
    effective_on: Day
    new_units: list[NewUnit] = Field(default_factory=list)
    successions: list[Succession] = Field(default_factory=list)
    moves: list[Move] = Field(default_factory=list)
    renames: list[Rename] = Field(default_factory=list)


class ReorganisationChange(ChangeInput):
    """Change a draft; omitted fields stay as they are, and a list replaces the former one."""

    kind: DraftKind = unset()
    title: Title = unset()
    decision: Decision | None = unset()
    effective_on: Day = unset()
    new_units: list[NewUnit] = unset()
    successions: list[Succession] = unset()
    moves: list[Move] = unset()
    renames: list[Rename] = unset()


class ReorganisationCommit(StrictInput):
    """Commit exactly the plan that the dry run returned."""

    plan_hash: PlanHash


class ReorganisationReverse(StrictInput):
    """Reverse a committed change by a compensating one."""

    reason: Reason
    effective_on: Day | None = None
    moves: list[Move] = Field(default_factory=list)


class ReorganisationTransition(StrictInput):
    """A transition of a change of the map: `commit` the previewed plan, `withdraw`, `reverse`."""

    action: Action
    plan_hash: PlanHash | None = None
    reason: Reason | None = None
    effective_on: Day | None = None
    moves: list[Move] = Field(default_factory=list)

    @model_validator(mode="after")
    def _says_what_the_step_needs(self) -> Self:
        needed = {"commit": "plan_hash", "reverse": "reason", "withdraw": "reason"}.get(self.action)
        if needed and not getattr(self, needed):
            raise InvalidValue(
                f"{needed}_needed",
                f"{self.action} needs {needed}.",
                f"{self.action} cần có {needed}.",
            )
        return self


class DraftsCreated(BaseModel):
    """The drafts that were created from a table."""

    ids: list[UUID]


class CorrectionRow(StrictInput):
    """A row of a table that corrects the successions of units."""

    from_code: UnitName
    to_code: UnitName
    effective_on: Day
    share: Share | None = None
    is_main: Flag = False
    decision: Decision | None = None


class PlanFault(BaseModel):
    """A fault in one part of a draft, which the pointer names."""

    pointer: str
    code: str
    message_vi: str
    message_en: str


class Unmapped(BaseModel):
    """A unit below a divided one whose new parent is not stated."""

    id: UUID
    name: str
    parent_id: UUID
    parent: str


class HeldGrant(BaseModel):
    """A grant for a unit that ends, and the main successor of that unit."""

    id: UUID
    role: str
    holder: str
    account_id: UUID | None
    client_id: UUID | None
    unit_id: UUID
    unit: str
    successor_id: UUID | None
    successor: str | None


class DryRun(BaseModel):
    """Effects that a reorganisation would have.

    `records` counts, by table, those that would lie elsewhere than today; it is empty while there
    are faults other than a day that has not come yet. `clients` are systems that act for a unit
    that ends: they need another one. `grants` are those for a unit that ends: from the commit on
    they wait and give nothing, until an administrator of the successor lets them follow.
    """

    plan_hash: str
    ready: bool
    closing: int
    opening: int
    moving: int
    renaming: int
    records: dict[str, int]
    clients: list[str]
    grants: list[HeldGrant]
    unmapped_villages: list[Unmapped]
    faults: list[PlanFault]
