"""The terms of rules, the status of a deadline, and the acts that each state allows."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.db.tables.deadlines import DeadlineState
from app.domain.deadlines.days import Length

RUNNING, PAUSED, EXTENDED = DeadlineState.RUNNING, DeadlineState.PAUSED, DeadlineState.EXTENDED
MET, BREACHED = DeadlineState.MET, DeadlineState.BREACHED
RUNNING_STATES = (RUNNING, EXTENDED)
ACTIONS: dict[DeadlineState, list[str]] = {
    RUNNING: ["pause", "extend", "meet"],
    EXTENDED: ["pause", "extend", "meet"],
    PAUSED: ["resume", "meet"],
    BREACHED: ["meet"],
    MET: [],
}


@dataclass(frozen=True, slots=True)
class ExtensionRule:
    """An extension that the rule declares."""

    length: Length
    authority: str


@dataclass(frozen=True, slots=True)
class DeadlineTerm:
    """The term of a rule: its length, whether it rolls to a working day, the acts it allows."""

    length: Length
    rolls: bool
    steps: tuple[ExtensionRule, ...] = ()  # each as often as it may be used, in their order
    suspension_allowed: bool = False
    suspension_most: timedelta | None = None


@dataclass(frozen=True, slots=True)
class DeadlineStatus:
    """The status of a record's deadline."""

    state: DeadlineState
    started_at: datetime
    ends_at: datetime
    due_at: datetime
    acted_at: datetime
    extensions: int = 0
    paused_at: datetime | None = None
    pause_ends_at: datetime | None = None
    paused_seconds: int = 0
    remaining_seconds: int | None = None
    remaining_days: int | None = None
    met_at: datetime | None = None
    breached_at: datetime | None = None
