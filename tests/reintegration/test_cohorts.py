"""Re-offending of a cohort: 40 synthetic returns of one month, against a table made by hand."""

import pytest

from app.domain.actor import Role
from tests.reintegration.scenario import CaseScenario

BY_HAND = {  # of each follow-up: reoffended, not, censored
    6: (6, 30, 4),
    12: (14, 22, 4),
    24: (14, 16, 10),
    36: (18, 12, 10),
}
OUTCOMES = ("reoffended", "not_reoffended", "censored")


def test_the_cohort_is_what_was_worked_out_by_hand(cohort: CaseScenario) -> None:
    rows = cohort.rows(
        "SELECT follow_up, outcome, sum(returns)::integer AS many FROM reintegration_cohort "
        "WHERE release_month = '2015-01-01' GROUP BY 1, 2"
    )
    found = {(row["follow_up"], row["outcome"]): row["many"] for row in rows}
    for follow_up, by_hand in BY_HAND.items():
        assert tuple(found.get((follow_up, outcome), 0) for outcome in OUTCOMES) == by_hand
        assert sum(by_hand) == 40


def test_the_share_is_an_indicator_and_names_nobody(cohort: CaseScenario) -> None:
    viewer = cohort.who("viewer", "1", Role.VIEWER)
    question = {"unit": str(cohort.country["1"]), "from": "2015-01-01", "to": "2015-01-31"}
    for months, (reoffended, not_reoffended, _) in BY_HAND.items():
        answer = viewer.get("/api/v1/figures", indicator=f"reoffending_share_{months}", **question)
        assert answer.status_code == 200, answer.text
        expected = 100 * reoffended / (reoffended + not_reoffended)
        assert answer.json()["value"] == pytest.approx(expected, abs=0.01)
        assert "HN-" not in answer.text
