"""Tables of rows in the body of a request, read before anything of the database is held."""

from typing import Annotated

from fastapi import Depends, Request

from app.api.deps import CurrentActor, CurrentState
from app.api.rest.writes import TABLE_TYPES, read_file
from app.domain.actor import Permission
from app.domain.records.files.reader import Table
from app.domain.units.reorganisations.correction_table import read_corrections
from app.domain.units.village_table import read_villages


async def village_rows(request: Request, app_state: CurrentState, actor: CurrentActor) -> Table:
    """Return the villages of a file, for those who may create some."""
    actor.require(Permission.UNIT_CREATE)
    return await read_villages(app_state.files, *await read_file(request, taken=TABLE_TYPES))


async def correction_rows(request: Request, app_state: CurrentState, actor: CurrentActor) -> Table:
    """Return the corrections of a file, for those who may draft some."""
    actor.require(Permission.REORGANISATION_DRAFT)
    return await read_corrections(app_state.files, *await read_file(request, taken=TABLE_TYPES))


# The order of parameters is that of the work: these stand before the session of the database.
VillageRows = Annotated[Table, Depends(village_rows)]
CorrectionRows = Annotated[Table, Depends(correction_rows)]
