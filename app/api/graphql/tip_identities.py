"""Requests to know informants over GraphQL."""

from typing import Any
from uuid import UUID

import strawberry
from strawberry.experimental import pydantic

from app.api.graphql.acting import write
from app.api.graphql.context import Info
from app.api.graphql.roots import does, read_one, read_page
from app.domain.tips.identity import opening, schemas, service
from app.domain.tips.identity.shape import IDENTITY_REQUEST


@pydantic.input(model=schemas.IdentityAsk, all_fields=True)
class IdentityAsk:
    """The wish to know an informant, and why; the informant may read the reason."""


@pydantic.input(model=schemas.IdentityStep, all_fields=True)
class IdentityStep:
    """To `approve` or `decline` a request, which needs a reason, or to `withdraw` it."""


@pydantic.type(model=schemas.OpenedIdentity, all_fields=True)
class OpenedIdentity:
    """Who an informant is; told and not kept."""


@strawberry.type
class TipIdentityQuery:
    identity_request = read_one(IDENTITY_REQUEST, "One request to know an informant.")
    identity_requests = read_page(
        IDENTITY_REQUEST, "The requests to know informants of your units, a page at a time."
    )


@strawberry.type
class TipIdentityMutation:
    @does(service.request_identity, answers=IDENTITY_REQUEST)
    async def request_identity(self, info: Info, id: UUID, data: IdentityAsk) -> Any:
        said = data.to_pydantic()
        return await write(
            info,
            IDENTITY_REQUEST,
            lambda session, actor: service.request_identity(session, actor, id, said),
        )

    @does(service.move_request, answers=IDENTITY_REQUEST)
    async def move_identity_request(
        self, info: Info, id: UUID, expected_version: int, data: IdentityStep
    ) -> Any:
        said = data.to_pydantic()
        return await write(
            info,
            IDENTITY_REQUEST,
            lambda session, actor: service.move_request(session, actor, id, said, expected_version),
        )

    @does(opening.open_identity)
    async def open_identity(self, info: Info, id: UUID) -> OpenedIdentity | None:
        office, actor = info.context.house.tips, info.context.actor
        return OpenedIdentity.from_pydantic(await opening.open_identity(office, actor, id))
