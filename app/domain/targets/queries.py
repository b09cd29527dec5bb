"""Every SQL statement on targets, apart from those of the shape."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from app.db.session import Session
from app.db.tables.targets import Target, TargetValue
from app.db.tables.unit_places import UnitPlace
from app.db.tables.units import Unit, UnitLevel
from app.domain.actor import Actor
from app.domain.scope import in_scope

STANDS = col(Target.voided_at).is_(None)


async def find_target(session: Session, actor: Actor, id: UUID) -> Target | None:
    """Find a target that the actor may read."""
    statement = select(Target).where(Target.id == id, in_scope(Target, actor), STANDS)
    return (await session.exec(statement)).first()


async def list_values(session: Session, target: UUID) -> Sequence[TargetValue]:
    """List the values of a target in the order in which they were recorded."""
    statement = select(TargetValue).where(TargetValue.target_id == target)
    return (await session.exec(statement.order_by(col(TargetValue.id)))).all()


async def list_parts(session: Session, target: UUID) -> Sequence[Target]:
    """List the parts of a target that lower units have."""
    statement = select(Target).where(Target.parent_id == target, STANDS)
    return (await session.exec(statement.order_by(col(Target.id)))).all()


async def list_below(session: Session, unit: UUID, units: Collection[UUID], day: date) -> set[UUID]:
    """List those of the units that lie below another, on the map of a day."""
    place, above = aliased(UnitPlace), aliased(Unit)
    levels: Any = place
    places = (levels.province_id, levels.district_id, levels.commune_id)
    whole = select(above.id).where(above.id == unit, above.level == UnitLevel.NATIONAL).exists()
    statement = select(place.unit_id).where(
        col(place.unit_id).in_(list(units)), place.unit_id != unit, place.valid_from <= day,
        place.valid_to > day, or_(whole, *(one == unit for one in places)),
    )  # fmt: skip
    return set((await session.exec(statement)).all())
