"""Activities: numbers with their units, details by kind, verification, models, batches, tasks."""

from typing import Any

import pytest
from uuid_utils.compat import uuid7

from app.domain.actor import Level, Role
from tests.api.records import id_of, make
from tests.application import Application, Caller
from tests.give import PAPER, Country

PATH = "/api/v1/activities"
ONE = """query($id: ID!) { activity(id: $id) {
    state quantities { measure countingUnit value qualifier words } } }"""
CREATE = """mutation($data: ActivityCreate!) { createActivity(data: $data) {
    id quantities { measure value qualifier } } }"""
VOID = """mutation($id: UUID!) {
    voidActivity(id: $id, data: {reason: "Nhập nhầm"}, expectedVersion: 1) { voidReason } }"""
FOOTAGE = {
    "kind": "footage_extraction", "purpose": "điều tra", "approved_by": "Trưởng Công an xã",
    "legal_basis": "Điều 88 Bộ luật Tố tụng hình sự",
}  # fmt: skip


@pytest.fixture
def approver(application: Application, country: Country) -> Caller:
    return application.caller(Role.APPROVER, level=Level.COMMUNE, unit=country["1.1"])


def words(country: Country, *quantities: dict[str, Any], **over: Any) -> dict[str, Any]:
    known = {"unit": str(country["1.1"]), "kind": "patrol", "starts_on": "2025-03-01"}
    return known | ({"quantities": list(quantities)} if quantities else {}) | over


def record(caller: Caller, country: Country, *quantities: dict[str, Any], **over: Any) -> str:
    answer = caller.post(PATH, words(country, *quantities, **over))
    assert answer.status_code == 201, answer.text
    return f"{PATH}/{answer.json()['id']}"


def quantities(caller: Caller, path: str) -> list[dict[str, Any]]:
    row = caller.get(path, expand="quantities").json()["quantities"]
    found: list[dict[str, Any]] = row["items"] if isinstance(row, dict) else row
    return found


def fault(answer: Any) -> tuple[int, str]:
    body = answer.json()
    return answer.status_code, body["errors"][0]["code"] if body.get("errors") else body["code"]


GUNS = {"measure": "weapons_collected", "category": "gun", "value": 1224}
PARTS = {"measure": "weapon_parts_collected", "qualifier": "unquantified",
         "words": "nhiều linh kiện súng"}  # fmt: skip


def test_many_parts_of_guns_stay_without_a_number(approver: Caller, country: Country) -> None:
    path = record(approver, country, GUNS, PARTS, kind="weapon_collection", is_voluntary=True)
    guns, parts = quantities(approver, path)
    assert (guns["value"], guns["counting_unit"], guns["qualifier"]) == (1224, "weapon", "equal")
    assert (parts["value"], parts["qualifier"]) == (None, "unquantified")
    assert parts["words"] == "nhiều linh kiện súng"
    same = approver.ask(ONE, id=id_of(path))["data"]["activity"]["quantities"]
    assert [(one["value"], one["qualifier"]) for one in same] == [
        (1224, "EQUAL"), (None, "UNQUANTIFIED"),
    ]  # fmt: skip
    data = {
        "unit": str(country["1.1"]),
        "kind": "WEAPON_COLLECTION",
        "startsOn": "2025-03-01",
        "quantities": [{"measure": "weapon_parts_collected", "qualifier": "UNQUANTIFIED"}],
    }
    made = approver.ask(CREATE, data=data)["data"]["createActivity"]
    assert made["quantities"][0]["value"] is None
    assert approver.ask(VOID, id=made["id"])["data"]["voidActivity"]["voidReason"] == "Nhập nhầm"
    gone = approver.change("POST", path, {"reason": "Nhập nhầm"}, at="/void")
    assert gone.json()["void_reason"] == "Nhập nhầm"


QUANTITIES: list[tuple[dict[str, Any], str]] = [
    # lượt người are participations, and never persons
    ({"measure": "activity_participants", "counting_unit": "participation", "value": 5},
     "another_counting_unit"),
    ({"measure": "activity_participations", "counting_unit": "person", "value": 5},
     "another_counting_unit"),
    ({"measure": "weapons_collected", "value": 1}, "measure_by_kind"),
    ({"measure": "patrols", "category": "gun", "value": 1}, "unknown_term"),
    ({"measure": "patrols"}, "amount_by_qualifier"),
    ({"measure": "patrols", "value": 0, "qualifier": "unquantified"}, "amount_by_qualifier"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "code"), QUANTITIES, ids=lambda one: str(one)[:60])
