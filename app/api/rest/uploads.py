"""Files as bodies: tables of rows, and the files of documents. Written by hand."""

from typing import Annotated
from uuid import UUID

from fastapi import Header, Query, Request, Response

from app.api.deps import CurrentActor, CurrentState, WriteSession
from app.api.rest.operations import describe_endpoint
from app.api.rest.reads import answer_one
from app.api.rest.tables import CorrectionRows, VillageRows
from app.api.rest.writes import created, file_body
from app.db.query.executor import SessionExecutor
from app.domain.attachments import names, service, uploads
from app.domain.attachments.media_types import MEDIA
from app.domain.documents.shape import ATTACHMENT
from app.domain.records.map_locks import retry_while_map_changes
from app.domain.units import imports
from app.domain.units.reorganisations import transitions
from app.domain.units.reorganisations.schemas import DraftsCreated
from app.domain.units.schemas import ImportOptions

FileName = Annotated[str | None, Header()]


@describe_endpoint(**file_body())
async def import_villages(
    request: Request,
    rows: VillageRows,
    session: WriteSession,
    actor: CurrentActor,
    options: Annotated[ImportOptions, Query()],
) -> Response:
    """Import villages from a file: all of them, or none. Run it dry first."""
    found = await imports.import_villages(session, actor, rows, options)
    return Response(found.model_dump_json(), media_type="application/json")


@describe_endpoint(**created(DraftsCreated), **file_body())
async def draft_corrections(
    request: Request, rows: CorrectionRows, session: WriteSession, actor: CurrentActor
) -> Response:
    """Draft corrections of successions from a file, one draft for each day."""
    found = DraftsCreated(ids=await transitions.draft_corrections(session, actor, rows))
    return Response(found.model_dump_json(), 201, media_type="application/json")


@describe_endpoint(**file_body(*MEDIA.values()))
async def attach(
    request: Request,
    app_state: CurrentState,
    actor: CurrentActor,
    id: UUID,
    file_name: FileName = None,
) -> Response:
    """Add a file to a document; the same file sent again is the same record.

    While it is sent nothing of the database is held for it.
    """
    async with app_state.reading(actor) as session:
        await service.may_attach(session, actor, id)
    most, name = app_state.settings.most_attachment_bytes, names.decode_name(file_name)
    async with uploads.receive_upload(app_state.files, name, request.stream(), most) as given:

        async def add() -> Response:
            async with app_state.writing(actor) as session:
                added = await service.attach(session, actor, id, given, app_state.storage)
                inside = SessionExecutor(session)
                return await answer_one(request, inside, actor, ATTACHMENT, added, status=201)

        return await retry_while_map_changes(add)
