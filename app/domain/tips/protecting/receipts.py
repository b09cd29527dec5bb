"""Receipts: twenty digits that alone lead to a tip, and alone open what was sealed for it.

From a receipt two keys are derived, which say nothing of each other: one it is looked up by, one
that opens. The database holds the first and what the second opens; the salt lies outside of it.
"""

import re
import secrets
from dataclasses import dataclass

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

DIGITS, GROUP, KEY = 20, 4, 32
WRITTEN = re.compile(r"[\s.\-\u2010-\u2015]+")
LOOKUP, OPENING = b"binhyen receipt lookup v1", b"binhyen receipt opening v1"


@dataclass(frozen=True, slots=True)
class Opened:
    """What a receipt stands for."""

    lookup: bytes
    key: bytes


@dataclass(frozen=True, slots=True)
class Receipts:
    """How receipts are derived here: changing any of it makes all that were given out worthless."""

    salt: bytes
    memory_kib: int
    passes: int

    def opened(self, receipt: str) -> Opened:
        """The two keys of a receipt; slow, so that nobody tries many."""
        argon = Argon2id(
            salt=self.salt, length=KEY, iterations=self.passes, lanes=1,
            memory_cost=self.memory_kib,
        )  # fmt: skip
        root = argon.derive(receipt.encode("ascii"))
        return Opened(derived(root, LOOKUP), derived(root, OPENING))


def new_receipt() -> str:
    """A receipt that nobody has."""
    return "".join(secrets.choice("0123456789") for _ in range(DIGITS))


def as_written(receipt: str) -> str:
    """A receipt as people copy it down."""
    return " ".join(receipt[n : n + GROUP] for n in range(0, DIGITS, GROUP))


def plain(given: str) -> str | None:
    """The digits of a receipt as people type it; None where it cannot be one."""
    digits = WRITTEN.sub("", given)
    return digits if len(digits) == DIGITS and digits.isascii() and digits.isdigit() else None


def derived(root: bytes, label: bytes) -> bytes:
    """A key for one use; keys of other uses say nothing of it."""
    return HKDFExpand(algorithm=SHA256(), length=KEY, info=label).derive(root)
