"""The witness: a file on other storage that keeps every signed head of the audit, one a line.

What it has seen can no longer be cut off the chain unnoticed, whoever owns the database.
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
    """A signed head as text."""
    return {
        "position": seal.position,
        "entries": seal.entries,
        "head": seal.head.hex(),
        "sealed_at": plain_value(seal.sealed_at),
        "key_id": seal.key_id,
        "signature": seal.signature.hex(),
    }


def parse_head(line: dict[str, Any]) -> Seal:
    """A head as it was told."""
    return Seal(
        int(line["position"]), int(line["entries"]), bytes.fromhex(line["head"]),
        datetime.fromisoformat(line["sealed_at"]), line["key_id"],
        bytes.fromhex(line["signature"]),
    )  # fmt: skip


def append(file: Path, heads: Sequence[Seal]) -> None:
    """Add heads to the file; they are on its storage when this returns."""
    told = b"".join(canonical(format_head(head)) + b"\n" for head in heads)
    with file.open("ab") as out:
        out.truncate(_whole(file))  # a line that a crash left half written was never told
        out.write(told)
        out.flush()
        os.fsync(out.fileno())


def last_head(file: Path) -> Seal | None:
    """The last head that was told; None where none was."""
    if not file.exists():
        return None
    with file.open("rb") as told:
        told.seek(max(0, _whole(file) - ENDS))
        lines = told.read(_whole(file) - told.tell()).splitlines()
    return parse_head(json.loads(lines[-1])) if lines else None


def read_heads(file: Path) -> Iterator[Seal]:
    """Every head the witness has seen."""
    with file.open(encoding="utf-8") as told:
        for line in told:
            if line.endswith("\n"):
                yield parse_head(json.loads(line))


def _whole(file: Path) -> int:
    """The length of the file up to the end of its last whole line."""
    size = file.stat().st_size
    with file.open("rb") as told:
        told.seek(max(0, size - ENDS))
        return told.tell() + told.read().rfind(b"\n") + 1
