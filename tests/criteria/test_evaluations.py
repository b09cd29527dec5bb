"""Evaluations over HTTP: from registration to the published result, and who may do which step."""

from typing import Any

from app.domain.actor import Role
from tests.application import Application
from tests.criteria.scenario import (
    AREA,
    EVALUATIONS,
    FULL,
    ROUNDS,
    SETS,
    YEAR,
    Programme,
    copy,
    criterion,
)


def test_a_full_dossier_is_recognised_and_says_why(programme: Programme) -> None:
    path = programme.submit(programme.open(programme.publish(*AREA)), FULL)
    found = programme.walk(path, "verify", "decide", "publish")
    assert (found["state"], found["result"], found["submission"]) == ("published", "met", 1)
    rest = programme.approver.get(f"{path}/calculation").json()
    assert rest["steps"][0]["because_vi"] == "Đạt 3/3."
    query = """query($id: UUID!) { evaluationCalculation(id: $id) { result percent
        steps { path parent status becauseVi becauseEn } } }"""
    told = programme.approver.ask(query, id=path.split("/")[-1])["data"]["evaluationCalculation"]
    assert [(s["path"], s["status"].lower(), s["becauseEn"]) for s in told["steps"]] == [
        (s["path"], s["status"], s["because_en"]) for s in rest["steps"]
    ]


def test_what_is_published_is_public_and_nothing_else(programme: Programme) -> None:
    held = programme.open(programme.publish(*AREA))
    paths = [programme.submit(held, FULL, f"1.1.{n}") for n in (1, 2)]
    programme.walk(paths[0], "verify", "decide", "publish")
    programme.walk(paths[1], "verify", "decide")
    nobody, public = programme.application.nobody, "/api/v1/public/recognitions"
    page = nobody.get(public, unit=str(programme.country["1.1"])).json()
    found = {item["id"]: item["window_name"] for item in page["items"]}
    assert found[paths[0].split("/")[-1]] == f"residential_area_year:{YEAR}"
    assert paths[1].split("/")[-1] not in found
    beside = nobody.get(public, unit=str(programme.country["2.1"])).json()
    assert paths[0].split("/")[-1] not in {item["id"] for item in beside["items"]}
    assert nobody.get(public, unit="nowhere").status_code == 404


def test_one_event_fails_an_otherwise_full_dossier(programme: Programme) -> None:
    answers: list[dict[str, Any]] = [
        *FULL[:1], {"criterion": "event", "holds": False}, FULL[2],
    ]  # fmt: skip
    path = programme.submit(programme.open(programme.publish(*AREA)), answers)
    assert programme.walk(path, "verify", "decide")["result"] == "not_met"
    assert programme.approver.get(f"{path}/calculation").json()["knocked_out"] is True


def test_what_is_undecided_is_not_decided(programme: Programme) -> None:
    path = programme.submit(programme.open(programme.publish(*AREA)), FULL[:2])
    programme.walk(path, "verify")
    refused = programme.approver.move(path, {"action": "decide"})
    assert (refused.status_code, refused.json()["code"]) == (409, "still_undecided")
    assert refused.json()["criteria"] == ["advice"]


def test_a_return_opens_the_named_criteria_alone(programme: Programme) -> None:
    path = programme.submit(programme.open(programme.publish(*AREA)), FULL)
    named = [{"criterion": "policies", "reason": "Thiếu minh chứng"}]
    assert programme.approver.move(path, {"action": "return"}).status_code == 422
    step = {"action": "return", "criteria": named}
    assert programme.approver.move(path, step).json()["state"] == "returned"
    refused = programme.answer(path, [{"criterion": "event", "holds": True}])
    assert (refused.status_code, refused.json()["code"]) == (409, "criterion_not_reopened")
    assert programme.answer(path, [{"criterion": "policies", "holds": False}]).status_code == 200
    programme.walk(path, "assess", "submit")
    answers = {
        one["criterion"]: (one["reopened_reason"], one["changed_in"])
        for one in programme.approver.get(path, expand="answers").json()["answers"]
    }
    assert answers["policies"] == ("Thiếu minh chứng", 2)
    assert answers["event"] == (None, 1)


def test_an_appeal_reopens_a_decision_and_nothing_forces_one(programme: Programme) -> None:
    path = programme.submit(programme.open(programme.publish(*AREA)), FULL)
    assert programme.approver.move(path, {"action": "publish"}).status_code == 409
    programme.walk(path, "verify", "decide", "publish")
    appeal = {"action": "appeal", "reason": "Chưa đúng"}
    assert programme.evaluator.move(path, appeal).json()["state"] == "appealed"
    amend = {"action": "amend", "reason": "Xét lại", "criteria": [
        {"criterion": "event", "reason": "Có đơn"}]}  # fmt: skip
    assert programme.approver.move(path, amend).json()["state"] == "returned"
    programme.answer(path, [{"criterion": "event", "holds": False}])
    assert programme.walk(path, "assess", "submit", "verify", "decide")["result"] == "not_met"


