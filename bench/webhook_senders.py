"""Senders of webhooks as processes that can be killed: loaded once, and forked for each start.

Each line on the standard input starts one; its process id is printed. The waits between
attempts are shortened, so that a proof ends in minutes; nothing else differs from the job.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import text

from app.db.base import now
from app.db.session import Database
from app.domain.exchange.webhooks import answers, claim_queries, rules, sender, transport
from app.domain.exchange.webhooks.context import WebhookContext
from app.domain.exchange.webhooks.planner import plan_webhooks
from app.domain.login.cookie_seal import CookieSeal
from app.features import resources
from app.settings import Settings

SHORT = timedelta(milliseconds=100)
LEASE = timedelta(seconds=6)
TIMEOUT = 3.0
NAP = 0.05
NEXT, ORDERED = "AND w.is_next", "AND b.state = 'waiting' AND b.seq < w.seq"


def hurry() -> None:
    """Shorten the waits between attempts, and the lease with the time that a message may take."""
    rules.WAITS = tuple(SHORT for _ in rules.WAITS)
    sender.LEASE, transport.TIMEOUT = LEASE, TIMEOUT


def plant(fault: str) -> None:
    """Plant a fault that a proof has to find."""
    if fault == "unordered":
        claim = str(claim_queries.CLAIM)
        assert NEXT in claim
        assert ORDERED in claim
        claim_queries.CLAIM = text(claim.replace(ORDERED, "AND false").replace(NEXT, ""))
    elif fault == "hasty":
        claim_due = claim_queries.claim_due

        async def claim_as_delivered(session: Any, *terms: Any) -> Any:
            claimed = await claim_due(session, *terms)
            taken = [
                answers.Outcome(one, transport.Answer(status=200), now()).to_result()
                for one, _ in claimed
            ]  # fmt: skip
            if taken:
                await claim_queries.save_results(session, taken)
            return claimed

        setattr(claim_queries, "claim_due", claim_as_delivered)  # noqa: B010


async def run_sender() -> None:
    """Plan and send until killed."""
    settings = Settings()
    seal = CookieSeal.from_settings(settings.seal_key_text, settings.data / "seal-key")
    webhooks = WebhookContext.of(settings, resources(), seal)
    database = Database.of(settings, size=3)
    while True:
        await plan_webhooks(database, webhooks)
        await sender.send_due(database, webhooks)
        await asyncio.sleep(NAP)


def main(arguments: Sequence[str]) -> None:
    """Fork a sender for each line that comes; end them all with the input."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those that were killed
    hurry()
    plant(arguments[0] if arguments else "")
    started: list[int] = []
    print("ready", flush=True)
    for _ in sys.stdin:
        pid = os.fork()
        if not pid:
            asyncio.run(run_sender())
        started.append(pid)
        print(pid, flush=True)
    for pid in started:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


if __name__ == "__main__":
    main(sys.argv[1:])
