"""Every SQL statement on the chain of the audit."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text

from app.db.session import Session, execute
from app.domain.audit.chain import COLUMNS, Link, Seal, of_entry
from app.domain.records.hash_chain import read_links

AT_ONCE = 1_000
SEALER, AUDITOR = "binhyen_sealer", "binhyen_auditor"
ENTRY = ", ".join(f"e.{name}" for name in COLUMNS)
SEAL = "position, entries, head, sealed_at, key_id, signature"
PlacedEntry = tuple[Link, Seal | None]


async def find_last_link(session: Session) -> Any:
    """Return the last link of the chain; None where it has not begun."""
    found = "SELECT position, hash FROM audit_link ORDER BY position DESC LIMIT 1"
    return (await execute(session, text(found))).one_or_none()


async def find_hash(session: Session, position: int) -> bytes | None:
    """Return the hash of one link."""
    found = text("SELECT hash FROM audit_link WHERE position = :position")
    link: bytes | None = (
        await execute(session, found, {"position": position})
    ).scalar_one_or_none()
    return link


async def list_waiting(session: Session, most: int) -> Sequence[tuple[UUID, bytes]]:
    """Return the oldest entries that wait for their place in the chain, in canonical form."""
    rows = await execute(
        session,
        text(
            f"SELECT {ENTRY} FROM audit_waiting w JOIN audit_entry e ON e.id = w.entry_id "
            "ORDER BY e.id LIMIT :most"
        ),
        {"most": most},
    )
    return [(row["id"], of_entry(dict(row))) for row in rows.mappings()]


async def add_links(session: Session, links: Sequence[Link], seal: Seal) -> None:
    """Add entries to the chain with the seal over them; they wait no more."""
    ids, hashes = [link.entry_id for link in links], [link.hash for link in links]
    await execute(
        session,
        text(
            "INSERT INTO audit_link (position, entry_id, hash) SELECT * FROM unnest("
            "CAST(:positions AS bigint[]), CAST(:ids AS uuid[]), CAST(:hashes AS bytea[]))"
        ),
        {"positions": [link.position for link in links], "ids": ids, "hashes": hashes},
    )
    sealed = {name: getattr(seal, name) for name in SEAL.split(", ")}
    named = ", ".join(f":{name}" for name in sealed)
    await execute(session, text(f"INSERT INTO audit_seal ({SEAL}) VALUES ({named})"), sealed)
    gone = text("DELETE FROM audit_waiting WHERE entry_id = ANY (:ids)")
    await execute(session, gone, {"ids": ids})


async def list_seals(
    session: Session, *, after: int = 0, most: int, newest: bool = False
) -> list[Seal]:
    """Return seals after a position, the oldest first or the newest."""
    order = "DESC" if newest else "ASC"
    rows = await execute(
        session,
        text(
            f"SELECT {SEAL} FROM audit_seal WHERE position > :after "
            f"ORDER BY position {order} LIMIT :most"
        ),
        {"after": after, "most": most},
    )
    return [Seal(**row) for row in rows.mappings()]


def read_chain(
    session: Session, *, after: int = 0, until: int | None = None
) -> AsyncIterator[PlacedEntry]:
    """Read links, each with its entry and the seal on it; a batch at a time."""
    sealed = ", ".join(f"s.{name} AS seal_{name}" for name in SEAL.split(", "))
    statement = text(
        f"SELECT l.position, l.entry_id, l.hash, {ENTRY}, {sealed} FROM audit_link l "
        "LEFT JOIN audit_entry e ON e.id = l.entry_id "
        "LEFT JOIN audit_seal s ON s.position = l.position WHERE l.position > :after "
        "AND (CAST(:until AS bigint) IS NULL OR l.position <= CAST(:until AS bigint)) "
        "ORDER BY l.position LIMIT :most"
    )

    async def read(after: int) -> list[PlacedEntry]:
        values = {"after": after, "until": until, "most": AT_ONCE}
        rows = await execute(session, statement, values)
        return [_to_placed_entry(row) for row in rows.mappings()]

    return read_links(read, lambda placed: placed[0].position, after=after)


def _to_placed_entry(row: Any) -> PlacedEntry:
    content = None if row["id"] is None else of_entry(dict(row))
    link = Link(row["position"], row["entry_id"], row["hash"], content)
    seal = {name: row[f"seal_{name}"] for name in SEAL.split(", ")}
    return link, Seal(**seal) if seal["position"] is not None else None


async def list_orphan_seals(session: Session, most: int) -> list[Seal]:
    """Return seals whose link is missing."""
    rows = await execute(
        session,
        text(
            f"SELECT {SEAL} FROM audit_seal s WHERE NOT EXISTS "
            "(SELECT FROM audit_link l WHERE l.position = s.position) LIMIT :most"
        ),
        {"most": most},
    )
    return [Seal(**row) for row in rows.mappings()]


async def list_left_out(session: Session, before: datetime, most: int) -> list[UUID]:
    """Return entries without a place in the chain that waited too long, or do not even wait."""
    rows = await execute(
        session,
        text(
            "SELECT e.id FROM audit_entry e WHERE NOT EXISTS "
            "(SELECT FROM audit_link l WHERE l.entry_id = e.id) AND (e.recorded_at < :before OR "
            "NOT EXISTS (SELECT FROM audit_waiting w WHERE w.entry_id = e.id)) LIMIT :most"
        ),
        {"before": before, "most": most},
    )
    return list(rows.scalars())


async def list_missing_waiting(session: Session, most: int) -> list[UUID]:
    """Return ids of waiting entries that no longer exist."""
    rows = await execute(
        session,
        text(
            "SELECT entry_id FROM audit_waiting w WHERE NOT EXISTS "
            "(SELECT FROM audit_entry e WHERE e.id = w.entry_id) LIMIT :most"
        ),
        {"most": most},
    )
    return list(rows.scalars())


async def count_waiting(session: Session) -> int:
    """Count the entries that have no place in the chain yet."""
    return int((await execute(session, text("SELECT count(*) FROM audit_waiting"))).scalar_one())
