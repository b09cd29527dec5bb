"""Members of teams over GraphQL."""

from typing import Any
from uuid import UUID

import strawberry
from strawberry.experimental import pydantic

from app.api.graphql.acting import given_of, write
from app.api.graphql.context import Info
from app.api.graphql.roots import does, read_one, read_page
from app.db.tables.team_members import OriginForce
from app.domain.forces import members, schemas
from app.domain.forces.shape import MEMBER


@pydantic.input(model=schemas.MemberApply, all_fields=True)
class MemberApply:
    """Somebody who would join a team: his name, and where he served before; nothing else."""


@pydantic.input(model=schemas.MemberTransition, all_fields=True)
class MemberTransition:
    """A step of somebody in a team."""


@pydantic.input(model=schemas.RoleAssign, all_fields=True)
class RoleAssign:
    """What an active member is from a day on."""


@strawberry.input(
    description="What is said otherwise of a member; what is left out stays as it is."
)
class MemberChange:
    name: str | None = strawberry.UNSET
    origin_force: OriginForce | None = strawberry.UNSET


@strawberry.type
class TeamMemberQuery:
    team_member = read_one(MEMBER, "One member of a team of your units.")
    team_members = read_page(MEMBER, "Who is in the teams of your units, a page at a time.")


@strawberry.type
class TeamMemberMutation:
    @does(members.add_member, answers=MEMBER)
    async def add_member(self, info: Info, team_id: UUID, data: MemberApply) -> Any:
        said = data.to_pydantic()
        return await write(
            info, MEMBER, lambda session, actor: members.add_member(session, actor, team_id, said)
        )

    @does(members.change_member, answers=MEMBER)
    async def change_member(
        self, info: Info, id: UUID, expected_version: int, data: MemberChange
    ) -> Any:
        said = schemas.MemberChange(**given_of(data))
        return await write(
            info,
            MEMBER,
            lambda session, actor: members.change_member(
                session, actor, id, said, expected_version
            ),
        )

    @does(members.move_member, answers=MEMBER)
    async def move_member(
        self, info: Info, id: UUID, expected_version: int, data: MemberTransition
    ) -> Any:
        said = data.to_pydantic()
        return await write(
            info,
            MEMBER,
            lambda session, actor: members.move_member(session, actor, id, said, expected_version),
        )

    @does(members.assign_role, answers=MEMBER)
    async def assign_role(
        self, info: Info, id: UUID, expected_version: int, data: RoleAssign
    ) -> Any:
        said = data.to_pydantic()
        return await write(
            info,
            MEMBER,
            lambda session, actor: members.assign_role(session, actor, id, said, expected_version),
        )