def test_a_number_that_is_no_such_number_is_refused(
    approver: Caller, country: Country, line: dict[str, Any], code: str
) -> None:
    assert fault(approver.post(PATH, words(country, line))) == (422, code)


WRONG: list[tuple[dict[str, Any], int, str]] = [
    ({"topic": "x"}, 422, "detail_by_kind"),
    ({"kind": "footage_extraction"}, 422, "detail_by_kind"),
    ({"kind": "inspection"}, 422, "detail_by_kind"),
    ({"ends_on": "2025-02-01"}, 422, "days_by_state"),
    ({"precision": "approximate"}, 422, "days_by_state"),
    ({"precision": "undated"}, 422, "days_by_state"),
    ({"starts_on": "2199-01-01", "quantities": [{"measure": "patrols", "value": 1}]}, 422,
     "not_yet_held"),
    ({"incidents": ["3d56b9dc-3a35-4cac-b516-198f869deaf7"]}, 422, "incidents_by_kind"),
    ({"models": ["3d56b9dc-3a35-4cac-b516-198f869deaf7"]}, 404, "model_not_found"),
    ({"teams": ["3d56b9dc-3a35-4cac-b516-198f869deaf7"]}, 404, "team_not_found"),
    ({"campaign_id": "3d56b9dc-3a35-4cac-b516-198f869deaf7"}, 404, "campaign_not_found"),
]  # fmt: skip


@pytest.mark.parametrize(("over", "status", "code"), WRONG, ids=lambda one: str(one)[:60])
def test_what_contradicts_its_kind_is_refused(
    approver: Caller, country: Country, over: dict[str, Any], status: int, code: str
) -> None:
    assert fault(approver.post(PATH, words(country, **over))) == (status, code)


def test_before_verification_it_is_corrected_and_after_it_superseded(
    approver: Caller, country: Country
) -> None:
    path = record(approver, country, {"measure": "patrols", "value": 3})
    lines = [{"measure": "patrols", "value": 4}, {"measure": "violations_found", "value": 1}]
    changed = approver.change("PATCH", path, {"quantities": lines})
    assert changed.json()["version"] == 2, changed.text
    assert [one["value"] for one in quantities(approver, path)] == [4, 1]
    right = {"reason": "Đếm sót", "quantities": [{"measure": "patrols", "value": 5}]}
    early = approver.change("POST", path, right, at="/supersede")
    assert fault(early) == (409, "nothing_to_supersede")
    for action in ("report", "verify"):
        assert approver.move(path, {"action": action}).is_success
    assert fault(approver.change("PATCH", path, {"is_night": True})) == (409, "activity_verified")
    later = approver.change("POST", path, right, at="/supersede").json()
    assert (later["supersedes_id"], later["state"]) == (id_of(path), "reported")
    assert quantities(approver, f"{PATH}/{later['id']}")[0]["value"] == 5
    assert approver.get(path).json()["state"] == "superseded"


def test_a_recorder_reports_and_an_approver_verifies(
    application: Application, approver: Caller, country: Country
) -> None:
    recorder = application.caller(Role.RECORDER, level=Level.COMMUNE, unit=country["1.1"])
    path = record(recorder, country)
    assert recorder.move(path, {"action": "report"}).is_success
    assert fault(recorder.move(path, {"action": "verify"})) == (403, "forbidden")
    returned = approver.move(path, {"action": "return", "reason": "Thiếu số"})
    assert returned.json()["state"] == "held"


def test_a_model_is_active_on_the_day_of_its_activity(approver: Caller, country: Country) -> None:
    model = make(approver, "models", type="camera", units=[str(country["1.1"])], name="Camera",
                 launched_on="2024-01-01")  # fmt: skip
    record(approver, country, starts_on="2025-05-05", models=[id_of(model)])
    assert approver.get(model).json()["last_active_on"] == "2025-05-05"
    record(approver, country, starts_on="2025-02-02", models=[id_of(model)])
    assert approver.get(model).json()["last_active_on"] == "2025-05-05"
    plan = record(approver, country, starts_on=None, models=[id_of(model)])
    assert approver.get(plan).json()["state"] == "planned"
    held = approver.move(plan, {"action": "hold", "effective_on": "2025-06-06"})
    assert (held.json()["state"], held.json()["ends_on"]) == ("held", "2025-06-06")
    assert approver.get(model).json()["last_active_on"] == "2025-06-06"
    voided = approver.change("POST", model, {"reason": "x"}, at="/void")
    assert fault(voided) == (409, "has_dependants")


