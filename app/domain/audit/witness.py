"""The witness: a file on other storage with every signed head of the audit, one a line.

An entry under such a head cannot be cut off the chain unnoticed, even by the owner of the database.
"""

import json
import os
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from app.domain.audit.chain import Seal, canonical, plain_value

ENDS = 4_096  # bytes: the last line lies within


def format_head(seal: Seal) -> dict[str, Any]:
    """Format a signed head as text."""
    return {
        "position": seal.position,
        "entries": seal.entries,
        "head": seal.head.hex(),
        "sealed_at": plain_value(seal.sealed_at),
        "key_id": seal.key_id,
        "signature": seal.signature.hex(),
    }


def parse_head(line: dict[str, Any]) -> Seal:
    """Parse a formatted head."""
    return Seal(
        int(line["position"]), int(line["entries"]), bytes.fromhex(line["head"]),
        datetime.fromisoformat(line["sealed_at"]), line["key_id"],
        bytes.fromhex(line["signature"]),
    )  # fmt: skip


def append(file: Path, heads: Sequence[Seal]) -> None:
    """Append heads to the file; they are on its storage when this returns."""
    text = b"".join(canonical(format_head(head)) + b"\n" for head in heads)
    with file.open("ab") as out:
        # A line that a crash left half written was never published.
        out.truncate(_find_end(file))
        out.write(text)
        out.flush()
        os.fsync(out.fileno())


def last_head(file: Path) -> Seal | None:
    """Return the last head of the file; None where it has none."""
    if not file.exists():
        return None
    with file.open("rb") as stored:
        stored.seek(max(0, _find_end(file) - ENDS))
        lines = stored.read(_find_end(file) - stored.tell()).splitlines()
    return parse_head(json.loads(lines[-1])) if lines else None


def read_heads(file: Path) -> Iterator[Seal]:
    """Yield every head of the file."""
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            if line.endswith("\n"):
                yield parse_head(json.loads(line))


def _find_end(file: Path) -> int:
    """Return the length of the file up to the end of its last whole line."""
    size = file.stat().st_size
    with file.open("rb") as stored:
        stored.seek(max(0, size - ENDS))
        return stored.tell() + stored.read().rfind(b"\n") + 1
