"""What is counted of programme models, over GraphQL."""

from datetime import date
from uuid import UUID

import strawberry
from strawberry.experimental import pydantic

from app.api.graphql.context import Info
from app.api.graphql.roots import does
from app.db.tables.model_records import MemberKind
from app.domain.programme_models import coverage as spread
from app.domain.programme_models import figures, lineage, membership, tally

strawberry.enum(MemberKind)


@pydantic.type(model=figures.CoverageShare, all_fields=True)
class CoverageShare:
    """How many places of one commune have the model."""


@pydantic.type(model=figures.Coverage, all_fields=True)
class Coverage:
    """Distinct places with the model at work, of all places that existed on that day."""


@pydantic.type(model=figures.TypeTally, all_fields=True)
class TypeTally:
    """How many models of one type are at work, and how many groups they have."""


@pydantic.type(model=figures.FieldTally, all_fields=True)
class FieldTally:
    """What is at work in one field."""


@pydantic.type(model=figures.HostTally, all_fields=True)
class HostTally:
    """What is at work with one kind of host."""


@pydantic.type(model=figures.ModelTally, all_fields=True)
class ModelTally:
    """Types, sites and groups at work on a day; a site that spans several units counts once."""


@pydantic.type(model=figures.Generation, all_fields=True)
class Generation:
    """The replicas at one distance from their pilot."""


@pydantic.type(model=figures.Survival, all_fields=True)
class Survival:
    """Of the replicas that are old enough to tell, how many were at work after so many months."""


@pydantic.type(model=figures.Genealogy, all_fields=True)
class Genealogy:
    """Who copied a model, and who copied them: how many, how far, how soon, and for how long."""


@pydantic.type(model=figures.MemberTotal, all_fields=True)
class MemberTotal:
    """Of one kind: how many took part on the day, and how often somebody had joined by then."""


@pydantic.type(model=figures.ModelMembers, all_fields=True)
class ModelMembers:
    """Who takes part in a model on a day, by number."""


@strawberry.type
class ModelFigureQuery:
    @does(spread.coverage)
    async def model_coverage(
        self, info: Info, type: str, unit: str, on: date | None = None,
        boundary: str = "as_recorded",
    ) -> Coverage:  # fmt: skip
        actor = info.context.actor
        async with info.context.house.reading(actor) as session:
            found = await spread.coverage(session, actor, type, unit=unit, on=on, boundary=boundary)
        return Coverage.from_pydantic(found)

    @does(tally.model_tally)
    async def model_tally(
        self, info: Info, unit: str, on: date | None = None, boundary: str = "as_recorded"
    ) -> ModelTally | None:
        actor = info.context.actor
        async with info.context.house.reading(actor) as session:
            found = await tally.model_tally(session, actor, unit=unit, on=on, boundary=boundary)
        return ModelTally.from_pydantic(found)

    @does(lineage.model_genealogy)
    async def model_genealogy(
        self, info: Info, id: UUID, on: date | None = None
    ) -> Genealogy | None:
        actor = info.context.actor
        async with info.context.house.reading(actor) as session:
            found = await lineage.model_genealogy(session, actor, id, on=on)
        return Genealogy.from_pydantic(found)

    @does(membership.model_members)
    async def model_members(
        self, info: Info, id: UUID, on: date | None = None
    ) -> ModelMembers | None:
        actor = info.context.actor
        async with info.context.house.reading(actor) as session:
            found = await membership.model_members(session, actor, id, on=on)
        return ModelMembers.from_pydantic(found)
