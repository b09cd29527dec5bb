"""The private keys of this installation, in a file only its owner can read; the first one signs."""

import base64
import hashlib
import json
import os
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

RETIRED_AT = "retired_at"  # when a key stopped signing; never published
PRIVATE = frozenset({"d", RETIRED_AT})
Key = dict[str, Any]
FileVersion = tuple[int, int, int]


def new_key() -> Key:
    """A fresh private key, named by its own thumbprint (RFC 7638)."""
    made = ec.generate_private_key(ec.SECP256R1()).private_numbers()
    point = made.public_numbers
    key = {"crv": "P-256", "kty": "EC", "x": _number(point.x), "y": _number(point.y)}
    told = json.dumps(key, separators=(",", ":"))
    return {**key, "d": _number(made.private_value), "kid": _text(hashlib.sha256(told.encode()))}


def read_keys(path: Path) -> list[Key]:
    """The keys in a file; whatever is wrong with it is an error."""
    keys: list[Key] = json.loads(path.read_text())["keys"]
    if len({key["kid"] for key in keys}) < max(len(keys), 1):
        raise ValueError("No key, or two of one name.")
    if "d" not in keys[0]:
        raise ValueError("The first key cannot sign.")
    return keys


def file_version(path: Path) -> FileVersion | None:
    """Return a value that changes with the file; None if the file is missing."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino, found.st_size


def write_keys(path: Path, keys: Sequence[Key]) -> None:
    """Write a secret so that only its owner can read it, and never half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(dir=path.parent, prefix=path.name)  # made for its owner only
    with os.fdopen(handle, "w") as file:
        json.dump({"keys": list(keys)}, file)
        file.flush()
        os.fsync(file.fileno())
    Path(part).rename(path)


def rotate(path: Path, *, at: float | None = None) -> str:
    """Sign with a new key from now on; what the old ones signed is still believed. Its name."""
    fresh, old = new_key(), read_keys(path)
    moment = int(at or time.time())
    write_keys(path, [fresh, *({RETIRED_AT: moment, **key} for key in old)])
    return str(fresh["kid"])


def prune(path: Path, *, minutes: int, at: float | None = None) -> list[str]:
    """Drop the keys whose last token, good for so many minutes, has expired. Their names."""
    keys, longest_ago = read_keys(path), (at or time.time()) - minutes * 60
    kept = [key for key in keys if key.get(RETIRED_AT, longest_ago) >= longest_ago]
    if len(kept) < len(keys):
        write_keys(path, kept)
    return [str(key["kid"]) for key in keys if key not in kept]


def _number(value: int) -> str:
    return base64.urlsafe_b64encode(value.to_bytes(32, "big")).decode().rstrip("=")


def _text(digest: Any) -> str:
    return base64.urlsafe_b64encode(digest.digest()).decode().rstrip("=")
