"""What is counted of programme models, over HTTP."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel

from app.api.deps import CurrentActor, Reading
from app.api.rest.writes import changed, does
from app.domain.programme_models import coverage as spread
from app.domain.programme_models import lineage, membership, tally
from app.domain.programme_models.figures import Coverage, Genealogy, ModelMembers, ModelTally

router = APIRouter(prefix="/api/v1")
Day = Annotated[date | None, Query(description="the day of the facts; today unless said")]
Unit = Annotated[str, Query(description="of which unit, by id or by code")]
Boundary = Annotated[str, Query(description="as_recorded, current, or as_of:YYYY-MM-DD")]


@router.get("/model-types/{type}/coverage", tags=["model-types"], **changed(Coverage))
@does(spread.coverage)
async def model_coverage(
    session: Reading,
    actor: CurrentActor,
    type: str,
    unit: Unit,
    on: Day = None,
    boundary: Boundary = "as_recorded",
) -> Response:
    return _told(await spread.coverage(session, actor, type, unit=unit, on=on, boundary=boundary))


@router.get("/model-tally", tags=["models"], **changed(ModelTally))
@does(tally.model_tally)
async def model_tally(
    session: Reading,
    actor: CurrentActor,
    unit: Unit,
    on: Day = None,
    boundary: Boundary = "as_recorded",
) -> Response:
    return _told(await tally.model_tally(session, actor, unit=unit, on=on, boundary=boundary))


@router.get("/models/{id}/genealogy", tags=["models"], **changed(Genealogy))
@does(lineage.model_genealogy)
async def model_genealogy(
    session: Reading, actor: CurrentActor, id: UUID, on: Day = None
) -> Response:
    return _told(await lineage.model_genealogy(session, actor, id, on=on))


@router.get("/models/{id}/members", tags=["models"], **changed(ModelMembers))
@does(membership.model_members)
async def model_members(
    session: Reading, actor: CurrentActor, id: UUID, on: Day = None
) -> Response:
    return _told(await membership.model_members(session, actor, id, on=on))


def _told(figure: BaseModel) -> Response:
    return Response(figure.model_dump_json(), media_type="application/json")
