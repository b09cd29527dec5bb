"""Voided records count in no figure; a record on which others rest is not voided."""

from typing import Any
from uuid import uuid4

import pytest

from app.domain.actor import Level, Role
from tests.application import Application, Caller
from tests.give import Country

DAY = "2024-06-01"
TALLY = """query($unit: String!, $on: Date) {
    modelTally(unit: $unit, on: $on, boundary: "as_recorded") { sites } }"""
VOID_MODEL = """mutation($id: UUID!, $v: Int!) {
    voidModel(id: $id, data: {reason: "Nhập hai lần"}, expectedVersion: $v) { id } }"""


@pytest.fixture
def approver(application: Application, country: Country) -> Caller:
    return application.caller(Role.APPROVER, level=Level.COMMUNE, unit=country["1.1"])


def void(caller: Caller, path: str, reason: str = "Nhập nhầm") -> Any:
    return caller.change("POST", path, {"reason": reason}, at="/void")


def make(caller: Caller, path: str, **data: Any) -> str:
    """Create a record, and return its path."""
    made = caller.post(f"/api/v1/{path}", data)
    assert made.status_code == 201, made.text
    return f"/api/v1/{path}/{made.json()['id']}"


def model(caller: Caller, unit: Any, **over: Any) -> str:
    words = {"type": "camera", "units": [str(unit)], "name": "Camera", "launched_on": "2024-01-01"}
    return make(caller, "models", **words | over)


def test_a_voided_model_counts_in_no_figure(approver: Caller, country: Country) -> None:
    unit = str(country["1.1"])

    def figures() -> list[Any]:
        asked = {"unit": unit, "on": DAY}
        covered = approver.get("/api/v1/model-types/camera/coverage", **asked).json()
        tally = approver.get("/api/v1/model-tally", **asked).json()
        same = approver.ask(TALLY, **asked)["data"]["modelTally"]
        return [covered["covered"], covered["households"], tally["sites"], same["sites"]]

    village = make(approver, "units", kind="village", name=f"Thôn {uuid4().hex[:6]}", parent=unit,
                   valid_from="2020-01-01")  # fmt: skip
    before = figures()
    path = model(approver, village.rpartition("/")[2], households=50, reference=uuid4().hex)
    assert [now - then for now, then in zip(figures(), before, strict=True)] == [1, 50, 1, 1]
    assert void(approver, path).status_code == 200
    assert figures() == before


def test_a_replica_counts_in_the_genealogy_while_it_stands(
    approver: Caller, country: Country
) -> None:
    first = model(approver, country["1.1"])
    id = first.rpartition("/")[2]
    copy = model(approver, country["1.1"], replicated_from=id, launched_on="2024-02-01")
    assert approver.get(f"{first}/genealogy").json()["replicas"] == 1
    refused = void(approver, first)
    assert (refused.status_code, refused.json()["code"]) == (409, "has_dependants")
    assert refused.json()["dependants"] == [{"resource": "model", "id": copy.rpartition("/")[2]}]
    wrong = approver.ask(VOID_MODEL, id=id, v=1)["errors"][0]["extensions"]
    assert (wrong["code"], len(wrong["dependants"])) == ("has_dependants", 1)
    assert void(approver, copy).status_code == 200
    assert approver.get(f"{first}/genealogy").json()["replicas"] == 0
    assert approver.ask(VOID_MODEL, id=id, v=1)["data"]["voidModel"]["id"] == id
    again = {"type": "camera", "units": [str(country["1.1"])], "name": "Camera"}
    late = approver.post("/api/v1/models", again | {"replicated_from": id})
    assert (late.status_code, late.json()["code"]) == (404, "source_model_not_found")


def test_dependants_elsewhere_are_counted_and_not_named(
    application: Application, approver: Caller, country: Country
) -> None:
    first = model(approver, country["1.1"])
    beside = application.caller(Role.APPROVER, level=Level.COMMUNE, unit=country["1.2"])
    source = first.rpartition("/")[2]
    copy = model(beside, country["1.2"], replicated_from=source, launched_on="2024-02-01")
    refused = void(approver, first)
    assert refused.status_code == 409
    assert (refused.json()["dependants"], refused.json()["elsewhere"]) == ([], 1)
    assert copy.rpartition("/")[2] not in refused.text


def test_a_voided_team_and_member_count_in_no_figure(approver: Caller, country: Country) -> None:
    unit = str(country["1.1"])

    def people() -> tuple[int, int]:
        kinds = approver.get("/api/v1/teams/tally", unit=unit, on=DAY).json()["kinds"]
        found = [(k["teams"], k["people"]) for k in kinds if k["kind"] == "patrol_group"]
        return found[0] if found else (0, 0)

    before = people()
    words = {"kind": "patrol_group", "unit": unit, "name": f"Tổ tuần tra {uuid4().hex[:6]}"}
    team = make(approver, "teams", **words, established_on="2024-01-01")
    members = [make(approver, f"{team.removeprefix('/api/v1/')}/members", name="Người")
               for _ in range(2)]  # fmt: skip
    paths = [f"/api/v1/team-members/{path.rpartition('/')[2]}" for path in members]
    for path in paths:
        for step in ({"action": "select"}, {"action": "recognise", "effective_on": "2024-01-02"},
                     {"action": "begin", "effective_on": "2024-01-03"}):  # fmt: skip
            assert approver.move(path, step).status_code == 200
    assert people() == (before[0] + 1, before[1] + 2)
    refused = void(approver, team)
    assert (refused.status_code, len(refused.json()["dependants"])) == (409, 2)
    assert void(approver, paths[0]).status_code == 200
    assert people() == (before[0] + 1, before[1] + 1)
    assert approver.get(team).json()["size"] == 1
    serving = approver.get("/api/v1/team-members", serving_on=DAY, team_id=team.rpartition("/")[2])
    assert [row["id"] for row in serving.json()["items"]] == [paths[1].rpartition("/")[2]]
    assert void(approver, paths[1]).status_code == 200
    assert void(approver, team).status_code == 200
    assert people() == before


