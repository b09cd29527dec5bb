"""Clients over GraphQL."""

from typing import Any
from uuid import UUID

import strawberry
from strawberry.experimental import pydantic

from app.api.graphql.accounts import HolderTransition
from app.api.graphql.context import Info
from app.api.graphql.roots import does, read_one, read_page, written
from app.domain.access.accounts import clients, keys, schemas
from app.domain.access.accounts.shape import CLIENT


@pydantic.input(model=keys.PublicKey, all_fields=True)
class PublicKey:
    """A public JWK: an EC key on P-256, or an RSA key of at least 2048 bits."""


@pydantic.input(model=schemas.ClientCreate, all_fields=True)
class ClientCreate:
    """An application or a system that shall come to us."""


@pydantic.type(model=schemas.ClientSecret, all_fields=True)
class ClientSecret:
    """A client as it is registered; its secret is told this once and kept as a hash only."""


@strawberry.type
class ClientQuery:
    client = read_one(CLIENT, "One application or system of your units.")
    clients = read_page(CLIENT, "The applications and systems of your units, a page at a time.")


@strawberry.type
class ClientMutation:
    @does(clients.register_client)
    async def register_client(self, info: Info, data: ClientCreate) -> ClientSecret | None:
        async with info.context.house.writing(info.context.actor) as session:
            found = await clients.register_client(session, info.context.actor, data.to_pydantic())
        return ClientSecret.from_pydantic(found)

    @does(clients.rotate_secret)
    async def rotate_secret(self, info: Info, id: UUID) -> ClientSecret | None:
        async with info.context.house.writing(info.context.actor) as session:
            found = await clients.rotate_secret(session, info.context.actor, id)
        return ClientSecret.from_pydantic(found)

    @does(clients.move_client, answers=CLIENT)
    async def move_client(self, info: Info, id: UUID, data: HolderTransition) -> Any:
        async with written(info, CLIENT) as (session, actor, answer):
            answer.id = await clients.move_client(session, actor, id, data.to_pydantic())
        return answer.row
