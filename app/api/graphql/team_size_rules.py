"""Rules on the size of teams over GraphQL."""

from datetime import date
from typing import Any
from uuid import UUID

import strawberry
from strawberry.experimental import pydantic

from app.api.graphql.acting import given_of, write
from app.api.graphql.context import Info
from app.api.graphql.roots import does, read_one, read_page
from app.db.tables.calendars import Certainty
from app.domain.forces import schemas, size_rules
from app.domain.forces.shape import SIZE_RULE


@pydantic.input(model=schemas.SizeRuleCreate, all_fields=True)
class SizeRuleCreate:
    """How many a team has in a province; the rule before it ends on that day."""


@strawberry.input(description="What is said otherwise of a rule; what is left out stays as it is.")
class SizeRuleChange:
    least: int | None = strawberry.UNSET
    most: int | None = strawberry.UNSET
    deputies: int | None = strawberry.UNSET
    valid_to: date | None = strawberry.UNSET
    basis: str | None = strawberry.UNSET
    certainty: Certainty | None = strawberry.UNSET


@strawberry.type
class TeamSizeRuleQuery:
    team_size_rule = read_one(SIZE_RULE, "One rule on the size of teams.")
    team_size_rules = read_page(SIZE_RULE, "The rules on the size of teams, a page at a time.")


@strawberry.type
class TeamSizeRuleMutation:
    @does(size_rules.add_size_rule, answers=SIZE_RULE)
    async def add_size_rule(self, info: Info, data: SizeRuleCreate) -> Any:
        said = data.to_pydantic()
        return await write(
            info, SIZE_RULE, lambda session, actor: size_rules.add_size_rule(session, actor, said)
        )

    @does(size_rules.change_size_rule, answers=SIZE_RULE)
    async def change_size_rule(
        self, info: Info, id: UUID, expected_version: int, data: SizeRuleChange
    ) -> Any:
        said = schemas.SizeRuleChange(**given_of(data))
        return await write(
            info,
            SIZE_RULE,
            lambda session, actor: size_rules.change_size_rule(
                session, actor, id, said, expected_version
            ),
        )
