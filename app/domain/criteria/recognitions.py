"""Recognitions: results that were published, for everybody to read."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel

from app.db.session import Session
from app.db.tables.criteria import EvaluatedKind
from app.db.tables.units import UnitLevel
from app.domain.criteria import recognition_queries
from app.domain.records.windows import find_period
from app.domain.units import queries as units
from app.domain.units import service as unit_service
from app.domain.units.shape import today

PAGE = 100


class Recognition(BaseModel):
    """A place, organisation, model or team that is recognised."""

    id: UUID
    subject_kind: EvaluatedKind
    subject_name: str
    unit_code: str | None
    unit_name: str
    set_code: str
    edition: int
    title_vi: str
    title_en: str
    window_name: str
    grade: str | None
    decided_on: date


class Recognitions(BaseModel):
    """A page of recognitions."""

    items: list[Recognition]
    next: UUID | None


async def list_recognitions(
    session: Session, unit: str | None, window: str | None, after: UUID | None
) -> Recognitions:
    """List what is recognised in a unit and for a window, 100 at a time."""
    if window is not None:
        find_period(window)
    place = await _find_place(session, unit) if unit is not None else None
    rows = await recognition_queries.list_recognised(session, place, window, after, PAGE + 1)
    return Recognitions(
        items=[Recognition.model_validate(row, from_attributes=True) for row in rows[:PAGE]],
        next=rows[PAGE - 1].id if len(rows) > PAGE else None,
    )


async def _find_place(session: Session, unit: str) -> UUID | None:
    """Return a unit that stands today; None for the whole country."""
    named = (unit, today())
    found = (await units.find_units(session, [named])).get(named)
    if found is None or not found.stands_on(named[1]):
        raise await unit_service.unit_not_found(session, unit, named[1])
    return None if found.level is UnitLevel.NATIONAL else found.id
