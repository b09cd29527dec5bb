"""Tips as officers handle them, over HTTP."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.api.deps import CurrentActor, CurrentHouse, Writing
from app.api.rest import schemas
from app.api.rest.question import one_question
from app.api.rest.reads import add_reads, answer_one
from app.api.rest.writes import Expected, changed, does
from app.db.pool import Inside
from app.db.session import Session
from app.domain.actor import Actor
from app.domain.tips.handling import assigning, linking, moving, redacting
from app.domain.tips.handling.schemas import (
    RedactionCreate,
    TipAssign,
    TipChange,
    TipExtension,
    TipLinkCreate,
    TipTransition,
)
from app.domain.tips.shape import TIP

router = APIRouter(prefix="/api/v1")
ANSWERS: dict[str, Any] = {"tags": ["tips"], **changed(schemas.one(TIP))}
add_reads(
    router,
    TIP,
    path="/tips",
    many="List the tips that units of yours hold, newest first; what they say is not in it.",
    one="Read where a tip stands; what it says is not in it.",
)


async def _told(
    request: Request, session: Session, actor: Actor, id: UUID, expand: str | None = None
) -> Response:
    """The tip as it is now, with the part that was just changed."""
    asked = one_question(TIP)(expand=expand)
    return await answer_one(request, Inside(session), actor, TIP, id, asked)


@router.patch("/tips/{id}", **ANSWERS)
@does(moving.change_tip)
async def change_tip(
    request: Request, session: Writing, actor: CurrentActor, id: UUID, data: TipChange,
    expected: Expected,
) -> Response:  # fmt: skip
    await moving.change_tip(session, actor, id, data, expected)
    return await _told(request, session, actor, id)


@router.post("/tips/{id}/transitions", **ANSWERS)
@does(moving.move_tip)
async def move_tip(
    request: Request, session: Writing, actor: CurrentActor, house: CurrentHouse, id: UUID,
    data: TipTransition, expected: Expected,
) -> Response:  # fmt: skip
    await moving.move_tip(session, actor, id, data, expected, house.tips)
    return await _told(request, session, actor, id)


@router.post("/tips/{id}/extensions", **ANSWERS)
@does(moving.extend_tip)
async def extend_tip(
    request: Request, session: Writing, actor: CurrentActor, id: UUID, data: TipExtension,
    expected: Expected,
) -> Response:  # fmt: skip
    await moving.extend_tip(session, actor, id, data, expected)
    return await _told(request, session, actor, id, "clocks")


@router.post("/tips/{id}/assignments", **ANSWERS)
@does(assigning.assign_tip)
async def assign_tip(
    request: Request, session: Writing, actor: CurrentActor, id: UUID, data: TipAssign
) -> Response:
    await assigning.assign_tip(session, actor, id, data)
    return await _told(request, session, actor, id, "assignments")


@router.post("/tips/{id}/assignments/{assignment_id}/end", **ANSWERS)
@does(assigning.end_tip_assignment)
async def end_tip_assignment(
    request: Request, session: Writing, actor: CurrentActor, id: UUID, assignment_id: UUID
) -> Response:
    await assigning.end_tip_assignment(session, actor, id, assignment_id)
    return await _told(request, session, actor, id, "assignments")


@router.post("/tips/{id}/redactions", **ANSWERS)
@does(redacting.redact_tip)
async def redact_tip(
    request: Request, session: Writing, actor: CurrentActor, house: CurrentHouse, id: UUID,
    data: RedactionCreate,
) -> Response:  # fmt: skip
    await redacting.redact_tip(session, actor, id, data, house.tips)
    return await _told(request, session, actor, id, "redactions")


@router.post("/tips/{id}/links", **ANSWERS)
@does(linking.link_tips)
async def link_tips(
    request: Request, session: Writing, actor: CurrentActor, id: UUID, data: TipLinkCreate
) -> Response:
    await linking.link_tips(session, actor, id, data)
    return await _told(request, session, actor, id, "alike")


@router.post("/tips/{id}/links/{other_id}/end", **ANSWERS)
@does(linking.unlink_tips)
async def unlink_tips(
    request: Request, session: Writing, actor: CurrentActor, id: UUID, other_id: UUID
) -> Response:
    await linking.unlink_tips(session, actor, id, other_id)
    return await _told(request, session, actor, id, "alike")
