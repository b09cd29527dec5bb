"""Grants over GraphQL."""

from typing import Any
from uuid import UUID

import strawberry
from strawberry.experimental import pydantic

from app.api.graphql.context import Info
from app.api.graphql.roots import does, read_one, read_page, written
from app.domain.access.accounts import grants, schemas
from app.domain.access.accounts.shape import GRANT


@pydantic.input(model=schemas.GrantCreate, all_fields=True)
class GrantCreate:
    """One role for one unit, for declared purposes, to one account or one client."""


@pydantic.input(model=schemas.GrantTransition, all_fields=True)
class GrantTransition:
    """To `revoke` a grant, or to let one whose unit has ended `follow` to a successor."""


@strawberry.type
class GrantQuery:
    grant = read_one(GRANT, "One grant for one of your units.")
    grants = read_page(GRANT, "What is granted for your units, a page at a time.")


@strawberry.type
class GrantMutation:
    @does(grants.grant_role, answers=GRANT)
    async def grant_role(self, info: Info, data: GrantCreate) -> Any:
        async with written(info, GRANT) as (session, actor, answer):
            answer.id = await grants.grant_role(session, actor, data.to_pydantic())
        return answer.row

    @does(grants.move_grant, answers=GRANT)
    async def move_grant(self, info: Info, id: UUID, data: GrantTransition) -> Any:
        async with written(info, GRANT) as (session, actor, answer):
            answer.id = await grants.move_grant(session, actor, id, data.to_pydantic())
        return answer.row
