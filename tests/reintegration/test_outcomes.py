"""People in support with a job and with a stable life: by day, by hand, and never by person."""

from typing import Any

import pytest

from app.domain.actor import Role
from tests.application import Caller
from tests.reintegration.scenario import CASES, CaseScenario, Wall

UNIT, OTHER = "2.2", "2.1"
# people in support, with a job, with a stable life, at the end of each month
BY_HAND = {"03": (6, 0, 0), "04": (6, 3, 0), "05": (6, 4, 2), "06": (5, 3, 1)}
LAST = {"03": 31, "04": 30, "05": 31, "06": 30}
SETTLED = ({"pathway": "residence_papers", "status": "none_identified"},
           {"pathway": "work", "status": "met"})  # fmt: skip
SHARE = """query($unit: String!, $since: Date!, $until: Date!) {
  figure(indicator: "job_share", unit: $unit, from: $since, to: $until) { value } }"""
TRACE = "query($id: String!) { figureTrace(id: $id) { facts visible hidden records { id } } }"


def add(worker: Caller, case: str, part: str, data: Any) -> Any:
    answer = worker.post(f"{CASES}/{case}/{part}", data)
    assert answer.status_code == 200, answer.text
    return answer.json()


def give_job(worker: Caller, case: str, begins_on: str) -> str:
    """Give a person a verified job; return its line."""
    found = add(worker, case, "supports", {"kind": "job", "begins_on": begins_on})["supports"]
    line: str = max(found, key=lambda one: one["id"])["id"]
    add(worker, case, f"supports/{line}", {"verified_on": begins_on})
    return line


def support(scenario: CaseScenario, worker: Caller, of: str) -> str:
    case: str = scenario.open(worker, of)["id"]
    for step in ("verify", "take_in", "support"):
        scenario.step(worker, case, step)
    return case


@pytest.fixture
def half_year(scenario: CaseScenario, wall: Wall) -> CaseScenario:
    """Six people of a commune through four months, and one of the commune beside it."""
    clear = "DELETE FROM reintegration_case WHERE unit_id IN (:one, :other)"
    scenario.rows(clear, one=scenario.country[UNIT], other=scenario.country[OTHER])
    wall("2026-03-10 09:00")
    worker = scenario.who("outcomes", UNIT)
    support(scenario, scenario.who("beside", OTHER), OTHER)
    a, b, c, d, e, f = (support(scenario, worker, UNIT) for _ in range(6))
    wall("2026-04-25 09:00")
    give_job(worker, a, "2026-04-10")
    ended = give_job(worker, b, "2026-04-10")
    for day in ("2026-04-20", "2026-04-25"):  # two jobs at once are one person
        give_job(worker, c, day)
    add(worker, e, "supports", {"kind": "job", "begins_on": "2026-04-10"})  # nobody has seen it
    wall("2026-05-05 09:00")
    give_job(worker, d, "2026-05-02")
    for case in (a, b):
        for need in SETTLED:
            add(worker, case, "needs", need)
    add(worker, f, "needs", SETTLED[0])
    wall("2026-06-15 09:00")
    add(worker, b, "needs", {"pathway": "work", "status": "in_progress"})
    add(worker, b, f"supports/{ended}", {"state": "ended"})
    scenario.step(worker, e, "close", closing_basis="expunged")
    wall("2026-07-02 09:00")
    return scenario


def ask(scenario: CaseScenario, caller: Caller, indicator: str, month: str, of: str = UNIT) -> Any:
    days = {"from": f"2026-{month}-01", "to": f"2026-{month}-{LAST[month]}"}
    where = {"unit": str(scenario.country[of]), "boundary": "current"}
    return caller.get("/api/v1/figures", indicator=indicator, **where, **days)


def test_the_figures_of_each_month_are_what_was_worked_out_by_hand(
    half_year: CaseScenario,
) -> None:
    viewer = half_year.who("viewer", UNIT, Role.VIEWER)
    names = ("people_in_support", "people_with_job", "people_with_stable_life")
    for month, numbers in BY_HAND.items():
        found = [ask(half_year, viewer, name, month).json()["value"] for name in names]
        assert tuple(found) == numbers, month
        people, jobs, stable = numbers
        shares = [
            ask(half_year, viewer, name, month).json()["value"]
            for name in ("job_share", "stable_life_share")
        ]
        assert shares == pytest.approx([100 * jobs / people, 100 * stable / people], abs=0.01)
    given = {"unit": str(half_year.country[UNIT]), "since": "2026-06-01", "until": "2026-06-30"}
    assert viewer.ask(SHARE, **given)["data"]["figure"]["value"] == 60


def test_rows_stay_hidden_small_numbers_too_and_growth_says_its_basis(
    half_year: CaseScenario,
) -> None:
    check_traces(half_year)
    check_foreign(half_year)
    check_growth(half_year)


def check_traces(half_year: CaseScenario) -> None:
    worker = half_year.who("outcomes", UNIT, Role.VIEWER, Role.CASE_WORKER)
    for caller in (half_year.who("viewer", UNIT, Role.VIEWER), worker):
        id = ask(half_year, caller, "job_share", "06").json()["figure_id"]
        for part, number in (("numerator", 3), ("denominator", 5)):
            trace = caller.get(f"/api/v1/figures/{id}/trace", part=part)
            found = trace.json()
            assert (found["facts"], found["visible"], found["hidden"]) == (number, 0, number)
            assert (found["records"], found["same"], found["value_now"]) == ([], True, number)
            assert "HN-" not in trace.text
        same = caller.ask(TRACE, id=id)["data"]["figureTrace"]
        assert same == {"facts": 3, "visible": 0, "hidden": 3, "records": []}


def check_foreign(half_year: CaseScenario) -> None:
    other = half_year.who("elsewhere", "1.1", Role.VIEWER)
    assert ask(half_year, other, "people_in_support", "06").json()["value"] == 5
    small = ask(half_year, other, "people_in_support", "06", OTHER).json()
    assert (small["value"], small["suppressed"]) == (None, True)
    for indicator in ("job_share", "stable_life_share", "people_with_job"):
        refused = ask(half_year, other, indicator, "06")
        assert (refused.status_code, refused.json()["code"]) == (403, "only_own_units")


def check_growth(half_year: CaseScenario) -> None:
    approver = half_year.who("approver", UNIT, Role.APPROVER)
    data = {
        "title": "Tăng tỷ lệ có việc làm", "unit": str(half_year.country[UNIT]), "value": 10,
        "indicator": "job_share", "shape": "growth", "period_from": "2026-06-01",
        "period_to": "2026-06-30", "baseline_value": 50, "baseline_source": "báo cáo năm trước",
    }  # fmt: skip
    unsaid = approver.post("/api/v1/targets", data)
    assert unsaid.json()["errors"][0]["code"] == "basis_by_shape"
    for basis in ("relative", "percentage_point"):
        made = approver.post("/api/v1/targets", data | {"basis": basis}).json()
        found = approver.get(f"/api/v1/targets/{made['id']}/progress").json()
        assert found["figure"]["value"] == 60
        assert (found["verdict"], found["reason"]) == ("not_measurable", "one_case_decides")
