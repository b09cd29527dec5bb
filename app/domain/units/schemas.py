"""Inputs to create and import villages, and the result of an import."""

from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from app.db.tables.units import UnitKind
from app.domain.records.schemas import StrictInput
from app.domain.records.types import LINE, Day, Switch, UnitName
from app.domain.units.kind_words import bare_name


class VillageKind(StrEnum):
    """Kinds of a unit below the commune."""

    VILLAGE = "village"
    HAMLET = "hamlet"
    RESIDENTIAL_GROUP = "residential_group"
    QUARTER = "quarter"


Name = Annotated[str, Field(min_length=1, max_length=200), LINE]
Code = Annotated[str, Field(min_length=1, max_length=20, pattern=r"^[0-9A-Z.-]+$"), LINE]
PlanHash = Annotated[str, Field(min_length=1, max_length=64), LINE]


class VillageCreate(StrictInput):
    """A new village, hamlet, residential group or quarter below a commune."""

    parent: UnitName
    name: Name
    kind: VillageKind = VillageKind.VILLAGE
    code: Code | None = None
    valid_from: Day | None = None

    @model_validator(mode="after")
    def take_kind_off(self) -> Self:
        """Take the kind off the front of the name, for the full name has it."""
        self.name = bare_name(UnitKind(self.kind), self.name)
        return self


class ImportOptions(StrictInput):
    """Options of an import: a dry run, or the execution of a plan that was tried."""

    dry_run: Switch = True
    plan_hash: PlanHash | None = None


class RowFault(BaseModel):
    """A fault in one row of an import, with its place as the sheet counts it."""

    row: int
    field: str
    code: str
    message_vi: str
    message_en: str
    sheet: str | None = None
    column: str | None = None
    value: str | None = None


class ImportResult(BaseModel):
    """The result of an import, or of its dry run."""

    rows: int
    created: int
    dry_run: bool
    plan_hash: str
    fault_count: int
    faults: list[RowFault]
    unit_ids: list[UUID]
