"""Targets over the demo: progress with its figure and words, parts, revisions, refusals."""

from typing import Any

import pytest

from app.domain.actor import Role
from tests.application import Application, Caller

PROGRESS = """query($id: UUID!) { targetProgress(id: $id) {
    verdict reason threshold explanationEn figure { value } baseline { value } } }"""
FEWER = {"indicator": "incidents", "shape": "relative_change", "value": -7}
IN_2018 = {"unit": "01852", "window": "calendar_year:2018"}


@pytest.fixture
def approver(atlas: Application) -> Caller:
    return atlas.national(Role.APPROVER)


def create(caller: Caller, **values: Any) -> Any:
    answer = caller.post("/api/v1/targets", json={"title": "Giảm số vụ", **values})
    assert answer.status_code == 201, answer.text
    return answer.json()


def read(caller: Caller, target: Any) -> Any:
    answer = caller.get(f"/api/v1/targets/{target['id']}/progress")
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_2_of_7_cases_less_is_not_measurable(approver: Caller) -> None:
    """Nông Thượng: 5 cases in 2018 against a stated base of 7; one case alone decides on 7 %."""
    base = {"baseline_value": 7, "baseline_source": "tính ngược từ mức giảm 2 vụ"}
    target = create(approver, **FEWER, **IN_2018, **base)
    assert (target["comparator"], target["indicator"]) == ("at_most", "incidents@1")
    found = read(approver, target)
    assert (found["figure"]["value"], found["baseline"]["value"]) == (5, 7)
    assert (found["verdict"], found["reason"]) == ("not_measurable", "one_case_decides")
    assert found["pooled_years"] == 3
    assert "một trường hợp" in found["explanation_vi"]
    assert approver.get(found["figure"]["trace"]).status_code == 200
    [told] = approver.ask(PROGRESS, id=target["id"])["data"].values()
    names = ("verdict", "reason", "threshold", "explanation_en")
    assert [found[name] for name in names] == [
        told["verdict"].lower(), told["reason"].lower(), told["threshold"], told["explanationEn"]
    ]  # fmt: skip


def test_a_target_without_a_baseline_of_its_own_compares_with_the_period_before(
    approver: Caller,
) -> None:
    target = create(approver, **FEWER, **IN_2018)
    assert (target["baseline_from"], target["baseline_to"]) == ("2017-01-01", "2017-12-31")
    assert read(approver, target)["reason"] in {"base_is_zero", "no_baseline"}


def test_coverage_and_its_growth(approver: Caller) -> None:
    how = {"unit": "06", "indicator": "model_coverage", "filter": "type:ho_an_toan",
           "period_from": "2019-01-01", "period_to": "2020-09-08"}  # fmt: skip
    ratio = read(approver, create(approver, **how, shape="ratio", value=60))
    assert (ratio["verdict"], ratio["threshold"]) == ("met", 60)
    growth = create(
        approver, **how, shape="growth", basis="percentage_point", value=10,
        baseline_from="2018-01-01", baseline_to="2018-12-31",
    )  # fmt: skip
    found = read(approver, growth)
    assert found["threshold"] == pytest.approx(found["baseline"]["value"] + 10)
    assert found["verdict"] == ("met" if found["figure"]["value"] >= found["threshold"]
                                else "not_met")  # fmt: skip


def test_parts_and_revisions(approver: Caller) -> None:
    ceiling = {"shape": "ceiling", "indicator": "incidents", "window": "calendar_year:2024"}
    target = create(approver, unit="06", value=40, **ceiling)
    [one, two] = [cell["unit_id"] for cell in approver.get(
        "/api/v1/figures", indicator="models", unit="06", window="calendar_year:2024",
        by="commune").json()["cells"][:2]]  # fmt: skip
    at = f"/api/v1/targets/{target['id']}"
    parts = {"parts": [{"unit": one, "value": 10}, {"unit": two, "value": 20}]}
    done = approver.change("POST", at, parts, at="/cascade")
    assert done.status_code == 200, done.text
    found = read(approver, target)
    assert (found["parts"], found["parts_sum"]) == (2, 30)
    assert "30" in found["question_vi"]
    assert "40" in found["question_vi"]
    again = approver.change("POST", at, parts, at="/cascade")
    assert (again.status_code, again.json()["code"]) == (409, "unit_has_part")
    revised = approver.change("POST", at, {"value": 30, "reason": "Giao lại"}, at="/revise")
    assert revised.json()["value"] == 30
    values = approver.get(at, expand="values").json()["values"]
    assert [one["value"] for one in values] == [40, 30]
    assert read(approver, target)["value"] == 40  # that of the last day of its period
    voided = approver.change("POST", at, {"reason": "Nhập nhầm"}, at="/void")
    assert (voided.status_code, voided.json()["code"]) == (409, "has_dependants")


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"shape": "ratio", "value": 100}, "share_needed"),
        ({"shape": "relative_change", "indicator": "model_coverage"}, "number_needed"),
        ({"shape": "ceiling", "value": 5, "comparator": "at_least"}, "ceiling_is_at_most"),
        ({"shape": "ceiling", "value": -5}, "value_out_of_bounds"),
        ({"basis": "relative"}, "basis_by_shape"),
        ({"baseline_value": 7}, "baseline_once"),
        ({"window": None}, "period_of_target"),
        ({"indicator": "moods"}, "unknown_indicator"),
        ({"window": "year:2024"}, "not_a_window"),
    ],
)  # fmt: skip
def test_contradictions_are_refused(approver: Caller, wrong: dict[str, Any], code: str) -> None:
    given = {"title": "x", **FEWER, **IN_2018, **wrong}
    told = approver.post("/api/v1/targets", json=given)
    assert told.status_code == 422
    assert code in told.text
