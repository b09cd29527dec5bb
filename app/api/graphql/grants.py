"""Grants over GraphQL."""

from typing import Any
from uuid import UUID

import strawberry
from strawberry.experimental import pydantic

from app.api.graphql.acting import write
from app.api.graphql.context import Info
from app.api.graphql.roots import does, read_one, read_page
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
        said = data.to_pydantic()
        return await write(
            info, GRANT, lambda session, actor: grants.grant_role(session, actor, said)
        )

    @does(grants.move_grant, answers=GRANT)
    async def move_grant(
        self, info: Info, id: UUID, expected_version: int, data: GrantTransition
    ) -> Any:
        said = data.to_pydantic()
        return await write(
            info,
            GRANT,
            lambda session, actor: grants.move_grant(session, actor, id, said, expected_version),
        )
