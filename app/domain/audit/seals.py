"""Seal the audit: link waiting entries in order, and sign the head of the chain."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from app.db.base import now
from app.db.jobs import try_lock
from app.db.session import Database, Session, act_as
from app.domain.audit import queries, witness
from app.domain.audit.chain import Link, Seal
from app.domain.audit.errors import ChainBroken
from app.domain.audit.keys import AuditKeys
from app.domain.records.hash_chain import GENESIS, extend

SEAL_LOCK = 7_300_007  # advisory lock: one sealer at a time
BATCH = 1_000


async def seal_all(database: Database, keys: AuditKeys, witnessed: Path | None = None) -> int:
    """Seal all waiting entries by batches, and inform the witness; return how many were sealed."""
    sealed, last = 0, BATCH
    while last == BATCH:
        async with database.write_transaction() as session:
            last = await seal_batch(session, keys) if await try_lock(session, SEAL_LOCK) else 0
        sealed += last
    if witnessed:
        await publish(database, witnessed)
    return sealed


async def seal_batch(session: Session, keys: AuditKeys) -> int:
    """Link the waiting entries to the chain and sign its new head, in one transaction."""
    await act_as(session, queries.SEALER)
    position, before = await _check_end(session, keys)
    waiting = await queries.list_waiting(session, BATCH)
    if not waiting:
        return 0
    links = _build_links(position, before, waiting)
    unsigned = Seal(links[-1].position, len(links), links[-1].hash, now(), "")
    await queries.add_links(session, links, keys.sign(unsigned))
    return len(links)


async def publish(database: Database, file: Path) -> int:
    """Write to the witness every head that it lacks; return how many."""
    async with database.write_transaction() as session:
        if not await try_lock(session, SEAL_LOCK):
            return 0
        await act_as(session, queries.SEALER)
        head = await asyncio.to_thread(witness.last_head, file)
        if head and await queries.find_hash(session, head.position) != head.head:
            raise ChainBroken(f"the witness saw another chain at {head.position}")
        after, many = head.position if head else 0, 0
        while heads := await queries.list_seals(session, after=after, most=BATCH):
            await asyncio.to_thread(witness.append, file, heads)
            after, many = heads[-1].position, many + len(heads)
        return many


async def _check_end(session: Session, keys: AuditKeys) -> tuple[int, bytes]:
    """Return the end of the chain; refuse one that does not end where it was sealed."""
    last = await queries.find_last_link(session)
    sealed = await queries.list_seals(session, most=1, newest=True)
    if last is None and not sealed:
        return 0, GENESIS
    ends = last and sealed and (sealed[0].position, sealed[0].head) == (last.position, last.hash)
    if not ends or not keys.verify(sealed[0]):
        raise ChainBroken("the chain does not end where it was sealed")
    return last.position, last.hash


def _build_links(position: int, before: bytes, waiting: Sequence[tuple[UUID, bytes]]) -> list[Link]:
    hashes = extend(position, before, (entry for _, entry in waiting))
    return [
        Link(number, id, hash, entry)
        for (id, entry), (number, hash) in zip(waiting, hashes, strict=True)
    ]
