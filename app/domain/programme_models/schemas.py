"""What is said to make model types and models, and what coverage answers."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from app.db.tables.programme_models import HostKind
from app.domain.records.schemas import Input, TransitionWords

Count = Annotated[int, Field(ge=0, le=100_000_000)]
Name = Annotated[str, Field(min_length=1, max_length=300, pattern=r"^\S(.*\S)?$")]
UnitName = Annotated[str, Field(min_length=1, max_length=40)]


class ModelTypeCreate(Input):
    """A kind of programme model."""

    code: Annotated[str, Field(min_length=2, max_length=60, pattern=r"^[a-z][a-z0-9_]+$")]
    name: Name
    host_kind: HostKind = HostKind.TERRITORY
    description: Annotated[str | None, Field(max_length=4000)] = None


class ModelCreate(Input):
    """A model at work at a place; when `launched_on` is known it is launched at once."""

    type: Annotated[str, Field(description="its model type, by id or by code")]
    units: Annotated[
        list[UnitName],
        Field(min_length=1, max_length=100, description="its hosts by id or code, the first leads"),
    ]
    name: Name
    households: Count | None = None
    residents: Count | None = None
    launched_on: date | None = None
    reference: Annotated[
        str | None, Field(max_length=100, description="your own number for it; told once only")
    ] = None


class ModelChange(Input):
    """What is said otherwise of a model; what is left out stays as it is."""

    name: Name = ""
    households: Count | None = None
    residents: Count | None = None


class ModelTransition(TransitionWords):
    """A step in the life of a model."""


class CoverageShare(BaseModel):
    """How many places of one commune have the model."""

    unit_id: UUID | None
    code: str | None
    name: str | None
    covered: int
    existing: int
    percent: float | None
    households: int


class Coverage(BaseModel):
    """Distinct places with the model at work, of all places that existed on that day."""

    model_type: str
    unit_id: UUID
    unit_code: str | None
    unit_name: str
    on: date
    boundary: str
    boundary_day: date
    covered: int
    existing: int
    percent: float | None
    households: int
    communes: int
    by_commune: list[CoverageShare]
    unattributed: list[CoverageShare]
