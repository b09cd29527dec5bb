"""The rule engine: worked cases, and properties over all definitions and answers."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from app.data import SHIPPED
from app.domain.criteria.answers import Answer
from app.domain.criteria.calculation import Calculation, StepKind
from app.domain.criteria.definitions import Definition, extend
from app.domain.criteria.evaluate import evaluate
from tests.criteria.second_evaluator import recompute

SETS = {
    file.name.removesuffix(".json"): json.loads(file.read_text(encoding="utf-8"))
    for file in (SHIPPED / "criteria").iterdir() if file.name.endswith(".json")
}  # fmt: skip


def one(kind: str, code: str = "one", **more: Any) -> dict[str, Any]:
    return {"code": code, "kind": kind, "vi": "Tiêu chí", "en": "Criterion"} | more


def define(*criteria: dict[str, Any], **more: Any) -> dict[str, Any]:
    group = {"code": "group", "vi": "Nhóm", "en": "Group", "criteria": list(criteria)}
    return {"groups": [group]} | more


def _to_decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def run(definition: dict[str, Any], answers: dict[str, dict[str, Any]]) -> Calculation:
    read = {
        path: Answer(**(text | {"value": _to_decimal(text.get("value"))}))
        for path, text in answers.items()
    }
    return evaluate(Definition.model_validate(definition), read)


def answer_all(definition: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Answer every criterion of a definition so that it is met."""
    found: dict[str, dict[str, Any]] = {}
    for criterion in (one for group in definition["groups"] for one in group["criteria"]):
        code, kind = criterion["code"], criterion["kind"]
        for path in [f"{code}/{p['code']}" for p in criterion.get("parts", [])] or [code]:
            found[path] = {"holds": True}
        if kind in ("points", "weighted"):
            found[code] = {"value": criterion["most"] if kind == "points" else 100}
        if kind in ("indicator_threshold", "children_share"):
            found[code] = {"value": criterion["bound"]}
    return found


@pytest.mark.parametrize(("part", "result", "text"), [
    (16, "not_met", "16/25 = 64 %; required ≥ 70: is not met."),
    (17, "not_met", "17/25 = 68 %; required ≥ 70: is not met."),
    (18, "met", "18/25 = 72 %; required ≥ 70: is met."),
])  # fmt: skip
def test_seventy_per_cent_of_25_areas(part: int, result: str, text: str) -> None:
    found = run(
        define(one("children_share", of_set="safe_area", bound=70)),
        {"one": {"part": part, "whole": 25}},
    )
    assert (found.result, found.steps[-1].because_en) == (result, text)
    assert found.steps[-1].because_vi.startswith(f"{part}/25 = ")


@pytest.mark.parametrize("name", sorted(SETS))
def test_a_full_dossier_is_met_and_one_event_fails_it(name: str) -> None:
    definition = SETS[name]["definition"]
    full = answer_all(definition)
    assert run(definition, full).result == "met"
    for criterion in (c for group in definition["groups"] for c in group["criteria"]):
        if criterion["kind"] != "knock_out":
            continue
        parts = criterion.get("parts")
        event = f"{criterion['code']}/{parts[0]['code']}" if parts else criterion["code"]
        found = run(definition, full | {event: {"holds": False}})
        assert (found.result, found.knocked_out) == ("not_met", True)
        assert criterion["code"] in found.steps[0].because_vi


@pytest.mark.parametrize(("missing", "result", "percent"), [
    ("fail", "met", 50.0), ("leave_out", "met", 100.0), ("undecided", "undecided", 50.0),
])  # fmt: skip
def test_a_missing_value_follows_its_strategy(missing: str, result: str, percent: float) -> None:
    definition = define(one("points", most=10), one("points", "two", most=10, missing=missing))
    found = run(definition, {"one": {"value": 10}})
    assert (found.result, found.percent) == (result, percent)
    sentence = run(define(one("pass_fail"), one("pass_fail", "two", missing=missing)),
                   {"one": {"holds": True}})  # fmt: skip
    wanted = {"fail": "not_met", "leave_out": "met", "undecided": "undecided"}[missing]
    assert (sentence.result, sentence.steps[-1].missing) == (wanted, True)


GRADES = [{"code": c, "vi": c, "en": c, "least_percent": p}
          for c, p in (("top", 90), ("fair", 50), ("weak", 0))]  # fmt: skip


@pytest.mark.parametrize(("points", "grade"), [(18, "top"), (17.9, "fair"), (9.9, "weak")])
def test_points_become_a_grade(points: float, grade: str) -> None:
    definition = define(one("points", most=20), grades=GRADES)
    assert run(definition, {"one": {"value": points}}).grade == grade


