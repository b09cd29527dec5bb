"""Decisions about activities: details and measures by kind, days by state, corrections."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from app.db.tables.activities import Activity, ActivityLine
from app.db.tables.activity_terms import ActivityState
from app.db.tables.stated_figures import PeriodPrecision
from app.domain.activities.errors import (
    ActivityVerified,
    DaysByState,
    DetailByKind,
    HeldLater,
    NothingToSupersede,
    NotYetHeld,
)
from app.domain.activities.kinds import list_details, load_kinds
from app.domain.activities.schemas import ActivityTransition
from app.domain.activities.states import FATE, LIFE, OPEN, PLANS
from app.domain.records.schemas import TransitionInput
from app.domain.records.state_machine import AppliedTransition

BOTH = ("starts_on and ends_on go together, in order.", "starts_on và ends_on phải có đủ, đúng "
        "thứ tự.")  # fmt: skip


def begin(activity: Activity, *, today: date) -> None:
    """Let a new activity be held if its day has come, and planned until then."""
    if activity.ends_on is None:
        activity.ends_on = activity.starts_on
    held = activity.starts_on is not None and activity.starts_on <= today
    activity.state = ActivityState.HELD if held else ActivityState.PLANNED


def check(activity: Activity, lines: Sequence[ActivityLine], *, today: date) -> None:
    """Refuse an activity that contradicts its kind, its state or itself."""
    kind = load_kinds()[activity.kind]
    for name in list_details():
        if getattr(activity, name) is not None and name not in kind.details:
            raise DetailByKind(name, activity.kind, needed=False)
    for name in kind.required:
        if getattr(activity, name) is None:
            raise DetailByKind(name, activity.kind, needed=True)
    _check_days(activity, today=today)
    if lines and activity.state in PLANS:
        raise NotYetHeld()


def _check_days(activity: Activity, *, today: date) -> None:
    since, until = activity.starts_on, activity.ends_on
    if (since is None) != (until is None) or (since and until and until < since):
        raise DaysByState("ends_on", *BOTH)
    if activity.precision is PeriodPrecision.UNDATED and since is not None:
        raise DaysByState("precision", "An undated activity has no days.",
                          "Hoạt động không rõ thời gian thì không có ngày.")  # fmt: skip
    if activity.precision is PeriodPrecision.APPROXIMATE and activity.period_text is None:
        raise DaysByState("period_text", "An approximate time has the words of it.",
                          "Thời gian ước chừng cần có lời ghi period_text.")  # fmt: skip
    if activity.state in PLANS:
        return
    if since is None or until is None:
        raise DaysByState("starts_on", "An activity that was held has its days.",
                          "Hoạt động đã tổ chức phải có ngày.")  # fmt: skip
    if since > today:
        raise HeldLater()


def check_open(activity: Activity) -> None:
    """Refuse to correct what was verified: it is superseded."""
    if activity.state not in OPEN:
        raise ActivityVerified(state=activity.state)


def apply_transition(
    activity: Activity, words: ActivityTransition, *, today: date
) -> AppliedTransition:
    """Take an activity one step on; one that is held has its days, the day of the step if none."""
    day = words.effective_on or today
    taken = LIFE.apply(activity.state, words, effective_on=day)
    if day > today:
        raise HeldLater()
    activity.state = ActivityState(taken.to_state)
    if taken.action == "hold":
        activity.starts_on = activity.starts_on or day
        activity.ends_on = activity.ends_on or activity.starts_on
    check(activity, [], today=today)
    return taken


def apply_supersession(activity: Activity, reason: str, *, today: date) -> AppliedTransition:
    """Let a verified activity be superseded by a later record of it."""
    if activity.state is not ActivityState.VERIFIED:
        raise NothingToSupersede(state=activity.state)
    words = TransitionInput(action="supersede", reason=reason)
    taken = FATE.apply(activity.state, words, effective_on=today)
    activity.state = ActivityState.SUPERSEDED
    return taken


def copy(activity: Activity, copied: Sequence[str]) -> Activity:
    """Copy a verified activity into a record that supersedes it, to be verified again."""
    values = {name: getattr(activity, name) for name in copied}
    return Activity(**values, state=ActivityState.REPORTED, supersedes_id=activity.id)


def list_new(wanted: Sequence[UUID], known: Sequence[UUID]) -> list[UUID]:
    """Return those that are wanted and not there, each once."""
    return [id for id in dict.fromkeys(wanted) if id not in known]
