"""Changes of the map at both layers: drafted, tried dry, committed by what was seen, reversed."""

from typing import Any
from uuid import uuid4

import pytest

from app.domain.actor import Level, Role
from tests.application import Application, Caller
from tests.give import Country

PATH = "/api/v1/unit-reorganisations"
DRAFT = "mutation($data: ReorganisationDraft!) { draftReorganisation(data: $data) { id state } }"
TRY = """mutation($id: UUID!) { dryRunReorganisation(id: $id) {
    planHash ready closing opening unmappedVillages { name } faults { code }
    records { table rows } } }"""
MOVE = """mutation($id: UUID!, $v: Int!, $data: ReorganisationTransition!) {
    transitionReorganisation(id: $id, expectedVersion: $v, data: $data) {
      id state allowedActions } }"""
Spare = tuple[Application, Country]


@pytest.fixture
def admin(spare: Spare) -> Caller:
    application, country = spare
    return application.caller(
        Role.UNIT_ADMIN, Role.RECORDER, level=Level.NATIONAL, unit=country[""]
    )


def merge(country: Country, province: str, **over: Any) -> dict[str, Any]:
    """Both communes of a province become one."""
    return {
        "title": "Sắp xếp xã",
        "decision": "1/NQ",
        "effective_on": "2025-07-01",
        "new_units": [
            {"ref": "new", "name": f"Xã Mới {uuid4().hex[:4]}", "kind": "commune",
             "parent": str(country[province])}
        ],
        "successions": [
            {"from_unit": str(country[f"{province}.{n}"]), "to_unit": "new", "share": 1}
            for n in "12"
        ],
    } | over  # fmt: skip


def code_of(answer: Any) -> str:
    found: str = answer["errors"][0]["extensions"]["code"]
    return found


def households(caller: Caller, country: Country, province: str) -> int:
    page = caller.get("/api/v1/models", unit=str(country[province]), limit=100).json()["items"]
    return sum(model["households"] or 0 for model in page)


def test_who_may(spare: Spare) -> None:
    application, country = spare
    draft, id = merge(country, "1"), str(uuid4())
    viewer = application.caller(Role.VIEWER, level=Level.NATIONAL, unit=country[""])
    for caller, status in ((application.nobody, 401), (viewer, 403)):
        step = {"action": "commit", "plan_hash": "x"}
        assert caller.get(PATH).status_code == status
        assert caller.post(PATH, draft).status_code == status
        assert caller.post(f"{PATH}/{id}/dry-run").status_code == status
        assert caller.post(f"{PATH}/{id}/transitions", step).status_code == status
    assert code_of(viewer.ask(TRY, id=id)) == "forbidden"
    neighbour = application.caller(Role.UNIT_ADMIN, level=Level.PROVINCE, unit=country["2"])
    assert neighbour.post(PATH, draft).status_code == 404
    assert neighbour.post(f"{PATH}/{id}/dry-run").status_code == 404


def test_a_merger_from_draft_to_reversal(spare: Spare, admin: Caller) -> None:
    _, country = spare
    before = households(admin, country, "1")
    assert before > 0
    draft = admin.post(PATH, merge(country, "1")).json()
    assert (draft["state"], draft["allowed_actions"]) == ("draft", ["commit", "withdraw"])
    dry = admin.post(f"{PATH}/{draft['id']}/dry-run").json()
    assert (dry["ready"], dry["closing"], dry["opening"], dry["faults"]) == (True, 2, 1, [])
    assert dry["unmapped_villages"] == []
    assert dry["records"]["model_host"] > 0
    path = f"{PATH}/{draft['id']}"
    wrong = admin.move(path, {"action": "commit", "plan_hash": "another"})
    assert (wrong.status_code, wrong.json()["code"]) == (409, "plan_changed")
    done = admin.move(path, {"action": "commit", "plan_hash": dry["plan_hash"]}).json()
    assert (done["state"], done["allowed_actions"]) == ("committed", ["reverse"])
    assert households(admin, country, "1") == before
    old = admin.get(f"/api/v1/units/{country['1.1']}", expand="successors").json()
    assert old["valid_to"] == "2025-07-01"
    assert [edge["unit"]["name"][:3] for edge in old["successors"]] == ["Mới"]
    closed = admin.post("/api/v1/units", {"parent": str(country["1.1"]), "name": "Nà Mới"})
    assert (closed.status_code, closed.json()["code"]) == (409, "unit_closed")
    twice = admin.move(path, {"action": "commit", "plan_hash": dry["plan_hash"]})
    assert (twice.status_code, twice.json()["allowed_actions"]) == (409, ["reverse"])
    undone = admin.move(path, {"action": "reverse", "reason": "Nhầm"}).json()
    assert (undone["kind"], undone["reverses_id"]) == ("reversal", draft["id"])
    assert households(admin, country, "1") == before
    again = admin.get(f"/api/v1/units/{country['1.1']}").json()
    assert again["valid_to"] is None
    assert admin.get(f"{PATH}/{draft['id']}").json()["state"] == "reversed"


