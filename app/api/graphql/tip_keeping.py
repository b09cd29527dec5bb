"""How long tips are kept, and what holds them, over GraphQL."""

from typing import Any
from uuid import UUID

import strawberry
from strawberry.experimental import pydantic

from app.api.graphql.acting import write
from app.api.graphql.context import Info
from app.api.graphql.roots import does, read_one, read_page
from app.domain.tips.keeping import schemas, service
from app.domain.tips.keeping.shape import RETENTION_RULE, TIP_HOLD


@pydantic.input(model=schemas.RetentionRuleCreate, all_fields=True)
class RetentionRuleCreate:
    """How long something is kept, from a day on; it counts for what has not been given notice."""


@pydantic.input(model=schemas.HoldWords, all_fields=True)
class HoldWords:
    """Why a tip is kept whatever its term, and by which document."""


@pydantic.input(model=schemas.ReleaseWords, all_fields=True)
class ReleaseWords:
    """Why a hold ends."""


@strawberry.type
class TipKeepingQuery:
    retention_rule = read_one(RETENTION_RULE, "One rule on how long tips are kept.")
    retention_rules = read_page(RETENTION_RULE, "The rules on how long tips are kept.")
    tip_hold = read_one(TIP_HOLD, "One hold on a tip of your unit.")
    tip_holds = read_page(TIP_HOLD, "What holds tips of your unit, or has held them.")


@strawberry.type
class TipKeepingMutation:
    @does(service.add_retention_rule, answers=RETENTION_RULE)
    async def add_retention_rule(self, info: Info, data: RetentionRuleCreate) -> Any:
        said = data.to_pydantic()
        return await write(
            info,
            RETENTION_RULE,
            lambda session, actor: service.add_retention_rule(session, actor, said),
        )

    @does(service.hold_tip, answers=TIP_HOLD)
    async def hold_tip(self, info: Info, id: UUID, data: HoldWords) -> Any:
        said = data.to_pydantic()
        return await write(
            info, TIP_HOLD, lambda session, actor: service.hold_tip(session, actor, id, said)
        )

    @does(service.release_tip, answers=TIP_HOLD)
    async def release_tip(self, info: Info, id: UUID, data: ReleaseWords) -> Any:
        said = data.to_pydantic()
        return await write(
            info, TIP_HOLD, lambda session, actor: service.release_tip(session, actor, id, said)
        )