def test_a_leader_entered_in_error_leaves_the_place_free(
    approver: Caller, country: Country
) -> None:
    team = make(approver, "teams", kind="patrol_group", unit=str(country["1.1"]), name="Tổ",
                established_on="2024-01-01")  # fmt: skip
    for _ in range(2):
        made = make(approver, f"{team.removeprefix('/api/v1/')}/members", name="Người")
        path = f"/api/v1/team-members/{made.rpartition('/')[2]}"
        for step in ({"action": "select"}, {"action": "recognise", "role": "leader"},
                     {"action": "begin"}):  # fmt: skip
            done = approver.move(path, step)
            assert done.status_code == 200, done.text
        assert void(approver, path).status_code == 200
    assert approver.get(team).json()["has_leader"] is False


def test_papers_and_commendations_count_while_they_stand(
    approver: Caller, country: Country
) -> None:
    unit, number = str(country["1.1"]), uuid4().hex[:8]

    def rows() -> tuple[int, int]:
        asked = {"unit": unit, "from": 2024, "to": 2024}
        papers = approver.get("/api/v1/documents/tally", **asked).json()["rows"]
        return papers, approver.get("/api/v1/commendations/tally", **asked).json()["rows"]

    before = rows()
    words = {"unit": unit, "kind": "decision", "title": "Quyết định", "issuer": "UBND xã",
             "level": "commune", "number": number, "symbol": "QĐ-UBND", "issued_on": "2024-01-05",
             "issuer_eid": "H01.01"}  # fmt: skip
    paper = make(approver, "documents", **words)
    assert approver.move(paper, {"action": "register"}).status_code == 200
    merit = make(approver, "commendations", unit=unit, recipient_kind="collective",
                 recipient_name="Tổ 1", form="merit_certificate", level="commune",
                 authority="commune_police", achievement="x")  # fmt: skip
    for step in ({"action": "review"}, {"action": "approve"},
                 {"action": "award", "effective_on": "2024-05-01",
                  "document_id": paper.rpartition("/")[2]}):  # fmt: skip
        assert approver.move(merit, step).status_code == 200
    assert rows() == (before[0] + 1, before[1] + 1)
    refused = void(approver, paper)
    assert refused.status_code == 409
    named = {one["resource"] for one in refused.json()["dependants"]}
    assert named == {"commendation"}
    example = make(approver, "exemplars", unit=unit, subject_kind="collective", year=2024,
                   subject_name="Tổ 1", level="commune", description="x",
                   commendation_id=merit.rpartition("/")[2])  # fmt: skip
    assert void(approver, merit).status_code == 409
    for path in (example, merit, paper):
        assert void(approver, path).status_code == 200, path
    assert rows() == before
    assert approver.post("/api/v1/documents", words).status_code == 201  # its number is free


def test_what_may_stand_once_is_free_again(approver: Caller, country: Country) -> None:
    reference = uuid4().hex
    first = model(approver, country["1.1"], reference=reference)
    words = {"type": "camera", "units": [str(country["1.1"])], "name": "Camera"}
    assert approver.post("/api/v1/models", words | {"reference": reference}).status_code == 409
    assert void(approver, first).status_code == 200
    assert approver.post("/api/v1/models", words | {"reference": reference}).status_code == 201
    team = {"kind": "patrol_group", "unit": str(country["1.1"]), "name": f"Tổ {uuid4().hex[:6]}"}
    path = make(approver, "teams", **team, reference=reference)
    assert approver.post("/api/v1/teams", team | {"reference": reference}).status_code == 409
    assert void(approver, path).status_code == 200
    assert approver.post("/api/v1/teams", team | {"reference": reference}).status_code == 201


def test_an_organisation_stays_while_it_hosts(approver: Caller, country: Country) -> None:
    school = make(approver, "organisations", unit=str(country["1.1"]), kind="school", name="Trường")
    id = school.rpartition("/")[2]
    hosted = model(approver, country["1.1"], host_organisation=id)
    refused = void(approver, school)
    assert refused.json()["dependants"] == [{"resource": "model", "id": hosted.rpartition("/")[2]}]
    assert void(approver, hosted).status_code == 200
    assert void(approver, school).status_code == 200
    words = {"type": "camera", "units": [str(country["1.1"])], "name": "Camera"}
    late = approver.post("/api/v1/models", words | {"host_organisation": id})
    assert (late.status_code, late.json()["code"]) == (404, "organisation_not_found")


def test_a_void_says_why_and_stands_in_the_log(approver: Caller, country: Country) -> None:
    path = model(approver, country["1.1"])
    for reason in ("", "  ", None):
        assert void(approver, path, reason).status_code == 422  # type: ignore[arg-type]
    gone = void(approver, path, "Nhập hai lần").json()
    assert (gone["void_reason"], gone["voided_by"], gone["allowed_actions"]) == (
        "Nhập hai lần", "somebody", [],
    )  # fmt: skip
