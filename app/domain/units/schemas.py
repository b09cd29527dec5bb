"""What is said to make a village, to import many, and to change the map."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.db.tables.units import UnitKind


class VillageKind(StrEnum):
    """What a place below the commune is called."""

    VILLAGE = "village"
    HAMLET = "hamlet"
    RESIDENTIAL_GROUP = "residential_group"
    QUARTER = "quarter"


Name = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^\S(.*\S)?$")]
Code = Annotated[str, Field(min_length=1, max_length=20, pattern=r"^[0-9A-Z.-]+$")]
UnitName = Annotated[
    str, Field(min_length=1, max_length=40, description="a unit, by id or by its code on that day")
]


class Input(BaseModel):
    """What comes in says nothing that is not known here."""

    model_config = ConfigDict(extra="forbid")


class VillageCreate(Input):
    """A village, hamlet, residential group or quarter below a commune."""

    parent: Annotated[UnitName, Field(description="its commune, by id or by its code on that day")]
    name: Name
    kind: VillageKind = VillageKind.VILLAGE
    code: Code | None = None
    valid_from: Annotated[date | None, Field(description="since when; today unless said")] = None


class ImportOptions(Input):
    """How an import is meant: tried dry first, then committed as it was seen."""

    dry_run: bool = True
    plan_hash: Annotated[str | None, Field(description="of the dry run that was seen")] = None


class RowFault(BaseModel):
    """What is wrong with one row of an import."""

    row: int
    field: str
    code: str
    message_vi: str
    message_en: str


class ImportResult(BaseModel):
    """What an import did, or would do."""

    rows: int
    created: int
    dry_run: bool
    plan_hash: str
    faults: list[RowFault]
    unit_ids: list[UUID]


class NewUnit(Input):
    """A unit that a reorganisation makes; `ref` is how the same draft speaks of it."""

    ref: Annotated[str, Field(min_length=1, max_length=60)]
    name: Name
    full_name: Annotated[str | None, Field(max_length=250)] = None
    kind: UnitKind
    code: Code | None = None
    parent: UnitName


class Succession(Input):
    """Into which unit another goes, and with what share where that is known."""

    from_unit: UnitName
    to_unit: UnitName
    share: Annotated[float | None, Field(gt=0, le=1)] = None
    is_main: bool = False


class Move(Input):
    """A unit that comes under another parent."""

    unit: UnitName
    parent: UnitName


class Rename(Input):
    """A unit that goes on under another name, kind or code."""

    unit: UnitName
    name: Name | None = None
    full_name: Annotated[str | None, Field(max_length=250)] = None
    kind: UnitKind | None = None
    code: Code | None = None


class ReorganisationDraft(Input):
    """A change of the map as it is decided: what ends, what begins, what becomes of what."""

    kind: Literal["reorganisation", "correction"] = "reorganisation"
    title: Annotated[str, Field(min_length=1, max_length=300)]
    decision: Annotated[str | None, Field(max_length=200)] = None
    effective_on: date
    new_units: list[NewUnit] = []
    successions: list[Succession] = []
    moves: list[Move] = []
    renames: list[Rename] = []


class ReorganisationCommit(Input):
    """Commit just the plan that was seen in the dry run."""

    plan_hash: str


class ReorganisationReverse(Input):
    """Undo a committed change by a compensating one."""

    reason: Annotated[str, Field(min_length=1, max_length=500)]
    effective_on: Annotated[
        date | None, Field(description="the day of the change itself unless said")
    ] = None


class DryRun(BaseModel):
    """What a reorganisation would do, before anything is done."""

    plan_hash: str
    ready: bool
    closing: int
    opening: int
    moving: int
    renaming: int
    records: dict[str, int]
    clients: list[str]
    unmapped_villages: list[dict[str, Any]]
    faults: list[RowFault]
