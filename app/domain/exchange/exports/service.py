"""Operations on exports: create one, take its file."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import UUID

from uuid_utils.compat import uuid7

from app.db.base import now
from app.db.jobs import defer
from app.db.query.audited_read import ReadEntry, insert_read
from app.db.query.executor import SessionExecutor
from app.db.session import Session
from app.db.storage import StorageError
from app.db.tables.exports import Export, ExportState
from app.domain.actor import REQUEST, Actor, Permission, operation
from app.domain.exchange.exports import queries
from app.domain.exchange.exports.context import ExportContext, storage_key
from app.domain.exchange.exports.errors import (
    ExportExpired,
    ExportNotReady,
    ExportStorageAway,
    ExportTooLargeHere,
)
from app.domain.exchange.exports.question import read_question
from app.domain.exchange.exports.schemas import ExportCreate
from app.domain.exchange.job_actors import describe_actor
from app.domain.query import read_value
from app.domain.records import kit as records
from app.domain.records.errors import build_not_found
from app.domain.records.refused_reads import audit_refusals
from app.domain.units import service as units

JOB = "write_export"
CREATE, READ = Permission.EXPORT_CREATE, Permission.EXPORT_READ


@dataclass(frozen=True, slots=True)
class ExportContent:
    """A file on its way out, and the export that it belongs to."""

    export: Export
    pieces: AsyncIterator[bytes]


@operation(CREATE)
async def create_export(
    session: Session, actor: Actor, data: ExportCreate, exports: ExportContext
) -> UUID:
    """Export a list to a file, which a job writes."""
    shape = exports.find(data.resource)
    question = read_question(shape, actor, data.fields, data.filters, data.order)
    await units.open_own_unit(session, actor)
    # the first row is read at once, so that a list that is refused is refused now
    await read_value(SessionExecutor(session), actor, *question.build(None, first=1))
    export = Export(
        unit_id=actor.unit_id, resource=data.resource, format=data.format, filters=data.filters,
        fields=list(question.fields), order=question.order, labels=data.labels,
        expires_at=now() + exports.kept, acting=describe_actor(actor),
    )  # fmt: skip
    await records.create(session, actor, CREATE, export, data.model_fields_set)
    await defer(session, JOB, id=export.id)
    return export.id


@audit_refusals("export")
@operation(READ)
async def export_content(
    session: Session, actor: Actor, id: UUID, exports: ExportContext, most: int | None = None
) -> ExportContent:
    """Take the file of an export of your own, until it expires; the audit says who took it."""
    export = await queries.find_own(session, actor, id)
    if export is None:
        raise build_not_found(Export)
    if export.state is ExportState.EXPIRED or export.expires_at <= now():
        raise ExportExpired(expires_at=export.expires_at.isoformat(timespec="seconds"))
    if export.state is not ExportState.READY:
        raise ExportNotReady(state=export.state)
    if most is not None and (export.size or 0) > most:
        raise ExportTooLargeHere(most=most)
    try:
        pieces = await exports.storage.get(storage_key(id))
    except StorageError as error:
        raise ExportStorageAway() from error
    session.end_with(insert_read(_describe_taking(actor, export)))
    return ExportContent(export, pieces)


def _describe_taking(actor: Actor, export: Export) -> ReadEntry:
    """Describe for the audit who took which file, and how many rows are in it."""
    return ReadEntry(
        id=uuid7(), recorded_at=now(), operation=str(READ), resource="export",
        resource_id=export.id,
        detail=f"taken={export.resource} rows={export.row_count} sha256={export.sha256}",
        subject=actor.subject, client=actor.client, session_id=actor.session,
        roles=sorted(actor.roles), unit_id=actor.unit_id,
        purpose=actor.purposes[0] if len(actor.purposes) == 1 else None,
        request_id=REQUEST.get(),
    )  # fmt: skip
