"""Who is at a tip, what of it is not shown, what tells of the same, over GraphQL."""

from typing import Any
from uuid import UUID

import strawberry
from strawberry.experimental import pydantic

from app.api.graphql.acting import write
from app.api.graphql.context import Info
from app.api.graphql.roots import does
from app.domain.tips.handling import assigning, linking, redacting, schemas
from app.domain.tips.shape import TIP


@pydantic.input(model=schemas.TipAssign, all_fields=True)
class TipAssign:
    """Who opens this tip and is at it from now on."""


@pydantic.input(model=schemas.Span, all_fields=True)
class Span:
    """A part of the text, from one letter until another, counted from 0."""


@pydantic.input(model=schemas.RedactionCreate, all_fields=True)
class RedactionCreate:
    """Parts of the text that are not shown; permanent ones are gone, also for the receipt."""


@pydantic.input(model=schemas.TipLinkCreate, all_fields=True)
class TipLinkCreate:
    """Another tip that tells of the same."""


@strawberry.type
class TipHandlingMutation:
    @does(assigning.assign_tip, answers=TIP)
    async def assign_tip(self, info: Info, id: UUID, data: TipAssign) -> Any:
        said, act = data.to_pydantic(), assigning.assign_tip
        return await write(info, TIP, lambda session, actor: act(session, actor, id, said))

    @does(assigning.end_tip_assignment, answers=TIP)
    async def end_tip_assignment(self, info: Info, id: UUID, assignment_id: UUID) -> Any:
        act = assigning.end_tip_assignment
        return await write(info, TIP, lambda session, actor: act(session, actor, id, assignment_id))

    @does(redacting.redact_tip, answers=TIP)
    async def redact_tip(self, info: Info, id: UUID, data: RedactionCreate) -> Any:
        said, act, office = data.to_pydantic(), redacting.redact_tip, info.context.house.tips
        return await write(info, TIP, lambda session, actor: act(session, actor, id, said, office))

    @does(linking.link_tips, answers=TIP)
    async def link_tips(self, info: Info, id: UUID, data: TipLinkCreate) -> Any:
        said, act = data.to_pydantic(), linking.link_tips
        return await write(info, TIP, lambda session, actor: act(session, actor, id, said))

    @does(linking.unlink_tips, answers=TIP)
    async def unlink_tips(self, info: Info, id: UUID, other_id: UUID) -> Any:
        act = linking.unlink_tips
        return await write(info, TIP, lambda session, actor: act(session, actor, id, other_id))
