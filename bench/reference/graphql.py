"""The plain GraphQL: a type for each table, a resolver for each relation, a loader behind it."""

from datetime import date
from typing import Any
from uuid import UUID

import strawberry
from fastapi.requests import HTTPConnection
from strawberry.extensions import ParserCache, ValidationCache
from strawberry.fastapi import BaseContext, GraphQLRouter

from app.db.tables import programme_models as rows
from app.db.tables.programme_models import ModelState
from app.db.tables.units import UnitDated
from app.domain.actor import Actor
from app.domain.units.shape import today
from bench.reference.deps import CurrentActor, Session, engine_of
from bench.reference.loaders import Loaders
from bench.reference.models import page

strawberry.enum(ModelState)


class Context(BaseContext):
    """One request: the caller, and what has been loaded for them."""

    def __init__(self, actor: Actor, loaders: Loaders) -> None:
        super().__init__()
        self.actor, self.loaders = actor, loaders


Info = strawberry.Info[Context, None]


def context_of(connection: HTTPConnection, actor: CurrentActor) -> Context:
    return Context(actor, Loaders(engine_of(connection), today()))


@strawberry.type
class ModelType:
    id: strawberry.ID
    code: str
    name: str

    @classmethod
    def of(cls, row: rows.ModelType) -> "ModelType":
        return cls(id=strawberry.ID(str(row.id)), code=row.code, name=row.name)


@strawberry.type
class Unit:
    key: strawberry.Private[UUID]
    id: strawberry.ID
    code: str | None
    name: str
    full_name: str

    @strawberry.field
    async def parent(self, info: Info) -> "Unit | None":
        parent = await info.context.loaders.parent_of.load(self.key)
        return await _unit(info, parent) if parent else None

    @classmethod
    def of(cls, row: UnitDated) -> "Unit":
        id = strawberry.ID(str(row.id))
        return cls(key=row.id, id=id, code=row.code, name=row.name, full_name=row.full_name)


async def _unit(info: Info, id: UUID) -> Unit | None:
    found = await info.context.loaders.unit.load(id)
    return Unit.of(found) if found else None


@strawberry.type
class ModelHost:
    unit_key: strawberry.Private[UUID]

    @strawberry.field
    async def unit(self, info: Info) -> Unit | None:
        return await _unit(info, self.unit_key)


@strawberry.type
class Model:
    row: strawberry.Private[rows.ProgrammeModel]
    id: strawberry.ID
    name: str
    state: ModelState
    launched_on: date | None
    households: int | None

    @strawberry.field
    async def type(self, info: Info) -> ModelType | None:
        found = await info.context.loaders.type.load(self.row.type_id)
        return ModelType.of(found) if found else None

    @strawberry.field
    async def unit(self, info: Info) -> Unit | None:
        return await _unit(info, self.row.unit_id)

    @strawberry.field
    async def hosts(self, info: Info, first: int = 10) -> list[ModelHost]:
        found = await info.context.loaders.hosts_of.load(self.row.id)
        return [ModelHost(unit_key=host.unit_id) for host in found[:first]]

    @classmethod
    def of(cls, row: rows.ProgrammeModel) -> "Model":
        return cls(
            row=row, id=strawberry.ID(str(row.id)), name=row.name, state=row.state,
            launched_on=row.launched_on, households=row.households,
        )  # fmt: skip


@strawberry.type
class PageInfo:
    has_next_page: bool
    end_cursor: str | None


@strawberry.type
class ModelConnection:
    nodes: list[Model]
    page_info: PageInfo


@strawberry.type
class Query:
    @strawberry.field
    async def models(
        self, info: Info, first: int = 50, after: str | None = None
    ) -> ModelConnection:
        cursor = UUID(after) if after else None
        async with Session(info.context.loaders.engine) as session:
            found, more = await page(session, info.context.actor, first, cursor)
        end = PageInfo(has_next_page=more, end_cursor=str(found[-1].id) if found else None)
        return ModelConnection(nodes=[Model.of(row) for row in found], page_info=end)


def router() -> Any:
    """Parse and validate each document once, as experienced users of Strawberry would."""
    caches: Any = [ParserCache, ValidationCache]
    schema = strawberry.Schema(Query, extensions=caches)
    return GraphQLRouter(schema, path="/graphql", context_getter=context_of)
