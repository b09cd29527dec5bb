"""The life of a model: every step, who is due for review, who takes part, who copied whom."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.actor import Level, Role
from app.domain.programme_models.states import AT_WORK, LIFE
from app.domain.units.shape import today
from tests.application import Application, Caller
from tests.give import PAPER as GIVEN
from tests.give import Country

PAPER, REASON = str(GIVEN), "Theo quyết định"
MOVE = """mutation($id: UUID!, $v: Int!, $data: ModelTransition!) {
    transitionModel(id: $id, expectedVersion: $v, data: $data) { state allowedActions version } }"""
REVIEW = """mutation($id: UUID!, $v: Int!, $data: ModelReviewAdd!) {
    addModelReview(id: $id, expectedVersion: $v, data: $data) { state failedReviews version } }"""
JOIN = """mutation($id: UUID!, $v: Int!, $data: ModelMembersAdd!) {
    addModelMembers(id: $id, expectedVersion: $v, data: $data) { version members { id kind } } }"""
END = """mutation($id: UUID!, $m: UUID!, $v: Int!) { endModelMembers(id: $id, member: $m,
    expectedVersion: $v, data: {leftOn: "2022-01-01"}) { members { id leftOn } } }"""
RULE = "mutation($data: ModelReviewRuleCreate!) { addModelReviewRule(data: $data) { validFrom } }"
BULK = "mutation($data: [ModelCreate!]!) { createModels(data: $data) }"


@pytest.fixture
def recorder(application: Application, country: Country) -> Caller:
    return application.caller(Role.RECORDER, level=Level.COMMUNE, unit=country["1.1"])


def give(recorder: Caller, country: Country, **over: Any) -> str:
    body = {"type": "camera", "units": [str(country["1.1.1"])], "name": f"Camera {uuid4()}"}
    made = recorder.post("/api/v1/models", body | over)
    assert made.status_code == 201, made.text
    return f"/api/v1/models/{made.json()['id']}"


def code_of(answer: Any) -> str:
    found: str = answer["errors"][0]["extensions"]["code"]
    return found


class TestSteps:
    def test_the_whole_way(self, recorder: Caller, country: Country) -> None:
        path = give(recorder, country)
        way = [("survey", "surveyed"), ("approve", "approved"), ("pilot", "pilot"),
               ("launch", "launched"), ("operate", "operating"), ("review", "under_review"),
               ("replicate", "replicated"), ("review", "under_review"), ("resume", "operating"),
               ("suspend", "suspended"), ("resume", "operating"), ("retire", "retired"),
               ]  # fmt: skip
        for n, (action, state) in enumerate(way):
            step = {"action": action, "effective_on": f"2021-01-{n + 1:02}", "reason": REASON}
            answer = recorder.move(path, step | {"document_id": PAPER})
            assert (answer.status_code, answer.json()["state"]) == (200, state), action
        found = recorder.get(path, expand="transitions").json()
        assert [step["action"] for step in found["transitions"]] == [action for action, _ in way]
        assert (found["launched_on"], found["pilot"]) == ("2021-01-04", True)
        assert found["approval_document_id"] == PAPER
        assert found["allowed_actions"] == []

    def test_launching_needs_the_document_that_approves_it(
        self, recorder: Caller, country: Country
    ) -> None:
        path = give(recorder, country)
        recorder.move(path, {"action": "survey"})
        recorder.move(path, {"action": "approve"})
        bare = recorder.move(path, {"action": "launch"})
        assert (bare.status_code, bare.json()["errors"][0]["pointer"]) == (422, "/document_id")
        done = recorder.move(path, {"action": "launch", "document_id": PAPER}).json()
        assert (done["state"], done["launched_on"]) == ("launched", today().isoformat())

    def test_retiring_needs_a_reason_and_a_document(
        self, recorder: Caller, country: Country
    ) -> None:
        path = give(recorder, country, launched_on="2020-01-01")
        for body, code in (({}, "reason_needed"), ({"document_id": PAPER}, "reason_needed"),
                           ({"reason": " ", "document_id": PAPER}, "string_too_short"),
                           ({"reason": REASON}, "document_needed")):  # fmt: skip
            answer = recorder.move(path, {"action": "retire"} | body)
            assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, code)
        id = path.rpartition("/")[2]
        same = recorder.ask(MOVE, id=id, v=1, data={"action": "retire", "reason": REASON})
        assert same["data"]["transitionModel"] is None
        whole = {"action": "retire", "reason": REASON, "documentId": PAPER}
        done = recorder.ask(MOVE, id=id, v=1, data=whole)["data"]["transitionModel"]
        assert (done["state"], done["allowedActions"]) == ("RETIRED", [])

    def test_a_step_does_not_take_effect_before_the_one_it_follows(
        self, recorder: Caller, country: Country
    ) -> None:
        path = give(recorder, country, launched_on="2020-05-05")
        early = recorder.move(path, {"action": "operate", "effective_on": "2020-05-04"})
        assert (early.status_code, early.json()["code"]) == (422, "before_the_last_step")
        done = recorder.move(path, {"action": "operate", "effective_on": "2020-05-05"}).json()
        assert done["state"] == "operating"
        kept = recorder.get(path, expand="transitions").json()["transitions"][1]
        assert kept["effective_on"] < kept["recorded_at"][:10]

    def test_every_illegal_transition_is_refused_at_both_layers(
        self, recorder: Caller, country: Country
    ) -> None:
        path = give(recorder, country, launched_on="2020-05-05")
        for action in {step.action for step in LIFE.steps} - {"operate", "retire"}:
            answer = recorder.move(path, {"action": action})
            assert (answer.status_code, answer.json()["code"]) == (409, "illegal_transition")
            assert answer.json()["allowed_actions"] == ["operate", "retire"]
            same = recorder.ask(MOVE, id=path.rpartition("/")[2], v=1, data={"action": action})
            told = same["errors"][0]["extensions"]
            assert (told["status"], told["allowed_actions"]) == (409, ["operate", "retire"])


@given(st.data())
@settings(
    max_examples=15, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
def test_the_state_on_any_day_is_what_the_log_says(
    recorder: Caller, country: Country, data: st.DataObject
) -> None:
    day, village = date(2020, 1, 1), str(country["1.1.3"])
    kind = f"t{uuid4().hex}"
    admin = recorder.application.caller(Role.UNIT_ADMIN, level=Level.NATIONAL, unit=country[""])
    admin.post("/api/v1/model-types", {"code": kind, "name": kind})
    launched = data.draw(st.booleans())
    over = {"launched_on": day.isoformat()} if launched else {}
    path = give(recorder, country, type=kind, units=[village], households=5, **over)
    for _ in range(data.draw(st.integers(0, 9))):
        now = recorder.get(path).json()
        allowed = [a for a in now["allowed_actions"] if a != "retire" or data.draw(st.booleans())]
        if not allowed:
            break
        day += timedelta(days=data.draw(st.integers(0, 3)))
        step = {"action": data.draw(st.sampled_from(allowed)), "effective_on": day.isoformat()}
        done = recorder.move(path, step | {"reason": REASON, "document_id": PAPER})
        assert done.status_code == 200, done.text
    steps = recorder.get(path, expand="transitions").json()["transitions"]
    for one in (date(2020, 1, 1) + timedelta(days=n) for n in range(-1, 20, 2)):
        past = [s["to_state"] for s in steps if s["effective_on"] <= one.isoformat()]
        at_work = bool(past) and past[-1] in AT_WORK
        told = recorder.get(
            f"/api/v1/model-types/{kind}/coverage", unit=str(country["1.1"]), on=one.isoformat()
        ).json()
        assert (told["covered"], told["households"]) == ((1, 5) if at_work else (0, 0))
        tally = recorder.get("/api/v1/model-tally", unit=village, on=one.isoformat()).json()
        mine = [row["sites"] for row in tally["by_type"] if row["code"] == kind]
        assert mine == ([1] if at_work else [])


class TestReviews:
    def test_who_may(self, application: Application, recorder: Caller, country: Country) -> None:
        path = give(recorder, country, launched_on="2020-01-01")
        id, body = path.rpartition("/")[2], {"result": "failed", "reviewed_on": "2021-01-01"}
        viewer = application.caller(Role.VIEWER, level=Level.COMMUNE, unit=country["1.1"])
        neighbour = application.caller(Role.RECORDER, level=Level.COMMUNE, unit=country["1.2"])
        reviews, tag = path + "/reviews", {"if-match": '"1"'}
        for caller, status in ((application.nobody, 401), (viewer, 403), (neighbour, 404)):
            assert caller.send("POST", reviews, json=body, headers=tag).status_code == status
        data = {"result": "FAILED"}
        assert code_of(viewer.ask(REVIEW, id=id, v=1, data=data)) == "forbidden"
        assert code_of(neighbour.ask(REVIEW, id=id, v=1, data=data)) == "model_not_found"
        assert recorder.send("POST", reviews, json=body).status_code == 428
        late = {"result": "passed", "reviewed_on": "2999-01-01"}
        assert recorder.change("POST", path, late, at="/reviews").status_code == 422

    def test_silence_or_failures_make_it_due_and_never_change_it(
        self, application: Application, recorder: Caller, country: Country
    ) -> None:
        admin = application.caller(Role.UNIT_ADMIN, level=Level.NATIONAL, unit=country[""])
        rule = {"valid_from": "2020-01-01", "months_inactive": 6, "failed_reviews": 2}
        admin.post("/api/v1/model-review-rules", rule | {"basis": "HD"})
        path = give(recorder, country, launched_on=today().isoformat())
        id, day = path.rpartition("/")[2], today() - timedelta(days=9)

        def due(cause: str) -> bool:
            page = recorder.get("/api/v1/models", review_due=cause, fields="id", limit=100).json()
            query = "{ models(first: 100, where: {reviewDue: {eq: %s}}) { nodes { id } } }"
            same = recorder.ask(query % cause.upper())["data"]["models"]["nodes"]
            assert same == page["items"]
            return id in {one["id"] for one in page["items"]}

        assert not due("any")
        for n in range(2):
            body = {"result": "failed", "reviewed_on": (day + timedelta(days=n)).isoformat()}
            done = recorder.change("POST", path, body, at="/reviews").json()
        assert (done["failed_reviews"], done["state"]) == (2, "launched")
        assert [due(cause) for cause in ("any", "failed", "inactive")] == [True, True, False]
        between = {"result": "PASSED", "reviewedOn": (day - timedelta(days=1)).isoformat()}
        told = recorder.ask(REVIEW, id=id, v=3, data=between)["data"]["addModelReview"]
        assert told["failedReviews"] == 2  # it had passed before
        recorder.change("POST", path, {"result": "passed"}, at="/reviews")
        assert not due("any")
        old = give(recorder, country, launched_on="2020-01-01")
        id = old.rpartition("/")[2]
        assert [due(cause) for cause in ("inactive", "failed")] == [True, False]
        recorder.change("PATCH", old, {"last_active_on": today().isoformat()})
        assert not due("any")
        assert recorder.get(old).json()["state"] == "launched"

    def test_activity_lies_between_launch_and_today(
        self, recorder: Caller, country: Country
    ) -> None:
        path = give(recorder, country, launched_on="2020-05-05")
        for day, code in (
            ("2020-05-04", "before_the_last_step"),
            (str(today() + timedelta(days=1)), "not_in_the_future"),
        ):
            answer = recorder.change("PATCH", path, {"last_active_on": day})
            assert (answer.status_code, answer.json()["code"]) == (422, code)
        cleared = recorder.change("PATCH", path, {"last_active_on": None}).json()
        assert cleared["last_active_on"] == "2020-05-05"

    def test_rules_are_entered_for_the_country_one_after_the_other(
        self, application: Application, country: Country
    ) -> None:
        admin = application.caller(Role.UNIT_ADMIN, level=Level.NATIONAL, unit=country[""])
        province = application.caller(Role.UNIT_ADMIN, level=Level.PROVINCE, unit=country["1"])
        body = {"months_inactive": 12, "failed_reviews": 3, "basis": "HD"}
        path = "/api/v1/model-review-rules"
        assert application.nobody.post(path, body).status_code == 401
        approver = application.caller(Role.APPROVER, level=Level.NATIONAL, unit=country[""])
        assert approver.post(path, body | {"valid_from": "2090-01-01"}).status_code == 403
        answer = province.post(path, body | {"valid_from": "2090-01-01"})
        assert answer.json()["code"] == "for_the_country_only"
        made = admin.post(path, body | {"valid_from": "2090-01-01"})
        assert (made.status_code, made.json()["valid_to"]) == (201, None)
        again = admin.post(path, body | {"valid_from": "2090-01-01"})
        assert (again.status_code, again.json()["code"]) == (409, "rule_not_later")
        data = {"validFrom": "2091-01-01", "monthsInactive": 1, "failedReviews": 1, "basis": "x"}
        assert admin.ask(RULE, data=data)["data"]["addModelReviewRule"]["validFrom"] == "2091-01-01"
        ended = admin.get(f"{path}/{made.json()['id']}").json()
        assert (ended["valid_to"], ended["version"]) == ("2091-01-01", 2)


class TestMembers:
    def test_they_join_leave_and_merge(self, recorder: Caller, country: Country) -> None:
        path = give(recorder, country, launched_on="2020-01-01")
        id = path.rpartition("/")[2]

        def join(**body: Any) -> Any:
            answer = recorder.change("POST", path, body, at="/members")
            assert answer.status_code == 200, answer.text
            return recorder.get(path, expand="members").json()["members"][-1]["id"]

        join(kind="household", count=30, joined_on="2020-02-01", left_on="2021-01-01")
        join(kind="household", count=12, joined_on="2020-06-01")
        groups = [join(kind="group", name=f"Tổ {n}", joined_on="2020-02-01") for n in "12"]
        join(kind="group", name="Tổ 3", joined_on="2022-03-01", merged_from=groups)

        def totals(on: str) -> dict[str, tuple[int, int]]:
            found = recorder.get(path + "/members", on=on).json()["totals"]
            query = """query($id: UUID!, $on: Date) { modelMembers(id: $id, on: $on) {
                totals { kind present turns } } }"""
            same = recorder.ask(query, id=id, on=on)["data"]["modelMembers"]["totals"]
            assert [row | {"kind": row["kind"].upper()} for row in found] == same
            return {row["kind"]: (row["present"], row["turns"]) for row in found}

        assert totals("2020-01-31") == {}
        assert totals("2020-12-31") == {"household": (42, 42), "group": (2, 2)}
        assert totals("2021-01-01") == {"household": (12, 42), "group": (2, 2)}
        assert totals("2022-03-01") == {"household": (12, 42), "group": (1, 2)}
        rows = recorder.get(path, expand="members").json()["members"]
        lineage = [row["merged_into_id"] for row in rows if row["left_on"] == "2022-03-01"]
        assert lineage == [rows[-1]["id"]] * 2
        on = {"unit": str(country["1.1.1"]), "on": "2022-03-01"}
        tally = recorder.get("/api/v1/model-tally", **on).json()
        before = recorder.get("/api/v1/model-tally", **on | {"on": "2022-02-28"}).json()
        assert before["groups"] - tally["groups"] == 1

    def test_who_may_and_what_is_refused(
        self, application: Application, recorder: Caller, country: Country
    ) -> None:
        path = give(recorder, country, launched_on="2020-01-01")
        id, tag = path.rpartition("/")[2], {"if-match": '"1"'}
        body: dict[str, Any] = {"kind": "household", "count": 3, "joined_on": "2020-02-01"}
        viewer = application.caller(Role.VIEWER, level=Level.COMMUNE, unit=country["1.1"])
        neighbour = application.caller(Role.RECORDER, level=Level.COMMUNE, unit=country["1.2"])
        for caller, status in ((application.nobody, 401), (viewer, 403), (neighbour, 404)):
            answer = caller.send("POST", path + "/members", json=body, headers=tag)
            assert answer.status_code == status
        assert neighbour.get(path + "/members").status_code == 404
        data = {"kind": "RESIDENT", "joinedOn": "2021-01-01", "count": 9}
        assert code_of(viewer.ask(JOIN, id=id, v=1, data=data)) == "forbidden"
        (member,) = recorder.ask(JOIN, id=id, v=1, data=data)["data"]["addModelMembers"]["members"]
        refused: list[tuple[dict[str, Any], str]] = [
                   ({"name": "Ông X"}, "invalid_fields"), ({"count": 0}, "invalid_fields"),
                   ({"joined_on": str(today() + timedelta(days=1))}, "not_in_the_future"),
                   ({"left_on": "2020-01-31"}, "not_a_term"),
                   ({"kind": "group", "merged_from": [member["id"]]}, "not_a_group"),
                   ({"kind": "group", "merged_from": [str(uuid4())]}, "not_a_group")]  # fmt: skip
        for over, code in refused:
            answer = recorder.change("POST", path, body | over, at="/members")
            assert (answer.status_code, answer.json()["code"]) == (422, code), over
        done = recorder.ask(END, id=id, m=member["id"], v=2)["data"]["endModelMembers"]
        assert done["members"] == [{"id": member["id"], "leftOn": "2022-01-01"}]
        end = f"/members/{member['id']}/end"
        again = recorder.change("POST", path, {"left_on": "2022-01-01"}, at=end)
        assert (again.status_code, again.json()["code"]) == (409, "member_has_left")
        nobody = f"/members/{uuid4()}/end"
        absent = recorder.change("POST", path, {"left_on": "2022-01-01"}, at=nobody)
        assert absent.json()["code"] == "member_not_found"


class TestCopies:
    def test_who_copied_whom_how_soon_and_how_many_are_left(
        self, application: Application, recorder: Caller, country: Country
    ) -> None:
        pilot = give(recorder, country, launched_on="2018-01-01", pilot=True)
        first = [
            give(recorder, country, launched_on=day, replicated_from=pilot.rpartition("/")[2])
            for day in ("2018-01-11", "2018-01-31", "2019-01-01")
        ]
        grandchild = give(
            recorder, country, launched_on="2019-01-10",
            replicated_from=first[0].rpartition("/")[2],
        )  # fmt: skip
        retire = {"action": "retire", "reason": REASON, "document_id": PAPER}
        recorder.move(first[0], retire | {"effective_on": "2019-01-10"})
        recorder.move(grandchild, retire | {"effective_on": "2020-06-01"})
        found = recorder.get(pilot + "/genealogy", on="2021-01-01").json()
        assert (found["replicas"], found["depth"]) == (4, 2)
        assert found["median_days"] == (30 + 364) / 2
        assert [(g["depth"], g["replicas"], g["median_days"]) for g in found["generations"]] == [
            (1, 3, 30.0), (2, 1, 364.0),
        ]  # fmt: skip
        assert [(s["months"], s["old_enough"], s["at_work"], s["percent"])
                for s in found["survival"]] == [(12, 4, 3, 75.0), (24, 3, 2, 66.67)]  # fmt: skip
        early = recorder.get(pilot + "/genealogy", on="2018-01-15").json()
        assert (early["replicas"], early["survival"][0]["percent"]) == (1, None)
        query = """query($id: UUID!) { modelGenealogy(id: $id, on: "2021-01-01") { replicas depth
            medianDays survival { months atWork } } }"""
        same = recorder.ask(query, id=pilot.rpartition("/")[2])["data"]["modelGenealogy"]
        assert same["medianDays"] == found["median_days"]
        linked = recorder.get(pilot, expand="replicas").json()["replicas"]
        assert {f"/api/v1/models/{one['id']}" for one in linked} == set(first)
        neighbour = application.caller(Role.VIEWER, level=Level.COMMUNE, unit=country["1.2"])
        assert application.nobody.get(pilot + "/genealogy").status_code == 401
        assert neighbour.get(pilot + "/genealogy").status_code == 404
        assert application.national(Role.TIP_OFFICER).get(pilot + "/genealogy").status_code == 403

    def test_a_copy_is_no_older_and_of_the_same_type(
        self, recorder: Caller, country: Country
    ) -> None:
        source = give(recorder, country, launched_on="2020-01-01").rpartition("/")[2]
        body: dict[str, Any] = {"type": "camera", "units": [str(country["1.1.1"])], "name": "x"}
        refused: list[tuple[dict[str, Any], str]] = [
            ({"launched_on": "2019-12-31", "replicated_from": source}, "before_its_source"),
            ({"type": "to_hoa_giai", "replicated_from": source}, "before_its_source"),
            ({"replicated_from": str(uuid4())}, "source_model_not_found"),
        ]
        for over, code in refused:
            assert recorder.post("/api/v1/models", body | over).json()["code"] == code


def test_many_are_recorded_at_once_or_none(
    application: Application, recorder: Caller, country: Country
) -> None:
    good = {"type": "camera", "units": [str(country["1.1.1"])], "name": "Nhiều"}
    path = "/api/v1/models/bulk"
    made = recorder.post(path, {"models": [good | {"reference": str(uuid4())} for _ in range(3)]})
    assert (made.status_code, len(set(made.json()["ids"]))) == (201, 3)
    count = recorder.get("/api/v1/models", search="nhieu", total="exact").json()["total"]
    bad = recorder.post(path, {"models": [good, good | {"type": "nothing"}]})
    assert (bad.status_code, bad.json()["code"]) == (422, "models_refused")
    after = recorder.get("/api/v1/models", search="nhieu", total="exact").json()["total"]
    assert (after, recorder.post(path, {"models": []}).status_code) == (count, 422)
    data = [{"type": "camera", "units": [str(country["1.1.2"])], "name": "Nhiều"}] * 2
    assert len(recorder.ask(BULK, data=data)["data"]["createModels"]) == 2
    viewer = application.caller(Role.VIEWER, level=Level.COMMUNE, unit=country["1.1"])
    assert viewer.post(path, {"models": [good]}).status_code == 403
    assert code_of(viewer.ask(BULK, data=data)) == "forbidden"
    assert application.nobody.post(path, {"models": [good]}).status_code == 401
