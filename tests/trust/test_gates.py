"""Hostile GraphQL is bounded; the long form, with overload, is `./run trust`."""

from bench.overload_client import AnswerTimes
from bench.trust_hostile_queries import count_statuses
from tests.application import Application, runner
from tests.trust.short import terms


def test_hostile_queries_are_refused_and_tips_come_in(atlas: Application) -> None:
    """Counts only; memory and the time on the loop are figures of the long form."""
    statuses, tips = runner().run(count_statuses(terms(60), atlas))
    assert set(statuses) <= {200, 400, 401, 422}
    assert statuses.count(401) == 30
    assert set(tips) == {201}


def test_times_are_counted_by_status() -> None:
    times = AnswerTimes()
    for status, took in ((200, 0.1), (200, 0.3), (503, 0.01), (200, 0.2)):
        times.add(status, took)
    assert (times.count(200), times.count(503), times.count(500)) == (3, 1, 0)
    assert (times.share(0.5, 200), times.share(1, 200), times.share(1, 500)) == (0.2, 0.3, 0.0)
