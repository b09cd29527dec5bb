"""A cohort: 40 synthetic returns of one month, some of which are purged."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

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
INSERT = """
INSERT INTO reintegration_case (id, unit_id, case_number, basis, state, notified_on, released_on,
  closed_on, closing_basis, episode)
VALUES (:id, :unit, :number, 'released', CASE WHEN CAST(:closed AS date) IS NULL THEN 'supporting'
  ELSE 'closed' END, '2015-01-01', CAST(:released AS date), CAST(:closed AS date), :basis, :episode)
"""
INSERT_LEFT = """
INSERT INTO reintegration_episode (id, release_month, province_id, months, reoffended)
VALUES (:id, CAST(:month AS date), :province, :months, :reoffended)
"""


def insert(
    scenario: CaseScenario, closed: Any, basis: Any, released: str = RELEASED, episode: int = 1
) -> None:
    scenario.rows(
        INSERT, id=uuid4(), unit=scenario.country["1.1"], number=f"HN-{uuid4().hex[:12]}",
        closed=closed and date.fromisoformat(closed), basis=basis,
        released=date.fromisoformat(released), episode=episode,
    )  # fmt: skip


def leave(scenario: CaseScenario, months: int, reoffended: bool) -> None:
    """Insert what a purge leaves of a case."""
    province: UUID = scenario.country["1"]
    scenario.rows(
        INSERT_LEFT, id=uuid4(), month=date.fromisoformat(MONTH), province=province,
        months=months, reoffended=reoffended,
    )  # fmt: skip


def give_cohort(scenario: CaseScenario) -> CaseScenario:
    """Insert the 40 returns, and nothing else of these years."""
    scenario.rows("DELETE FROM reintegration_case WHERE released_on < '2017-01-01'")
    scenario.rows("DELETE FROM reintegration_episode WHERE release_month < '2017-01-01'")
    for many, closed, basis in CASES:
        for _ in range(many):
            insert(scenario, closed, basis)
    for _ in range(PURGED):
        leave(scenario, months=7, reoffended=True)
    insert(scenario, None, None, "2016-06-01", 2)  # the second return of one: another month
    return scenario
