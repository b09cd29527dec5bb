"""Programme models over GraphQL."""

from datetime import date
from typing import Any
from uuid import UUID

import strawberry
from strawberry.experimental import pydantic

from app.api.graphql.context import Info
from app.api.graphql.roots import does, given_of, read_one, read_page, write
from app.domain.programme_models import coverage as spread
from app.domain.programme_models import schemas, service
from app.domain.programme_models.shape import MODEL, MODEL_TYPE


@pydantic.type(model=schemas.CoverageShare, all_fields=True)
class CoverageShare:
    """How many places of one commune have the model."""


@pydantic.type(model=schemas.Coverage, all_fields=True)
class Coverage:
    """Distinct places with the model at work, of all places that existed on that day."""


@pydantic.input(model=schemas.ModelTypeCreate, all_fields=True)
class ModelTypeCreate:
    """A kind of programme model."""


@pydantic.input(model=schemas.ModelCreate, all_fields=True)
class ModelCreate:
    """A model at work at a place; when `launched_on` is known it is launched at once."""


@pydantic.input(model=schemas.ModelTransition, all_fields=True)
class ModelTransition:
    """A step in the life of a model."""


@strawberry.type
class ModelQuery:
    model = read_one(MODEL, "One model at work in your units.")
    models = read_page(MODEL, "The models at work in your units, a page at a time.")
    model_type = read_one(MODEL_TYPE, "One kind of model, by id or by code.")
    model_types = read_page(MODEL_TYPE, "The kinds of models, a page at a time.")

    @does(spread.coverage)
    async def model_coverage(
        self,
        info: Info,
        type: str,
        unit: str,
        on: date | None = None,
        boundary: str = "as_recorded",
    ) -> Coverage:
        async with info.context.house.reading(info.context.actor) as session:
            found = await spread.coverage(
                session, info.context.actor, type, unit=unit, on=on, boundary=boundary
            )
        return Coverage.from_pydantic(found)


@strawberry.input(description="What is said otherwise of a model; what is left out stays.")
class ModelChange:
    name: str | None = strawberry.UNSET
    households: int | None = strawberry.UNSET
    residents: int | None = strawberry.UNSET


@strawberry.type
class ModelMutation:
    @does(service.create_model_type, answers=MODEL_TYPE)
    async def create_model_type(self, info: Info, data: ModelTypeCreate) -> Any:
        said = data.to_pydantic()
        return await write(
            info, MODEL_TYPE, lambda session, actor: service.create_model_type(session, actor, said)
        )

    @does(service.create_model, answers=MODEL)
    async def create_model(self, info: Info, data: ModelCreate) -> Any:
        said = data.to_pydantic()
        return await write(
            info, MODEL, lambda session, actor: service.create_model(session, actor, said)
        )

    @does(service.move_model, answers=MODEL)
    async def move_model(
        self, info: Info, id: UUID, expected_version: int, data: ModelTransition
    ) -> Any:
        said = data.to_pydantic()
        return await write(
            info,
            MODEL,
            lambda session, actor: service.move_model(session, actor, id, said, expected_version),
        )

    @does(service.change_model, answers=MODEL)
    async def change_model(
        self, info: Info, id: UUID, expected_version: int, data: ModelChange
    ) -> Any:
        said = schemas.ModelChange(**given_of(data))
        return await write(
            info,
            MODEL,
            lambda session, actor: service.change_model(session, actor, id, said, expected_version),
        )
