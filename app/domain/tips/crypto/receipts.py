"""Receipts: twenty digits that alone find a tip and decrypt what was encrypted for its informant.

From a receipt two keys are derived that say nothing of each other: one to look it up, one to
decrypt. The database holds the first and what the second decrypts; the salt lies outside of it.
"""

import re
import secrets
from dataclasses import dataclass

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

DIGITS, GROUP, KEY = 20, 4, 32
INFORMANT = "informant"  # the recipient of an envelope that the receipt opens
SEPARATORS = re.compile(r"[\s.\-\u2010-\u2015]+")
LOOKUP, OPENING = b"binhyen receipt lookup v1", b"binhyen receipt opening v1"


@dataclass(frozen=True, slots=True)
class ReceiptKeys:
    """The keys that a receipt stands for."""

    lookup: bytes
    key: bytes


@dataclass(frozen=True, slots=True)
class Receipts:
    """The derivation of receipts; changing any of it makes all former receipts worthless."""

    salt: bytes
    memory_kib: int
    passes: int

    def derive_keys(self, receipt: str) -> ReceiptKeys:
        """Derive the two keys of a receipt; slow, so that nobody tries many."""
        argon = Argon2id(
            salt=self.salt, length=KEY, iterations=self.passes, lanes=1,
            memory_cost=self.memory_kib,
        )  # fmt: skip
        root = argon.derive(receipt.encode("ascii"))
        return ReceiptKeys(expand_key(root, LOOKUP), expand_key(root, OPENING))


def generate_receipt() -> str:
    """Generate the digits of a new receipt."""
    return "".join(secrets.choice("0123456789") for _ in range(DIGITS))


def format_receipt(receipt: str) -> str:
    """Format a receipt in groups, as people copy it down."""
    return " ".join(receipt[n : n + GROUP] for n in range(0, DIGITS, GROUP))


def parse_receipt(given: str) -> str | None:
    """Parse the digits of a receipt as people type it; return None where it cannot be one."""
    digits = SEPARATORS.sub("", given)
    return digits if len(digits) == DIGITS and digits.isascii() and digits.isdigit() else None


def expand_key(root: bytes, label: bytes) -> bytes:
    """Derive a key for one use; keys for other uses say nothing of it."""
    return HKDFExpand(algorithm=SHA256(), length=KEY, info=label).derive(root)
