"""Operations on imports: read a file, check it, commit what was previewed, void it."""

from base64 import b64decode
from collections.abc import Sequence
from contextlib import aclosing
from hashlib import sha256
from uuid import UUID

from app.db.base import now
from app.db.jobs import defer
from app.db.session import Session
from app.db.tables.imports import DataImport, ImportState
from app.domain.actor import Actor, Permission, operation
from app.domain.exchange.imports import file_rows, parts, queries
from app.domain.exchange.imports.context import ImportContext
from app.domain.exchange.imports.errors import (
    FieldNotThere,
    NothingToImport,
    PlanHashNeeded,
    PlanIsAnother,
    RowsDeleted,
    RowsRefused,
)
from app.domain.exchange.imports.kinds import ImportKind
from app.domain.exchange.imports.schemas import (
    ColumnTitle,
    FileFormat,
    ImportCreate,
    ImportTransition,
)
from app.domain.exchange.imports.shape import VISIBLE
from app.domain.exchange.imports.states import LIFE
from app.domain.exchange.job_actors import describe_actor
from app.domain.records import kit
from app.domain.records.days import today
from app.domain.records.files.pool import FilePool
from app.domain.records.files.reader import XLSX
from app.domain.records.files.tables.form import TableForm
from app.domain.units import service as units

MEDIA = {
    FileFormat.CSV: "text/csv", FileFormat.XLSX: XLSX, FileFormat.NDJSON: "application/x-ndjson",
}  # fmt: skip
JOB = "take_import_parts"
WRITE = Permission.IMPORT_WRITE


@operation(WRITE)
async def create_import(
    session: Session, actor: Actor, data: ImportCreate, imports: ImportContext, files: FilePool
) -> UUID:
    """Read a file of rows, and check what they would become; nothing else is written."""
    kind = imports.find(data.resource)
    actor.require(kind.create_permission)
    form, content = _name_columns(kind, data.columns), b64decode(data.content)
    whole = DataImport(
        unit_id=actor.unit_id, resource=kind.name, media_type=MEDIA[data.format],
        create_permission=kind.create_permission, void_permission=kind.void_permission,
        sha256=sha256(content).hexdigest(), expires_at=now() + imports.kept,
        acting=describe_actor(actor),
    )  # fmt: skip
    # nothing of the database is held while the file is read: no statement has been run yet
    about = kind, whole.id, whole.media_type, content
    async with aclosing(file_rows.list_parts(files, form, *about)) as read:
        lines = await file_rows.read_few(read, parts.PART_ROWS)
    await units.open_own_unit(session, actor)
    if lines is None:
        await _leave_to_job(session, actor, whole, data, content)
        return whole.id
    whole.row_count = whole.read_count = len(lines)
    await kit.create(session, actor, WRITE, whole, data.model_fields_set)
    await queries.insert_rows(session, whole.id, lines)
    await queries.count_rows(session, whole)
    await _work(session, actor, kind, whole)
    return whole.id


async def _leave_to_job(
    session: Session, actor: Actor, whole: DataImport, data: ImportCreate, content: bytes
) -> None:
    """Store a file with many rows, which a job reads and checks part by part."""
    whole.state = ImportState.READING
    await kit.create(session, actor, WRITE, whole, data.model_fields_set)
    titles = [(one.title, one.field) for one in data.columns]
    await queries.insert_file(session, whole.id, content, titles)
    await defer(session, JOB, id=whole.id)


def _name_columns(kind: ImportKind, named: Sequence[ColumnTitle]) -> TableForm:
    known = [column.name for column in kind.form.columns]
    for number, one in enumerate(named):
        if one.field not in known:
            raise FieldNotThere(number, one.field, known)
    return kind.name_columns([(one.title, one.field) for one in named])


@operation(WRITE)
async def transition_import(
    session: Session, actor: Actor, id: UUID, data: ImportTransition, expected: int | None,
    imports: ImportContext,
) -> UUID:  # fmt: skip
    """Check an import again, commit what was previewed, or void what it made."""
    whole = await kit.load(session, actor, DataImport, id, expected, scope=VISIBLE)
    kind = imports.find(whole.resource)
    actor.require(kind.create_permission)
    step = LIFE.apply(whole.state, data, effective_on=data.effective_on or today())
    if data.action == "commit":
        _check_plan(whole, data)
    if data.action == "void":
        actor.require(kind.void_permission)
    if data.action != "void" and whole.expires_at < now():
        raise RowsDeleted(day=whole.expires_at.date().isoformat())
    if data.action == "check":
        await queries.reset_rows(session, whole.id)
        await queries.count_rows(session, whole)
    whole.acting = describe_actor(actor) | {"reason": data.reason or ""}
    whole.state, whole.done_count = ImportState(step.to_state), 0
    whole.skip_faults = data.skip_faults
    fields = ["skip_faults", "state"]
    await kit.save(session, actor, WRITE, whole, fields, step)
    await _work(session, actor, kind, whole)
    return whole.id


def _check_plan(whole: DataImport, data: ImportTransition) -> None:
    """Refuse to commit anything else than what was previewed."""
    if data.plan_hash is None:
        raise PlanHashNeeded()
    if data.plan_hash != whole.plan_hash:
        raise PlanIsAnother(whole.plan_hash, [])
    if whole.refused_count and not data.skip_faults:
        raise RowsRefused(count=whole.refused_count)
    if whole.created_count + whole.refused_count + whole.voided_count == whole.row_count:
        raise NothingToImport()


async def _work(session: Session, actor: Actor, kind: ImportKind, whole: DataImport) -> None:
    """Do what fits into one part at once; a job does more, part by part."""
    if whole.row_count > parts.PART_ROWS:
        await defer(session, JOB, id=whole.id)
        return
    while await parts.take_part(session, actor, kind, whole):
        pass
