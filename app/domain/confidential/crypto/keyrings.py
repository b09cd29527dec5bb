"""Keyrings: X25519 key pairs of one use, and the JSON files in which they are stored.

A server that only encrypts is given a file with the public halves; one that decrypts holds the
private halves in a file of its own.
"""

import base64
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

SECRET_BYTES, ID_CHARACTERS = 32, 16


@dataclass(frozen=True, slots=True)
class Keyring:
    """Keys of one use: the newest encrypts, and each decrypts what was encrypted for it."""

    use: str
    public: Mapping[str, X25519PublicKey]  # newest first
    private: Mapping[str, X25519PrivateKey] = field(default_factory=dict)

    @property
    def newest(self) -> dict[str, X25519PublicKey]:
        """The recipient of new contents, by the name of its key."""
        name = next(iter(self.public))
        return {name: self.public[name]}

    def find_private_key(self, keys: Mapping[str, str]) -> tuple[str, X25519PrivateKey] | None:
        """Find a private key of this server among the recipients of an envelope."""
        return next(((n, self.private[n]) for n in keys if n in self.private), None)


def load_keyring(use: str, public: Any, private_file: Path) -> Keyring:
    """Load a keyring from public keys and, where it is there, the file with the private ones."""
    known = {k["kid"]: X25519PublicKey.from_public_bytes(decode_bytes(k["x"])) for k in public}
    pairs = json.loads(private_file.read_text())[use] if private_file.exists() else ()
    raw = {k["kid"]: decode_bytes(k["d"]) for k in pairs if "d" in k}
    private = {name: X25519PrivateKey.from_private_bytes(key) for name, key in raw.items()}
    return Keyring(use, known, private)


def generate_key_pair(use: str) -> dict[str, str]:
    """Generate a key pair, as key files have it."""
    key = X25519PrivateKey.generate()
    public, private = key.public_key().public_bytes_raw(), key.private_bytes_raw()
    return {"kid": name_key(use, public), "x": encode_bytes(public), "d": encode_bytes(private)}


def strip_private(pair: Mapping[str, str]) -> dict[str, str]:
    """Leave of a key pair what a server that only encrypts is given."""
    return {name: pair[name] for name in ("kid", "x")}


def rotate_keys(
    public: Mapping[str, Any], private: Mapping[str, Any], use: str
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Put a new key before the others of its use, in the public and in the private file."""
    fresh = generate_key_pair(use)
    encrypting, decrypting = [strip_private(fresh), *public[use]], [fresh, *private[use]]
    return {**public, use: encrypting}, {**private, use: decrypting}


def name_key(use: str, public: bytes) -> str:
    """Name a key after its use and a digest of its public half."""
    return f"{use}-{sha256(public).hexdigest()[:ID_CHARACTERS]}"


def generate_secret() -> str:
    """Generate a symmetric secret, as key files have it."""
    return encode_bytes(secrets.token_bytes(SECRET_BYTES))


def decode_bytes(text: str) -> bytes:
    """Decode base64url without padding."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def encode_bytes(raw: bytes) -> str:
    """Encode as base64url without padding."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def write_key_file(path: Path, content: Any) -> None:
    """Write a file of secrets readable by its owner alone, unless another process already has."""
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