def test_bodies_are_data_and_delegation_goes_one_level_down(programme: Programme) -> None:
    province = programme.at("1", Role.APPROVER)
    held = programme.open(
        programme.publish(*AREA), "1", province, decide_level="province", delegated=False
    )
    path = programme.submit(held, FULL)
    programme.walk(path, "verify")
    refused = programme.approver.move(path, {"action": "decide"})
    assert (refused.status_code, refused.json()["code"]) == (403, "body_not_in_charge")
    assert "decide" not in programme.approver.get(path).json()["allowed_actions"]
    assert "decide" in province.get(path).json()["allowed_actions"]
    change = {"delegated": True, "delegation_basis": "QĐ 1"}
    assert province.change("PATCH", f"{ROUNDS}/{held['id']}", change).status_code == 200
    assert province.move(path, {"action": "decide"}).status_code == 403
    assert programme.walk(path, "decide")["state"] == "decided"


def test_a_late_one_says_why(programme: Programme) -> None:
    late: dict[str, Any] = {"register_by": "2026-01-31", "decide_by": "2026-11-15"}
    held = programme.open(programme.publish(*AREA), **late)
    body = {"round_id": held["id"], "unit": str(programme.country["1.1.1"])}
    assert programme.evaluator.post(EVALUATIONS, body).status_code == 422
    made = programme.evaluator.post(EVALUATIONS, body | {"late_reason": "Mưa lũ"})
    assert made.json()["late_reason"] == "Mưa lũ"
    again = programme.evaluator.post(EVALUATIONS, body | {"late_reason": "Mưa lũ"})
    assert again.json()["code"] == "already_registered"
    found = programme.evaluator.get(f"{ROUNDS}/{held['id']}/completeness").json()
    assert (found["expected"], found["registered"], found["late"]) == (3, 1, 1)


def test_many_take_a_step_each_with_a_result(programme: Programme) -> None:
    held = programme.open(programme.publish(*AREA))
    paths = [programme.submit(held, FULL, f"1.1.{n}") for n in (1, 2, 3)]
    ids = [path.split("/")[-1] for path in paths]
    seen = [programme.approver.get(path).json()["version"] for path in paths]
    named = [{"id": id, "version": version} for id, version in zip(ids, seen, strict=True)]
    named[1]["version"] += 1
    body = {"action": "verify", "evaluations": [*named, {"id": held["id"], "version": 1}]}
    found = programme.approver.post(f"{ROUNDS}/{held['id']}/steps", body).json()
    assert (found["taken"], found["refused"]) == (2, 2)
    states = [(item["state"], item["error_code"]) for item in found["items"]]
    assert states == [("verified", None), (None, "stale"), ("verified", None),
                      (None, "evaluation_not_found")]  # fmt: skip
    assert programme.approver.get(paths[1]).json()["state"] == "submitted"


def test_a_share_of_areas_is_cited_and_checked_at_the_decision(programme: Programme) -> None:
    area = programme.publish(*AREA)
    commune = programme.publish(
        criterion("areas", "children_share", of_set=area["code"], bound=60),
        criterion("model", "indicator_threshold", indicator="models", bound=0),
        kind="commune",
    )
    held = programme.open(area)
    for unit in ("1.1.1", "1.1.2"):
        path = programme.submit(held, FULL, unit)
        programme.walk(path, "verify", "decide")
    own = programme.open(commune)
    mine = programme.register(own, "1.1")
    cited = programme.evaluator.change("POST", mine, {"criteria": []}, at="/evidence")
    assert cited.status_code == 200, cited.text
    programme.walk(mine, "assess", "submit", "verify")
    evidence = programme.approver.get(f"{mine}/evidence").json()
    [areas, model] = evidence["items"]
    assert (areas["part_now"], areas["whole_now"], evidence["stale"]) == (2, 3, False)
    trace = programme.approver.get(model["trace"])
    assert trace.json()["same"] is True
    last = programme.submit(held, FULL, "1.1.3")
    programme.walk(last, "verify", "decide")  # a cited share is another one now
    assert programme.approver.get(f"{mine}/evidence").json()["items"][0]["stale"] is True
    refused = programme.approver.move(mine, {"action": "decide"})
    assert (refused.json()["code"], refused.json()["criteria"]) == ("evidence_stale", ["areas"])
    step = {"action": "return", "criteria": [{"criterion": "areas", "reason": "Số liệu mới"}]}
    assert programme.approver.move(mine, step).status_code == 200
    programme.evaluator.change("POST", mine, {"criteria": ["areas"]}, at="/evidence")
    assert programme.walk(mine, "assess", "submit", "verify", "decide")["result"] == "met"
    calculation = programme.approver.get(f"{mine}/calculation").json()
    assert (
        "3/3 = 100 %" in next(s for s in calculation["steps"] if s["path"] == "areas")["because_en"]
    )


