"""The parts of an import: one transaction each, so that what a killed worker did is done once."""

from collections import Counter
from collections.abc import Sequence

from app.db.session import Session
from app.db.tables.imports import DataImport, ImportRowState, ImportState
from app.domain.actor import Actor, Permission
from app.domain.exchange.imports import queries, records, rules
from app.domain.exchange.imports.errors import PlanIsAnother
from app.domain.exchange.imports.kinds import ImportKind
from app.domain.exchange.imports.stored_rows import StoredRow
from app.domain.records import kit

PART_ROWS = 500
TAKEN = {
    ImportState.CHECKING: ImportRowState.WAITING,
    ImportState.COMMITTING: ImportRowState.READY,
    ImportState.VOIDING: ImportRowState.CREATED,
}


async def take_part(session: Session, actor: Actor, kind: ImportKind, whole: DataImport) -> bool:
    """Take the next part of what an import is doing; return whether more may be left."""
    if whole.state not in TAKEN:
        return False
    rows = await queries.list_rows(
        session, whole.id, TAKEN[whole.state], after=whole.done_count, most=PART_ROWS
    )
    if not rows:
        await _finish(session, actor, whole)
        return False
    if whole.state is ImportState.CHECKING:
        await _check_rows(session, actor, kind, rows)
    elif whole.state is ImportState.COMMITTING:
        await _commit_rows(session, actor, kind, whole, rows)
    else:
        await records.void_records(session, actor, kind, rows, whole.acting["reason"])
    await queries.save_rows(session, rows)
    counts = _count_changes(whole.state, rows)
    await queries.note_progress(session, whole, rows[-1].number, counts)
    return True


def _count_changes(doing: ImportState, rows: Sequence[StoredRow]) -> dict[str, int]:
    """Count what became of the rows of a part; rows that are ready are not counted."""
    found = Counter(row.state for row in rows)
    if doing is ImportState.VOIDING:
        voided = found[ImportRowState.VOIDED]
        return {"created": -voided, "voided": voided}
    return {"created": found[ImportRowState.CREATED], "refused": found[ImportRowState.REFUSED]}


async def _check_rows(
    session: Session, actor: Actor, kind: ImportKind, rows: Sequence[StoredRow]
) -> None:
    """Create the records of rows as a commit does, and take all of them back."""
    point = await queries.open_part(session, "import_part")
    await records.create_records(session, actor, kind, rows)
    await point.rollback()
    _take_back(rows)


async def _commit_rows(
    session: Session, actor: Actor, kind: ImportKind, whole: DataImport,
    rows: Sequence[StoredRow],
) -> None:  # fmt: skip
    """Create the records of a part, wholly or not at all: every row does what was previewed."""
    point = await queries.open_part(session, "import_part")
    await records.create_records(session, actor, kind, rows)
    if all(row.state is ImportRowState.CREATED for row in rows):
        await point.commit()
        return
    await point.rollback()
    _take_back(rows)
    await queries.save_rows(session, rows)
    refused = [row for row in rows if row.state is ImportRowState.REFUSED]
    plan_hash = await queries.hash_plan(session, whole.id)
    raise PlanIsAnother(plan_hash, [_describe(row) for row in refused], rows=rows)


def _take_back(rows: Sequence[StoredRow]) -> None:
    for row in rows:
        row.record_id = None
        if row.state is ImportRowState.CREATED:
            rules.clear_row(row)


def _describe(row: StoredRow) -> dict[str, object]:
    return {
        "row": row.row_number, "sheet": row.sheet, "column": row.cell_column, "code": row.code,
        "message_vi": row.message_vi, "message_en": row.message_en,
    }  # fmt: skip


async def _finish(session: Session, actor: Actor, whole: DataImport) -> None:
    """End what an import is doing."""
    await queries.note_progress(session, whole, whole.row_count, {})
    if whole.state is ImportState.CHECKING:
        await open_preview(session, actor, whole)
        return
    rest = whole.state is ImportState.COMMITTING or whole.created_count
    whole.state = ImportState.COMMITTED if rest else ImportState.VOIDED
    await save_state(session, actor, whole)


async def open_preview(session: Session, actor: Actor, whole: DataImport) -> None:
    """Show what a commit would do, under the hash of it."""
    await queries.note_progress(session, whole, whole.row_count, {})
    whole.state, whole.plan_hash = (
        ImportState.PREVIEWED, await queries.hash_plan(session, whole.id),
    )  # fmt: skip
    await save_state(session, actor, whole, "plan_hash")


async def save_state(session: Session, actor: Actor, whole: DataImport, *fields: str) -> None:
    """Save the state that an import has come to by itself."""
    await kit.save(session, actor, Permission.IMPORT_WRITE, whole, ["state", *fields])
