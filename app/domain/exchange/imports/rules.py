"""Decisions about imports: the faults of a row, and what a row shows of it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.db.tables.imports import ImportRowState
from app.domain.errors import DomainError, FieldError
from app.domain.exchange.imports.stored_rows import StoredRow

MAX_SHOWN = 80
Fault = dict[str, Any]


def make_fault(row: StoredRow, code: str, field: str | None, en: str, vi: str) -> Fault:
    """Return a fault of a row with the place of its field."""
    value = (row.cells or {}).get(field or "")
    return {
        "field": field, "column": (row.columns or {}).get(field or ""), "code": code,
        "value": None if value is None else str(value)[:MAX_SHOWN],
        "message_en": en, "message_vi": vi,
    }  # fmt: skip


def list_faults(row: StoredRow, refusal: DomainError) -> list[Fault]:
    """Return the faults of a row that the service refused."""
    if refusal.errors:
        return [_field_fault(row, one) for one in refusal.errors]
    texts = refusal.message("en"), refusal.message("vi")
    return [make_fault(row, refusal.code, _find_field(row, refusal), *texts)]


def list_field_faults(row: StoredRow, errors: Iterable[FieldError]) -> list[Fault]:
    """Return the faults of a row that its schema refused."""
    return [_field_fault(row, one) for one in errors]


def _field_fault(row: StoredRow, error: FieldError) -> Fault:
    field = error.pointer.split("/")[1] if "/" in error.pointer else None
    return make_fault(row, error.code, field or None, error.en, error.vi)


def _find_field(row: StoredRow, refusal: DomainError) -> str | None:
    """Return the field whose value a refusal names, such as a unit that is not there."""
    wanted = refusal.facts.get("wanted")
    cells = (row.cells or {}).items()
    named = [name for name, value in cells if wanted and str(wanted) in str(value)]
    return named[0] if len(named) == 1 else None


def refuse_row(row: StoredRow, faults: Sequence[Fault]) -> None:
    """Note that a row is refused, and why: the first fault by itself, all of them together."""
    row.state, row.faults = ImportRowState.REFUSED, list(faults)
    show_fault(row, faults[0])


def show_fault(row: StoredRow, fault: Mapping[str, Any] | None) -> None:
    """Set the fault that a row shows; None where it has none."""
    shown = fault or {}
    row.field, row.code = shown.get("field"), shown.get("code")
    row.cell_column, row.cell_value = shown.get("column"), shown.get("value")
    row.message_en, row.message_vi = shown.get("message_en"), shown.get("message_vi")


def clear_row(row: StoredRow) -> None:
    """Note that a row is ready."""
    row.state, row.faults = ImportRowState.READY, None
    show_fault(row, None)
