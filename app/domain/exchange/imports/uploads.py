"""The file of an import that was too long for its request: a job stores its rows part by part."""

from contextlib import aclosing
from dataclasses import dataclass
from uuid import UUID

from app.db.session import Database, Session
from app.db.tables.imports import DataImport, ImportState
from app.domain.actor import Actor
from app.domain.auth.queries import set_actor
from app.domain.errors import DomainError, Unavailable
from app.domain.exchange.imports import file_rows, parts, queries
from app.domain.exchange.imports.context import ImportContext
from app.domain.exchange.imports.kinds import ImportKind
from app.domain.exchange.job_actors import enter, restore_actor
from app.domain.records.files.pool import FilePool


@dataclass(frozen=True, eq=False)
class Upload:
    """A file that is still to be read, and who sent it."""

    actor: Actor
    kind: ImportKind
    import_id: UUID
    media_type: str
    content: bytes
    titles: list[tuple[str, str]]
    stored: int


async def store_rows(database: Database, imports: ImportContext, files: FilePool, id: UUID) -> None:
    """Store the rows of a file that was not read to its end; those that were stored stay."""
    upload = await _open_upload(database, imports, id)
    if upload is None:
        return
    form = upload.kind.name_columns(upload.titles)
    about = upload.kind, id, upload.media_type, upload.content
    try:
        async with aclosing(file_rows.list_parts(files, form, *about)) as read:
            async for lines in read:
                if lines[-1]["number"] > upload.stored:
                    await _store_part(database, upload, lines)
        await _save(database, upload, ImportState.CHECKING)
    except DomainError as refusal:
        if isinstance(refusal, Unavailable):
            raise
        await _save(database, upload, ImportState.FAILED, refusal)


async def _open_upload(database: Database, imports: ImportContext, id: UUID) -> Upload | None:
    async with database.write_transaction() as session:
        whole = await queries.find_import(session, id)
        if whole is None or whole.state is not ImportState.READING:
            return None
        actor = restore_actor(whole.acting)
        await set_actor(session, actor)  # whether their session holds is checked with each part
        content, titles = await queries.find_file(session, id)
        kind = imports.find(whole.resource)
        return Upload(actor, kind, id, whole.media_type, content, titles, whole.read_count)


async def _store_part(database: Database, upload: Upload, lines: list[file_rows.Line]) -> None:
    """Store a part, unless another run of the job was faster."""
    async with database.write_transaction() as session:
        await enter(session, upload.actor)
        whole = await queries.lock_import(session, upload.import_id)
        if whole.state is not ImportState.READING or whole.read_count >= lines[-1]["number"]:
            return
        await queries.insert_rows(session, whole.id, lines)
        await queries.note_read(session, whole.id, lines[-1]["number"])


async def _save(
    database: Database, upload: Upload, state: ImportState, refusal: DomainError | None = None
) -> None:
    """Save what became of the file, which is not needed any more."""
    async with database.write_transaction() as session:
        await set_actor(session, upload.actor)
        whole = await queries.lock_import(session, upload.import_id)
        if whole.state is not ImportState.READING:
            return
        await _end_reading(session, upload.actor, whole, state, refusal)


async def _end_reading(
    session: Session, actor: Actor, whole: DataImport, state: ImportState,
    refusal: DomainError | None,
) -> None:  # fmt: skip
    whole.state, whole.row_count = state, whole.read_count
    if refusal is not None:
        whole.failure = refusal.code
        whole.message_vi, whole.message_en = refusal.message("vi"), refusal.message("en")
    await queries.delete_file(session, whole.id)
    await queries.count_rows(session, whole)
    failure = ("failure", "message_en", "message_vi") if refusal else ()
    await parts.save_state(session, actor, whole, "row_count", *failure)