def test_a_knock_out_gives_the_lowest_grade() -> None:
    definition = define(one("points", most=20), one("knock_out", "event"), grades=GRADES)
    found = run(definition, {"one": {"value": 20}, "event": {"holds": False}})
    assert (found.grade, found.result) == ("weak", "not_met")


@pytest.mark.parametrize("wrong", [
    define(one("points")), define(one("pass_fail", most=3)), define(one("indicator_threshold")),
    define(one("pass_fail"), one("manual")), define(one("children_share", bound=70)),
    define(one("pass_fail"), grades=GRADES), define(one("all_must_pass")),
    define(one("points", most=3), grades=GRADES[::-1]),
    define(one("points", most=3), grades=GRADES,
           quotas=[{"grade": "top", "of": "none", "most_percent": 20}]),
])  # fmt: skip
def test_a_definition_that_contradicts_itself_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Definition.model_validate(wrong)


def test_a_province_adds_and_takes_nothing_away() -> None:
    national = Definition.model_validate(define(one("pass_fail")))
    own = define(one("pass_fail", "more"))
    own["groups"][0]["code"] = "province"
    both = extend(national, Definition.model_validate(own))
    assert [c.code for c in both.criteria] == ["one", "more"]
    with pytest.raises(ValidationError):  # a criterion of the same code would replace one
        extend(national, Definition.model_validate(define(one("manual"))))


KINDS = st.sampled_from(["pass_fail", "knock_out", "manual", "all_must_pass", "points", "weighted",
                         "indicator_threshold", "children_share"])  # fmt: skip
MISSING = st.sampled_from(["fail", "leave_out", "undecided"])


@st.composite
def cases(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """A definition and answers to some of its criteria."""
    criteria: list[dict[str, Any]] = []
    answers: dict[str, dict[str, Any]] = {}
    for n in range(draw(st.integers(1, 6))):
        kind, code = draw(KINDS), f"c{n}"
        more: dict[str, Any] = {"missing": draw(MISSING)}
        paths = [code]
        if kind in ("points", "weighted"):
            more["most"] = draw(st.integers(1, 20))
            said = st.fixed_dictionaries({"value": st.integers(0, min(more["most"], 100))})
        elif kind in ("indicator_threshold", "children_share"):
            more |= {"bound": draw(st.integers(0, 100))}
            more |= {"of_set": "other"} if kind == "children_share" else {}
            said = st.fixed_dictionaries({"value": st.integers(0, 100)})
            if kind == "children_share":
                said = st.integers(1, 30).flatmap(lambda w: st.fixed_dictionaries(
                    {"part": st.integers(0, w), "whole": st.just(w)}))  # fmt: skip
        else:
            said = st.fixed_dictionaries({"holds": st.booleans()})
        if kind == "all_must_pass":
            more["parts"] = [{"code": f"p{m}", "vi": "v", "en": "e"} for m in range(2)]
            paths = [f"{code}/p0", f"{code}/p1"]
        criteria.append(one(kind, code, **more))
        answers |= {path: draw(said) for path in paths if draw(st.booleans())}
    scored = any("most" in criterion for criterion in criteria)
    grades = {"grades": GRADES, "least_percent": 40} if scored and draw(st.booleans()) else {}
    return define(*criteria, **grades), answers


@given(cases())
def test_another_evaluator_comes_to_the_same(case: Any) -> None:
    definition, answers = case
    found, again = run(definition, answers), recompute(*case)
    assert (found.result, found.grade, found.points) == (
        again["result"], again["grade"], again["points"]
    )  # fmt: skip
    criteria = {s.path: s.status for s in found.steps if s.kind is StepKind.CRITERION}
    assert criteria == again["statuses"]
    assert found == run(definition, answers)
    paths = {step.path for step in found.steps}
    assert all(step.parent in paths for step in found.steps[1:])
    assert all(step.because_vi and step.because_en for step in found.steps)


ORDER = ["not_met", "undecided", "met"]


@given(cases(), st.data())
def test_a_better_answer_never_makes_a_worse_result(case: Any, data: st.DataObject) -> None:
    definition, answers = case
    if not answers:
        return
    path = data.draw(st.sampled_from(sorted(answers)))
    better = {"holds": True} if "holds" in answers[path] else dict(answers[path])
    for name, most in (("value", 100), ("part", answers[path].get("whole"))):
        if name in better:
            criterion = next(c for c in definition["groups"][0]["criteria"] if c["code"] == path)
            limit = criterion["most"] if criterion["kind"] == "points" else most
            better[name] = data.draw(st.integers(better[name], max(limit, better[name])))
    before, after = run(definition, answers), run(definition, answers | {path: better})
    assert ORDER.index(after.result) >= ORDER.index(before.result)
    assert (after.points or 0) >= (before.points or 0)
