"""Seals the audit: entries that wait are linked in order, and the head of the chain is signed."""

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

SEALING = 7_300_007  # advisory lock: one sealer at a time
BATCH = 1_000


async def seal_all(database: Database, keys: AuditKeys, witnessed: Path | None = None) -> int:
    """Seal all that waits, batch by batch, and tell the witness; how many entries were sealed."""
    sealed, last = 0, BATCH
    while last == BATCH:
        async with database.write_transaction() as session:
            last = await seal_batch(session, keys) if await try_lock(session, SEALING) else 0
        sealed += last
    if witnessed:
        await publish(database, witnessed)
    return sealed


async def seal_batch(session: Session, keys: AuditKeys) -> int:
    """Link the entries that wait to the chain and sign its new head, in one transaction."""
    await act_as(session, queries.SEALER)
    position, before = await _check_end(session, keys)
    told = await queries.list_waiting(session, BATCH)
    if not told:
        return 0
    links = _links(position, before, told)
    unsigned = Seal(links[-1].position, len(links), links[-1].hash, now(), "")
    await queries.add_links(session, links, keys.sign(unsigned))
    return len(links)


async def publish(database: Database, file: Path) -> int:
    """Tell the witness every head that it does not have yet; how many those were."""
    async with database.write_transaction() as session:
        if not await try_lock(session, SEALING):
            return 0
        await act_as(session, queries.SEALER)
        told = await asyncio.to_thread(witness.last_head, file)
        if told and await queries.hash_at(session, told.position) != told.head:
            raise ChainBroken(f"the witness saw another chain at {told.position}")
        after, many = told.position if told else 0, 0
        while heads := await queries.seals(session, after=after, most=BATCH):
            await asyncio.to_thread(witness.append, file, heads)
            after, many = heads[-1].position, many + len(heads)
        return many


async def _check_end(session: Session, keys: AuditKeys) -> tuple[int, bytes]:
    """Where the chain ends, if it ends as it was sealed."""
    last = await queries.last_link(session)
    sealed = await queries.seals(session, most=1, newest=True)
    if last is None and not sealed:
        return 0, GENESIS
    ends = last and sealed and (sealed[0].position, sealed[0].head) == (last.position, last.hash)
    if not ends or not keys.verify(sealed[0]):
        raise ChainBroken("the chain does not end where it was sealed")
    return last.position, last.hash


def _links(position: int, before: bytes, told: Sequence[tuple[UUID, bytes]]) -> list[Link]:
    hashes = extend(position, before, (entry for _, entry in told))
    return [
        Link(number, id, hash, entry)
        for (id, entry), (number, hash) in zip(told, hashes, strict=True)
    ]
