"""Informants are not found, receipts not guessed; the long form is `./run trust`."""

from bench.trust_anonymity import anonymity, told
from bench.trust_receipts import guesses
from tests.trust.short import terms


def test_nothing_is_kept_of_what_a_tip_comes_with() -> None:
    found = anonymity(terms(40))
    print(found)
    assert found.holds, found


def test_what_would_be_kept_is_found() -> None:
    found = told(terms(2))
    print(found)
    assert not found.holds, found
    assert found.figures["leaks"] == 4, found


def test_receipts_are_not_guessed() -> None:
    found = guesses(terms(300))
    print(found)
    assert found.holds, found
