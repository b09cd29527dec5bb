"""A row of an import as its work goes on: light, for a file has very many."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.db.tables.imports import ImportRowState

LOADED = (
    "id", "number", "row_number", "sheet", "state", "record_id", "cells", "columns", "faults",
    "field", "cell_column", "cell_value", "code", "message_vi", "message_en",
)  # fmt: skip
SAVED = (
    "id", "number", "state", "record_id", "faults", "field", "cell_column", "cell_value", "code",
    "message_vi", "message_en",
)  # fmt: skip


@dataclass(slots=True)
class StoredRow:
    """A row of a file: its cells, what became of it, and its first fault."""

    id: UUID
    number: int
    row_number: int
    sheet: str | None
    state: ImportRowState
    record_id: UUID | None
    cells: Mapping[str, Any] | None
    columns: Mapping[str, str] | None
    faults: list[Any] | None
    field: str | None
    cell_column: str | None
    cell_value: str | None
    code: str | None
    message_vi: str | None
    message_en: str | None

    def to_dict(self) -> dict[str, Any]:
        """Return what changes of a row."""
        return {name: getattr(self, name) for name in SAVED}
