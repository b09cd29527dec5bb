"""Corrections of successions from a table: one draft for each day in it."""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from pydantic import ValidationError

from app.db.session import Session
from app.domain.actor import Actor
from app.domain.errors import FieldError
from app.domain.input_faults import build_field_error
from app.domain.records.files.reader import Table, TableRow
from app.domain.units.errors import RowsInvalid, UnitNotFound
from app.domain.units.likely_codes import find_likely_codes
from app.domain.units.reorganisations import queries
from app.domain.units.reorganisations.schemas import (
    CorrectionRow,
    DraftKind,
    ReorganisationDraft,
    Succession,
)
from app.domain.units.shape import today

TITLE = "Hiệu đính kế thừa đơn vị"
MAX_AT_ONCE, MAX_FAULTS = 250, 1_000
Parsed = list[tuple[TableRow, CorrectionRow]]


async def build_corrections(
    session: Session, actor: Actor, table: Table
) -> list[ReorganisationDraft]:
    """Turn a table of successions into one correction for each day."""
    parsed = await parse_corrections(table)
    await _check_units(session, actor, parsed)
    return to_drafts([row for _, row in parsed])


async def parse_corrections(table: Table) -> Parsed:
    """Parse the rows of a table; refuse them all where any has a fault."""
    parsed, faults = await _parse_rows(table)
    if faults:
        count = len(faults) + table.fault_count - len(table.faults)
        raise RowsInvalid(*faults[:MAX_FAULTS], faults=count, rows=table.row_count())
    return parsed


def to_drafts(rows: Sequence[CorrectionRow]) -> list[ReorganisationDraft]:
    """Return one draft for each day."""
    by_day = sorted(rows, key=lambda row: row.effective_on)
    return [
        ReorganisationDraft(
            kind=DraftKind.CORRECTION, title=f"{TITLE} ({day.isoformat()})", effective_on=day,
            successions=[_succession(row) for row in of_day],
        )
        for day, of_day in groupby(by_day, key=lambda row: row.effective_on)
    ]  # fmt: skip


async def _parse_rows(table: Table) -> tuple[Parsed, list[FieldError]]:
    """Parse the rows; collect the faults of cells, and of invalid and repeated rows."""
    parsed: Parsed = []
    faults = [fault.to_field_error() for fault in table.faults]
    seen: set[tuple[str, str, date]] = set()
    for number, cells in enumerate(table.rows):
        try:
            row = CorrectionRow.from_cells(cells.values)
        except ValidationError as error:
            faults += [_invalid(cells, fault) for fault in error.errors()]
            continue
        if (row.from_code, row.to_code, row.effective_on) in seen:
            en, vi = "This row stands there twice.", "Dòng này bị lặp."
            faults.append(_fault(cells, None, "row_twice", en, vi))
        seen.add((row.from_code, row.to_code, row.effective_on))
        parsed.append((cells, row))
        if number % MAX_AT_ONCE == 0:
            await asyncio.sleep(0)  # other requests are answered between the parts
    return parsed, faults


async def _check_units(session: Session, actor: Actor, parsed: Parsed) -> None:
    """Refuse units that are not there, or not the actor's, each at its row."""
    uses = [use for cells, row in parsed for use in _list_uses(cells, row)]
    wanted = list(dict.fromkeys((name, day) for _, _, name, days in uses for day in days))
    names = await queries.find_names(session, actor, wanted, today())
    known = {pair for pair, unit in names.found.items() if unit.id in names.own}
    missing = [use for use in uses if not any((use[2], day) in known for day in use[3])]
    likely = await find_likely_codes(session, actor, {(use[2], use[3][0]) for use in missing})
    errors: list[FieldError] = []
    for cells, field, name, days in missing[:MAX_FAULTS]:
        error = likely.get((name, days[0])) or UnitNotFound(wanted=name, day=days[0].isoformat())
        errors.append(_fault(cells, field, error.code, error.message("en"), error.message("vi")))
    if missing:
        _, _, name, days = missing[0]
        raise UnitNotFound(*errors, wanted=name, day=days[0].isoformat())


def _list_uses(
    cells: TableRow, row: CorrectionRow
) -> Iterator[tuple[TableRow, str, str, Sequence[date]]]:
    """Yield the units of a row with the days on which each may be looked up."""
    day = row.effective_on
    yield cells, "from_code", row.from_code, (day - timedelta(days=1), day, today())
    yield cells, "to_code", row.to_code, (day,)


def _invalid(row: TableRow, fault: Any) -> FieldError:
    name = "/".join(map(str, fault["loc"])) or None
    error = build_field_error(fault)
    return _fault(row, name, error.code, error.en, error.vi)


def _fault(row: TableRow, name: str | None, code: str, en: str, vi: str) -> FieldError:
    pointer = "/".join(("/rows", str(row.number), *([name] if name else [])))
    return FieldError(pointer, code, en, vi, **row.fault_place(name))


def _succession(row: CorrectionRow) -> Succession:
    fields = row.model_dump(exclude={"from_code", "to_code", "effective_on"})
    return Succession(from_unit=row.from_code, to_unit=row.to_code, **fields)
