"""Counts of documents and commendations over GraphQL."""

from typing import Any

import strawberry
from strawberry.experimental import pydantic

from app.api.graphql.acting import write
from app.api.graphql.context import Info
from app.api.graphql.roots import does, read_one, read_page
from app.domain.documents import schemas, tallies
from app.domain.documents.shape import STATED_TALLY


@pydantic.type(model=schemas.Counted, all_fields=True)
class Counted:
    """How many rows there are of one kind (or form) at one level."""


@pydantic.type(model=schemas.Stated, all_fields=True)
class Stated:
    """What a source states, and how many rows are recorded of the same."""


@pydantic.type(model=schemas.Tally, all_fields=True)
class Tally:
    """Rows as they are recorded, beside numbers as sources state them; never added together."""


@pydantic.input(model=schemas.TallyCreate, all_fields=True)
class TallyCreate:
    """A number as a source states it; no rows are made of it."""


@strawberry.type
class TallyQuery:
    stated_tally = read_one(STATED_TALLY, "One number as its source states it.")
    stated_tallies = read_page(STATED_TALLY, "Numbers as sources state them, a page at a time.")

    @does(tallies.document_tally)
    async def document_tally(
        self, info: Info, unit: str | None = None, first: int = tallies.FIRST,
        last: int = tallies.LAST,
    ) -> Tally:  # fmt: skip
        actor = info.context.actor
        async with info.context.house.reading(actor) as session:
            found = await tallies.document_tally(session, actor, unit=unit, first=first, last=last)
        return Tally.from_pydantic(found)

    @does(tallies.commendation_tally)
    async def commendation_tally(
        self, info: Info, unit: str | None = None, first: int = tallies.FIRST,
        last: int = tallies.LAST,
    ) -> Tally:  # fmt: skip
        actor, counted = info.context.actor, tallies.commendation_tally
        async with info.context.house.reading(actor) as session:
            found = await counted(session, actor, unit=unit, first=first, last=last)
        return Tally.from_pydantic(found)


@strawberry.type
class TallyMutation:
    @does(tallies.state_tally, answers=STATED_TALLY)
    async def state_tally(self, info: Info, data: TallyCreate) -> Any:
        said = data.to_pydantic()
        return await write(
            info, STATED_TALLY, lambda session, actor: tallies.state_tally(session, actor, said)
        )
