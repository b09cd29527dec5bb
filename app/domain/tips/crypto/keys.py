"""The keys of tips, in three files: for intake, for handling and for custodians.

In production a server that only takes tips in is given the first file alone: it can encrypt, and
decrypt nothing. Development has all keys in one file.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.domain.confidential.crypto.keyrings import (
    Keyring,
    decode_bytes,
    encode_bytes,
    generate_key_pair,
    generate_secret,
    load_keyring,
    name_key,
    strip_private,
    write_key_file,
)
from app.domain.tips.crypto.receipts import Receipts

CONTENT, CUSTODIAN = "content", "custodian"
LABEL_EXCLUSION = b"binhyen excluded units v1"
COST = {"memory_kib": 65_536, "passes": 3}


@dataclass(frozen=True, slots=True)
class TipKeys:
    """All keys of tips that this server was given."""

    receipts: Receipts
    work: bytes  # signs the tasks by which floods are slowed down
    likeness: bytes  # keys the sketches by which similar tips are found
    proof: Ed25519PrivateKey
    proof_name: str
    content: Keyring
    custodian: Keyring

    @property
    def exclusion(self) -> bytes:
        """Return the key of the digests of excluded units, derived from that of the sketches."""
        return HKDF(SHA256(), 32, None, LABEL_EXCLUSION).derive(self.likeness)

    @classmethod
    def from_files(cls, intake: Path, reading: Path, custodian: Path, *, make: bool) -> "TipKeys":
        """Read the keys; in development, generate missing ones into one file."""
        if make and not intake.exists():
            write_key_file(intake, generate_keys())
        keys = json.loads(intake.read_text())
        return cls(
            Receipts(
                decode_bytes(keys["receipt"]["salt"]), *(keys["receipt"][name] for name in COST)
            ),
            decode_bytes(keys["work"]),
            decode_bytes(keys["likeness"]),
            Ed25519PrivateKey.from_private_bytes(decode_bytes(keys["proof"]["d"])),
            keys["proof"]["kid"],
            load_keyring(CONTENT, keys[CONTENT], reading),
            load_keyring(CUSTODIAN, keys[CUSTODIAN], custodian),
        )


def generate_keys(cost: Mapping[str, int] | None = None) -> dict[str, Any]:
    """Generate all keys."""
    proof = Ed25519PrivateKey.generate()
    public, private = proof.public_key().public_bytes_raw(), proof.private_bytes_raw()
    return {
        "receipt": {"salt": generate_secret(), **COST, **(cost or {})},
        "work": generate_secret(),
        "likeness": generate_secret(),
        "proof": {"kid": name_key("proof", public), "d": encode_bytes(private)},
        CONTENT: [generate_key_pair(CONTENT)],
        CUSTODIAN: [generate_key_pair(CUSTODIAN)],
    }


def split_keys(keys: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """Split all keys into three files: for intake, for handling, for custodians."""
    public = {use: [strip_private(key) for key in keys[use]] for use in (CONTENT, CUSTODIAN)}
    return {**keys, **public}, {CONTENT: keys[CONTENT]}, {CUSTODIAN: keys[CUSTODIAN]}
