"""Teams and how many there are over HTTP."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.api.deps import CurrentActor, Reading, Writing
from app.api.rest import schemas
from app.api.rest.reads import add_reads, answer_one
from app.api.rest.writes import Expected, changed, does, made
from app.db.pool import Inside
from app.domain.forces import service
from app.domain.forces import tally as counted
from app.domain.forces.schemas import (
    EquipmentEntry,
    Tally,
    TeamChange,
    TeamCreate,
    TeamsCreate,
    TeamsMade,
    TeamTransition,
)
from app.domain.forces.shape import TEAM

router = APIRouter(prefix="/api/v1")


@router.get("/teams/tally", tags=["teams"], **changed(Tally))
@does(counted.tally)
async def team_tally(
    session: Reading,
    actor: CurrentActor,
    unit: Annotated[str, Query(description="of which unit, by id or by code")],
    on: Annotated[date | None, Query(description="the day of the facts; today unless said")] = None,
    boundary: Annotated[
        str, Query(description="as_recorded, current, or as_of:YYYY-MM-DD")
    ] = "as_recorded",
) -> Response:
    found = await counted.tally(session, actor, unit=unit, on=on, boundary=boundary)
    return Response(found.model_dump_json(), media_type="application/json")


add_reads(
    router,
    TEAM,
    path="/teams",
    many="List the teams and groups of your units, newest first.",
    one="Read one team of your units.",
)


@router.post("/teams", tags=["teams"], **made(schemas.one(TEAM)))
@does(service.create_team)
async def create_team(
    request: Request, session: Writing, actor: CurrentActor, data: TeamCreate
) -> Response:
    id = await service.create_team(session, actor, data)
    return await answer_one(request, Inside(session), actor, TEAM, id, status=201)


@router.post("/teams/bulk", tags=["teams"], **made(TeamsMade))
@does(service.create_teams)
async def create_teams(
    request: Request, session: Writing, actor: CurrentActor, data: TeamsCreate
) -> Response:
    found = await service.create_teams(session, actor, data)
    return Response(found.model_dump_json(), 201, media_type="application/json")


@router.patch("/teams/{id}", tags=["teams"], **changed(schemas.one(TEAM)))
@does(service.change_team)
async def change_team(
    request: Request, session: Writing, actor: CurrentActor, id: UUID, data: TeamChange,
    expected: Expected,
) -> Response:  # fmt: skip
    await service.change_team(session, actor, id, data, expected)
    return await answer_one(request, Inside(session), actor, TEAM, id)


@router.post("/teams/{id}/transitions", tags=["teams"], **changed(schemas.one(TEAM)))
@does(service.move_team)
async def move_team(
    request: Request, session: Writing, actor: CurrentActor, id: UUID, data: TeamTransition,
    expected: Expected,
) -> Response:  # fmt: skip
    await service.move_team(session, actor, id, data, expected)
    return await answer_one(request, Inside(session), actor, TEAM, id)


@router.post("/teams/{id}/equipment", tags=["teams"], **changed(schemas.one(TEAM)))
@does(service.set_equipment)
async def set_equipment(
    request: Request, session: Writing, actor: CurrentActor, id: UUID, data: EquipmentEntry,
    expected: Expected,
) -> Response:  # fmt: skip
    await service.set_equipment(session, actor, id, data, expected)
    return await answer_one(request, Inside(session), actor, TEAM, id)
