"""Signatures of the counter: compact JWS by Ed25519, as in proofs of receipt."""

import json
from collections.abc import Mapping
from copy import copy
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from app.domain.records.key_files import encode_base64url
from app.domain.tips.crypto.keys import TipKeys
from app.domain.tips.transparency_log.schemas import ProofKey

ALGORITHM = "EdDSA"
# RFC 9864 calls it Ed25519, and the library warns of the old name; most know it by that one only.
EDDSA = copy(jws.JWSRegistry.algorithms[ALGORITHM])
EDDSA.security_warning = None
KNOWN = {ALGORITHM: EDDSA, "Ed25519": jws.JWSRegistry.algorithms["Ed25519"]}
WRONG = (JoseError, LookupError, ValueError, TypeError, AttributeError, RecursionError)


class _Registry(jws.JWSRegistry):
    """Signatures by Ed25519, under either name."""

    algorithms = KNOWN


REGISTRY = _Registry(algorithms=[*KNOWN])


def sign(keys: TipKeys, claims: Mapping[str, Any]) -> str:
    """Sign claims as a compact JWS."""
    head = {"alg": ALGORITHM, "kid": keys.proof_name}
    body = json.dumps(dict(claims), separators=(",", ":"), sort_keys=True).encode()
    return jws.serialize_compact(head, body, _key(keys.proof), registry=REGISTRY)


def verify(keys: TipKeys, token: str) -> dict[str, Any] | None:
    """Verify a JWS; return its claims, or None where it was not signed here."""
    try:
        found = jws.deserialize_compact(token, _key(keys.proof), registry=REGISTRY)
        claims = json.loads(found.payload)
    except WRONG:
        return None
    own = found.headers().get("kid") == keys.proof_name
    return claims if own and isinstance(claims, dict) else None


def public_key(keys: TipKeys) -> ProofKey:
    """Return the public key by which others verify signatures."""
    return ProofKey(
        kid=keys.proof_name, x=encode_base64url(keys.proof.public_key().public_bytes_raw())
    )


def _key(private: Ed25519PrivateKey) -> OKPKey:
    raw, public = private.private_bytes_raw(), private.public_key().public_bytes_raw()
    return OKPKey.import_key(
        {"kty": "OKP", "crv": "Ed25519", "x": encode_base64url(public), "d": encode_base64url(raw)}
    )
