"""Accounts over GraphQL."""

from typing import Any
from uuid import UUID

import strawberry
from strawberry.experimental import pydantic

from app.api.graphql.acting import perform, write
from app.api.graphql.context import Info
from app.api.graphql.roots import does, read_one, read_page
from app.domain.access.accounts import schemas, service, welcoming
from app.domain.access.accounts.shape import ACCOUNT


@pydantic.input(model=schemas.AccountCreate, all_fields=True)
class AccountCreate:
    """A person who shall sign in."""


@pydantic.input(model=schemas.AccountChange, all_fields=True)
class AccountChange:
    """What is said otherwise of a person; what is left out stays as it is."""


@pydantic.input(model=schemas.HolderTransition, all_fields=True)
class HolderTransition:
    """To `disable` or to `enable` an account or a client."""


@pydantic.input(model=schemas.IdentityLink, all_fields=True)
class IdentityLink:
    """Who a person is at an identity provider outside."""


@pydantic.type(model=schemas.Invited, all_fields=True)
class Invited:
    """A person who may choose a password; the token is told this once."""


@strawberry.type
class AccountQuery:
    account = read_one(ACCOUNT, "One account of a person of your units.")
    accounts = read_page(ACCOUNT, "The accounts of people of your units, a page at a time.")


@strawberry.type
class AccountMutation:
    @does(service.create_account, answers=ACCOUNT)
    async def create_account(self, info: Info, data: AccountCreate) -> Any:
        said = data.to_pydantic()
        return await write(
            info, ACCOUNT, lambda session, actor: service.create_account(session, actor, said)
        )

    @does(service.change_account, answers=ACCOUNT)
    async def change_account(
        self, info: Info, id: UUID, expected_version: int, data: AccountChange
    ) -> Any:
        said = data.to_pydantic()
        return await write(
            info,
            ACCOUNT,
            lambda session, actor: service.change_account(
                session, actor, id, said, expected_version
            ),
        )

    @does(service.move_account, answers=ACCOUNT)
    async def move_account(
        self, info: Info, id: UUID, expected_version: int, data: HolderTransition
    ) -> Any:
        said = data.to_pydantic()
        return await write(
            info,
            ACCOUNT,
            lambda session, actor: service.move_account(session, actor, id, said, expected_version),
        )

    @does(service.link_identity, answers=ACCOUNT)
    async def link_identity(
        self, info: Info, id: UUID, expected_version: int, data: IdentityLink
    ) -> Any:
        said = data.to_pydantic()
        return await write(
            info,
            ACCOUNT,
            lambda session, actor: service.link_identity(
                session, actor, id, said, expected_version
            ),
        )

    @does(welcoming.invite_account)
    async def invite_account(self, info: Info, id: UUID, expected_version: int) -> Invited | None:
        found = await perform(
            info,
            schemas.Invited,
            lambda session, actor: welcoming.invite_account(session, actor, id, expected_version),
            schemas.Invited.told_once,
        )
        return Invited.from_pydantic(found)