def test_the_same_over_graphql(spare: Spare, admin: Caller) -> None:
    _, country = spare
    data = merge(country, "2")
    camel = {
        "title": data["title"], "effectiveOn": data["effective_on"],
        "newUnits": [data["new_units"][0] | {"kind": "COMMUNE"}],
        "successions": [
            {"fromUnit": s["from_unit"], "toUnit": s["to_unit"]} for s in data["successions"]
        ],
    }  # fmt: skip
    draft = admin.ask(DRAFT, data=camel)["data"]["draftReorganisation"]
    dry = admin.ask(TRY, id=draft["id"])["data"]["dryRunReorganisation"]
    assert (dry["ready"], dry["closing"], dry["opening"]) == (True, 2, 1)
    step = {"action": "commit", "planHash": dry["planHash"]}
    done = admin.ask(MOVE, id=draft["id"], v=1, data=step)["data"]["transitionReorganisation"]
    assert (done["state"], done["allowedActions"]) == ("COMMITTED", ["reverse"])
    assert code_of(admin.ask(MOVE, id=draft["id"], v=2, data=step)) == "illegal_transition"
    back = {"action": "reverse", "reason": "Nhầm"}
    assert admin.ask(MOVE, id=draft["id"], v=2, data=back)["data"]["transitionReorganisation"]


def test_the_villages_of_a_divided_commune_are_listed(spare: Spare, admin: Caller) -> None:
    _, country = spare
    parent = str(country["1"])
    draft = merge(
        country, "1",
        new_units=[
            {"ref": r, "name": f"Xã {r}", "kind": "commune", "parent": parent} for r in "ab"
        ],
        successions=[
            {"from_unit": str(country["1.1"]), "to_unit": "a", "share": 0.5, "is_main": True},
            {"from_unit": str(country["1.1"]), "to_unit": "b", "share": 0.5},
        ],
        moves=[{"unit": str(country["1.1.1"]), "parent": "a"}],
    )  # fmt: skip
    id = admin.post(PATH, draft).json()["id"]
    dry = admin.post(f"{PATH}/{id}/dry-run").json()
    assert len(dry["unmapped_villages"]) == 2
    step = {"action": "commit", "plan_hash": dry["plan_hash"]}
    assert admin.move(f"{PATH}/{id}", step).status_code == 200
    shares = admin.get("/api/v1/model-types/camera/coverage", unit=parent).json()
    assert sum(lost["existing"] for lost in shares["unattributed"]) == 2
    assert shares["existing"] == 6
    assert admin.move(f"{PATH}/{id}", {"action": "reverse", "reason": "x"}).status_code == 200


def test_a_correction_of_the_mapping_is_imported(spare: Spare, admin: Caller) -> None:
    _, country = spare
    done = commit(admin, merge(country, "2"))
    codes = {path: admin.get(f"/api/v1/units/{country[path]}", as_of="2025-06-30").json()["code"]
             for path in ("2.1", "1.1")}  # fmt: skip
    table = f"from_code,to_code,effective_on\n{codes['2.1']},{codes['1.1']},2025-07-01\n".encode()
    headers = {"content-type": "text/csv"}
    found = admin.send("POST", f"{PATH}/import", content=table, headers=headers)
    assert found.status_code == 201
    (id,) = found.json()["ids"]
    dry = admin.post(f"{PATH}/{id}/dry-run").json()
    assert dry["faults"] == []
    step = {"action": "commit", "plan_hash": dry["plan_hash"]}
    assert admin.move(f"{PATH}/{id}", step).status_code == 200
    old = admin.get(f"/api/v1/units/{country['2.1']}", expand="successors").json()
    assert [edge["unit"]["id"] for edge in old["successors"]] == [str(country["1.1"])]
    for act in (id, done):
        step = {"action": "reverse", "reason": "x"}
        assert admin.move(f"{PATH}/{act}", step).status_code == 200
    bad = admin.send("POST", f"{PATH}/import", content=b"from_code\n1", headers=headers)
    assert bad.status_code == 422


def commit(admin: Caller, draft: dict[str, Any]) -> str:
    id: str = admin.post(PATH, draft).json()["id"]
    dry = admin.post(f"{PATH}/{id}/dry-run").json()
    step = {"action": "commit", "plan_hash": dry["plan_hash"]}
    assert admin.move(f"{PATH}/{id}", step).status_code == 200
    return id
