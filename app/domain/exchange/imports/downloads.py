"""Files that an import gives back: a template to fill in, and the rows to be corrected."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from app.db.base import now
from app.db.session import Session
from app.db.tables.imports import DataImport, ImportRowState
from app.domain.actor import Actor, Permission, operation
from app.domain.exchange.imports import csv_table, queries
from app.domain.exchange.imports.context import ImportContext
from app.domain.exchange.imports.errors import RowsDeleted
from app.domain.exchange.imports.schemas import (
    ContentEncoding,
    ResourceName,
    RowNumber,
    RowsFile,
    TemplateFormat,
)
from app.domain.exchange.imports.shape import VISIBLE
from app.domain.exchange.imports.stored_rows import StoredRow
from app.domain.exchange.imports.xlsx_template import write_template
from app.domain.records.errors import build_not_found
from app.domain.records.files.tables.form import Column
from app.domain.records.files.tables.read import XLSX

CSV = "text/csv"
MAX_FAULTS = 2_000  # rows of a file: it is made and sent as a whole


@operation(Permission.IMPORT_READ)
async def import_template(
    session: Session, actor: Actor, imports: ImportContext, *, resource: ResourceName,
    format: TemplateFormat = TemplateFormat.CSV,
) -> RowsFile:  # fmt: skip
    """Return the template of a resource: a CSV file or a workbook with titles and an example."""
    kind = imports.find(resource)
    columns = kind.form.columns
    if format is TemplateFormat.XLSX:
        content = b64encode(write_template(columns)).decode()
        return RowsFile(
            file_name=f"{kind.name}.xlsx", media_type=XLSX, encoding=ContentEncoding.BASE64,
            content=content,
        )  # fmt: skip
    content = csv_table.write_rows(columns, [csv_table.make_example(columns)])
    return RowsFile(file_name=f"{kind.name}.csv", media_type=CSV, content=content)


@operation(Permission.IMPORT_READ)
async def import_faults(
    session: Session, actor: Actor, id: UUID, imports: ImportContext, *, after_row: RowNumber = 0
) -> RowsFile:
    """Return rows with faults as a CSV file, to be corrected and sent again; up to 2,000."""
    whole = await queries.find_visible(session, id, VISIBLE[actor.level], actor.unit_id)
    if whole is None:
        raise build_not_found(DataImport)
    if whole.expires_at < now():
        raise RowsDeleted(day=whole.expires_at.date().isoformat())
    kind = imports.find(whole.resource)
    rows = await queries.list_rows(
        session, whole.id, ImportRowState.REFUSED, after=after_row, most=MAX_FAULTS
    )
    lines = [_show(kind.form.columns, row) for row in rows if row.cells]
    content = csv_table.write_rows(kind.form.columns, lines, [csv_table.REASON])
    return RowsFile(file_name=f"{kind.name}-faults.csv", media_type=CSV, content=content,
                    next=rows[-1].number if len(rows) == MAX_FAULTS else None)  # fmt: skip


def _show(columns: Sequence[Column], row: StoredRow) -> Mapping[str, Any]:
    """Return the cells of a row, choices by their labels, with everything that is wrong."""
    labels = {one.name: {code: label for label, code in one.choices.items()} for one in columns}
    cells = {name: labels[name].get(value, value) if isinstance(value, str) else value
             for name, value in (row.cells or {}).items() if name in labels}  # fmt: skip
    reasons = " ".join(str(fault["message_vi"]) for fault in row.faults or ())
    return cells | {csv_table.REASON: reasons}
