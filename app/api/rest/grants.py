"""Grants over HTTP."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.api.deps import CurrentActor, Writing
from app.api.rest import schemas
from app.api.rest.reads import add_reads, answer_one
from app.api.rest.writes import Expected, changed, does, made
from app.db.pool import Inside
from app.domain.access.accounts import grants
from app.domain.access.accounts.schemas import GrantCreate, GrantTransition
from app.domain.access.accounts.shape import GRANT

router = APIRouter(prefix="/api/v1")
add_reads(
    router,
    GRANT,
    path="/grants",
    many="List what is granted for your units, and what waits since its unit ended.",
    one="Read one grant for one of your units.",
)


@router.post("/grants", tags=["grants"], **made(schemas.one(GRANT)))
@does(grants.grant_role)
async def grant_role(
    request: Request, session: Writing, actor: CurrentActor, data: GrantCreate
) -> Response:
    id = await grants.grant_role(session, actor, data)
    return await answer_one(request, Inside(session), actor, GRANT, id, status=201)


@router.post("/grants/{id}/transitions", tags=["grants"], **changed(schemas.one(GRANT)))
@does(grants.move_grant)
async def move_grant(
    request: Request, session: Writing, actor: CurrentActor, id: UUID, data: GrantTransition,
    expected: Expected,
) -> Response:  # fmt: skip
    await grants.move_grant(session, actor, id, data, expected)
    return await answer_one(request, Inside(session), actor, GRANT, id)
