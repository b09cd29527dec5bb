"""Proof of work: required only while many tips come, by challenges that this server signed."""

import base64
import json
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any, Literal

from altcha.v1 import ChallengeOptions, create_challenge, verify_solution
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from app.db.base import now

LIFETIME = timedelta(minutes=10)
ALGORITHM: Literal["SHA-256"] = "SHA-256"
PARTS = {"algorithm": str, "challenge": str, "number": int, "salt": str, "signature": str}


class Load:
    """A count of requests to this process within a minute; nothing of who sent them."""

    def __init__(self, free: int) -> None:
        self._free = RateLimitItemPerMinute(free) if free else None
        self._counts = MovingWindowRateLimiter(MemoryStorage())

    def is_light(self) -> bool:
        """Return whether another request would be free."""
        return self._free is not None and self._counts.test(self._free, "taken")

    def take_slot(self) -> bool:
        """Count a request; return whether it is free of work."""
        return self._free is not None and self._counts.hit(self._free, "taken")


class WrongReceipts:
    """Counts wrong receipts by source: past some of them its next ones cost work, right ones too.

    Only wrong ones are counted; the counts are of a process and of ten minutes.
    """

    def __init__(self, free: int) -> None:
        self._most = RateLimitItemPerMinute(free, 10)
        self._counts = MovingWindowRateLimiter(MemoryStorage())

    def is_free(self, source: str) -> bool:
        """Return whether a source may try another receipt without work."""
        return self._counts.test(self._most, source)

    def count(self, source: str) -> None:
        """Count a wrong receipt."""
        self._counts.hit(self._most, source)


@dataclass(frozen=True, slots=True)
class Work:
    """Challenges of this server, under its key."""

    key: bytes
    hashes: int

    def create_challenge(self) -> dict[str, Any]:
        """Create a challenge that nobody has been given."""
        made = create_challenge(
            ChallengeOptions(
                algorithm=ALGORITHM, max_number=self.hashes, hmac_key=self.key,
                expires=now() + LIFETIME,
            )
        )  # fmt: skip
        return {
            "algorithm": made.algorithm, "challenge": made.challenge, "maxnumber": made.max_number,
            "salt": made.salt, "signature": made.signature,
        }  # fmt: skip

    def verify_solution(self, given: str | None) -> bytes | None:
        """Verify a solution; return the digest by which it is spent, None where it is wrong."""
        solution = _decode(given or "")
        if solution is None or not verify_solution(solution, self.key)[0]:
            return None
        return sha256(solution["challenge"].encode()).digest()


def _decode(given: str) -> Any:
    """Decode a solution, with its parts of the types that the library takes for granted."""
    try:
        solution = json.loads(base64.b64decode(given, validate=True))
    except (ValueError, RecursionError):
        return None
    if not isinstance(solution, dict):
        return None
    types = {name: type(value) for name, value in solution.items()}
    return solution if types == PARTS and solution["algorithm"] == ALGORITHM else None
