"""After corrections and voids in any order, figures of any day follow from what was only added."""

from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.actor import Level, Role
from tests.application import Application
from tests.give import Country
from tests.histories import History


@given(st.randoms(use_true_random=False))
@settings(max_examples=4, deadline=None, database=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
def test_figures_follow_from_the_entries(
    application: Application, country: Country, dice: Random
) -> None:
    approver = application.caller(Role.APPROVER, level=Level.COMMUNE, unit=country["1.1"])
    history = History(approver, str(country["1.1"]), dice)
    moves = [history.take() for _ in range(15)]
    wrong = [line for _ in range(4) for line in history.compare()]
    assert wrong == [], moves
