"""Tips that officers hand in for others, over HTTP."""

from fastapi import APIRouter, Request, Response

from app.api.deps import CurrentActor, CurrentHouse, Writing
from app.api.rest.told_once import ToldOnce
from app.api.rest.writes import does, made
from app.domain.tips.intake import desk
from app.domain.tips.intake.schemas import TipCreate, TipReceived

router = APIRouter(prefix="/api/v1")


@router.post("/tips", tags=["tips"], **made(TipReceived))
@does(desk.create_tip)
async def create_tip(
    request: Request, session: Writing, actor: CurrentActor, house: CurrentHouse, data: TipCreate
) -> Response:
    found = await desk.create_tip(session, actor, data, house.tips)
    return ToldOnce(found, found.told_once(), status=201)
