"""Commendations and exemplars over GraphQL."""

from typing import Any
from uuid import UUID

import strawberry
from strawberry.experimental import pydantic

from app.api.graphql.acting import given_of, write
from app.api.graphql.context import Info
from app.api.graphql.roots import does, read_one, read_page
from app.db.tables.commendations import CommendationForm, CommendingAuthority
from app.db.tables.units import UnitLevel
from app.domain.documents.commendations import exemplars, schemas, service
from app.domain.documents.commendations.shape import COMMENDATION, EXEMPLAR


@pydantic.input(model=schemas.CommendationCreate, all_fields=True)
class CommendationCreate:
    """A nomination: who, for what, by which form and whose authority."""


@pydantic.input(model=schemas.CommendationTransition, all_fields=True)
class CommendationTransition:
    """A step on the way to an award, or back from it."""


@pydantic.input(model=schemas.ExemplarCreate, all_fields=True)
class ExemplarCreate:
    """An example that others follow, for a year."""


@strawberry.input(description="What is said otherwise of a nomination; what is left out stays.")
class CommendationChange:
    recipient_name: str | None = strawberry.UNSET
    recipient_label: str | None = strawberry.UNSET
    form: CommendationForm | None = strawberry.UNSET
    authority: CommendingAuthority | None = strawberry.UNSET
    level: UnitLevel | None = strawberry.UNSET
    achievement: str | None = strawberry.UNSET
    document_id: UUID | None = strawberry.UNSET


@strawberry.input(description="What is said otherwise of an exemplar; what is left out stays.")
class ExemplarChange:
    subject_name: str | None = strawberry.UNSET
    subject_label: str | None = strawberry.UNSET
    year: int | None = strawberry.UNSET
    level: UnitLevel | None = strawberry.UNSET
    description: str | None = strawberry.UNSET
    commendation_id: UUID | None = strawberry.UNSET


@strawberry.type
class CommendationQuery:
    commendation = read_one(COMMENDATION, "One commendation of your units.")
    commendations = read_page(COMMENDATION, "The commendations of your units, a page at a time.")
    exemplar = read_one(EXEMPLAR, "One exemplar of your units.")
    exemplars = read_page(EXEMPLAR, "The exemplars of your units, a page at a time.")


@strawberry.type
class CommendationMutation:
    @does(service.create_commendation, answers=COMMENDATION)
    async def create_commendation(self, info: Info, data: CommendationCreate) -> Any:
        said, act = data.to_pydantic(), service.create_commendation
        return await write(info, COMMENDATION, lambda session, actor: act(session, actor, said))

    @does(service.change_commendation, answers=COMMENDATION)
    async def change_commendation(
        self, info: Info, id: UUID, expected_version: int, data: CommendationChange
    ) -> Any:
        said, act = schemas.CommendationChange(**given_of(data)), service.change_commendation
        seen = expected_version
        return await write(
            info, COMMENDATION, lambda session, actor: act(session, actor, id, said, seen)
        )

    @does(service.move_commendation, answers=COMMENDATION)
    async def move_commendation(
        self, info: Info, id: UUID, expected_version: int, data: CommendationTransition
    ) -> Any:
        said, act, seen = data.to_pydantic(), service.move_commendation, expected_version
        return await write(
            info, COMMENDATION, lambda session, actor: act(session, actor, id, said, seen)
        )

    @does(exemplars.create_exemplar, answers=EXEMPLAR)
    async def create_exemplar(self, info: Info, data: ExemplarCreate) -> Any:
        said, act = data.to_pydantic(), exemplars.create_exemplar
        return await write(info, EXEMPLAR, lambda session, actor: act(session, actor, said))

    @does(exemplars.change_exemplar, answers=EXEMPLAR)
    async def change_exemplar(
        self, info: Info, id: UUID, expected_version: int, data: ExemplarChange
    ) -> Any:
        said, act = schemas.ExemplarChange(**given_of(data)), exemplars.change_exemplar
        seen = expected_version
        return await write(
            info, EXEMPLAR, lambda session, actor: act(session, actor, id, said, seen)
        )
