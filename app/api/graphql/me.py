"""Who you are here, over GraphQL."""

import strawberry

from app.api.graphql.context import Info
from app.api.graphql.roots import does, read_node
from app.domain.access.accounts.shape import ACCOUNT, CLIENT, GRANT
from app.domain.auth.me import about_me
from app.domain.programme_models.shape import MODEL
from app.domain.programme_models.type_shapes import MODEL_TYPE, RECOGNITION, REVIEW_RULE
from app.domain.records.deadlines.shape import CALENDAR, DEADLINE, DEADLINE_RULE
from app.domain.units.reorganisations.shape import REORGANISATION
from app.domain.units.shape import UNIT


@strawberry.type(description="Who asks, in which roles, for which unit.")
class Me:
    subject: str
    client: str
    roles: list[str]
    permissions: list[str]
    level: str
    unit_id: strawberry.ID


@strawberry.type
class MeQuery:
    node = read_node(
        (
            UNIT,
            MODEL,
            MODEL_TYPE,
            RECOGNITION,
            REVIEW_RULE,
            REORGANISATION,
            DEADLINE,
            DEADLINE_RULE,
            CALENDAR,
            ACCOUNT,
            CLIENT,
            GRANT,
        ),
        "Anything in your units, by its id.",
    )

    @does(about_me)
    async def me(self, info: Info) -> Me:
        async with info.context.house.reading(info.context.actor) as session:
            return Me(**await about_me(session, info.context.actor))
