"""When a term ends: known dates, and what holds whatever the dates."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.db.tables.deadlines import DeadlineAct, DeadlineState, Measure
from app.domain.deadlines import rules
from app.domain.deadlines.days import (
    ONE_DAY,
    ONE_SECOND,
    Length,
    day_of,
    end_of,
    last_day,
    months_later,
)
from app.domain.deadlines.errors import (
    DeadlinePassed,
    ExtensionNotAllowed,
    ExtensionTooLong,
    NotTheAuthority,
    OutOfOrder,
    SuspensionNotAllowed,
    SuspensionUsedUp,
)
from app.domain.deadlines.replay import Act, replay
from app.domain.deadlines.terms import DeadlineStatus, DeadlineTerm
from app.domain.errors import IllegalTransition
from tests.domain.records.deadlines.examples import DAYS, HEAD, PROCURACY, at, moments, term

HOUR, DAY, WORKING, MONTH = Measure
LENGTHS = {HOUR: 24, DAY: 20, WORKING: 20, MONTH: 2}
measures = st.sampled_from(Measure)
spans = st.integers(0, 90 * 86_400).map(lambda seconds: timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("started", "count", "measure", "rolls", "ends"),
    [
        # before Tết 2026 (mùng 1 is 17 February): 16 to 20 February and four weekends are off
        ("2026-02-02 08:00", 20, WORKING, False, "2026-03-10 00:00"),
        ("2026-02-13 16:59", 1, WORKING, False, "2026-02-24 00:00"),
        # 2 January 2026 was off in exchange for Saturday the 10th
        ("2025-12-31 09:00", 1, WORKING, False, "2026-01-06 00:00"),
        ("2026-01-09 09:00", 1, WORKING, False, "2026-01-11 00:00"),
        # Hung Kings' day 2026 is a Sunday, made up for on Monday 27 April; then 30/4 and 1/5
        ("2026-04-24 09:00", 3, WORKING, False, "2026-05-05 00:00"),
        ("2026-03-01 10:15", 24, HOUR, False, "2026-03-02 10:15"),
        ("2026-02-16 23:30", 48, HOUR, False, "2026-02-18 23:30"),
        ("2026-03-01 00:00", 20, DAY, False, "2026-03-22 00:00"),
        ("2026-03-01 23:59", 20, DAY, False, "2026-03-22 00:00"),
        ("2026-03-01 23:59", 20, DAY, True, "2026-03-24 00:00"),  # 21 March is a Saturday
        ("2025-12-31 08:00", 2, MONTH, False, "2026-03-01 00:00"),
        ("2025-12-31 08:00", 2, MONTH, True, "2026-03-03 00:00"),  # 28 February is a Saturday
        ("2023-12-31 08:00", 2, MONTH, False, "2024-03-01 00:00"),  # 29 February 2024
        ("2026-01-30 08:00", 1, MONTH, False, "2026-03-01 00:00"),
        ("2026-08-15 08:00", 1, WORKING, False, "2026-08-18 00:00"),
        ("2026-08-21 08:00", 1, WORKING, False, "2026-08-23 00:00"),  # a Saturday of work
    ],
)
def test_known_dates(started: str, count: int, measure: Measure, rolls: bool, ends: str) -> None:
    clock = rules.start(term(count, measure, rolls=rolls), DAYS, at(started))
    assert clock.due_at == at(ends)
    assert clock.state is DeadlineState.RUNNING


def test_a_moment_given_from_abroad_is_a_day_of_the_country() -> None:
    abroad = at("2026-03-02 00:30").astimezone(UTC)
    assert abroad.date() == date(2026, 3, 1)
    assert rules.start(term(3, DAY), DAYS, abroad).due_at == at("2026-03-06 00:00")


@given(date_=st.dates(date(2000, 1, 1), date(2100, 1, 1)), months=st.integers(0, 120))
def test_months_keep_the_day_or_end_with_the_month(date_: date, months: int) -> None:
    found = months_later(date_, months)
    assert (found.year - date_.year) * 12 + found.month - date_.month == months
    assert found.day == date_.day or (
        found.day < date_.day and (found + ONE_DAY).month != found.month
    )


@given(start=moments, later=spans, measure=measures, count=st.integers(1, 60), rolls=st.booleans())
def test_who_starts_later_is_not_due_earlier(
    start: datetime, later: timedelta, measure: Measure, count: int, rolls: bool
) -> None:
    of = term(count, measure, rolls=rolls)
    first, second = (rules.start(of, DAYS, moment) for moment in (start, start + later))
    assert first.due_at <= second.due_at


@given(start=moments, count=st.integers(1, 120))
def test_between_start_and_due_lie_as_many_days_of_work_as_the_term_has(
    start: datetime, count: int
) -> None:
    clock = rules.start(term(count, WORKING), DAYS, start)
    last = last_day(clock.due_at)
    assert clock.due_at == end_of(last)
    assert DAYS.count_working_days(day_of(clock.started_at) + ONE_DAY, last) == count
    assert not DAYS.is_off(last)


@given(start=moments, measure=st.sampled_from([DAY, MONTH]), count=st.integers(1, 60))
def test_a_term_that_rolls_ends_with_the_first_day_of_work(
    start: datetime, measure: Measure, count: int
) -> None:
    plain = rules.start(term(count, measure), DAYS, start)
    rolled = rules.start(term(count, measure, rolls=True), DAYS, start)
    last = last_day(rolled.due_at)
    assert not DAYS.is_off(last)
    assert DAYS.count_working_days(last_day(plain.due_at), last) == 1


@given(
    start=moments,
    measure=st.sampled_from([HOUR, DAY, MONTH]),
    part=st.floats(0, 1),
    lasts=spans,
)
def test_a_pause_moves_the_end_by_exactly_its_length(
    start: datetime, measure: Measure, part: float, lasts: timedelta
) -> None:
    of = term(LENGTHS[measure], measure)
    clock = rules.start(of, DAYS, start)
    seconds = int((clock.due_at - clock.started_at).total_seconds() * part)
    begin = clock.started_at + timedelta(seconds=seconds)
    paused = rules.pause(clock, of, DAYS, begin)
    assert paused.remaining_seconds == (clock.due_at - begin).total_seconds()
    again = rules.resume(paused, of, DAYS, begin + lasts)
    assert again.due_at == clock.due_at + lasts
    assert (again.paused_at, again.remaining_seconds, again.state) == (None, None, clock.state)
    assert again.paused_seconds == lasts.total_seconds()


@given(start=moments, part=st.floats(0, 1), lasts=spans)
def test_a_pause_conserves_the_days_of_work_that_remained(
    start: datetime, part: float, lasts: timedelta
) -> None:
    of = term(20, WORKING)
    clock = rules.start(of, DAYS, start)
    seconds = int((clock.due_at - clock.started_at - ONE_SECOND).total_seconds() * part)
    begin = clock.started_at + timedelta(seconds=seconds)
    paused = rules.pause(clock, of, DAYS, begin)
    again = rules.resume(paused, of, DAYS, begin + lasts)
    tomorrow = day_of(clock.started_at) + ONE_DAY
    before = DAYS.count_working_days(max(tomorrow, day_of(begin)), last_day(clock.due_at))
    after = DAYS.count_working_days(max(tomorrow, day_of(begin + lasts)), last_day(again.due_at))
    assert before == after == paused.remaining_days
    if day_of(begin) == day_of(begin + lasts):
        assert again.due_at == clock.due_at


@given(start=moments, measure=measures, moment=spans)
def test_no_pause_makes_a_term_shorter(
    start: datetime, measure: Measure, moment: timedelta
) -> None:
    of = term(LENGTHS[measure], measure, rolls=measure is not HOUR)
    clock = rules.start(of, DAYS, start)
    begin = min(clock.started_at + moment, clock.due_at)
    again = rules.resume(rules.pause(clock, of, DAYS, begin), of, DAYS, begin + moment)
    assert again.due_at >= clock.due_at


def test_extensions_come_in_their_order_from_their_authority() -> None:
    of = term(20, DAY)
    clock = rules.start(of, DAYS, at("2026-03-01 08:00"))
    with pytest.raises(NotTheAuthority):
        rules.extend(clock, of, DAYS, at("2026-03-05 08:00"), PROCURACY)
    once = rules.extend(clock, of, DAYS, at("2026-03-05 08:00"), HEAD)
    assert (once.due_at, once.state) == (at("2026-05-22 00:00"), DeadlineState.EXTENDED)
    twice = rules.extend(once, of, DAYS, at("2026-05-01 08:00"), PROCURACY, 1)
    assert (twice.due_at, twice.extensions) == (at("2026-06-22 00:00"), 2)
    with pytest.raises(ExtensionNotAllowed):
        rules.extend(twice, of, DAYS, at("2026-06-01 08:00"), PROCURACY)


@pytest.mark.parametrize("count", [0, -1, 3])
def test_an_extension_is_no_longer_than_declared(count: int) -> None:
    of = term(20, DAY)
    clock = rules.start(of, DAYS, at("2026-03-01 08:00"))
    with pytest.raises(ExtensionTooLong):
        rules.extend(clock, of, DAYS, at("2026-03-05 08:00"), HEAD, count)


def test_at_the_last_moment_it_is_in_time_and_a_second_later_it_is_not() -> None:
    of = term(24, HOUR)
    clock = rules.start(of, DAYS, at("2026-03-01 08:00"))
    assert rules.meet(clock, of, DAYS, clock.due_at).state is DeadlineState.MET
    late = rules.meet(clock, of, DAYS, clock.due_at + ONE_SECOND)
    assert (late.state, late.breached_at) == (DeadlineState.BREACHED, clock.due_at)
    assert late.met_at == clock.due_at + ONE_SECOND
    rules.pause(clock, of, DAYS, clock.due_at)
    rules.extend(clock, of, DAYS, clock.due_at, HEAD)
    with pytest.raises(DeadlinePassed):
        rules.pause(clock, of, DAYS, clock.due_at + ONE_SECOND)
    with pytest.raises(DeadlinePassed):
        rules.extend(clock, of, DAYS, clock.due_at + ONE_SECOND, HEAD)


def test_what_is_breached_can_only_be_met_late_and_once() -> None:
    of = term(24, HOUR)
    clock = rules.breach(rules.start(of, DAYS, at("2026-03-01 08:00")))
    moment = at("2026-03-03 08:00")
    with pytest.raises(IllegalTransition):
        rules.extend(clock, of, DAYS, moment, HEAD)
    with pytest.raises(IllegalTransition):
        rules.pause(clock, of, DAYS, moment)
    late = rules.meet(clock, of, DAYS, moment)
    assert (late.state, late.met_at) == (DeadlineState.BREACHED, moment)
    with pytest.raises(IllegalTransition):
        rules.meet(late, of, DAYS, moment)


def test_what_is_paused_does_not_pass_and_goes_on_only_once() -> None:
    of = term(24, HOUR)
    clock = rules.start(of, DAYS, at("2026-03-01 08:00"))
    paused = rules.pause(clock, of, DAYS, at("2026-03-01 09:00"))
    assert not rules.is_passed(paused, at("2027-03-01 09:00"))
    with pytest.raises(IllegalTransition):
        rules.pause(paused, of, DAYS, at("2026-03-01 10:00"))
    with pytest.raises(IllegalTransition):
        rules.resume(clock, of, DAYS, at("2026-03-01 10:00"))
    with pytest.raises(OutOfOrder):
        rules.resume(paused, of, DAYS, at("2026-03-01 08:59"))


def test_a_suspension_ends_by_itself_after_its_longest() -> None:
    of = term(20, DAY, most=10)
    clock = rules.start(of, DAYS, at("2026-03-01 08:00"))
    paused = rules.pause(clock, of, DAYS, at("2026-03-05 08:00"))
    assert paused.pause_ends_at == at("2026-03-15 08:00")
    again = rules.resume(paused, of, DAYS, at("2026-03-25 08:00"))
    assert again.due_at == clock.due_at + timedelta(days=10)
    with pytest.raises(SuspensionUsedUp):
        rules.pause(again, of, DAYS, at("2026-03-25 09:00"))


def test_a_rule_without_suspension_refuses_it() -> None:
    of = DeadlineTerm(Length(24, HOUR), rolls=False)
    clock = rules.start(of, DAYS, at("2026-03-01 08:00"))
    with pytest.raises(SuspensionNotAllowed):
        rules.pause(clock, of, DAYS, at("2026-03-01 09:00"))
    with pytest.raises(ExtensionNotAllowed):
        rules.extend(clock, of, DAYS, at("2026-03-01 09:00"), HEAD)


@settings(max_examples=50)
@given(start=moments, pause=st.integers(0, 15), lasts=st.integers(0, 40), until=st.integers(0, 90))
def test_a_replayed_deadline_is_breached_just_when_its_end_has_passed(
    start: datetime, pause: int, lasts: int, until: int
) -> None:
    of, begin = term(20, DAY, rolls=True), start
    stop = begin + timedelta(days=pause)
    told = stop + timedelta(days=lasts + until)
    acts = [
        Act(DeadlineAct.STARTED, begin),
        Act(DeadlineAct.PAUSED, stop),
        Act(DeadlineAct.RESUMED, stop + timedelta(days=lasts)),
    ]
    *_, (_, clock) = replay(of, DAYS, acts, told)
    assert (clock.state is DeadlineState.BREACHED) is (told > clock.due_at)


def test_years_that_nobody_has_entered_are_not_taken_for_known() -> None:
    assert DAYS.is_decided(date(2026, 1, 1), date(2026, 12, 31))
    assert not DAYS.is_decided(date(2026, 12, 1), date(2027, 1, 5))  # worked out ahead
    assert not DAYS.is_decided(date(2041, 1, 1), date(2041, 1, 5))


def test_the_status_of_a_deadline_is_immutable() -> None:
    with pytest.raises(AttributeError):
        DeadlineStatus.__setattr__(
            rules.start(term(1, DAY), DAYS, at("2026-03-01 08:00")), "state", DeadlineState.MET
        )
