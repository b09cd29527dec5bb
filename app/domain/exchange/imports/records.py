"""The records of rows: created through the service of a single write, each row by itself."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ValidationError

from app.db.session import Session
from app.db.tables.imports import ImportRowState
from app.domain.actor import Actor
from app.domain.errors import DomainError
from app.domain.exchange.attempts import attempt
from app.domain.exchange.imports import queries, rules
from app.domain.exchange.imports.kinds import ImportKind
from app.domain.exchange.imports.stored_rows import StoredRow
from app.domain.input_faults import build_field_error
from app.domain.values import InvalidValue

MAX_AT_ONCE = 50  # rows: other work of this process has its turn between
New = tuple[StoredRow, UUID | None, BaseModel]


async def create_records(
    session: Session, actor: Actor, kind: ImportKind, rows: Sequence[StoredRow]
) -> None:
    """Create the records of rows; one that is refused leaves the others alone."""
    for begin in range(0, len(rows), MAX_AT_ONCE):
        await asyncio.sleep(0)
        some = rows[begin : begin + MAX_AT_ONCE]
        wanted = [new for row in some if (new := _parse(kind, row))]
        if kind.importable.create_many and wanted:
            await _create_many(session, actor, kind, wanted)
        else:
            await _create_each(session, actor, kind, wanted)


async def _create_each(
    session: Session, actor: Actor, kind: ImportKind, wanted: Sequence[New]
) -> None:
    for row, parent, data in wanted:

        async def create(parent: UUID | None = parent, data: BaseModel = data) -> list[UUID]:
            return [await kind.create(session, actor, parent, data)]

        await _try(session, [row], create)


async def void_records(
    session: Session, actor: Actor, kind: ImportKind, rows: Sequence[StoredRow], reason: str
) -> None:
    """Void the records of rows; one that cannot be voided stands, and its row says why."""
    for row in rows:
        record = row.record_id
        assert record is not None, "the row has made a record"

        async def void(record: UUID = record) -> None:
            await kind.void(session, actor, record, reason)

        if refusal := await _attempt(session, void):
            faults = rules.list_faults(row, refusal)
            row.faults = faults
            rules.show_fault(row, faults[0])
        else:
            row.state = ImportRowState.VOIDED


def _parse(kind: ImportKind, row: StoredRow) -> New | None:
    """Return what a row asks for, or refuse it with every fault of its values."""
    values = dict(kind.read_cells(row.cells or {}))
    parent = None
    try:
        if kind.parent:
            parent = _read_id(values.pop(kind.parent, ""))
        return row, parent, kind.body.model_validate(values)
    except ValidationError as error:
        found = [build_field_error(fault) for fault in error.errors()]
        rules.refuse_row(row, rules.list_field_faults(row, found))
    except InvalidValue as error:
        rules.refuse_row(row, [rules.make_fault(row, error.code, kind.parent, error.en, error.vi)])
    return None


def _read_id(value: Any) -> UUID:
    try:
        return UUID(str(value))
    except ValueError:
        texts = "An id (UUID) is needed.", "Cần định danh (UUID)."
        raise InvalidValue("uuid_parsing", *texts) from None


async def _create_many(
    session: Session, actor: Actor, kind: ImportKind, wanted: Sequence[New]
) -> None:
    """Create many records in few statements; where one is refused, halve until it is found."""
    many = kind.importable.create_many
    assert many is not None

    async def create() -> Sequence[UUID]:
        return await many(session, actor, [data for _, _, data in wanted])

    if len(wanted) == 1:
        await _try(session, [wanted[0][0]], create)
    elif not await _try(session, [row for row, _, _ in wanted], create, refuse=False):
        middle = len(wanted) // 2
        await _create_many(session, actor, kind, wanted[:middle])
        await _create_many(session, actor, kind, wanted[middle:])


async def _try(
    session: Session, rows: Sequence[StoredRow],
    create: Callable[[], Awaitable[Sequence[UUID]]], *, refuse: bool = True,
) -> bool:  # fmt: skip
    """Note what was made of rows; of one that was refused, why."""
    made: list[UUID] = []

    async def note() -> None:
        made.extend(await create())

    refusal = await _attempt(session, note)
    if refusal is None:
        for row, id in zip(rows, made, strict=True):
            rules.clear_row(row)
            row.state, row.record_id = ImportRowState.CREATED, id
    elif refuse:
        rules.refuse_row(rows[0], rules.list_faults(rows[0], refusal))
    return refusal is None


async def _attempt(session: Session, act: Callable[[], Awaitable[None]]) -> DomainError | None:
    """Act for a row, or leave nothing of it; return the refusal."""
    return await attempt(session, await queries.open_part(session, "import_row"), act)
