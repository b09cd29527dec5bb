"""Work of an operator; the long form is `./run trust`, which also runs the guide."""

from bench.trust_backup import backup
from bench.trust_upgrade import rolling
from tests.trust.short import terms


def test_an_upgrade_under_load_fails_no_request() -> None:
    found = rolling(terms(0))
    print(found)
    assert found.holds, found


def test_what_is_backed_up_comes_back_whole_and_what_is_altered_does_not() -> None:
    found = backup(terms(1))
    print(found)
    assert found.holds, found
