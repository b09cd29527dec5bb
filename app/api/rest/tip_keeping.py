"""How long tips are kept, and what holds them, over HTTP."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.api.deps import CurrentActor, Writing
from app.api.rest import schemas
from app.api.rest.reads import add_reads, answer_one
from app.api.rest.writes import changed, does, made
from app.db.pool import Inside
from app.domain.tips.keeping import service
from app.domain.tips.keeping.schemas import HoldWords, ReleaseWords, RetentionRuleCreate
from app.domain.tips.keeping.shape import RETENTION_RULE, TIP_HOLD

router = APIRouter(prefix="/api/v1")
add_reads(
    router,
    RETENTION_RULE,
    path="/retention-rules",
    many="List the rules on how long tips are kept, every edition, newest first.",
    one="Read one rule on how long tips are kept.",
)
add_reads(
    router,
    TIP_HOLD,
    path="/tip-holds",
    many="List what holds tips of your unit, or has held them, newest first.",
    one="Read one hold on a tip of your unit.",
)


@router.post("/retention-rules", tags=["retention-rules"], **made(schemas.one(RETENTION_RULE)))
@does(service.add_retention_rule)
async def add_retention_rule(
    request: Request, session: Writing, actor: CurrentActor, data: RetentionRuleCreate
) -> Response:
    id = await service.add_retention_rule(session, actor, data)
    return await answer_one(request, Inside(session), actor, RETENTION_RULE, id, status=201)


@router.post("/tips/{id}/hold", tags=["tip-holds"], **made(schemas.one(TIP_HOLD)))
@does(service.hold_tip)
async def hold_tip(
    request: Request, session: Writing, actor: CurrentActor, id: UUID, data: HoldWords
) -> Response:
    hold = await service.hold_tip(session, actor, id, data)
    return await answer_one(request, Inside(session), actor, TIP_HOLD, hold, status=201)


@router.post("/tips/{id}/hold/release", tags=["tip-holds"], **changed(schemas.one(TIP_HOLD)))
@does(service.release_tip)
async def release_tip(
    request: Request, session: Writing, actor: CurrentActor, id: UUID, data: ReleaseWords
) -> Response:
    ended = await service.release_tip(session, actor, id, data)
    return await answer_one(request, Inside(session), actor, TIP_HOLD, ended)
