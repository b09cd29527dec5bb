"""How many teams there are, over GraphQL."""

from datetime import date

import strawberry
from strawberry.experimental import pydantic

from app.api.graphql.context import Info
from app.api.graphql.roots import does
from app.domain.forces import schemas
from app.domain.forces import tally as counted


@pydantic.type(model=schemas.TallyLine, all_fields=True)
class TallyLine:
    """How many teams of one kind there are, and people in those of which that is known."""


@pydantic.type(model=schemas.TallyShare, all_fields=True)
class TallyShare:
    """The teams of one commune."""


@pydantic.type(model=schemas.Tally, all_fields=True)
class TeamTally:
    """The teams of a unit that were established and not dissolved on a day."""


@strawberry.type
class TeamTallyQuery:
    @does(counted.tally)
    async def team_tally(
        self, info: Info, unit: str, on: date | None = None, boundary: str = "as_recorded"
    ) -> TeamTally:
        async with info.context.house.reading(info.context.actor) as session:
            found = await counted.tally(
                session, info.context.actor, unit=unit, on=on, boundary=boundary
            )
        return TeamTally.from_pydantic(found)
