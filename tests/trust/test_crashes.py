"""Acknowledged writes are there after kill -9, once; the long form is `./run trust`."""

from bench import trust_crash as crash
from bench.trust_disconnects import leaving
from tests.trust.short import terms


def test_a_killed_server_loses_nothing_it_has_acknowledged() -> None:
    found = crash.SERVER(terms(1))
    print(found)
    assert found.holds, found


def test_a_killed_postgresql_loses_nothing_and_is_answered_for_by_503() -> None:
    found = crash.POSTGRES(terms(1))
    print(found)
    assert found.holds, found


def test_clients_that_leave_take_no_connection_with_them() -> None:
    found = leaving(terms(100))
    print(found)
    assert found.holds, found
