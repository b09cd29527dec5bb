"""The chain of the audit: the form of an entry, its link, and the form of a seal.

Pure: the sealer, the endpoint and the verifier of a copy without a database share this form.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

PREFIX = b"binhyen audit head\n"  # so that a signature for a head can stand for nothing else

# All of an entry but its place on today's map, which a reorganisation changes.
COLUMNS = (
    "id", "recorded_at", "act", "operation", "resource", "resource_id", "version", "fields",
    "reason", "detail", "subject", "client", "session_id", "roles", "actor_unit_id", "purpose",
    "request_id", "unit_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Link:
    """An entry in its place; `content` is None where the entry is missing."""

    position: int
    entry_id: UUID
    hash: bytes
    content: bytes | None


@dataclass(frozen=True, slots=True)
class Seal:
    """The head of the chain after some entries, and its signature."""

    position: int
    entries: int
    head: bytes
    sealed_at: datetime
    key_id: str
    signature: bytes = b""

    def to_bytes(self) -> bytes:
        """Return the signed bytes: the head with its place and its time."""
        parts = {
            "position": self.position,
            "entries": self.entries,
            "head": self.head.hex(),
            "sealed_at": plain_value(self.sealed_at),
            "key_id": self.key_id,
        }
        return PREFIX + canonical(parts)


def of_entry(row: Mapping[str, Any]) -> bytes:
    """Return an entry in its canonical form; leave out empty values."""
    values = {name: plain_value(row[name]) for name in COLUMNS}
    return canonical({name: value for name, value in values.items() if value is not None})


def canonical(parts: Mapping[str, Any]) -> bytes:
    """Write JSON in its only form: names in order, no space, UTF-8."""
    text = json.dumps(parts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode("utf-8", "surrogatepass")


def plain_value(value: Any) -> Any:
    """Convert a value to JSON: times in UTC to the microsecond, ids as text."""
    if isinstance(value, datetime):
        try:
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        except (OverflowError, ValueError):  # infinity, which no machine measures
            return str(value)
    return value if value is None or isinstance(value, int | list) else str(value)
