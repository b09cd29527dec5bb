"""A receiver of webhooks: verifies a message before it looks at it. Standard library, and
`cryptography` for the public key. Answer 2xx once the message is stored, and 410 to get no more.
"""

import base64
import binascii
import hmac
import time
from collections.abc import Mapping

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

TOLERANCE = 300  # seconds
MAX_SIGNATURES = 20


def verify(
    headers: Mapping[str, str], body: bytes, secret: str = "", public: str = "",
    *, at: float | None = None,
) -> bool:  # fmt: skip
    """Return whether a message is from the sender, and of the last five minutes."""
    id, stamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not id or not (stamp.isascii() and stamp.isdigit() and len(stamp) < 13):
        return False
    if abs((time.time() if at is None else at) - int(stamp)) > TOLERANCE:
        return False
    content = f"{id}.{stamp}.".encode() + body
    signatures = headers.get("webhook-signature", "").split(" ")[:MAX_SIGNATURES]
    return any(_is_good(one, content, secret, public) for one in signatures)


def _is_good(signature: str, content: bytes, secret: str, public: str) -> bool:
    version, _, text = signature.partition(",")
    try:
        given = base64.b64decode(text, validate=True)
        if version == "v1" and secret:
            key = base64.b64decode(secret.removeprefix("whsec_"))
            return hmac.compare_digest(given, hmac.digest(key, content, "sha256"))
        if version == "v1a" and public:
            known = base64.b64decode(public.removeprefix("whpk_"))
            Ed25519PublicKey.from_public_bytes(known).verify(given, content)
            return True
    except (binascii.Error, ValueError, InvalidSignature):
        return False
    return False
