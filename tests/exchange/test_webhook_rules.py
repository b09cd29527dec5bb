"""When a message is tried again, and how long an endpoint that takes none is left alone."""

import random
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from app.domain.exchange.webhooks import rules
from tests.dice import make_seed

AT = datetime(2026, 11, 30, 8, tzinfo=UTC)


def test_attempts_are_spread_over_days_and_end() -> None:
    dice, waits = random.Random(make_seed("waits")), list[timedelta]()
    for attempts in range(1, 10):
        again = rules.next_attempt(attempts, AT, None, dice)
        assert again
        waits.append(again - AT)
    assert waits[0] < timedelta(seconds=7)
    assert timedelta(hours=60) < sum(waits, timedelta()) < timedelta(hours=90)
    assert len({wait / usual for wait, usual in zip(waits, rules.WAITS, strict=True)}) > 1
    assert rules.next_attempt(10, AT, None, dice) is None


@pytest.mark.parametrize(
    ("given", "wait"),
    [
        ("120", 120), ("Mon, 30 Nov 2026 08:05:00 GMT", 300), ("Mon, 30 Nov 2026 07:00:00 GMT", 0),
        ("", None), ("soon", None), ("-5", None), ("٣", None), ("9" * 40, None),
        (f"Mon, 30 Nov 2026 08:05:00 +{'9' * 18}", None), (f"Mon, {'9' * 20} Nov 2026 0:0:0", None),
    ],
)  # fmt: skip
def test_a_wait_is_read_in_both_forms_and_nothing_else(given: str, wait: int | None) -> None:
    expected = None if wait is None else timedelta(seconds=wait)
    assert rules.read_retry_after({"retry-after": given}, AT) == expected


def test_a_receiver_makes_a_wait_longer_up_to_a_day_and_never_shorter() -> None:
    dice = random.Random(make_seed("waits"))
    hour, month = timedelta(hours=1), timedelta(days=30)
    assert rules.next_attempt(1, AT, hour, dice) == AT + hour
    assert rules.next_attempt(1, AT, month, dice) == AT + timedelta(days=1)
    later = rules.next_attempt(5, AT, hour, dice)
    assert later
    assert later - AT > timedelta(hours=3)


def test_messages_that_fail_together_count_as_one_turn_once_an_endpoint_is_left_alone() -> None:
    refusals, pauses = rules.count_refusals(0, [False] * 20), list[timedelta]()
    for _ in range(30):
        pauses.append(rules.pause_after(refusals))
        refusals = rules.count_refusals(refusals, [False] * 20)
    assert pauses[:4] == [timedelta(seconds=5 * 2**n) for n in range(4)]
    assert pauses[-1] == timedelta(hours=1)
    assert rules.count_refusals(refusals, [False, True, False]) == 1
    assert rules.pause_after(19) == timedelta()


def test_endpoints_take_turns_to_be_first() -> None:
    dice, ids = random.Random(make_seed("turns")), [UUID(int=n) for n in range(3)]
    turns = [rules.rotate(ids, dice) for _ in range(60)]
    assert {turn[0] for turn in turns} == set(ids)
    assert all(sorted(turn) == ids for turn in turns)
    assert rules.rotate([], dice) == []
