"""Statements on the committees of ended units."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import col, func, select

from app.db.query.shape import Row
from app.db.session import Session
from app.db.tables.committees import Committee, CommitteeState
from app.db.tables.units import UnitVersion
from app.domain.actor import Actor
from app.domain.scope import in_scope

Name = tuple[UUID, str, str | None]  # what one committee at a time is called


def stands_today(unit: Any) -> ColumnElement[bool]:
    """Test whether a unit stands today."""
    version = select(UnitVersion.id).where(
        UnitVersion.unit_id == unit,
        UnitVersion.valid_from <= func.today(),
        UnitVersion.valid_to > func.today(),
    )
    return version.exists()


async def stands(session: Session, unit: UUID) -> bool:
    """Return whether a unit stands today."""
    return bool((await session.exec(select(stands_today(unit)))).one())


async def list_waiting_committees(
    session: Session, actor: Actor, limit: int
) -> list[tuple[Committee, str]]:
    """List the committees of ended units in the actor's units, each with its unit's last name."""
    last = select(UnitVersion.full_name).where(UnitVersion.unit_id == Committee.unit_id)
    name: Any = last.order_by(col(UnitVersion.valid_to).desc()).limit(1).scalar_subquery()
    statement = (
        select(Committee, name)
        .where(in_scope(Committee, actor), *_lasts(), ~stands_today(Committee.unit_id))
        .order_by(col(Committee.id))
        .limit(limit)
    )
    return [(committee, unit) for committee, unit in (await session.exec(statement)).all()]


async def list_names(session: Session, units: Iterable[UUID]) -> set[Name]:
    """List the names of the committees that stand in these units."""
    statement = select(Committee.unit_id, Committee.scope, Committee.name_key)
    statement = statement.where(col(Committee.unit_id).in_(list(units)), *_lasts())
    return {(unit, scope, key) for unit, scope, key in (await session.exec(statement)).all()}


def _lasts() -> tuple[ColumnElement[bool], ...]:
    row: Row = Committee
    return row.state != CommitteeState.DISSOLVED, row.voided_at.is_(None)
