"""Budgets of requests, and what has been spent of them."""

import asyncio
import math
import time
from dataclasses import dataclass

import structlog
from limits import RateLimitItem, parse
from limits.aio.storage import Storage
from limits.aio.strategies import SlidingWindowCounterRateLimiter as Window
from limits.storage import storage_from_string

from app.api.http_errors import TooManyRequests
from app.api.middleware.rate_storage import MemoryRateStorage
from app.settings import OFF, Settings

LOG = structlog.get_logger()
ACCOUNT, CLIENT, ADDRESS, SIGN_IN = "account", "client", "address", "sign-in"
NAMES = {ACCOUNT: "tài khoản", CLIENT: "ứng dụng", ADDRESS: "địa chỉ", SIGN_IN: "nơi đăng nhập"}
SHARED = frozenset({ACCOUNT, CLIENT})  # an address never leaves this machine
PATIENCE, REST = 0.25, 5.0


@dataclass(frozen=True, slots=True)
class Budget:
    """So many requests in such a time: of the installation, and the part of one process."""

    whole: RateLimitItem
    part: RateLimitItem


class RateBudgets:
    """Counts in this process, or for accounts and clients in a storage that processes share."""

    def __init__(self, settings: Settings) -> None:
        given = {
            ACCOUNT: settings.rate_per_account, CLIENT: settings.rate_per_client,
            ADDRESS: settings.rate_anonymous, SIGN_IN: settings.rate_sign_in,
        }  # fmt: skip
        self.budgets = {
            name: _budget(rate, settings.workers) for name, rate in given.items() if rate != OFF
        }
        self._own = Window(MemoryRateStorage())
        where = settings.rate_storage
        self._shared = Window(_storage(where.get_secret_value())) if where else None
        self._rests_until = 0.0

    async def spend(self, name: str, who: str) -> None:
        """Take one request from a budget, or refuse and say when to come again."""
        budget = self.budgets.get(name)
        if budget is None:
            return
        if self._shared and name in SHARED and time.monotonic() >= self._rests_until:
            try:
                async with asyncio.timeout(PATIENCE):
                    await _spend(self._shared, budget.whole, name, who)
                    return
            except TooManyRequests:
                raise
            except Exception as error:  # whatever its client raises: better a count of our own
                self._rests_until = time.monotonic() + REST
                LOG.warning("rate_storage_failed", error=type(error).__name__)
        await _spend(self._own, budget.part, name, who)


async def _spend(window: Window, item: RateLimitItem, name: str, who: str) -> None:
    if await window.hit(item, name, who):
        return
    reset = (await window.get_window_stats(item, name, who)).reset_time
    seconds = max(1, math.ceil(reset - time.time()))
    headers = {
        "retry-after": str(seconds),
        "ratelimit": f'"{name}";r=0;t={seconds}',
        "ratelimit-policy": f'"{name}";q={item.amount};w={item.get_expiry()}',
    }
    raise TooManyRequests(
        budget=name, _budget=NAMES[name], retry_after=seconds, _headers=headers
    )  # fmt: skip


def _budget(rate: str, workers: int) -> Budget:
    whole = parse(rate)
    part = type(whole)(max(1, whole.amount // workers), whole.multiples)
    return Budget(whole, part)


def _storage(uri: str) -> Storage:
    found = storage_from_string(uri)
    assert isinstance(found, Storage), "settings see to that"
    return found
