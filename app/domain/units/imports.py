"""Import a table of villages: as a dry run, then into the map."""

import asyncio
from itertools import islice
from typing import Any

from pydantic import ValidationError

from app.db.session import Session
from app.domain.actor import Actor, Permission, operation
from app.domain.errors import DomainError
from app.domain.input_faults import build_field_error
from app.domain.records.files.faults import TableFault
from app.domain.records.files.reader import Table, TableRow
from app.domain.units import rules, villages
from app.domain.units.errors import PlanChanged, RowsInvalid, UnitNotFound
from app.domain.units.likely_codes import find_likely_codes
from app.domain.units.schemas import ImportOptions, ImportResult, RowFault, VillageCreate

FIELDS = {"code_taken": "code", "village_exists": "name", "not_begun": "valid_from"}
MAX_AT_ONCE, MAX_FAULTS = 100, 1_000
Parsed = list[tuple[TableRow, VillageCreate]]


@operation(Permission.UNIT_CREATE)
async def import_villages(
    session: Session, actor: Actor, rows: Table, options: ImportOptions
) -> ImportResult:
    """Import many villages from a table: all of them, or none."""
    checked, result = await _dry_run(session, actor, rows)
    result.dry_run = options.dry_run
    if options.plan_hash not in (None, result.plan_hash):
        raise PlanChanged(plan_hash=result.plan_hash)
    if result.fault_count and not options.dry_run:
        data = result.model_dump()
        raise RowsInvalid(faults=result.fault_count, rows=result.rows, result=data)
    if not options.dry_run:
        result.unit_ids = await villages.write_villages(session, actor, checked)
    return result


async def _dry_run(
    session: Session, actor: Actor, table: Table
) -> tuple[villages.CheckedVillages, ImportResult]:
    """Return the result that the import would have, and every fault in it."""
    parsed, faults = await _parse_rows(table)
    checked = await villages.check_villages(session, actor, [village for _, village in parsed])
    refused = await _explain(session, actor, checked)
    count = len(faults) + len(refused) + table.fault_count - len(table.faults)
    first = islice(sorted(refused), MAX_FAULTS)  # by row; the others are counted
    faults += [_refusal(parsed[n][0], refused[n]) for n in first]
    result = ImportResult(
        rows=table.row_count(), created=0 if count else len(parsed), dry_run=True,
        plan_hash=await _hash_plan(checked), fault_count=count,
        faults=sorted(faults, key=lambda fault: fault.row)[:MAX_FAULTS], unit_ids=[],
    )  # fmt: skip
    return checked, result


async def _parse_rows(table: Table) -> tuple[Parsed, list[RowFault]]:
    """Parse rows into villages; collect the faults of cells and of invalid rows."""
    parsed: Parsed = []
    faults = [_cell_fault(fault) for fault in table.faults]
    rest = iter(table.rows)
    while part := list(islice(rest, MAX_AT_ONCE)):
        for row in part:
            try:
                parsed.append((row, VillageCreate.from_cells(row.values)))
            except ValidationError as error:
                faults += [_invalid(row, fault) for fault in error.errors()]
        await asyncio.sleep(0)  # other requests are answered between the parts
    return parsed, faults


async def _explain(
    session: Session, actor: Actor, checked: villages.CheckedVillages
) -> villages.Refusals:
    """Return the refusals; a code that lost its zeros is named with them."""
    refused = await villages.refusals(session, checked)
    missing = {n for n, error in refused.items() if type(error) is UnitNotFound}
    names = {(checked.wanted[n][0].parent, checked.wanted[n][1]) for n in missing}
    likely = await find_likely_codes(session, actor, names)
    for n in missing:
        village, day = checked.wanted[n]
        refused[n] = likely.get((village.parent, day), refused[n])
    return refused


async def _hash_plan(checked: villages.CheckedVillages) -> str:
    """Return the hash of what would be written."""
    plan, wanted = rules.PlanHash(), checked.wanted
    for begin in range(0, len(wanted), MAX_AT_ONCE):
        part = wanted[begin : begin + MAX_AT_ONCE]
        plan.add([
            [*village.model_dump().values(), checked.parents.get((village.parent, day))]
            for village, day in part
        ])  # fmt: skip
        await asyncio.sleep(0)
    return plan.text()


def _cell_fault(fault: TableFault) -> RowFault:
    return RowFault(
        row=fault.row, field=fault.field or "", code=fault.code, sheet=fault.sheet,
        column=fault.column, value=fault.value,
        message_vi=fault.message("vi"), message_en=fault.message("en"),
    )  # fmt: skip


def _invalid(row: TableRow, fault: Any) -> RowFault:
    name = ".".join(map(str, fault["loc"]))
    error = build_field_error(fault)
    return RowFault(
        field=name, code=error.code, message_en=error.en, message_vi=error.vi,
        **row.fault_place(name),
    )  # fmt: skip


def _refusal(row: TableRow, error: DomainError) -> RowFault:
    name = FIELDS.get(error.code, "parent")
    return RowFault(
        field=name, code=error.code, message_vi=error.message("vi"),
        message_en=error.message("en"), **row.fault_place(name),
    )  # fmt: skip
