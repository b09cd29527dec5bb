"""The chain of the audit: how an entry is told, how it is linked, what a seal says.

Pure: the sealer, the endpoint and whoever verifies a copy far from any database use the same words.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

PREFIX = b"binhyen audit head\n"  # so that a signature for a head can stand for nothing else

# All of an entry but where it lies on today's map, which a reorganisation says anew.
COLUMNS = (
    "id", "recorded_at", "act", "operation", "resource", "resource_id", "version", "fields",
    "reason", "detail", "subject", "client", "session_id", "roles", "actor_unit_id", "purpose",
    "request_id", "unit_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Link:
    """An entry in its place; `told` is None where the entry is not there."""

    position: int
    entry_id: UUID
    hash: bytes
    told: bytes | None


@dataclass(frozen=True, slots=True)
class Seal:
    """The head of the chain after some entries, and the signature that vouches for it."""

    position: int
    entries: int
    head: bytes
    sealed_at: datetime
    key_id: str
    signature: bytes = b""

    def to_dict(self) -> bytes:
        """What is signed: the head with its place and its time."""
        parts = {
            "position": self.position,
            "entries": self.entries,
            "head": self.head.hex(),
            "sealed_at": plain_value(self.sealed_at),
            "key_id": self.key_id,
        }
        return PREFIX + canonical(parts)


def of_entry(row: Mapping[str, Any]) -> bytes:
    """An entry in its canonical form; what it does not say is left out."""
    said = {name: plain_value(row[name]) for name in COLUMNS}
    return canonical({name: value for name, value in said.items() if value is not None})


def canonical(parts: Mapping[str, Any]) -> bytes:
    """JSON that can be written in one way only: names in order, no space, UTF-8."""
    told = json.dumps(parts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return told.encode("utf-8", "surrogatepass")


def plain_value(value: Any) -> Any:
    """A value as JSON has it: times in UTC to the microsecond, ids as text."""
    if isinstance(value, datetime):
        try:
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        except (OverflowError, ValueError):  # infinity, which no clock ever told
            return str(value)
    return value if value is None or isinstance(value, int | list) else str(value)
