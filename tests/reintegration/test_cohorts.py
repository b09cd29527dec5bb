"""Re-offending of a cohort: 40 synthetic returns of one month, against a table made by hand."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from app.domain.actor import Role
from tests.reintegration.scenario import CaseScenario

RELEASED, MONTH = "2015-01-10", "2015-01-01"
AGAIN = "imprisoned_again"
# how many, when the case was closed, and on which basis
CASES: tuple[tuple[int, str | None, str | None], ...] = (
    (10, None, None),  # followed to this day
    (6, "2015-04-15", AGAIN),  # after 3 months
    (5, "2015-11-20", AGAIN),  # 10
    (4, "2017-07-20", AGAIN),  # 30
    (4, "2015-06-20", "moved"),  # 5
    (3, "2016-09-20", "deceased"),  # 20
    (3, "2016-01-10", "emigrated"),  # 12 to the day
    (2, "2018-05-20", "expunged"),  # 40
)
PURGED = 3  # reoffended after 7 months, of which no case is left
BY_HAND = {  # of each follow-up: reoffended, not, censored
    6: (6, 30, 4),
    12: (14, 22, 4),
    24: (14, 16, 10),
    36: (18, 12, 10),
}
OUTCOMES = ("reoffended", "not_reoffended", "censored")
INSERT = """
INSERT INTO reintegration_case (id, unit_id, case_number, basis, state, notified_on, released_on,
  closed_on, closing_basis, episode)
VALUES (:id, :unit, :number, 'released', CASE WHEN CAST(:closed AS date) IS NULL THEN 'supporting'
  ELSE 'closed' END, '2015-01-01', CAST(:released AS date), CAST(:closed AS date), :basis, :episode)
"""
INSERT_LEFT = """
INSERT INTO reintegration_episode (id, release_month, province_id, months, reoffended)
VALUES (:id, CAST(:month AS date), :province, 7, true)
"""


def insert(
    scenario: CaseScenario, closed: Any, basis: Any, released: str = RELEASED, episode: int = 1
) -> None:
    scenario.rows(
        INSERT, id=uuid4(), unit=scenario.country["1.1"], number=f"HN-{uuid4().hex[:12]}",
        closed=closed and date.fromisoformat(closed), basis=basis,
        released=date.fromisoformat(released), episode=episode,
    )  # fmt: skip


@pytest.fixture
def cohort(scenario: CaseScenario) -> CaseScenario:
    scenario.rows("DELETE FROM reintegration_case WHERE released_on < '2017-01-01'")
    scenario.rows("DELETE FROM reintegration_episode WHERE release_month < '2017-01-01'")
    for many, closed, basis in CASES:
        for _ in range(many):
            insert(scenario, closed, basis)
    for _ in range(PURGED):
        province: UUID = scenario.country["1"]
        scenario.rows(INSERT_LEFT, id=uuid4(), month=date.fromisoformat(MONTH), province=province)
    insert(scenario, None, None, "2016-06-01", 2)  # the second return of one: another month
    return scenario


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