def test_a_joint_activity_is_one_record_for_all_that_take_part(
    application: Application, country: Country
) -> None:
    province = application.caller(Role.APPROVER, level=Level.PROVINCE, unit=country["1"])
    path = record(province, country, units=[str(country["1.2"])], title="Liên xã")
    beside = application.caller(Role.APPROVER, level=Level.COMMUNE, unit=country["1.2"])
    row = beside.get(path).json()
    assert (row["title"], row["allowed_actions"]) == ("Liên xã", [])
    assert beside.move(path, {"action": "report"}).status_code in (403, 404)
    for caller in (province, beside):
        listed = caller.get(PATH, kind="patrol", limit="100").json()["items"]
        assert [one["id"] for one in listed].count(id_of(path)) == 1


def test_mediation_and_footage_are_linked_to_their_incidents(
    approver: Caller, country: Country
) -> None:
    at = {"unit": str(country["1.1"]), "involved_count": 2, "period_from": "2025-03-01"}
    crime = make(approver, "incidents", category="theft", **at)
    dispute = make(approver, "incidents", category="land_dispute", **at)
    mediation = {"kind": "mediation", "dispute_kind": "land", "is_successful": True}
    refused = approver.post(PATH, words(country, **mediation, incidents=[id_of(crime)]))
    assert fault(refused) == (409, "not_mediable")
    record(approver, country, **mediation, incidents=[id_of(dispute)])
    record(approver, country, {"measure": "incidents_clarified_by_footage", "value": 1},
           **FOOTAGE, incidents=[id_of(crime)])  # fmt: skip
    for path, relation in ((dispute, "mediated_by"), (crime, "clarified_by")):
        row = approver.get(path, expand="links").json()
        links = row["links"]["items"] if isinstance(row["links"], dict) else row["links"]
        assert (row["version"], [one["relation"] for one in links]) == (1, [relation])


def test_a_batch_sent_twice_changes_nothing(approver: Caller, country: Country) -> None:
    lines = [{"measure": "patrols", "value": 2}]
    items = [words(country, *lines, id=str(uuid7())) for _ in range(3)]
    items[1]["quantities"] = [{"measure": "weapons_collected", "value": 1}]
    found = [approver.post(f"{PATH}/bulk", {"items": items}).json() for _ in range(2)]
    assert [(one["done"], one["unchanged"], one["refused"]) for one in found] == [
        (2, 0, 1), (0, 2, 1),
    ]  # fmt: skip
    assert found[0]["items"][1]["pointer"] == "/quantities/0/measure"
    steps = [{"id": items[n]["id"], "version": 1, "action": "report"} for n in (0, 1, 2)]
    taken = approver.post(f"{PATH}/transitions", {"items": steps}).json()
    assert [one["status"] for one in taken["items"]] == ["done", "refused", "done"]
    assert len(quantities(approver, f"{PATH}/{items[0]['id']}")) == 1


def test_a_task_out_of_a_plan_is_done_by_an_activity(approver: Caller, country: Country) -> None:
    task = make(approver, "tasks", unit=str(country["1.1"]), title="Tuần tra dịp Tết",
                position="Tổ trưởng", due_on="2026-02-10", document_id=str(PAPER))  # fmt: skip
    path = record(approver, country)
    done = approver.move(task, {"action": "complete", "activity_id": id_of(path)}).json()
    assert (done["state"], done["activity_id"]) == ("done", id_of(path))
    assert fault(approver.change("POST", path, {"reason": "x"}, at="/void")) == (
        409, "has_dependants",
    )  # fmt: skip
    again = approver.move(task, {"action": "reopen", "reason": "Chưa đạt"}).json()
    assert (again["state"], again["activity_id"], again["done_on"]) == ("open", None, None)


def test_an_activity_lies_within_its_campaign(approver: Caller, country: Country) -> None:
    days = {"starts_on": "2025-03-01", "ends_on": "2025-03-31"}
    peak = make(approver, "campaigns", unit=str(country["1.1"]), title="Cao điểm", **days)
    record(approver, country, campaign_id=id_of(peak))
    late = words(country, campaign_id=id_of(peak), starts_on="2025-04-01")
    assert fault(approver.post(PATH, late)) == (409, "outside_campaign")
    assert len(approver.get(PATH, campaign_id=id_of(peak)).json()["items"]) == 1
