"""Teams over GraphQL."""

from typing import Any
from uuid import UUID

import strawberry
from strawberry.experimental import pydantic

from app.api.graphql.acting import given_of, perform, write
from app.api.graphql.context import Info
from app.api.graphql.roots import does, read_one, read_page
from app.domain.forces import schemas, service
from app.domain.forces.shape import TEAM


@pydantic.input(model=schemas.TeamCreate, all_fields=True)
class TeamCreate:
    """A team or group at a place; when `established_on` is known it is established at once."""


@pydantic.input(model=schemas.TeamsCreate, all_fields=True)
class TeamsCreate:
    """Many teams at once: all of them, or none."""


@pydantic.type(model=schemas.TeamsMade, all_fields=True)
class TeamsMade:
    """The teams that were recorded, in the order in which they were told."""


@pydantic.input(model=schemas.TeamTransition, all_fields=True)
class TeamTransition:
    """A step in the life of a team."""


@pydantic.input(model=schemas.EquipmentEntry, all_fields=True)
class EquipmentEntry:
    """How many of one thing the team has in one condition, from now on; 0 for none any more."""


@strawberry.input(description="What is said otherwise of a team; what is left out stays as it is.")
class TeamChange:
    name: str | None = strawberry.UNSET
    decision: str | None = strawberry.UNSET
    counted_size: int | None = strawberry.UNSET


@strawberry.type
class TeamQuery:
    team = read_one(TEAM, "One team of your units.")
    teams = read_page(TEAM, "The teams and groups of your units, a page at a time.")


@strawberry.type
class TeamMutation:
    @does(service.create_team, answers=TEAM)
    async def create_team(self, info: Info, data: TeamCreate) -> Any:
        said = data.to_pydantic()
        return await write(
            info, TEAM, lambda session, actor: service.create_team(session, actor, said)
        )

    @does(service.create_teams)
    async def create_teams(self, info: Info, data: TeamsCreate) -> TeamsMade | None:
        said = data.to_pydantic()
        found = await perform(
            info,
            schemas.TeamsMade,
            lambda session, actor: service.create_teams(session, actor, said),
        )
        return TeamsMade.from_pydantic(found)

    @does(service.change_team, answers=TEAM)
    async def change_team(
        self, info: Info, id: UUID, expected_version: int, data: TeamChange
    ) -> Any:
        said = schemas.TeamChange(**given_of(data))
        return await write(
            info,
            TEAM,
            lambda session, actor: service.change_team(session, actor, id, said, expected_version),
        )

    @does(service.move_team, answers=TEAM)
    async def move_team(
        self, info: Info, id: UUID, expected_version: int, data: TeamTransition
    ) -> Any:
        said = data.to_pydantic()
        return await write(
            info,
            TEAM,
            lambda session, actor: service.move_team(session, actor, id, said, expected_version),
        )

    @does(service.set_equipment, answers=TEAM)
    async def set_equipment(
        self, info: Info, id: UUID, expected_version: int, data: EquipmentEntry
    ) -> Any:
        said = data.to_pydantic()
        return await write(
            info,
            TEAM,
            lambda session, actor: service.set_equipment(
                session, actor, id, said, expected_version
            ),
        )
