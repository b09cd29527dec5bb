"""Every SQL statement on imports and their rows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import text
from sqlmodel import select

from app.db.base import now
from app.db.savepoint import Savepoint
from app.db.session import Session, execute
from app.db.tables.imports import DataImport, ImportRowState
from app.domain.exchange.imports.stored_rows import LOADED, StoredRow

Counts = Mapping[str, int]
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
LIST = text(f"""
SELECT {", ".join(LOADED)} FROM data_import_row
WHERE import_id = :import AND number > :after AND state = ANY (CAST(:states AS text[]))
ORDER BY number LIMIT CAST(:most AS int)
""")
DELETE_CONTENT = text("""
UPDATE data_import_row SET cells = NULL, columns = NULL, faults = NULL, cell_value = NULL
WHERE cells IS NOT NULL AND import_id IN (SELECT id FROM data_import WHERE expires_at < :now)
""")
COUNT = text("""
UPDATE data_import i SET
  created_count = t.created, refused_count = t.refused, voided_count = t.voided
FROM (SELECT count(*) FILTER (WHERE state = 'created') AS created,
        count(*) FILTER (WHERE state = 'refused') AS refused,
        count(*) FILTER (WHERE state = 'voided') AS voided
      FROM data_import_row WHERE import_id = :import) t
WHERE i.id = :import
RETURNING i.created_count, i.refused_count, i.voided_count
""")
ADD = text("""
UPDATE data_import SET created_count = created_count + :created,
  refused_count = refused_count + :refused, voided_count = voided_count + :voided,
  done_count = :done
WHERE id = :import
RETURNING created_count, refused_count, voided_count
""")
READ = text("UPDATE data_import SET read_count = :read WHERE id = :import")
INSERT_FILE = text("""
INSERT INTO data_import_file (import_id, content, titles) VALUES (:import, :content, :titles)
""")
FIND_FILE = text("SELECT content, titles FROM data_import_file WHERE import_id = :import")
DELETE_FILE = text("UPDATE data_import_file SET content = NULL WHERE import_id = :import")
DELETE_FILES = text("""
UPDATE data_import_file SET content = NULL
WHERE content IS NOT NULL AND import_id IN (SELECT id FROM data_import WHERE expires_at < :now)
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


async def save_rows(session: Session, rows: Iterable[StoredRow]) -> None:
    """Save what became of rows."""
    told = [row.to_dict() for row in rows]
    await execute(session, UPDATE, {"rows": orjson.dumps(told, default=str).decode()})


async def hash_plan(session: Session, of: UUID) -> str:
    """Return the hash of what a commit would do: the rows, their cells and their outcomes."""
    return str((await execute(session, HASH, {"import": of})).scalar_one())


async def reset_rows(session: Session, of: UUID) -> None:
    """Let rows wait to be checked again; cells that could not be read stay refused."""
    await execute(session, RESET, {"import": of})


async def list_rows(
    session: Session, of: UUID, *states: ImportRowState, after: int = 0, most: int | None = None
) -> list[StoredRow]:
    """Return rows of an import in the order of the file."""
    wanted = [one.value for one in states or ImportRowState]
    values = {"import": of, "states": wanted, "after": after, "most": most}
    found = await execute(session, LIST, values)
    return [_load_row(values) for values in found]


def _load_row(values: Sequence[Any]) -> StoredRow:
    row = StoredRow(*values)
    row.state = ImportRowState(row.state)
    return row


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


async def note_progress(session: Session, of: DataImport, done: int, more: Counts) -> None:
    """Add what became of the rows of a part to the counts of an import."""
    values = {"created": 0, "refused": 0, "voided": 0, **more, "import": of.id, "done": done}
    found: Any = (await execute(session, ADD, values)).one()
    of.created_count, of.refused_count, of.voided_count = found
    of.done_count = done


async def count_rows(session: Session, of: DataImport) -> None:
    """Count the rows of an import by their states, however many."""
    found: Any = (await execute(session, COUNT, {"import": of.id})).one()
    of.created_count, of.refused_count, of.voided_count = found


async def note_read(session: Session, of: UUID, read: int) -> None:
    """Note how many rows of a file are stored."""
    await execute(session, READ, {"import": of, "read": read})


async def insert_file(
    session: Session, of: UUID, content: bytes, titles: Sequence[tuple[str, str]]
) -> None:
    """Insert a file that a job is to read."""
    values = {"import": of, "content": content, "titles": orjson.dumps(titles).decode()}
    await execute(session, INSERT_FILE, values)


async def find_file(session: Session, of: UUID) -> tuple[bytes, list[tuple[str, str]]]:
    """Return a file that was not read yet, and the titles that its sender named."""
    content, titles = (await execute(session, FIND_FILE, {"import": of})).one()
    return content, [(title, field) for title, field in titles]


async def delete_file(session: Session, of: UUID) -> None:
    """Delete the content of a file that was read."""
    await execute(session, DELETE_FILE, {"import": of})


async def delete_expired_rows(session: Session, at: datetime | None = None) -> int:
    """Delete the contents of files whose term is over; what they made stays known."""
    values = {"now": at or now()}
    await execute(session, DELETE_FILES, values)
    return (await execute(session, DELETE_CONTENT, values)).rowcount


def open_part(session: Session, name: str) -> Savepoint:
    """Open a part of the transaction that can be taken back alone, to be awaited."""
    return session.begin_nested(name)
