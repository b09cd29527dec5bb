"""Tips as officers handle them, over GraphQL."""

from typing import Any
from uuid import UUID

import strawberry
from strawberry.experimental import pydantic

from app.api.graphql.acting import given_of, write
from app.api.graphql.context import Info
from app.api.graphql.roots import does, read_one, read_page
from app.db.tables.tips import TipCategory, TipKind
from app.domain.tips.desks import service as desks
from app.domain.tips.desks.schemas import TipDeskEntry as DeskEntry
from app.domain.tips.desks.shape import TIP_DESK
from app.domain.tips.handling import moving, schemas
from app.domain.tips.shape import TIP


@pydantic.input(model=schemas.TipTransition, all_fields=True)
class TipTransition:
    """A step of a tip; what it says besides belongs to one action each."""


@pydantic.input(model=schemas.TipExtension, all_fields=True)
class TipExtension:
    """An extension of the term that runs; by all that the authority may give unless said."""


@pydantic.input(model=DeskEntry, all_fields=True)
class TipDeskEntry:
    """How a unit takes tips from now on; said again, it is said otherwise."""


@strawberry.input(description="What is said otherwise of a tip; what is left out stays as it is.")
class TipChange:
    kind: TipKind | None = strawberry.UNSET
    category: TipCategory | None = strawberry.UNSET
    is_useful: bool | None = strawberry.UNSET


@strawberry.type
class TipQuery:
    tip = read_one(TIP, "Where a tip stands; what it says is read apart.")
    tips = read_page(TIP, "The tips that units of yours hold, a page at a time.")
    tip_desk = read_one(TIP_DESK, "How one unit takes tips.")
    tip_desks = read_page(TIP_DESK, "How units take tips, where that is said.")


@strawberry.type
class TipMutation:
    @does(moving.change_tip, answers=TIP)
    async def change_tip(self, info: Info, id: UUID, expected_version: int, data: TipChange) -> Any:
        said, act = schemas.TipChange(**given_of(data)), moving.change_tip
        seen = expected_version
        return await write(info, TIP, lambda session, actor: act(session, actor, id, said, seen))

    @does(moving.move_tip, answers=TIP)
    async def move_tip(
        self, info: Info, id: UUID, expected_version: int, data: TipTransition
    ) -> Any:
        said = data.to_pydantic()
        act, seen, office = moving.move_tip, expected_version, info.context.house.tips
        return await write(
            info, TIP, lambda session, actor: act(session, actor, id, said, seen, office)
        )

    @does(moving.extend_tip, answers=TIP)
    async def extend_tip(
        self, info: Info, id: UUID, expected_version: int, data: TipExtension
    ) -> Any:
        said, act, seen = data.to_pydantic(), moving.extend_tip, expected_version
        return await write(info, TIP, lambda session, actor: act(session, actor, id, said, seen))

    @does(desks.set_tip_desk, answers=TIP_DESK)
    async def set_tip_desk(self, info: Info, data: TipDeskEntry) -> Any:
        said, act = data.to_pydantic(), desks.set_tip_desk
        return await write(info, TIP_DESK, lambda session, actor: act(session, actor, said))
