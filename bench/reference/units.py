"""One unit the plain way: a statement for the row and one for each relation."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, HTTPException, Query
from sqlmodel import col, select

from app.db.tables.units import Hierarchy, UnitDated, UnitParent, UnitSuccession
from app.domain.actor import Permission
from app.domain.units.shape import today
from bench.reference.deps import CurrentActor, CurrentSession, Session
from bench.reference.schemas import SuccessorRead, UnitRead, UnitWhole

router = APIRouter(prefix="/api/v1")


async def units_at(session: Session, ids: Iterable[UUID], day: date) -> dict[UUID, UnitDated]:
    """Units by id, as they stood or were last known on a day."""
    statement = select(UnitDated).where(
        col(UnitDated.id).in_(list(ids)),
        UnitDated.valid_from <= day,
        UnitDated.valid_from < UnitDated.valid_to,
    )
    rows = await session.exec(statement.order_by(col(UnitDated.valid_from)))
    return {row.id: row for row in rows}


async def parents_at(session: Session, ids: Iterable[UUID], day: date) -> dict[UUID, UUID]:
    """The last parent of each unit that was known on a day."""
    statement = select(UnitParent).where(
        col(UnitParent.unit_id).in_(list(ids)),
        UnitParent.hierarchy == Hierarchy.ADMINISTRATIVE,
        UnitParent.valid_from <= day,
        UnitParent.valid_from < UnitParent.valid_to,
    )
    rows = await session.exec(statement.order_by(col(UnitParent.valid_from)))
    return {row.unit_id: row.parent_id for row in rows}


async def _successors(session: Session, id: UUID, day: date) -> Sequence[UnitSuccession]:
    edge = UnitSuccession
    statement = select(edge).where(edge.from_id == id, edge.effective_on <= day)
    order = (col(edge.is_main).desc(), col(edge.effective_on).desc(), col(edge.id).desc())
    return (await session.exec(statement.order_by(*order).limit(20))).all()


@router.get("/units/{id}", response_model=UnitWhole)
async def read_unit(
    session: CurrentSession,
    actor: CurrentActor,
    id: UUID,
    as_of: date | None = None,
    expand: Annotated[str, Query()] = "",
) -> Any:
    actor.require(Permission.UNIT_READ)
    day = as_of or today()
    found = (await units_at(session, [id], day)).get(id)
    if found is None:
        raise HTTPException(404)
    answer = UnitWhole.model_validate(found)
    if "parent" in expand:
        for parent in (await parents_at(session, [id], day)).values():
            units = await units_at(session, [parent], day)
            answer.parent = UnitRead.model_validate(units[parent])
    if "successors" in expand:
        answer.successors = await _describe_successors(
            session, await _successors(session, id, day), day
        )
    return answer


async def _describe_successors(
    session: Session, edges: Sequence[UnitSuccession], day: date
) -> list[SuccessorRead]:
    units = await units_at(session, [edge.to_id for edge in edges], day) if edges else {}
    told = []
    for edge in edges:
        one = SuccessorRead.model_validate(edge)
        one.unit = UnitRead.model_validate(units[edge.to_id])
        told.append(one)
    return told
