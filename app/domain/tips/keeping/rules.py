"""When tips and identities go: reckoned from terms that are given."""

from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.deadlines.days import months_later


@dataclass(frozen=True, slots=True)
class Term:
    """How long something is kept."""

    months: int
    days: int

    def after(self, day: date) -> date:
        """The first day on which it need no longer be kept."""
        return months_later(day, self.months) + timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms in force on a day; where one is missing, what it is of is kept."""

    tip: Term | None = None
    identity: Term | None = None
    notice: Term | None = None

    def expires_on(self, closed_on: date, today: date) -> date | None:
        """When a closed tip is to go, if that is to be announced today."""
        if self.tip is None or self.notice is None:
            return None
        end, soonest = self.tip.after(closed_on), self.notice.after(today)
        return max(end, soonest) if end <= soonest else None

    def identity_goes(self, closed_on: date, today: date) -> bool:
        """Whether contact details need no longer be kept."""
        return self.identity is not None and self.identity.after(closed_on) <= today
