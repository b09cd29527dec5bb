"""Keys as text and in files: base64url without padding, and secrets for their owner only."""

import base64
import json
import os
from pathlib import Path
from typing import Any


def encode_base64url(raw: bytes) -> str:
    """Encode bytes as JWKs have them (RFC 7515, 2)."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def decode_base64url(text: str) -> bytes:
    """Decode bytes as JWKs have them."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def write_secret(path: Path, content: Any) -> None:
    """Write a secret that only its owner can read; of two concurrent writers, the first wins."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}")
    part.touch(0o600)
    part.write_text(json.dumps(content))
    try:
        os.link(part, path)
    except FileExistsError:
        pass
    finally:
        part.unlink()
