"""Run batches: a refused item leaves the others alone, and one sent again changes nothing.

All items are checked first, then those without a fault are written in a few statements. Only what
nobody could have checked, the same id sent twice at one moment, refuses a batch as a whole.
"""

from collections.abc import Awaitable, Callable, Sequence
from hashlib import sha256
from typing import Any, TypeVar
from uuid import UUID

import orjson

from app.db.session import Session
from app.domain.actor import Actor
from app.domain.errors import Conflict, DomainError
from app.domain.records import batch_queries, kit
from app.domain.records.basis_documents import check_basis
from app.domain.records.batch_schemas import (
    BatchEntry,
    BatchItem,
    BatchResult,
    BatchStatus,
    BatchStep,
)
from app.domain.records.errors import build_not_found
from app.domain.records.map_locks import lock_rows
from app.domain.records.service import check_standing, check_version


class IdReused(Conflict):
    code = "id_reused"
    en = "Another record has the id {id} already: an id is made once, for one record."
    vi = "Mã {id} đã thuộc về bản ghi khác: mỗi mã chỉ tạo một lần cho một bản ghi."


Follow = Callable[[Sequence[kit.Edit]], Awaitable[Sequence[kit.Edit]]]
New = TypeVar("New", bound=BatchEntry)
Move = TypeVar("Move", bound=BatchStep)


def digest(entry: BatchEntry) -> str:
    """Return the digest of a new record as its client sent it."""
    sent = entry.model_dump(mode="json", exclude_unset=True)
    return sha256(orjson.dumps(sent, option=orjson.OPT_SORT_KEYS)).hexdigest()


async def create_batch(
    session: Session, actor: Actor, permission: str, table: Any, entries: Sequence[New],
    build: Callable[[New], Awaitable[kit.Edit]], follow: Follow | None = None,
) -> BatchResult:  # fmt: skip
    """Create records by the ids of their clients; `build` makes one of them, or refuses it.

    `follow` prepares what else changes with all those that were made.
    """
    known = await batch_queries.list_known(session, actor, table, (one.id for one in entries))
    items, edits, earlier = list[BatchItem](), list[kit.Edit](), dict[UUID, str]()
    for index, entry in enumerate(entries):
        stands, sent = known.get(entry.id), digest(entry)
        before = earlier.get(entry.id) or (stands.entry_digest if stands and stands.own else None)
        if before is not None or stands is not None:
            items.append(_repeat(index, entry.id, stands, same=before == sent))
            continue
        try:
            edit = await build(entry)
        except DomainError as refusal:
            items.append(refuse(index, entry.id, refusal))
            continue
        row: Any = edit.row
        row.entry_digest = earlier[entry.id] = sent
        edits.append(edit)
        items.append(BatchItem(index=index, id=entry.id, status=BatchStatus.DONE, version=1))
    await kit.save_all(session, actor, permission, [*edits, *await _follow(follow, edits)])
    return BatchResult.of(items)


async def transition_batch(
    session: Session, actor: Actor, permission: str, table: Any, steps: Sequence[Move],
    take: Callable[[Any, Move], Awaitable[kit.Edit]], follow: Follow | None = None,
) -> BatchResult:  # fmt: skip
    """Apply transitions to many records; `take` applies one of them, or refuses it."""
    await lock_rows(session, table, (one.id for one in steps))
    rows = await batch_queries.list_locked(session, actor, table, (one.id for one in steps))
    items, edits = list[BatchItem](), list[kit.Edit]()
    for index, step in enumerate(steps):
        try:
            row = rows.pop(step.id, None)  # a record takes one step of a batch
            if row is None:
                raise build_not_found(table)
            await _check_row(session, row, step)
            edit = await take(row, step)
            await _check_step(session, actor, edit)
            edits.append(edit)
        except DomainError as refusal:
            items.append(refuse(index, step.id, refusal))
    await kit.save_all(session, actor, permission, [*edits, *await _follow(follow, edits)])
    done = {edit.row.id: edit.row.version for edit in edits}
    refused = {one.index for one in items}
    items += [
        BatchItem(index=n, id=step.id, status=BatchStatus.DONE, version=done[step.id])
        for n, step in enumerate(steps) if n not in refused
    ]  # fmt: skip
    return BatchResult.of(items)


async def _check_row(session: Session, row: Any, step: BatchStep) -> None:
    check_standing(row)
    await check_version(session, row, step.version)


async def _check_step(session: Session, actor: Actor, edit: kit.Edit) -> None:
    """Refuse a step whose document is no basis, before it would refuse all others with it."""
    if edit.step:
        named = (edit.step.document_id, *(one.id for one in edit.step.documents))
        await check_basis(session, actor, [(id, edit.step.effective_on) for id in named])


async def _follow(follow: Follow | None, edits: Sequence[kit.Edit]) -> Sequence[kit.Edit]:
    return await follow(edits) if follow else ()


def _repeat(index: int, id: UUID, stands: Any, *, same: bool) -> BatchItem:
    if not same:
        return refuse(index, id, IdReused(id=str(id)))
    version = stands.version if stands else 1
    return BatchItem(index=index, id=id, status=BatchStatus.UNCHANGED, version=version)


def refuse(index: int, id: UUID, refusal: DomainError) -> BatchItem:
    """Return the result of a refused item: its first fault."""
    fault = refusal.errors[0] if refusal.errors else None
    return BatchItem(
        index=index, id=id, status=BatchStatus.REFUSED, code=fault.code if fault else refusal.code,
        pointer=fault.pointer if fault else None,
        message_vi=fault.vi if fault else refusal.message("vi"),
        message_en=fault.en if fault else refusal.message("en"),
    )  # fmt: skip
