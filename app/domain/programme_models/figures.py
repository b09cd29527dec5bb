"""Answers of the counts of programme models."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel

from app.db.tables.model_records import MemberKind
from app.db.tables.programme_models import HostKind, ModelField


class CoverageShare(BaseModel):
    """Number of places of one commune that have the model."""

    unit_id: UUID | None
    code: str | None
    name: str | None
    covered: int
    existing: int
    percent: float | None
    households: int


class Coverage(BaseModel):
    """Places with the model at work, among all places that existed on the day."""

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


class TypeTally(BaseModel):
    """Number of models of one type at work, and of their groups."""

    code: str
    name: str
    field: ModelField
    host_kind: HostKind
    sites: int
    groups: int


class FieldTally(BaseModel):
    """Models at work in one field."""

    field: ModelField
    types: int
    sites: int
    groups: int


class HostTally(BaseModel):
    """Models at work with one kind of host."""

    host_kind: HostKind
    types: int
    sites: int
    groups: int


class ModelTally(BaseModel):
    """Types, models and groups at work on a day; a model that spans several units counts once."""

    unit_id: UUID
    unit_code: str | None
    unit_name: str
    on: date
    boundary: str
    boundary_day: date
    types: int
    sites: int
    groups: int
    by_type: list[TypeTally]
    by_field: list[FieldTally]
    by_host_kind: list[HostTally]


class Generation(BaseModel):
    """Copies at one distance from the model."""

    depth: int
    replicas: int
    median_days: float | None


class Survival(BaseModel):
    """Copies that were still at work after so many months, among those old enough."""

    months: int
    old_enough: int
    at_work: int
    percent: float | None


class Genealogy(BaseModel):
    """Genealogy of a model: number, depth, speed and survival of its replicas."""

    model_id: UUID
    on: date
    replicas: int
    depth: int
    median_days: float | None
    generations: list[Generation]
    survival: list[Survival]


class MemberTotal(BaseModel):
    """Numbers of one kind: present on the day, and joined up to it."""

    kind: MemberKind
    present: int
    turns: int


class ModelMembers(BaseModel):
    """Numbers of members of a model on a day."""

    model_id: UUID
    on: date
    totals: list[MemberTotal]
