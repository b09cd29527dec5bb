"""Rules on the size of teams over HTTP."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.api.deps import CurrentActor, Writing
from app.api.rest import schemas
from app.api.rest.reads import add_reads, answer_one
from app.api.rest.writes import Expected, changed, does, made
from app.db.pool import Inside
from app.domain.forces import size_rules
from app.domain.forces.schemas import SizeRuleChange, SizeRuleCreate
from app.domain.forces.shape import SIZE_RULE

router = APIRouter(prefix="/api/v1")
add_reads(
    router,
    SIZE_RULE,
    path="/team-size-rules",
    many="List the rules on the size of teams, every edition, newest first.",
    one="Read one rule on the size of teams.",
)


@router.post("/team-size-rules", tags=["team-size-rules"], **made(schemas.one(SIZE_RULE)))
@does(size_rules.add_size_rule)
async def add_size_rule(
    request: Request, session: Writing, actor: CurrentActor, data: SizeRuleCreate
) -> Response:
    id = await size_rules.add_size_rule(session, actor, data)
    return await answer_one(request, Inside(session), actor, SIZE_RULE, id, status=201)


@router.patch("/team-size-rules/{id}", tags=["team-size-rules"], **changed(schemas.one(SIZE_RULE)))
@does(size_rules.change_size_rule)
async def change_size_rule(
    request: Request, session: Writing, actor: CurrentActor, id: UUID, data: SizeRuleChange,
    expected: Expected,
) -> Response:  # fmt: skip
    await size_rules.change_size_rule(session, actor, id, data, expected)
    return await answer_one(request, Inside(session), actor, SIZE_RULE, id)
