"""The registry of jobs: a decorator registers a function as a task, by name or on a schedule.

A job may run more than once (its worker was killed after the effect, before the note of it), so
its function must be able to repeat its effect.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import ConfigDict, validate_call

Function = TypeVar("Function", bound=Callable[..., Awaitable[Any]])

MAX_RUNS = 6  # of one job, before it is left as failed
FIRST_WAIT = 4  # seconds; each next wait is four times as long, 23 minutes in all


@dataclass(frozen=True, slots=True)
class Task:
    """A task: a function of the database and of the ids that were given on deferring."""

    name: str
    run: Callable[..., Awaitable[Any]]
    cron: str | None = None

    def wait_after(self, earlier_runs: int) -> int | None:
        """Return the seconds until a failed run is retried; None to leave it as failed.

        A scheduled task is not retried: its next time comes, and two would wait.
        """
        if self.cron or earlier_runs + 1 >= MAX_RUNS:
            return None
        return int(FIRST_WAIT ** (earlier_runs + 1))


@dataclass(frozen=True, slots=True)
class Schedule:
    """The intervals of a worker; the tests use shorter ones."""

    concurrency: int = 4  # jobs of one worker: a long one does not hold up scheduled tasks
    heartbeat: float = 10.0
    stalled: float = 30.0  # without a heartbeat for so long, a worker counts as dead
    rescue: str = "* * * * *"
    poll: float = 5.0  # a notification comes at once on a direct connection to the server
    grace: float = 3.0  # for running jobs when the worker stops
    backoff: tuple[float, float] = (1.0, 15.0)  # the first wait for a lost database, the longest


DEFAULT_SCHEDULE = Schedule()
TASKS: dict[str, Task] = {}


def task(name: str) -> Callable[[Function], Function]:
    """Register the function for `defer(session, name, ...)`: `async (database, *, ids)`."""
    return _register(name, None)


def periodic(cron: str, name: str) -> Callable[[Function], Function]:
    """Register a function on a schedule (UTC; a sixth field counts seconds): `async (database)`.

    However many workers there are, each time is taken by one, and no two runs overlap.
    """
    return _register(name, cron)


def _register(name: str, cron: str | None) -> Callable[[Function], Function]:
    def register(function: Function) -> Function:
        if name in TASKS:
            raise ValueError(f"two tasks are named {name}")
        checked = validate_call(config=ConfigDict(arbitrary_types_allowed=True))(function)
        TASKS[name] = Task(name, checked, cron)
        return function

    return register
