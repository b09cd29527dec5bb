"""Changes of the map over GraphQL."""

from typing import Any
from uuid import UUID

import strawberry
from strawberry.experimental import pydantic

from app.api.graphql.acting import perform, write
from app.api.graphql.context import Info
from app.api.graphql.dry_run import DryRun, told
from app.api.graphql.roots import does, read_one, read_page
from app.domain.units.reorganisations import moving, schemas, service
from app.domain.units.reorganisations.shape import REORGANISATION


@pydantic.input(model=schemas.NewUnit, all_fields=True)
class NewUnit:
    """A unit that a reorganisation makes; `ref` is how the same draft speaks of it."""


@pydantic.input(model=schemas.Succession, all_fields=True)
class Succession:
    """Into which unit another goes, and with what share where that is known."""


@pydantic.input(model=schemas.Move, all_fields=True)
class Move:
    """A unit that comes under another parent."""


@pydantic.input(model=schemas.Rename, all_fields=True)
class Rename:
    """A unit that goes on under another name, kind or code."""


@pydantic.input(model=schemas.ReorganisationDraft, all_fields=True)
class ReorganisationDraft:
    """A change of the map as it is decided: what ends, what begins, what becomes of what."""


@pydantic.input(model=schemas.ReorganisationTransition, all_fields=True)
class ReorganisationTransition:
    """A step in the life of a change of the map."""


@pydantic.input(model=schemas.CorrectionRow, all_fields=True)
class CorrectionRow:
    """A line of a table that says better what became of units."""


@strawberry.type
class ReorganisationQuery:
    unit_reorganisation = read_one(REORGANISATION, "One change of the map.")
    unit_reorganisations = read_page(REORGANISATION, "Changes of the map, newest first.")


@strawberry.type
class ReorganisationMutation:
    @does(service.draft_reorganisation, answers=REORGANISATION)
    async def draft_reorganisation(self, info: Info, data: ReorganisationDraft) -> Any:
        said = data.to_pydantic()
        return await write(
            info,
            REORGANISATION,
            lambda session, actor: service.draft_reorganisation(session, actor, said),
        )

    @does(moving.draft_corrections)
    async def draft_corrections(
        self, info: Info, rows: list[CorrectionRow]
    ) -> list[strawberry.ID] | None:
        given = [{n: v for n, v in vars(row).items() if v is not None} for row in rows]
        ids = await perform(
            info, list[UUID], lambda session, actor: moving.draft_corrections(session, actor, given)
        )
        return [strawberry.ID(str(id)) for id in ids]

    @does(service.dry_run)
    async def dry_run_reorganisation(self, info: Info, id: UUID) -> DryRun | None:
        found = await perform(
            info, schemas.DryRun, lambda session, actor: service.dry_run(session, actor, id)
        )
        return told(found)

    @does(moving.move_reorganisation, answers=REORGANISATION)
    async def move_reorganisation(
        self, info: Info, id: UUID, expected_version: int, data: ReorganisationTransition
    ) -> Any:
        said = data.to_pydantic()
        return await write(
            info,
            REORGANISATION,
            lambda session, actor: moving.move_reorganisation(
                session, actor, id, said, expected_version
            ),
        )
