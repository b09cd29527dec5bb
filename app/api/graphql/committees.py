"""Steering committees over GraphQL."""

from typing import Any
from uuid import UUID

import strawberry
from strawberry.experimental import pydantic

from app.api.graphql.acting import given_of, write
from app.api.graphql.context import Info
from app.api.graphql.roots import does, read_one, read_page
from app.domain.forces import committees, schemas
from app.domain.forces.committee_shape import COMMITTEE


@pydantic.input(model=schemas.CommitteeCreate, all_fields=True)
class CommitteeCreate:
    """A steering committee of a unit; its chair is a position, never a person."""


@pydantic.input(model=schemas.CommitteeTransition, all_fields=True)
class CommitteeTransition:
    """A step in the life of a committee; reorganised, it is made up as is said here."""


@strawberry.input(
    description="What was recorded wrongly of a committee; what is left out stays as it is."
)
class CommitteeChange:
    name: str | None = strawberry.UNSET
    code: str | None = strawberry.UNSET
    chair_position: str | None = strawberry.UNSET
    size: int | None = strawberry.UNSET
    decision: str | None = strawberry.UNSET


@strawberry.type
class CommitteeQuery:
    committee = read_one(COMMITTEE, "One steering committee of your units.")
    committees = read_page(COMMITTEE, "The steering committees of your units, a page at a time.")


@strawberry.type
class CommitteeMutation:
    @does(committees.create_committee, answers=COMMITTEE)
    async def create_committee(self, info: Info, data: CommitteeCreate) -> Any:
        said = data.to_pydantic()
        return await write(
            info,
            COMMITTEE,
            lambda session, actor: committees.create_committee(session, actor, said),
        )

    @does(committees.change_committee, answers=COMMITTEE)
    async def change_committee(
        self, info: Info, id: UUID, expected_version: int, data: CommitteeChange
    ) -> Any:
        said = schemas.CommitteeChange(**given_of(data))
        return await write(
            info,
            COMMITTEE,
            lambda session, actor: committees.change_committee(
                session, actor, id, said, expected_version
            ),
        )

    @does(committees.move_committee, answers=COMMITTEE)
    async def move_committee(
        self, info: Info, id: UUID, expected_version: int, data: CommitteeTransition
    ) -> Any:
        said = data.to_pydantic()
        return await write(
            info,
            COMMITTEE,
            lambda session, actor: committees.move_committee(
                session, actor, id, said, expected_version
            ),
        )
