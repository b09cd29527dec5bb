"""Keys that sign the heads of the audit: Ed25519, as a JWK set whose first private key signs."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from app.domain.audit.chain import Seal
from app.domain.records.key_files import decode_base64url, encode_base64url, write_secret

PUBLIC = ("kty", "crv", "kid", "x")


class AuditKeys:
    """Keys of the audit; keys without a private part only verify their older signatures."""

    def __init__(self, keys: Sequence[Mapping[str, Any]]) -> None:
        self._public = [{name: key[name] for name in PUBLIC} for key in keys]
        self._checks = {
            key["kid"]: Ed25519PublicKey.from_public_bytes(decode_base64url(key["x"]))
            for key in keys
        }
        own = [key for key in keys if key.get("d")]
        self._signs = (
            Ed25519PrivateKey.from_private_bytes(decode_base64url(own[0]["d"])) if own else None
        )
        self.key_id: str | None = own[0]["kid"] if own else None

    @classmethod
    def from_file(cls, path: Path, *, make: bool = False) -> "AuditKeys":
        """Read the keys; with `make`, create one where there is none."""
        if make and not path.exists():
            write_secret(path, {"keys": [new_key()]})
        return cls(json.loads(path.read_text())["keys"])

    def sign(self, seal: Seal) -> Seal:
        """Return the seal, signed."""
        if self._signs is None or self.key_id is None:
            raise LookupError("there is no private key of the audit here")
        seal = replace(seal, key_id=self.key_id)
        return replace(seal, signature=self._signs.sign(seal.to_bytes()))

    def verify(self, seal: Seal) -> bool:
        """Return whether one of the keys signed a seal."""
        key = self._checks.get(seal.key_id)
        try:
            if key:
                key.verify(seal.signature, seal.to_bytes())
        except InvalidSignature:
            return False
        return key is not None

    def public(self) -> dict[str, Any]:
        """Return the JWK set by which others verify the heads."""
        return {"keys": self._public}


def new_key() -> dict[str, str]:
    """Create a key, named by the digest of its public part."""
    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    return {
        "kty": "OKP",
        "crv": "Ed25519",
        "kid": sha256(public).hexdigest()[:32],
        "x": encode_base64url(public),
        "d": encode_base64url(private.private_bytes_raw()),
    }
