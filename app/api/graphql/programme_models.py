"""Programme models over GraphQL: recorded, changed, taken through their life."""

from datetime import date
from typing import Any
from uuid import UUID

import strawberry
from strawberry.experimental import pydantic

from app.api.graphql.acting import given_of, perform, write
from app.api.graphql.context import Info
from app.api.graphql.roots import does, read_one, read_page
from app.domain.programme_models import changing, membership, reviewing, schemas, service
from app.domain.programme_models.shape import MODEL


@pydantic.input(model=schemas.ModelCreate, all_fields=True)
class ModelCreate:
    """A model at work at a place; when `launched_on` is known it counts from that day on."""


@pydantic.input(model=schemas.ModelTransition, all_fields=True)
class ModelTransition:
    """A step in the life of a model."""


@pydantic.input(model=schemas.ModelMembersAdd, all_fields=True)
class ModelMembersAdd:
    """So many of one kind that joined a model on a day; persons are never named."""


@pydantic.input(model=schemas.ModelMembersEnd, all_fields=True)
class ModelMembersEnd:
    """From when on members take no part any more."""


@pydantic.input(model=schemas.ModelReviewAdd, all_fields=True)
class ModelReviewAdd:
    """How a model did when it was reviewed."""


@strawberry.input(description="What is said otherwise of a model; what is left out stays.")
class ModelChange:
    name: str | None = strawberry.UNSET
    pilot: bool | None = strawberry.UNSET
    households: int | None = strawberry.UNSET
    residents: int | None = strawberry.UNSET
    groups: int | None = strawberry.UNSET
    host_organisation: str | None = strawberry.UNSET
    pledged_on: date | None = strawberry.UNSET
    last_active_on: date | None = strawberry.UNSET


@strawberry.type
class ModelQuery:
    model = read_one(MODEL, "One model at work in your units.")
    models = read_page(MODEL, "The models at work in your units, a page at a time.")


@strawberry.type
class ModelMutation:
    @does(service.create_model, answers=MODEL)
    async def create_model(self, info: Info, data: ModelCreate) -> Any:
        said = data.to_pydantic()
        return await write(info, MODEL, lambda s, actor: service.create_model(s, actor, said))

    @does(service.create_models)
    async def create_models(
        self, info: Info, data: list[ModelCreate]
    ) -> list[strawberry.ID] | None:
        said = schemas.ModelsCreate(models=[one.to_pydantic() for one in data]).models
        made = await perform(
            info, list[UUID], lambda s, actor: service.create_models(s, actor, said)
        )
        return [strawberry.ID(str(id)) for id in made]

    @does(changing.move_model, answers=MODEL)
    async def move_model(
        self, info: Info, id: UUID, expected_version: int, data: ModelTransition
    ) -> Any:
        seen, said = expected_version, data.to_pydantic()
        return await write(
            info, MODEL, lambda s, actor: changing.move_model(s, actor, id, said, seen)
        )

    @does(changing.change_model, answers=MODEL)
    async def change_model(
        self, info: Info, id: UUID, expected_version: int, data: ModelChange
    ) -> Any:
        seen, said = expected_version, schemas.ModelChange(**given_of(data))
        return await write(
            info, MODEL, lambda s, actor: changing.change_model(s, actor, id, said, seen)
        )

    @does(membership.add_model_members, answers=MODEL)
    async def add_model_members(
        self, info: Info, id: UUID, expected_version: int, data: ModelMembersAdd
    ) -> Any:
        seen, said = expected_version, data.to_pydantic()
        return await write(
            info, MODEL, lambda s, actor: membership.add_model_members(s, actor, id, said, seen)
        )

    @does(membership.end_model_members, answers=MODEL)
    async def end_model_members(
        self, info: Info, id: UUID, member: UUID, expected_version: int, data: ModelMembersEnd
    ) -> Any:
        seen, said = expected_version, data.to_pydantic()
        act = membership.end_model_members
        return await write(info, MODEL, lambda s, actor: act(s, actor, id, member, said, seen))

    @does(reviewing.add_model_review, answers=MODEL)
    async def add_model_review(
        self, info: Info, id: UUID, expected_version: int, data: ModelReviewAdd
    ) -> Any:
        seen, said = expected_version, data.to_pydantic()
        act = reviewing.add_model_review
        return await write(info, MODEL, lambda s, actor: act(s, actor, id, said, seen))
