"""Work that a flood pays with: asked for only while many come, by tasks that we signed."""

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

LASTS = timedelta(minutes=10)
ALGORITHM: Literal["SHA-256"] = "SHA-256"
LONGEST = 2_000
PARTS = {"algorithm": str, "challenge": str, "number": int, "salt": str, "signature": str}


class Load:
    """How many came to this process within a minute; who they are is not known."""

    def __init__(self, most: int) -> None:
        self._most = RateLimitItemPerMinute(most) if most else None
        self._counts = MovingWindowRateLimiter(MemoryStorage())

    def is_light(self) -> bool:
        return self._most is not None and self._counts.test(self._most, "taken")

    def take(self) -> bool:
        """Let one more in for nothing; False where so many came that he has to work."""
        return self._most is not None and self._counts.hit(self._most, "taken")


@dataclass(frozen=True, slots=True)
class Work:
    """Tasks of this server, under its key."""

    key: bytes
    hashes: int

    def task(self) -> dict[str, Any]:
        """A task that nobody has been given."""
        made = create_challenge(
            ChallengeOptions(
                algorithm=ALGORITHM, max_number=self.hashes, hmac_key=self.key,
                expires=now() + LASTS,
            )
        )  # fmt: skip
        return {
            "algorithm": made.algorithm, "challenge": made.challenge, "maxnumber": made.max_number,
            "salt": made.salt, "signature": made.signature,
        }  # fmt: skip

    def done(self, given: str | None) -> bytes | None:
        """By what a task that is solved is known when it comes again; None where it is not."""
        solution = _read(given or "")
        if solution is None or not verify_solution(solution, self.key)[0]:
            return None
        return sha256(solution["challenge"].encode()).digest()


def _read(given: str) -> Any:
    """A solution whose parts are of the kinds that the library takes for granted."""
    try:
        told = json.loads(base64.b64decode(given, validate=True))
    except (ValueError, RecursionError):
        return None
    if not isinstance(told, dict) or {name: type(told[name]) for name in told} != PARTS:
        return None
    return told if told["algorithm"] == ALGORITHM else None
