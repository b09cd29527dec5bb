"""How well tips are served, over GraphQL."""

from datetime import date
from typing import Annotated

import strawberry
from strawberry.experimental import pydantic

from app.api.graphql.context import Info
from app.api.graphql.roots import does
from app.domain.tips.service_level import schemas, service
from app.domain.tips.service_level.schemas import ServiceBy

strawberry.enum(ServiceBy)
Since = Annotated[date | None, strawberry.argument(name="from")]
Until = Annotated[date | None, strawberry.argument(name="to")]


@pydantic.type(model=schemas.ServiceFigures, all_fields=True)
class ServiceFigures:
    """How many tips were received and what became of them; what is null is not told."""


@pydantic.type(model=schemas.ServiceLine, all_fields=True)
class ServiceLine:
    """The tips of one commune, or of one month; without either, those of no commune."""


@pydantic.type(model=schemas.ServiceLevel, all_fields=True)
class TipServiceLevel:
    """How the tips were served that a unit and those below it received in a period."""


@strawberry.type
class TipServiceLevelQuery:
    @does(service.tip_service_level)
    async def tip_service_level(
        self, info: Info, unit: str, since: Since = None, until: Until = None,
        by: ServiceBy = ServiceBy.UNIT,
    ) -> TipServiceLevel | None:  # fmt: skip
        async with info.context.house.reading(info.context.actor) as session:
            found = await service.tip_service_level(
                session, info.context.actor, unit=unit, since=since, until=until, by=by
            )
        return TipServiceLevel.from_pydantic(found)
