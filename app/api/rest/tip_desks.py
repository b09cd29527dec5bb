"""How units take tips, over HTTP."""

from fastapi import APIRouter, Request, Response

from app.api.deps import CurrentActor, Writing
from app.api.rest import schemas
from app.api.rest.reads import add_reads, answer_one
from app.api.rest.writes import changed, does
from app.db.pool import Inside
from app.domain.tips.desks import service
from app.domain.tips.desks.schemas import TipDeskEntry
from app.domain.tips.desks.shape import TIP_DESK

router = APIRouter(prefix="/api/v1")
add_reads(
    router,
    TIP_DESK,
    path="/tip-desks",
    many="List how units take tips, where that is said; the others take them as usual.",
    one="Read how one unit takes tips.",
)


@router.post("/tip-desks", tags=["tip-desks"], **changed(schemas.one(TIP_DESK)))
@does(service.set_tip_desk)
async def set_tip_desk(
    request: Request, session: Writing, actor: CurrentActor, data: TipDeskEntry
) -> Response:
    id = await service.set_tip_desk(session, actor, data)
    return await answer_one(request, Inside(session), actor, TIP_DESK, id)
