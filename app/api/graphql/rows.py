"""Lists of rows, where REST takes a file or an object around them. Written by hand."""

from typing import Any
from uuid import UUID

import strawberry

from app.api.graphql.context import Info
from app.api.graphql.mutations import run_command
from app.api.graphql.pydantic_types import derive_input_type, derive_output_type, parse_input
from app.domain.programme_models import schemas as models
from app.domain.programme_models import service
from app.domain.records.files.reader import Table
from app.domain.units import imports, schemas
from app.domain.units.reorganisations import transitions
from app.domain.units.reorganisations.schemas import CorrectionRow

Ids = list[strawberry.ID] | None
Correction: Any = derive_input_type(CorrectionRow)
Imported: Any = derive_output_type(schemas.ImportResult)
Model: Any = derive_input_type(models.ModelCreate)
Options: Any = derive_input_type(schemas.ImportOptions)
Village: Any = derive_input_type(schemas.VillageCreate)


async def create_models(self: Any, info: Info, data: list[Model]) -> Ids:
    wanted = models.ModelsCreate(models=[parse_input(one) for one in data])
    found = await run_command(
        info,
        models.ModelsCreated,
        lambda session, actor: service.create_models(session, actor, wanted),
    )
    return _ids(found.ids)


async def draft_corrections(self: Any, info: Info, rows: list[Correction]) -> Ids:
    given = Table.from_rows(_drop_empty_cells(rows))
    found = await run_command(
        info,
        list[UUID],
        lambda session, actor: transitions.draft_corrections(session, actor, given),
    )
    return _ids(found)


async def import_villages(
    self: Any, info: Info, rows: list[Village], options: Options
) -> Imported | None:
    given, how = Table.from_rows(_drop_empty_cells(rows)), options.to_pydantic()
    found = await run_command(
        info,
        schemas.ImportResult,
        lambda session, actor: imports.import_villages(session, actor, given, how),
    )
    return Imported.from_pydantic(found)


def _drop_empty_cells(rows: list[Any]) -> list[dict[str, Any]]:
    """Rows as a file would have them: empty cells are left out."""
    return [{n: v for n, v in vars(row).items() if v is not None} for row in rows]


def _ids(found: list[UUID]) -> list[strawberry.ID]:
    return [strawberry.ID(str(id)) for id in found]
