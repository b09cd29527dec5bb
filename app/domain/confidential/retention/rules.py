"""Rules on when records and identities expire, by the terms in force."""

from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.deadlines.days import months_later


@dataclass(frozen=True, slots=True)
class Term:
    """A length of time."""

    months: int
    days: int

    def end_after(self, day: date) -> date:
        """Return the first day after the term."""
        return months_later(day, self.months) + timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms in force on a day; without one, nothing it is of expires."""

    record: Term | None = None
    identity: Term | None = None
    notice: Term | None = None

    def expiry_day(self, closed_on: date, today: date) -> date | None:
        """Return when a closed record expires, where notice of that is to be given today."""
        if self.record is None or self.notice is None:
            return None
        end, soonest = self.record.end_after(closed_on), self.notice.end_after(today)
        return max(end, soonest) if end <= soonest else None

    def is_identity_over(self, closed_on: date, today: date) -> bool:
        """Return whether the term of an identity is over."""
        return self.identity is not None and self.identity.end_after(closed_on) <= today
