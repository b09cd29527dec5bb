"""Copies of the audit, verifiable without a database: one line for each link and seal."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

from app.db.embedded.data_dir import open_private
from app.db.session import Database, Session, act_as
from app.domain.audit import queries, witness
from app.domain.audit.chain import Link, canonical
from app.domain.audit.keys import AuditKeys
from app.domain.audit.queries import PlacedEntry
from app.domain.audit.verification import ChainVerifier, What

FORMAT = "binhyen-audit/1"


async def export(database: Database, keys: AuditKeys, file: Path) -> int:
    """Export the whole chain with its entries to a file; return how many entries."""
    async with database.read_transaction() as session:
        await act_as(session, queries.AUDITOR)
        with _open_copy(file) as out:
            out.write(canonical({"format": FORMAT, **keys.public()}) + b"\n")
            return await _write(session, out)


def _open_copy(file: Path) -> BinaryIO:
    """Open a file for its owner only: it shows who did what."""
    return open(file, "wb", opener=open_private)


async def _write(session: Session, out: BinaryIO) -> int:
    many = 0
    async for placed in queries.read_chain(session):
        out.writelines(canonical(line) + b"\n" for line in _lines(placed))
        many += 1
    return many


def verify(
    file: Path, keys: AuditKeys | None = None, witnessed: Path | None = None
) -> ChainVerifier:
    """Verify a copy; by the keys in the copy, unless others are given."""
    with file.open(encoding="utf-8") as copy:
        head = json.loads(next(copy, "{}"))
        if head.get("format") != FORMAT:
            raise ValueError(f"this is no copy of an audit: {file.name}")
        known = keys or AuditKeys(head["keys"])
        published = _read_published(witnessed, known) if witnessed else {}
        return _verify_copy(ChainVerifier(known.verify, published=published), copy)


def _verify_copy(judge: ChainVerifier, lines: Iterable[str]) -> ChainVerifier:
    last: Link | None = None
    for line in lines:
        data = json.loads(line)
        if "seal" in data:
            seal = witness.parse_head(data["seal"])
            here = last is not None and last.position == seal.position
            judge.seal(seal, last.hash if last and here else None)
            continue
        entry = data["entry"]
        content = None if entry is None else canonical(entry)
        last = Link(data["position"], UUID(data["entry_id"]), bytes.fromhex(data["hash"]), content)
        judge.link(last)
        if entry is not None and entry.get("id") != data["entry_id"]:
            judge.fault(What.FLIPPED, last.position, last.entry_id)
    judge.end(tail=True)
    return judge


def _read_published(file: Path, keys: AuditKeys) -> dict[int, bytes]:
    """Read the signed heads of the witness; unsigned ones prove nothing."""
    return {head.position: head.head for head in witness.read_heads(file) if keys.verify(head)}


def _lines(placed: PlacedEntry) -> Iterator[dict[str, Any]]:
    link, seal = placed
    yield {
        "position": link.position,
        "entry_id": str(link.entry_id),
        "hash": link.hash.hex(),
        "entry": None if link.content is None else json.loads(link.content),
    }
    if seal:
        yield {"seal": witness.format_head(seal)}
