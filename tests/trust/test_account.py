"""The judge of the crash proofs finds what is lost and what is there too often."""

from collections import Counter

import httpx
import pytest

from bench.trust_account import account
from bench.trust_ledger import Ledger, how_refused

ALL = frozenset("abc")


def judge(rows: str, *, acknowledged: str = "abc", named: str = "abc") -> tuple[int, int]:
    found = account(ALL, set(acknowledged), Counter(rows), set(named), len(rows))
    assert found.even is not (found.lost or found.duplicated or not acknowledged)
    return found.lost, found.duplicated


def test_all_that_was_acknowledged_is_there_once() -> None:
    assert judge("abc") == (0, 0)


def test_what_was_sent_but_not_acknowledged_may_be_there_or_not() -> None:
    assert judge("abc", acknowledged="a") == (0, 0)
    assert judge("a", acknowledged="a", named="a") == (0, 0)


def test_what_is_not_in_the_list_is_lost() -> None:
    assert judge("ab") == (1, 0)


def test_what_is_not_found_by_name_is_lost() -> None:
    assert judge("abc", named="ab") == (1, 0)


def test_what_is_there_twice_is_duplicated() -> None:
    assert judge("abcc") == (0, 1)


def test_what_nobody_sent_is_duplicated() -> None:
    assert judge("abcz") == (0, 1)


def test_rows_that_only_the_count_knows_are_duplicated() -> None:
    assert account(ALL, ALL, Counter("abc"), ALL, 4).duplicated == 1


def test_nothing_acknowledged_proves_nothing() -> None:
    assert not account(ALL, set(), Counter(), set(), 0).even


@pytest.mark.parametrize(
    ("status", "headers", "excused"),
    [
        (503, {"content-type": "application/problem+json", "retry-after": "2"}, True),
        (503, {"content-type": "application/problem+json"}, False),
        (503, {"content-type": "text/plain", "retry-after": "2"}, False),
        (500, {"content-type": "application/problem+json"}, False),
    ],
)
def test_only_a_503_that_says_when_to_try_again_is_excused(
    status: int, headers: dict[str, str], excused: bool
) -> None:
    answer = httpx.Response(status, headers=headers, json={"code": "unavailable"})
    ledger = Ledger()
    ledger.refuse(how_refused(answer))
    assert (not ledger.improper()) is excused


def test_a_request_that_hangs_is_not_excused_as_a_lost_connection_is() -> None:
    ledger = Ledger()
    ledger.refuse("lost ReadError")
    assert not ledger.improper()
    ledger.refuse("hangs ReadTimeout")
    assert ledger.improper()
