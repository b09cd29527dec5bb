"""Signatures of Standard Webhooks: HMAC-SHA256 (v1) and ed25519 (v1a) over id, time and body.

While a key is replaced, both keys sign; a receiver accepts a message that one of them signed.
"""

import base64
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

HMAC_PREFIX, PUBLIC_PREFIX = "whsec_", "whpk_"  # by which receivers know the kind of a key
HMAC_BYTES = 32


@dataclass(frozen=True, slots=True)
class SigningKeys:
    """The keys of one generation: a shared secret and a private key."""

    secret: bytes
    private: bytes

    @property
    def shown_secret(self) -> str:
        """Return the shared secret as receivers take it; it is shown once."""
        return HMAC_PREFIX + base64.b64encode(self.secret).decode()

    @property
    def shown_public(self) -> str:
        """Return the public key as receivers take it."""
        public = Ed25519PrivateKey.from_private_bytes(self.private).public_key()
        return PUBLIC_PREFIX + base64.b64encode(public.public_bytes_raw()).decode()


def sign_message(
    keys: Sequence[SigningKeys], id: str, timestamp: int, body: bytes
) -> Mapping[str, str]:
    """Return the headers of a message, signed by every generation of keys in use."""
    content = f"{id}.{timestamp}.".encode() + body
    signatures = [text for one in keys for text in _sign(one, content)]
    return {
        "webhook-id": id, "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signatures),
    }  # fmt: skip


def _sign(keys: SigningKeys, content: bytes) -> tuple[str, str]:
    shared = hmac.digest(keys.secret, content, "sha256")
    own = Ed25519PrivateKey.from_private_bytes(keys.private).sign(content)
    return f"v1,{base64.b64encode(shared).decode()}", f"v1a,{base64.b64encode(own).decode()}"
