"""Explain the steps of a deadline in words: why it ends when it does."""

from datetime import date, datetime

from app.db.tables.deadlines import DeadlineAct, DeadlineState, Measure
from app.domain.deadlines.days import (
    ONE_DAY,
    WEEKDAYS,
    Days,
    Length,
    day_of,
    end_of,
    in_country_time,
    last_day,
)
from app.domain.deadlines.replay import Act
from app.domain.deadlines.schemas import SimulationStep, SkippedDay
from app.domain.deadlines.terms import DeadlineStatus, DeadlineTerm

UNITS = {
    Measure.HOUR: ("hour", "giờ"),
    Measure.CALENDAR_DAY: ("day", "ngày"),
    Measure.WORKING_DAY: ("working day", "ngày làm việc"),
    Measure.MONTH: ("month", "tháng"),
}
OFF = {
    "monday": ("Monday", "Thứ hai"),
    "tuesday": ("Tuesday", "Thứ ba"),
    "wednesday": ("Wednesday", "Thứ tư"),
    "thursday": ("Thursday", "Thứ năm"),
    "friday": ("Friday", "Thứ sáu"),
    "saturday": ("Saturday", "Thứ bảy"),
    "sunday": ("Sunday", "Chủ nhật"),
}
BilingualText = tuple[str, str]  # in English, in Vietnamese


def explain_step(
    act: Act, before: DeadlineStatus | None, after: DeadlineStatus, term: DeadlineTerm, days: Days
) -> SimulationStep:
    """Explain one step of a deadline, in both languages."""
    en, vi = _describe(act, before, after, term)
    skipped = _uncounted_days(act, before, after, term, days)
    if term.rolls and days.is_off(last_day(after.ends_at)) and act.kind in COUNTS:
        day = f"{last_day(after.ends_at):%d/%m/%Y}"
        en += f" {day} is a day off, so the term moves to the next day of work."
        vi += f" {day} là ngày nghỉ nên thời hạn chuyển sang ngày làm việc tiếp theo."
        skipped += days.days_off(last_day(after.ends_at), last_day(after.due_at))
    return SimulationStep(
        act=act.kind, at=in_country_time(act.at), state=after.state,
        due_at=in_country_time(after.due_at), en=en, vi=vi,
        skipped=[_skipped_days(day, days) for day in sorted(set(skipped))],
    )  # fmt: skip


COUNTS = (DeadlineAct.STARTED, DeadlineAct.RESUMED, DeadlineAct.EXTENDED)


def _describe(
    act: Act, before: DeadlineStatus | None, after: DeadlineStatus, term: DeadlineTerm
) -> BilingualText:
    end = format_moment(after.due_at)
    match act.kind:
        case DeadlineAct.STARTED:
            en, vi = format_length(term.length)
            hours = term.length.measure is Measure.HOUR
            since = ("", "") if hours else (", not counting the first day", ", không tính ngày đầu")
            return f"{en}{since[0]}, until {end}.", f"{vi}{since[1]}, đến {end}."
        case DeadlineAct.PAUSED:
            en, vi = _remaining_text(after)
            return f"Suspended; what remains is {en}.", f"Tạm đình chỉ; thời gian còn lại là {vi}."
        case DeadlineAct.RESUMED:
            return f"Goes on with what remained, until {end}.", f"Tiếp tục phần còn lại, đến {end}."
        case DeadlineAct.EXTENDED:
            assert before is not None
            step = term.steps[before.extensions]
            en, vi = format_length(Length(act.count or step.length.count, step.length.measure))
            return (
                f"Extended by {en} by {act.authority}, until {end}.",
                f"Được {act.authority} gia hạn {vi}, đến {end}.",
            )
        case DeadlineAct.MET if after.state is DeadlineState.MET:
            return "Done in time.", "Hoàn thành đúng hạn."
        case DeadlineAct.MET:
            return f"Done late: the term ended at {end}.", f"Hoàn thành quá hạn: hạn là {end}."
    return f"The term passed at {end}.", f"Đã quá hạn từ {end}."


def _uncounted_days(
    act: Act, before: DeadlineStatus | None, after: DeadlineStatus, term: DeadlineTerm, days: Days
) -> list[date]:
    """Return the days off that a count of working days has skipped."""
    measure, first = term.length.measure, day_of(after.started_at) + ONE_DAY
    if act.kind is DeadlineAct.EXTENDED:
        assert before is not None
        measure = term.steps[before.extensions].length.measure
        first = last_day(before.ends_at) + ONE_DAY
    elif act.kind is DeadlineAct.RESUMED:
        first = max(first, day_of(after.acted_at))
    if act.kind not in COUNTS or measure is not Measure.WORKING_DAY:
        return []
    return days.days_off(first, last_day(after.ends_at))


def _skipped_days(day: date, days: Days) -> SkippedDay:
    if decided := days.named.get(day):
        return SkippedDay(day=day, vi=decided.vi, en=decided.en)
    en, vi = OFF[WEEKDAYS[day.weekday()]]
    return SkippedDay(day=day, vi=vi, en=en)


def _remaining_text(status: DeadlineStatus) -> BilingualText:
    if status.remaining_days is not None:
        return format_length(Length(status.remaining_days, Measure.WORKING_DAY))
    days, seconds = divmod(status.remaining_seconds or 0, 86_400)
    hours_left = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return f"{plural(days, 'day')} {hours_left}", f"{days} ngày {hours_left}"


def format_length(of: Length) -> BilingualText:
    en, vi = UNITS[of.measure]
    return plural(of.count, en), f"{of.count} {vi}"


def plural(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def format_moment(at: datetime) -> str:
    """Format a moment for people; the end of a day is 24:00 of that day."""
    at = in_country_time(at)
    if at == end_of(last_day(at)):
        return f"24:00 {last_day(at):%d/%m/%Y}"
    return f"{at:%H:%M %d/%m/%Y}"
