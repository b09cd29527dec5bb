"""Units over GraphQL."""

from typing import Any

import strawberry
from strawberry.experimental import pydantic

from app.api.graphql.acting import perform, write
from app.api.graphql.context import Info
from app.api.graphql.roots import does, read_one, read_page
from app.domain.units import importing, schemas, villages
from app.domain.units.shape import UNIT


@pydantic.input(model=schemas.VillageCreate, all_fields=True)
class VillageCreate:
    """A village, hamlet, residential group or quarter below a commune."""


@pydantic.input(model=schemas.ImportOptions, all_fields=True)
class ImportOptions:
    """How an import is meant: tried dry first, then committed as it was seen."""


@pydantic.type(model=schemas.RowFault, all_fields=True)
class RowFault:
    """What is wrong with one row of an import."""


@pydantic.type(model=schemas.ImportResult, all_fields=True)
class ImportResult:
    """What an import did, or would do."""


@strawberry.type
class UnitQuery:
    unit = read_one(UNIT, "One unit by its id, or by the code it had on the day.")
    units = read_page(UNIT, "The units that stood on the day, a page at a time.")


@strawberry.type
class UnitMutation:
    @does(villages.create_village, answers=UNIT)
    async def create_village(self, info: Info, data: VillageCreate) -> Any:
        said = data.to_pydantic()
        return await write(
            info, UNIT, lambda session, actor: villages.create_village(session, actor, said)
        )

    @does(importing.import_villages)
    async def import_villages(
        self, info: Info, rows: list[VillageCreate], options: ImportOptions
    ) -> ImportResult | None:
        given = [{n: v for n, v in vars(row).items() if v is not None} for row in rows]
        how = options.to_pydantic()
        found = await perform(
            info,
            schemas.ImportResult,
            lambda session, actor: importing.import_villages(session, actor, given, how),
        )
        return ImportResult.from_pydantic(found)
