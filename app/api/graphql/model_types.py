"""The catalogue of model types, its recognitions and its rule of review over GraphQL."""

from typing import Any
from uuid import UUID

import strawberry
from strawberry.experimental import pydantic

from app.api.graphql.acting import given_of, write
from app.api.graphql.context import Info
from app.api.graphql.roots import does, read_one, read_page
from app.db.tables.programme_models import ModelField, Principle
from app.domain.programme_models import recognising, reviewing, schemas, types
from app.domain.programme_models.type_shapes import MODEL_TYPE, RECOGNITION, REVIEW_RULE

strawberry.enum(Principle)


@pydantic.input(model=schemas.ModelTypeCreate, all_fields=True)
class ModelTypeCreate:
    """A kind of programme model."""


@strawberry.input(description="What is said otherwise of a model type; what is left out stays.")
class ModelTypeChange:
    name: str | None = strawberry.UNSET
    aliases: list[str] | None = strawberry.UNSET
    field: ModelField | None = strawberry.UNSET
    principles: list[Principle] | None = strawberry.UNSET
    description: str | None = strawberry.UNSET


@pydantic.input(model=schemas.RecognitionCreate, all_fields=True)
class RecognitionCreate:
    """A recognition of a type, or of one model, as it was decided."""


@pydantic.input(model=schemas.RecognitionTransition, all_fields=True)
class RecognitionTransition:
    """A step in the life of a recognition."""


@pydantic.input(model=schemas.ModelReviewRuleCreate, all_fields=True)
class ModelReviewRuleCreate:
    """A rule that holds from a day on, in place of the one before."""


@strawberry.type
class ModelTypeQuery:
    model_type = read_one(MODEL_TYPE, "One kind of model, by id or by code.")
    model_types = read_page(MODEL_TYPE, "The kinds of models, a page at a time.")
    model_recognition = read_one(RECOGNITION, "One recognition of a type or a model.")
    model_recognitions = read_page(RECOGNITION, "The recognitions of types and models.")
    model_review_rule = read_one(REVIEW_RULE, "One rule by which models are due for review.")
    model_review_rules = read_page(REVIEW_RULE, "The rules by which models are due for review.")


@strawberry.type
class ModelTypeMutation:
    @does(types.create_model_type, answers=MODEL_TYPE)
    async def create_model_type(self, info: Info, data: ModelTypeCreate) -> Any:
        said = data.to_pydantic()
        return await write(
            info, MODEL_TYPE, lambda s, actor: types.create_model_type(s, actor, said)
        )

    @does(types.change_model_type, answers=MODEL_TYPE)
    async def change_model_type(
        self, info: Info, type: str, expected_version: int, data: ModelTypeChange
    ) -> Any:
        seen, said = expected_version, schemas.ModelTypeChange(**given_of(data))
        act = types.change_model_type
        return await write(info, MODEL_TYPE, lambda s, actor: act(s, actor, type, said, seen))

    @does(recognising.create_recognition, answers=RECOGNITION)
    async def create_recognition(self, info: Info, data: RecognitionCreate) -> Any:
        said, act = data.to_pydantic(), recognising.create_recognition
        return await write(info, RECOGNITION, lambda s, actor: act(s, actor, said))

    @does(recognising.move_recognition, answers=RECOGNITION)
    async def move_recognition(
        self, info: Info, id: UUID, expected_version: int, data: RecognitionTransition
    ) -> Any:
        seen, said, act = expected_version, data.to_pydantic(), recognising.move_recognition
        return await write(info, RECOGNITION, lambda s, actor: act(s, actor, id, said, seen))

    @does(reviewing.add_model_review_rule, answers=REVIEW_RULE)
    async def add_model_review_rule(self, info: Info, data: ModelReviewRuleCreate) -> Any:
        said, act = data.to_pydantic(), reviewing.add_model_review_rule
        return await write(info, REVIEW_RULE, lambda s, actor: act(s, actor, said))
