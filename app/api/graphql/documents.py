"""Documents, and counts of them, over GraphQL."""

from datetime import date
from typing import Any
from uuid import UUID

import strawberry
from strawberry.experimental import pydantic

from app.api.graphql.acting import given_of, write
from app.api.graphql.context import Info
from app.api.graphql.roots import does, read_one, read_page
from app.db.tables.documents import DocumentKind
from app.db.tables.units import UnitLevel
from app.domain.documents import schemas, service
from app.domain.documents.shape import DOCUMENT


@pydantic.input(model=schemas.Superseding, all_fields=True)
class Superseding:
    """What a document does to an earlier one."""


@pydantic.input(model=schemas.DocumentCreate, all_fields=True)
class DocumentCreate:
    """A paper, put down as a draft; what is not known of it stays unsaid."""


@pydantic.input(model=schemas.DocumentTransition, all_fields=True)
class DocumentTransition:
    """A step in the life of a document."""


@strawberry.input(description="What is said otherwise of a document; what is left out stays.")
class DocumentChange:
    kind: DocumentKind | None = strawberry.UNSET
    number: str | None = strawberry.UNSET
    symbol: str | None = strawberry.UNSET
    title: str | None = strawberry.UNSET
    issued_on: date | None = strawberry.UNSET
    in_force_on: date | None = strawberry.UNSET
    issuer: str | None = strawberry.UNSET
    issuer_eid: str | None = strawberry.UNSET
    signer_position: str | None = strawberry.UNSET
    level: UnitLevel | None = strawberry.UNSET
    period_from: int | None = strawberry.UNSET
    period_to: int | None = strawberry.UNSET
    source: str | None = strawberry.UNSET
    supersedes: list[Superseding] | None = strawberry.UNSET


@strawberry.type
class DocumentQuery:
    document = read_one(DOCUMENT, "One document of your units, or issued by a unit above.")
    documents = read_page(DOCUMENT, "The documents you may read, a page at a time.")


@strawberry.type
class DocumentMutation:
    @does(service.create_document, answers=DOCUMENT)
    async def create_document(self, info: Info, data: DocumentCreate) -> Any:
        said = data.to_pydantic()
        return await write(
            info, DOCUMENT, lambda session, actor: service.create_document(session, actor, said)
        )

    @does(service.change_document, answers=DOCUMENT)
    async def change_document(
        self, info: Info, id: UUID, expected_version: int, data: DocumentChange
    ) -> Any:
        given = given_of(data)
        if given.get("supersedes"):
            given["supersedes"] = [link.to_pydantic() for link in given["supersedes"]]
        said = schemas.DocumentChange(**given)
        return await write(
            info,
            DOCUMENT,
            lambda session, actor: service.change_document(
                session, actor, id, said, expected_version
            ),
        )

    @does(service.move_document, answers=DOCUMENT)
    async def move_document(
        self, info: Info, id: UUID, expected_version: int, data: DocumentTransition
    ) -> Any:
        said = data.to_pydantic()
        return await write(
            info,
            DOCUMENT,
            lambda session, actor: service.move_document(
                session, actor, id, said, expected_version
            ),
        )
