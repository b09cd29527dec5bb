"""Seals for cookies and forms: opened by this server only, for one purpose only."""

import hashlib
import hmac
import os
from pathlib import Path
from typing import Any, Self

import orjson
from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from app.domain.login.errors import StartAgain


class CookieSeal:
    """Sealing keys: the first seals, all open, so that a key can be replaced."""

    def __init__(self, *keys: str) -> None:
        self._keys = MultiFernet([Fernet(key) for key in keys])
        self._names = keys[0].encode()

    @classmethod
    def from_settings(cls, given: str | None, file: Path) -> Self:
        """The keys that were given, newest first; development makes one of its own."""
        if given:
            return cls(*given.split())
        if not file.exists():
            _make(file)
        return cls(file.read_text("ascii").strip())

    def close(self, purpose: str, content: Any) -> str:
        return self._keys.encrypt(orjson.dumps([purpose, content])).decode()

    def open(self, purpose: str, closed: str, *, seconds: int | None = None) -> Any:
        """Open a value sealed for this purpose within the given age."""
        try:
            said, content = orjson.loads(self._keys.decrypt(closed.encode(), ttl=seconds))
        except (InvalidToken, UnicodeEncodeError) as error:
            raise StartAgain() from error
        if said != purpose:
            raise StartAgain()
        return content

    def name(self, purpose: str, text: str) -> bytes:
        """A name for a text which nobody can turn back into it without the keys."""
        told = f"{purpose}\0{text}".encode("utf-8", "surrogatepass")
        return hmac.digest(self._names, told, "sha256")


def fingerprint(secret: str) -> str:
    """Return the stored digest of a secret of 256 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _make(file: Path) -> None:
    """Write a key that only its owner can read; who comes second takes that of the first."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(f".{os.getpid()}")
    part.touch(0o600)
    part.write_bytes(Fernet.generate_key())
    try:
        os.link(part, file)
    except FileExistsError:
        pass
    finally:
        part.unlink()
