"""Import a table of villages: as a dry run, then into the map."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from app.db.session import Session
from app.domain.actor import Actor, Permission, operation
from app.domain.errors import DomainError
from app.domain.units import rules, villages
from app.domain.units.errors import PlanChanged, RowsInvalid
from app.domain.units.schemas import ImportOptions, ImportResult, RowFault, VillageCreate

FIELDS = {"code_taken": "code", "village_exists": "name", "not_begun": "valid_from"}


@operation(Permission.UNIT_CREATE)
async def import_villages(
    session: Session, actor: Actor, rows: Sequence[Mapping[str, Any]], options: ImportOptions
) -> ImportResult:
    """Import many villages from a table: all of them, or none."""
    checked, result = await _dry_run(session, actor, rows)
    result.dry_run = options.dry_run
    if options.plan_hash not in (None, result.plan_hash):
        raise PlanChanged(plan_hash=result.plan_hash)
    if result.faults and not options.dry_run:
        data = result.model_dump()
        raise RowsInvalid(faults=len(result.faults), rows=len(rows), result=data)
    if not options.dry_run:
        result.unit_ids = await villages.write_villages(session, actor, checked)
    return result


async def _dry_run(
    session: Session, actor: Actor, rows: Sequence[Mapping[str, Any]]
) -> tuple[villages.CheckedVillages, ImportResult]:
    """Return the result that the import would have, and every fault in it."""
    read, faults = _parse_rows(rows)
    numbers, checked = (
        list(read),
        await villages.check_villages(session, actor, list(read.values())),
    )
    for n, error in (await villages.refusals(session, checked)).items():
        faults.append(_fault(numbers[n], error))
    plan = [
        [*village.model_dump().values(), checked.parents.get((village.parent, day))]
        for village, day in checked.wanted
    ]
    return checked, ImportResult(
        rows=len(rows),
        created=0 if faults else len(rows),
        dry_run=True,
        plan_hash=rules.plan_hash(plan),
        faults=sorted(faults, key=lambda fault: fault.row),
        unit_ids=[],
    )


def _parse_rows(
    rows: Sequence[Mapping[str, Any]],
) -> tuple[dict[int, VillageCreate], list[RowFault]]:
    """Parse rows into villages by row number; collect the faults of invalid rows."""
    read: dict[int, VillageCreate] = {}
    faults: list[RowFault] = []
    for number, row in enumerate(rows, start=1):
        try:
            read[number] = VillageCreate.model_validate(row)
        except ValidationError as error:
            faults += [
                RowFault(row=number, field=".".join(map(str, e["loc"])), code=e["type"],
                         message_en=e["msg"], message_vi="Giá trị không hợp lệ.")
                for e in error.errors()
            ]  # fmt: skip
    return read, faults


def _fault(number: int, error: DomainError) -> RowFault:
    field = {"code_taken": "code", "village_exists": "name", "not_begun": "valid_from"}.get(
        error.code, "parent"
    )
    return RowFault(
        row=number, field=field, code=error.code,
        message_vi=error.message("vi"), message_en=error.message("en"),
    )  # fmt: skip