def test_a_published_set_never_changes(programme: Programme) -> None:
    first = programme.publish(*AREA)
    path = f"{SETS}/{first['id']}"
    refused = programme.nation.change("PATCH", path, {"basis": "y"})
    assert (refused.status_code, refused.json()["code"]) == (409, "set_published")
    only = {"code": "other", "vi": "N", "en": "G", "criteria": [criterion("only", "manual")]}
    body = copy(first) | {"edition": 2, "definition": {"groups": [only]}}
    refused = programme.nation.post(SETS, body).json()
    assert [fault["code"] for fault in refused["errors"]] == ["change_note_needed"]
    second = programme.nation.post(SETS, body | {"change_note": "Gộp tiêu chí"}).json()
    programme.nation.move(f"{SETS}/{second['id']}", {"action": "publish"})
    assert programme.nation.get(path).json()["state"] == "superseded"
    tried = {"answers": [{"criterion": "only", "holds": True}]}
    assert programme.nation.post(f"{SETS}/{second['id']}/try", tried).json()["result"] == "met"


def test_a_province_adds_to_the_national_set(programme: Programme) -> None:
    national, province = programme.publish(*AREA), programme.at("1", Role.APPROVER)
    body = copy(national) | {"edition": 1, "extends_id": national["id"]}
    own = {"code": "own", "vi": "Riêng", "en": "Own", "criteria": [criterion("more", "manual")]}
    instead = own | {"criteria": [criterion("event", "manual")]}  # would take the knock-out's place
    wrong = province.post(SETS, body | {"definition": {"groups": [instead]}})
    assert wrong.status_code == 422, wrong.text
    made = province.post(SETS, body | {"definition": {"groups": [own]}}).json()
    found = province.get(f"{SETS}/{made['id']}/definition").json()
    assert [c["code"] for c in found["criteria"]] == ["policies", "event", "advice", "more"]


def test_excellent_teams_are_at_most_a_fifth_of_the_good(
    programme: Programme, application: Application
) -> None:
    grades = [{"code": c, "vi": c, "en": c, "least_percent": p}
              for c, p in (("excellent", 100), ("good", 50), ("weak", 0))]  # fmt: skip
    quotas = [{"grade": "excellent", "of": "good", "most_percent": 20}]
    chosen = programme.publish(criterion("level", "points", most=2), grades=grades, quotas=quotas)
    held = programme.open(chosen)
    path = programme.submit(held, [{"criterion": "level", "value": 2}])
    found = programme.walk(path, "verify", "decide")
    assert (found["grade"], found["percent"]) == ("excellent", 100)
    refused = programme.approver.move(path, {"action": "publish"})
    assert (refused.status_code, refused.json()["code"]) == (409, "over_quota")


def test_a_result_that_is_out_of_bounds_is_refused(programme: Programme) -> None:
    held = programme.open(programme.publish(criterion("level", "points", most=2)))
    path = programme.register(held)
    for answer in ({"value": 3}, {"holds": True}, {"part": 1}, {"value": 1, "part": 1, "whole": 2}):
        refused = programme.answer(path, [{"criterion": "level", **answer}])
        assert (refused.status_code, refused.json()["code"]) == (422, "wrong_answer")
    refused = programme.answer(path, [{"criterion": "levels", "value": 1}])
    assert refused.json()["known"] == ["level"]


def test_an_effective_model_is_at_work_and_not_due_for_review(programme: Programme) -> None:
    """The register says so: after a failed review the figure is another one, and stale."""
    nation = programme.at("", Role.UNIT_ADMIN)
    rule: dict[str, Any] = {
        "valid_from": "2020-01-01", "months_inactive": 600, "failed_reviews": 1, "basis": "x",
    }  # fmt: skip
    assert nation.post("/api/v1/model-review-rules", rule).status_code == 201
    chosen = programme.publish(
        criterion("model", "indicator_threshold", indicator="effective_models", bound=1),
        kind="commune",
    )
    mine = programme.register(programme.open(chosen), "1.1")
    assert programme.evaluator.change("POST", mine, {}, at="/evidence").status_code == 200
    programme.walk(mine, "assess", "submit", "verify")
    [before] = programme.approver.get(f"{mine}/evidence").json()["items"]
    at_work = programme.approver.get("/api/v1/models", unit=str(programme.country["1.1"]))
    known = ("launched", "operating", "under_review", "replicated")
    models = [one for one in at_work.json()["items"] if one["state"] in known]
    assert (before["cited_value"], before["stale"]) == (len(models), False)
    assert models
    failed = {"result": "failed", "reviewed_on": f"{YEAR}-01-31"}
    path = f"/api/v1/models/{models[0]['id']}"
    reviewed = programme.evaluator.change("POST", path, failed, at="/reviews")
    assert reviewed.status_code == 200, reviewed.text
    [after] = programme.approver.get(f"{mine}/evidence").json()["items"]
    assert (after["value_now"], after["stale"]) == (len(models) - 1, True)
    refused = programme.approver.move(mine, {"action": "decide"})
    assert refused.json()["code"] == "evidence_stale"
