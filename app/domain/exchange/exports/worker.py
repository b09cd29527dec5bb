"""The work of an export apart from its request: as its owner, page by page."""

import asyncio
import tempfile
from hashlib import file_digest
from typing import IO
from uuid import UUID

import orjson

from app.db.base import now
from app.db.query.executor import SessionExecutor
from app.db.session import Database
from app.db.tables.exports import Export, ExportState
from app.domain.actor import Actor, Permission
from app.domain.auth.queries import set_actor
from app.domain.auth.sessions import enter_session
from app.domain.errors import DomainError, Unavailable
from app.domain.exchange.exports import queries
from app.domain.exchange.exports.context import ExportContext, storage_key
from app.domain.exchange.exports.files import FILES, TableFile
from app.domain.exchange.exports.labels import list_titles, list_values, pick_values
from app.domain.exchange.exports.question import Question, read_question
from app.domain.exchange.job_actors import restore_actor
from app.domain.query import read_value
from app.domain.records import kit as records

PAGES = 20  # read in one transaction


async def write_export(database: Database, exports: ExportContext, id: UUID) -> None:
    """Write the file of an export; a run that was killed leaves nothing, and is repeated whole."""
    async with database.read_transaction() as session:
        export = await queries.find_waiting(session, id)
    if export is None:
        return
    try:
        with tempfile.TemporaryFile() as file:
            count = await _write_rows(database, exports, export, file)
            size, digest = file.tell(), await _digest(file)
            await exports.storage.put(storage_key(id), file)
    except DomainError as refused:
        if isinstance(refused, Unavailable):
            raise
        await _save(database, id, state=ExportState.FAILED, failure=refused.code)
        return
    done = {"row_count": count, "size": size, "sha256": digest}
    await _save(
        database, id, state=ExportState.READY, expires_at=now() + exports.kept, **done
    )  # fmt: skip


async def _write_rows(
    database: Database, exports: ExportContext, export: Export, file: IO[bytes]
) -> int:
    """Write all rows of the list; between two parts others use the connection."""
    actor, shape = restore_actor(export.acting), exports.find(export.resource)
    question = read_question(shape, actor, export.fields, export.filters, export.order)
    titles = list_titles(question.fields, labels=export.labels)
    values = list_values(shape, question.fields, labels=export.labels)
    table = FILES[export.format](file, titles)
    count, after = 0, None
    while True:
        items, after = await _read_part(database, actor, question, after)
        for item in items:
            cells = zip(values, pick_values(item, question.fields), strict=True)
            table.add_row(label(value) for label, value in cells)
        count += len(items)
        if after is None:
            await _close(table)
            return count


async def _close(table: TableFile) -> None:
    """Close the file in a thread: a workbook is packed only now."""
    await asyncio.to_thread(table.close)


async def _read_part(
    database: Database, actor: Actor, question: Question, after: str | None
) -> tuple[list[dict[str, object]], str | None]:
    """Read some pages as the actor, whose session and permissions are checked each time."""
    items: list[dict[str, object]] = []
    async with database.write_transaction() as session:  # reads of sensitive rows are audited
        await enter_session(session, actor)
        for _ in range(PAGES):
            found = await read_value(SessionExecutor(session), actor, *question.build(after))
            page = orjson.loads(found or b"{}")
            items += page["items"]
            after = page["next"]
            if after is None:
                break
    return items, after


async def _digest(file: IO[bytes]) -> str:
    file.seek(0)
    digest = await asyncio.to_thread(file_digest, file, "sha256")  # type: ignore[arg-type]
    file.seek(0)
    return digest.hexdigest()


async def _save(database: Database, id: UUID, **result: object) -> None:
    """Save the result, unless another run of the job was faster."""
    async with database.write_transaction() as session:
        export = await queries.find_waiting(session, id, lock=True)
        if export is None:
            return
        changed = records.assign(export, result)
        actor = restore_actor(export.acting)
        await set_actor(session, actor)
        await records.save(session, actor, Permission.EXPORT_CREATE, export, sorted(changed))
