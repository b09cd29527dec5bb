"""Tamper with a sealed audit as an owner of the database could, and check whether it shows."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import text

from app.db.session import Database, Session, execute
from app.db.tables.records import Act, AuditEntry
from app.domain.audit.chain import COLUMNS
from app.domain.audit.keys import AuditKeys, new_key
from app.domain.audit.seals import seal_all
from app.domain.audit.service import verify_chain

BATCHES, IN_BATCH = 25, 16
LENGTH = BATCHES * IN_BATCH
SEAL = ("position", "entries", "head", "sealed_at", "key_id", "signature")
PARTS = {"audit_entry": COLUMNS, "audit_link": ("position", "entry_id", "hash"), "audit_seal": SEAL}
NOTHING = {"version": 7, "reason": "x", "detail": "x", "purpose": "x", "request_id": "x"}
Act_ = Callable[["Tampering"], Awaitable[None]]


@dataclass
class Tampering:
    """One hand in the tables, past every constraint and trigger that can be switched off."""

    session: Session
    dice: Random

    async def run(self, sql: str, **values: Any) -> Any:
        return await execute(self.session, text(sql), values)

    async def one(self, sql: str, **values: Any) -> Any:
        return (await self.run(sql, **values)).one()

    async def link(self) -> Any:
        """Any link of the chain."""
        position = self.dice.randint(1, LENGTH)
        return await self.one("SELECT * FROM audit_link WHERE position = :p", p=position)

    async def links(self) -> tuple[Any, Any]:
        """Any two links, often neighbours."""
        first = self.dice.randint(1, LENGTH - 1)
        second = first + 1 if self.dice.random() < 0.5 else self.dice.randint(first + 1, LENGTH)
        found = "SELECT * FROM audit_link WHERE position = :p"
        return await self.one(found, p=first), await self.one(found, p=second)


async def flip(by: Tampering) -> None:
    """Alter one value of one row, as little as can be."""
    table = by.dice.choice(list(PARTS))
    column = by.dice.choice(PARTS[table])
    key = "id" if table == "audit_entry" else "position"
    row = by.dice.choice((await by.run(f"SELECT {key}, {column} AS value FROM {table}")).all())
    value = _alter(by.dice, column, row.value)
    await by.run(
        f"UPDATE {table} SET {column} = :value WHERE {key} = :key", value=value, key=row[0]
    )


def _alter(dice: Random, column: str, value: Any) -> Any:
    if column == "act":
        return dice.choice([act for act in Act if act != value])
    if column == "position":
        return int(value) ^ (1 << dice.randint(10, 40))
    if isinstance(value, bytes):
        at = dice.randrange(len(value))
        return value[:at] + bytes([value[at] ^ (1 << dice.randrange(8))]) + value[at + 1 :]
    if isinstance(value, datetime):
        return value + timedelta(microseconds=1 << dice.randrange(40))
    if isinstance(value, int):
        return value ^ (1 << dice.randrange(20))
    if isinstance(value, list):
        return [_text(dice, value[0]), *value[1:]] if value else ["x"]
    if value is None:
        return NOTHING.get(column, uuid4())
    if isinstance(value, str):
        return _text(dice, value)
    return UUID(int=UUID(str(value)).int ^ (1 << dice.randrange(122)))


def _text(dice: Random, value: str) -> str:
    at = dice.randrange(len(value))
    return value[:at] + chr(ord(value[at]) ^ 1) + value[at + 1 :]


async def delete(by: Tampering) -> None:
    """Take out an entry, a link, a seal, or an entry with all that stands on it."""
    link, what = await by.link(), by.dice.choice(["entry", "link", "seal", "all"])
    if what == "seal":
        last = -(-link.position // IN_BATCH) * IN_BATCH
        await by.run("DELETE FROM audit_seal WHERE position = :p", p=last)
    if what in ("entry", "all"):
        await by.run("DELETE FROM audit_entry WHERE id = :id", id=link.entry_id)
    if what in ("link", "all"):
        await by.run("DELETE FROM audit_link WHERE position = :p", p=link.position)
    if what == "all" and link.position < LENGTH:  # the last of all is cut, not deleted
        await by.run("DELETE FROM audit_seal WHERE position = :p", p=link.position)


async def swap(by: Tampering) -> None:
    """Let two entries, two hashes, two places or two signatures change places."""
    one, other = await by.links()
    what = by.dice.choice(["entry_id", "hash", "position", "signature"])
    if what == "signature":
        one, other = by.dice.sample((await by.run("SELECT * FROM audit_seal")).all(), 2)
        await by.run("UPDATE audit_seal SET signature = :s WHERE position = :p",
                     s=other.signature, p=one.position)  # fmt: skip
        await by.run("UPDATE audit_seal SET signature = :s WHERE position = :p",
                     s=one.signature, p=other.position)  # fmt: skip
        return
    aside: Any = {"entry_id": uuid4(), "hash": b"", "position": -1}[what]
    change = f"UPDATE audit_link SET {what} = :new WHERE {what} = :old"
    for old, new in (
        (getattr(one, what), aside),
        (getattr(other, what), getattr(one, what)),
        (aside, getattr(other, what)),
    ):
        await by.run(change, old=old, new=new)


async def cut(by: Tampering) -> None:
    """Cut the end off, at a seal or between seals; its entries go too, or wait once more."""
    last = LENGTH - by.dice.randint(1, LENGTH // 2)
    if by.dice.random() < 0.5:
        last -= last % IN_BATCH
    gone = (await by.run("SELECT entry_id FROM audit_link WHERE position > :p", p=last)).scalars()
    ids = list(gone)
    await by.run("DELETE FROM audit_seal WHERE position > :p", p=last)
    await by.run("DELETE FROM audit_link WHERE position > :p", p=last)
    if by.dice.random() < 0.5:
        await by.run("DELETE FROM audit_entry WHERE id = ANY (:ids)", ids=ids)
    else:
        await by.run("INSERT INTO audit_waiting SELECT unnest(CAST(:ids AS uuid[]))", ids=ids)


ACTS: dict[Act_, int] = {flip: 1000, delete: 200, swap: 200, cut: 50}


def plan(times: int) -> Iterator[Act_]:
    """So many tamperings, of every kind as in 1,450."""
    whole = sum(ACTS.values())
    for act, many in ACTS.items():
        yield from [act] * max(1, round(many * times / whole))


async def fill(database: Database, dice: Random) -> AuditKeys:
    """An audit of all kinds of entries, sealed batch by batch."""
    keys = AuditKeys([new_key()])
    for _ in range(BATCHES):
        async with database.write_transaction() as session:
            session.add_all(entry(dice) for _ in range(IN_BATCH))
        assert await seal_all(database, keys) == IN_BATCH
    return keys


def entry(dice: Random) -> AuditEntry:
    """An entry of any kind."""
    some = dice.random() < 0.5
    return AuditEntry(
        act=dice.choice(list(Act)), operation="model:update", resource="model",
        resource_id=uuid4() if some else None, version=dice.randint(1, 9) if some else None,
        fields=["name", "địa bàn"] if some else [], reason="vì lý do" if some else None,
        detail=None if some else "rows=3", subject=f"người {dice.randint(1, 9)}",
        client="bench", session_id=uuid4() if some else None, roles=["recorder"],
        actor_unit_id=uuid4(), purpose=None if some else "audit", request_id="r",
    )  # fmt: skip


async def tamper(
    database: Database, keys: AuditKeys, times: int, dice: Random, *, published: bool = True
) -> dict[str, tuple[int, int]]:
    """Tamper so many times, each time with a whole chain: how often, how often it showed."""
    head = {}
    async with database.write_transaction() as session:
        last = await Tampering(session, dice).one(
            "SELECT hash FROM audit_link WHERE position = :p", p=LENGTH
        )
        head = {LENGTH: last.hash} if published else {}
    found: dict[str, tuple[int, int]] = {}
    for act in plan(times):
        done, seen = found.get(act.__name__, (0, 0))
        found[act.__name__] = done + 1, seen + await _shows(database, keys, act, dice, head)
    return found


async def _shows(
    database: Database, keys: AuditKeys, act: Act_, dice: Random, head: dict[int, bytes]
) -> bool:
    async with database.write_transaction() as session:
        trial = await session.begin_nested()
        await execute(session, text("SET LOCAL session_replication_role = replica"))
        await act(Tampering(session, dice))
        judge = await verify_chain(session, keys.verify, 1, None, head)
        await trial.rollback()
        return judge.found > 0


async def count_false_faults(database: Database, keys: AuditKeys) -> int:
    """Faults of a chain that nobody has touched: there are none."""
    async with database.write_transaction() as session:
        return (await verify_chain(session, keys.verify, 1, None, {})).found
