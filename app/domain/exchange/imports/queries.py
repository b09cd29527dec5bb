"""Every SQL statement on imports and their rows."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import text
from sqlmodel import col, select

from app.db.base import now
from app.db.savepoint import Savepoint
from app.db.session import Session, execute
from app.db.tables.imports import DataImport, DataImportRow, ImportRowState

KEPT = (
    "id", "number", "state", "record_id", "faults", "field", "cell_column", "cell_value", "code",
    "message_vi", "message_en",
)  # fmt: skip
# one statement for many rows, whatever became of each
UPDATE = text("""
UPDATE data_import_row r SET state = t.state, record_id = t.record_id, faults = t.faults,
  field = t.field, cell_column = t.cell_column, cell_value = t.cell_value, code = t.code,
  message_vi = t.message_vi, message_en = t.message_en
FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS t(id uuid, state text, record_id uuid,
  faults jsonb, field text, cell_column text, cell_value text, code text, message_vi text,
  message_en text)
WHERE r.id = t.id
""")
INSERT = text("""
INSERT INTO data_import_row (id, import_id, number, sheet, row_number, state, cells, columns,
  faults, field, cell_column, cell_value, code, message_vi, message_en)
SELECT id, :import, number, sheet, row_number, state, cells, columns, faults, field, cell_column,
  cell_value, code, message_vi, message_en
FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS t(id uuid, number int, sheet text,
  row_number int, state text, cells jsonb, columns jsonb, faults jsonb, field text,
  cell_column text, cell_value text, code text, message_vi text, message_en text)
""")
DELETE_CONTENT = text("""
UPDATE data_import_row SET cells = NULL, columns = NULL, faults = NULL, cell_value = NULL
WHERE cells IS NOT NULL AND import_id IN (SELECT id FROM data_import WHERE expires_at < :now)
""")
COUNT = text("""
UPDATE data_import i SET
  created_count = t.created, refused_count = t.refused, voided_count = t.voided,
  done_count = :done
FROM (SELECT count(*) FILTER (WHERE state = 'created') AS created,
        count(*) FILTER (WHERE state = 'refused') AS refused,
        count(*) FILTER (WHERE state = 'voided') AS voided
      FROM data_import_row WHERE import_id = :import) t
WHERE i.id = :import
RETURNING i.created_count, i.refused_count, i.voided_count
""")
HASH = text("""
SELECT left(encode(sha256(convert_to(coalesce(string_agg(concat_ws(' ', number, state, code,
  md5(cells::text)), chr(10) ORDER BY number), ''), 'UTF8')), 'hex'), 16)
FROM data_import_row WHERE import_id = :import AND state IN ('ready', 'refused')
""")
RESET = text("""
UPDATE data_import_row SET state = 'waiting', faults = NULL, field = NULL, cell_column = NULL,
  cell_value = NULL, code = NULL, message_vi = NULL, message_en = NULL
WHERE import_id = :import AND columns IS NOT NULL
  AND (state = 'ready' OR state = 'refused' AND code <> 'row_repeated')
""")


async def insert_rows(session: Session, of: UUID, rows: Sequence[dict[str, Any]]) -> None:
    """Insert the rows of a file."""
    told = orjson.dumps(rows).decode()
    await execute(session, INSERT, {"rows": told, "import": of})


async def save_rows(session: Session, rows: Iterable[DataImportRow]) -> None:
    """Save what became of rows."""
    told = [row.model_dump(mode="json", include=set(KEPT)) for row in rows]
    await execute(session, UPDATE, {"rows": orjson.dumps(told).decode()})


async def hash_plan(session: Session, of: UUID) -> str:
    """Return the hash of what a commit would do: the rows, their cells and their outcomes."""
    return str((await execute(session, HASH, {"import": of})).scalar_one())


async def reset_rows(session: Session, of: UUID) -> None:
    """Let rows wait to be checked again; cells that could not be read stay refused."""
    await execute(session, RESET, {"import": of})


async def list_rows(
    session: Session, of: UUID, *states: ImportRowState, after: int = 0, most: int | None = None
) -> list[DataImportRow]:
    """Return rows of an import in the order of the file."""
    row = DataImportRow
    statement = select(row).where(row.import_id == of, row.number > after).order_by(col(row.number))
    if states:
        statement = statement.where(col(row.state).in_(states))
    found = await session.exec(statement.limit(most))
    rows = list(found)
    for one in rows:  # the session neither writes nor keeps them: there may be very many
        session.expunge(one)
    return rows


async def find_import(session: Session, id: UUID) -> DataImport | None:
    """Return an import, if there is one."""
    return await session.get(DataImport, id)


async def find_visible(
    session: Session, id: UUID, seen: Callable[[Any, Any], Any], unit: UUID
) -> DataImport | None:
    """Return an import that somebody of a unit may read, without a lock."""
    statement = select(DataImport).where(DataImport.id == id, seen(DataImport, unit))
    return (await session.exec(statement)).one_or_none()


async def lock_import(session: Session, id: UUID) -> DataImport:
    """Return an import as it is now, locked until the end."""
    statement = select(DataImport).where(DataImport.id == id).with_for_update()
    return (await session.exec(statement.execution_options(populate_existing=True))).one()


async def note_progress(session: Session, of: DataImport, done: int) -> None:
    """Count the rows of an import by their states."""
    found: Any = (await execute(session, COUNT, {"import": of.id, "done": done})).one()
    of.created_count, of.refused_count, of.voided_count = found
    of.done_count = done


async def delete_expired_rows(session: Session, at: datetime | None = None) -> int:
    """Delete the contents of files whose term is over; what they made stays known."""
    return (await execute(session, DELETE_CONTENT, {"now": at or now()})).rowcount


def open_part(session: Session, name: str) -> Savepoint:
    """Open a part of the transaction that can be taken back alone, to be awaited."""
    return session.begin_nested(name)
