"""Units over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.api.deps import CurrentActor, Writing
from app.api.rest import schemas
from app.api.rest.reads import add_reads, answer_one
from app.api.rest.writes import changed, does, file_body, file_of, made
from app.db.pool import Inside
from app.domain.units import files, importing, villages
from app.domain.units.schemas import ImportOptions, ImportResult, VillageCreate
from app.domain.units.shape import UNIT

router = APIRouter(prefix="/api/v1")
add_reads(
    router,
    UNIT,
    path="/units",
    many="List the units that stood on a day: by level, parent, code, or part of a name.",
    one="Read one unit by its id, or by the code it had on the day; ended ones stay readable.",
)


@router.post("/units", tags=["units"], **made(schemas.one(UNIT)))
@does(villages.create_village)
async def create_village(
    request: Request, session: Writing, actor: CurrentActor, data: VillageCreate
) -> Response:
    id = await villages.create_village(session, actor, data)
    return await answer_one(request, Inside(session), actor, UNIT, id, status=201)


@router.post(
    "/units/import",
    tags=["units"],
    **changed(ImportResult),
    **file_body(),
)
@does(importing.import_villages)
async def import_villages(
    request: Request,
    session: Writing,
    actor: CurrentActor,
    options: Annotated[ImportOptions, Query()],
) -> Response:
    """Put many villages on the map from a file: all of them, or none. Try it dry first."""
    kind, content = await file_of(request, taken=tuple(files.READERS))
    found = await importing.import_villages(session, actor, files.rows_of(kind, content), options)
    return Response(found.model_dump_json(), media_type="application/json")
