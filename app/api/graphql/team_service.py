"""What is recorded of service in teams, over GraphQL."""

from typing import Any
from uuid import UUID

import strawberry
from strawberry.experimental import pydantic

from app.api.graphql.acting import write
from app.api.graphql.context import Info
from app.api.graphql.roots import does
from app.domain.forces import schemas, serving
from app.domain.forces.shape import MEMBER


@pydantic.input(model=schemas.TrainingEntry, all_fields=True)
class TrainingEntry:
    """A course that a member has taken; the same course of the same day is corrected."""


@pydantic.input(model=schemas.MemberRate, all_fields=True)
class MemberRate:
    """The statutory rating of a year of service; once given, it is corrected with a reason."""


@strawberry.type
class TeamServiceMutation:
    @does(serving.record_training, answers=MEMBER)
    async def record_training(
        self, info: Info, id: UUID, expected_version: int, data: TrainingEntry
    ) -> Any:
        said = data.to_pydantic()
        return await write(
            info,
            MEMBER,
            lambda session, actor: serving.record_training(
                session, actor, id, said, expected_version
            ),
        )

    @does(serving.rate_member, answers=MEMBER)
    async def rate_member(
        self, info: Info, id: UUID, expected_version: int, data: MemberRate
    ) -> Any:
        said = data.to_pydantic()
        return await write(
            info,
            MEMBER,
            lambda session, actor: serving.rate_member(session, actor, id, said, expected_version),
        )
