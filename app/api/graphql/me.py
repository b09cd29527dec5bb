"""Who you are here, over GraphQL. Written by hand: the answer has no schema."""

from typing import Any

import strawberry

from app.api.graphql.context import Info
from app.domain.auth.me import about_me


@strawberry.type(description="Who asks, in which roles, for which unit.")
class Me:
    subject: str
    client: str
    roles: list[str]
    permissions: list[str]
    level: str
    unit_id: strawberry.ID


async def me(self: Any, info: Info) -> Me:
    async with info.context.house.reading(info.context.actor) as session:
        return Me(**await about_me(session, info.context.actor))
