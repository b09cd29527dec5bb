"""Followers beside writers that are killed; the long form is `./run trust --only changes`."""

from bench.trust_changes import WRITERS, changes, hasty
from tests.trust.short import draw_until, terms


def test_a_copy_equals_the_lists_beside_writers_that_are_killed() -> None:
    found = changes(terms(1))
    print(found)
    assert found.holds, found
    assert found.figures["writers"] == WRITERS
    assert found.figures["kill"]


def test_a_feed_that_passes_over_late_writers_is_found_out() -> None:
    found = draw_until(lambda one: bool(one.figures["differ"]), hasty, terms(1))
    print(found)
    assert found.figures["differ"]
