"""Members of teams over HTTP."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.api.deps import CurrentActor, Writing
from app.api.rest import schemas
from app.api.rest.reads import add_reads, answer_one
from app.api.rest.writes import Expected, changed, does, made
from app.db.pool import Inside
from app.domain.forces import members, serving
from app.domain.forces.schemas import (
    MemberApply,
    MemberChange,
    MemberRate,
    MemberTransition,
    RoleAssign,
    TrainingEntry,
)
from app.domain.forces.shape import MEMBER

router = APIRouter(prefix="/api/v1")
add_reads(
    router,
    MEMBER,
    path="/team-members",
    many="List who is in the teams of your units, newest first.",
    one="Read one member of a team of your units.",
)


@router.post("/teams/{id}/members", tags=["team-members"], **made(schemas.one(MEMBER)))
@does(members.add_member)
async def add_member(
    request: Request, session: Writing, actor: CurrentActor, id: UUID, data: MemberApply
) -> Response:
    made_id = await members.add_member(session, actor, id, data)
    return await answer_one(request, Inside(session), actor, MEMBER, made_id, status=201)


@router.patch("/team-members/{id}", tags=["team-members"], **changed(schemas.one(MEMBER)))
@does(members.change_member)
async def change_member(
    request: Request, session: Writing, actor: CurrentActor, id: UUID, data: MemberChange,
    expected: Expected,
) -> Response:  # fmt: skip
    await members.change_member(session, actor, id, data, expected)
    return await answer_one(request, Inside(session), actor, MEMBER, id)


@router.post(
    "/team-members/{id}/transitions", tags=["team-members"], **changed(schemas.one(MEMBER))
)
@does(members.move_member)
async def move_member(
    request: Request, session: Writing, actor: CurrentActor, id: UUID, data: MemberTransition,
    expected: Expected,
) -> Response:  # fmt: skip
    await members.move_member(session, actor, id, data, expected)
    return await answer_one(request, Inside(session), actor, MEMBER, id)


@router.post("/team-members/{id}/roles", tags=["team-members"], **changed(schemas.one(MEMBER)))
@does(members.assign_role)
async def assign_role(
    request: Request, session: Writing, actor: CurrentActor, id: UUID, data: RoleAssign,
    expected: Expected,
) -> Response:  # fmt: skip
    await members.assign_role(session, actor, id, data, expected)
    return await answer_one(request, Inside(session), actor, MEMBER, id)


@router.post("/team-members/{id}/training", tags=["team-members"], **changed(schemas.one(MEMBER)))
@does(serving.record_training)
async def record_training(
    request: Request, session: Writing, actor: CurrentActor, id: UUID, data: TrainingEntry,
    expected: Expected,
) -> Response:  # fmt: skip
    await serving.record_training(session, actor, id, data, expected)
    return await answer_one(request, Inside(session), actor, MEMBER, id)


@router.post("/team-members/{id}/ratings", tags=["team-members"], **changed(schemas.one(MEMBER)))
@does(serving.rate_member)
async def rate_member(
    request: Request, session: Writing, actor: CurrentActor, id: UUID, data: MemberRate,
    expected: Expected,
) -> Response:  # fmt: skip
    await serving.rate_member(session, actor, id, data, expected)
    return await answer_one(request, Inside(session), actor, MEMBER, id)
