"""Let senders work until all events have come, and kill them in the middle of it."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from bench.webhook_receiver import Receiver

AT_ONCE = 2
STUCK, TOO_LONG = 10.0, 60.0  # seconds without anything new


@dataclass(frozen=True)
class Kills:
    """The kills of senders: their number, and the replay of what was given up."""

    count: int
    dice: random.Random
    environment: dict[str, str]
    fault: str
    replay: Callable[[], None]
    tell: Callable[[str], None]


class Senders:
    """Processes that send, forked by one that has loaded the product."""

    def __init__(self, plan: Kills) -> None:
        words = [sys.executable, "-m", "bench.webhook_senders", *([plan.fault] * bool(plan.fault))]
        self.parent = subprocess.Popen(
            words, env=plan.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self._read() == "ready"
        self.alive = [self._start() for _ in range(AT_ONCE)]

    def _read(self) -> str:
        assert self.parent.stdout
        return self.parent.stdout.readline().strip()

    def _start(self) -> int:
        assert self.parent.stdin
        self.parent.stdin.write("\n")
        self.parent.stdin.flush()
        return int(self._read())

    def kill_one(self, dice: random.Random) -> None:
        """Kill one with no chance to say anything, and start another."""
        killed = self.alive.pop(dice.randrange(AT_ONCE))
        os.kill(killed, signal.SIGKILL)
        self.alive.append(self._start())

    def end(self) -> None:
        """End them all."""
        self.parent.communicate(timeout=30)


def send_under_kills(plan: Kills, receiver: Receiver, events: int) -> int:
    """Wait until all events have come, or nothing more comes; return how many were killed."""
    senders, killed = Senders(plan), 0
    try:
        last, since = -1, time.monotonic()
        while receiver.taken_count < events or killed < plan.count:
            taken, at = receiver.taken_count, time.monotonic()
            if killed < plan.count and taken >= events * (killed + 1) // (plan.count + 1):
                time.sleep(plan.dice.uniform(0, 0.05))
                senders.kill_one(plan.dice)
                killed += 1
                plan.tell(f"webhooks {taken}/{events}: killed {killed}")
            if taken > last:
                last, since = taken, at
            elif at - since > TOO_LONG:
                break
            elif at - since > STUCK:
                plan.replay()
            time.sleep(0.01)
    finally:
        senders.end()
    return killed
