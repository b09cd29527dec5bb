"""Files that an import gives back: a template to fill in, and the rows to be corrected."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from app.db.base import now
from app.db.session import Session
from app.db.tables.imports import DataImport, DataImportRow, ImportRowState
from app.domain.actor import Actor, Permission, operation
from app.domain.exchange.imports import csv_table, queries
from app.domain.exchange.imports.context import ImportContext
from app.domain.exchange.imports.errors import RowsDeleted
from app.domain.exchange.imports.schemas import ResourceName, RowsFile
from app.domain.exchange.imports.shape import VISIBLE
from app.domain.records.errors import build_not_found
from app.domain.records.files.tables.form import Column

CSV = "text/csv"


@operation(Permission.IMPORT_READ)
async def import_template(
    session: Session, actor: Actor, imports: ImportContext, *, resource: ResourceName
) -> RowsFile:
    """Return the template of a resource: a CSV file with titles and an example."""
    kind = imports.find(resource)
    columns = kind.form.columns
    content = csv_table.write_rows(columns, [csv_table.make_example(columns)])
    return RowsFile(file_name=f"{kind.name}.csv", media_type=CSV, content=content)


@operation(Permission.IMPORT_READ)
async def import_faults(
    session: Session, actor: Actor, id: UUID, imports: ImportContext
) -> RowsFile:
    """Return the rows with faults as a CSV file, to be corrected and sent again."""
    whole = await queries.find_visible(session, id, VISIBLE[actor.level], actor.unit_id)
    if whole is None:
        raise build_not_found(DataImport)
    if whole.expires_at < now():
        raise RowsDeleted(day=whole.expires_at.date().isoformat())
    kind = imports.find(whole.resource)
    rows = await queries.list_rows(session, whole.id, ImportRowState.REFUSED)
    lines = [_show(kind.form.columns, row) for row in rows if row.cells]
    content = csv_table.write_rows(kind.form.columns, lines, [csv_table.REASON])
    return RowsFile(file_name=f"{kind.name}-faults.csv", media_type=CSV, content=content)


def _show(columns: Sequence[Column], row: DataImportRow) -> Mapping[str, Any]:
    """Return the cells of a row, choices by their labels, with everything that is wrong."""
    labels = {one.name: {code: label for label, code in one.choices.items()} for one in columns}
    cells = {name: labels[name].get(value, value) if isinstance(value, str) else value
             for name, value in (row.cells or {}).items() if name in labels}  # fmt: skip
    reasons = " ".join(str(fault["message_vi"]) for fault in row.faults or ())
    return cells | {csv_table.REASON: reasons}
