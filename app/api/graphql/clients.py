"""Clients over GraphQL."""

from typing import Any
from uuid import UUID

import strawberry
from strawberry.experimental import pydantic

from app.api.graphql.accounts import HolderTransition
from app.api.graphql.acting import perform, write
from app.api.graphql.context import Info
from app.api.graphql.roots import does, read_one, read_page
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
        said = data.to_pydantic()
        found = await perform(
            info,
            schemas.ClientSecret,
            lambda session, actor: clients.register_client(session, actor, said),
            schemas.ClientSecret.told_once,
        )
        return ClientSecret.from_pydantic(found)

    @does(clients.rotate_secret)
    async def rotate_secret(
        self, info: Info, id: UUID, expected_version: int
    ) -> ClientSecret | None:
        found = await perform(
            info,
            schemas.ClientSecret,
            lambda session, actor: clients.rotate_secret(session, actor, id, expected_version),
            schemas.ClientSecret.told_once,
        )
        return ClientSecret.from_pydantic(found)

    @does(clients.move_client, answers=CLIENT)
    async def move_client(
        self, info: Info, id: UUID, expected_version: int, data: HolderTransition
    ) -> Any:
        said = data.to_pydantic()
        return await write(
            info,
            CLIENT,
            lambda session, actor: clients.move_client(session, actor, id, said, expected_version),
        )
