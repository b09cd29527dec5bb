"""Response models of the plain layers."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, computed_field

from app.db.base import INFINITY, MINUS_INFINITY
from app.db.tables.programme_models import ModelState
from app.db.tables.units import UnitKind, UnitLevel
from app.domain.programme_models import states

Day = Annotated[
    date | None, BeforeValidator(lambda day: None if day in (MINUS_INFINITY, INFINITY) else day)
]


class Answer(BaseModel):
    """Read from the attributes of a row."""

    model_config = ConfigDict(from_attributes=True)


class ModelRead(Answer):
    id: UUID
    version: int
    name: str
    state: ModelState
    pilot: bool
    launched_on: date | None
    pledged_on: date | None
    households: int | None
    residents: int | None
    groups: int | None
    host_organisation: str | None
    unit_id: UUID
    type_id: UUID
    replicated_from_id: UUID | None
    approval_document_id: UUID | None
    last_active_on: date | None
    failed_reviews: int
    source: str
    reference: str | None
    created_at: datetime
    created_by: str
    changed_at: datetime
    changed_by: str

    @computed_field
    def allowed_actions(self) -> list[str]:
        return states.LIFE.allowed_actions(self.state)


class ModelPage(Answer):
    items: list[ModelRead]
    next: UUID | None


class UnitRead(Answer):
    id: UUID
    version: int
    level: UnitLevel
    kind: UnitKind
    code: str | None
    name: str
    full_name: str
    aliases: list[str]
    latitude: float | None
    longitude: float | None
    area_km2: float | None
    valid_from: Day
    valid_to: Day


class SuccessorRead(Answer):
    effective_on: date
    is_main: bool
    derived: bool
    decision: str | None
    share: float | None
    unit: UnitRead | None = None


class UnitWhole(UnitRead):
    parent: UnitRead | None = None
    successors: list[SuccessorRead] = []
