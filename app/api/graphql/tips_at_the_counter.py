"""Tips that officers hand in for others, over GraphQL."""

import strawberry
from strawberry.experimental import pydantic

from app.api.graphql.acting import perform
from app.api.graphql.context import Info
from app.api.graphql.roots import does
from app.domain.tips.intake import desk, schemas


@pydantic.input(model=schemas.Contact, all_fields=True)
class TipContact:
    """Who an informant is and how he is reached; sealed for the custodians."""


@pydantic.input(model=schemas.TipCreate, all_fields=True)
class TipCreate:
    """A tip that somebody tells an officer."""


@pydantic.type(model=schemas.TipReceived, all_fields=True)
class TipReceived:
    """A tip that is taken in; its receipt is told this once, for whoever told the tip."""


@strawberry.type
class CounterMutation:
    @does(desk.create_tip)
    async def create_tip(self, info: Info, data: TipCreate) -> TipReceived | None:
        said, office = data.to_pydantic(), info.context.house.tips
        found = await perform(
            info,
            schemas.TipReceived,
            lambda session, actor: desk.create_tip(session, actor, said, office),
            schemas.TipReceived.told_once,
        )
        return TipReceived.from_pydantic(found)
