"""Commendations and exemplars: who may, how they live, and that few may read the persons."""

from typing import Any
from uuid import uuid4

import pytest

from app.domain.actor import GRANTS, Permission, Role
from tests.application import LOG, Caller
from tests.documents.conftest import DOCUMENTS, Archive

PATH, EXAMPLES = "/api/v1/commendations", "/api/v1/exemplars"
CREATE = """mutation($data: CommendationCreate!) { createCommendation(data: $data) {
    id state recipientName recipientLabel allowedActions } }"""
CHANGE = """mutation($id: UUID!, $v: Int!, $data: CommendationChange!) {
    changeCommendation(id: $id, expectedVersion: $v, data: $data) { id achievement } }"""
MOVE = """mutation($id: UUID!, $v: Int!, $data: CommendationTransition!) {
    transitionCommendation(id: $id, expectedVersion: $v, data: $data) { id state awardedOn } }"""
PUT_UP = """mutation($data: ExemplarCreate!) { createExemplar(data: $data) { id year } }"""
SAY = """mutation($id: UUID!, $v: Int!, $data: ExemplarChange!) {
    changeExemplar(id: $id, expectedVersion: $v, data: $data) { id year } }"""


def words(archive: Archive, **over: Any) -> dict[str, Any]:
    return {
        "unit": str(archive.country["1.1"]), "recipient_kind": "collective",
        "recipient_name": "Tổ bảo vệ an ninh, trật tự thôn 1", "form": "merit_certificate",
        "authority": "ministry", "level": "national", "achievement": "Thành tích xuất sắc",
    } | over  # fmt: skip


def example(archive: Archive, **over: Any) -> dict[str, Any]:
    return {
        "unit": str(archive.country["1.1"]), "subject_kind": "model", "year": 2024,
        "subject_name": "Camera giám sát", "level": "province", "description": "Cách làm hay",
    } | over  # fmt: skip


def in_graphql(data: dict[str, Any], *enums: str) -> dict[str, Any]:
    told = {}
    for name, value in data.items():
        first, *rest = name.split("_")
        key = first + "".join(part.title() for part in rest)
        told[key] = value.upper() if name in enums else value
    return told


ENUMS = ("recipient_kind", "form", "authority", "level", "subject_kind")


def code_of(answer: Any) -> str:
    found: str = answer["errors"][0]["extensions"]["code"]
    return found


def nominate(archive: Archive, **over: Any) -> str:
    made = archive.at(Role.RECORDER).post(PATH, words(archive, **over))
    assert made.status_code == 201, made.text
    return f"{PATH}/{made.json()['id']}"


def decision(archive: Archive) -> str:
    made = archive.document(kind="decision", number=uuid4().hex[:8], symbol="QD-BCA")
    id: str = made["id"]
    archive.at(Role.APPROVER).move(f"{DOCUMENTS}/{id}", {"action": "register"})
    return id


def refusals(archive: Archive, *, missing: str) -> list[tuple[Caller, int, str]]:
    return [
        (archive.application.nobody, 401, "unauthenticated"),
        (archive.at(Role.VIEWER), 403, "forbidden"),
        (archive.at(Role.APPROVER, path="1.2"), 404, missing),
    ]


def test_who_may_nominate_and_put_up(archive: Archive) -> None:
    for path, mutation, data in (
        (PATH, CREATE, words(archive)), (EXAMPLES, PUT_UP, example(archive)),
    ):  # fmt: skip
        for caller, status, code in refusals(archive, missing="unit_not_found"):
            told = caller.post(path, data)
            assert (told.status_code, told.json()["code"]) == (status, code)
            asked = caller.query(mutation, data=in_graphql(data, *ENUMS))
            assert status == 401 or code_of(asked.json()) == code


def test_who_may_change_and_decide(archive: Archive) -> None:
    path = nominate(archive)
    id = path.rpartition("/")[2]
    for caller, status, code in refusals(archive, missing="commendation_not_found"):
        headers = {"if-match": '"1"'}
        patched = caller.send("PATCH", path, json={"achievement": "x"}, headers=headers)
        step = {"action": "review"}
        moved = caller.send("POST", f"{path}/transitions", json=step, headers=headers)
        assert patched.status_code == moved.status_code == status
        if status != 401:
            assert code_of(caller.ask(CHANGE, id=id, v=1, data={"achievement": "x"})) == code
            assert code_of(caller.ask(MOVE, id=id, v=1, data=step)) == code
    assert archive.at(Role.RECORDER).move(path, {"action": "review"}).status_code == 403


def test_who_may_change_an_exemplar(archive: Archive) -> None:
    made = archive.at(Role.RECORDER).post(EXAMPLES, example(archive)).json()
    path = f"{EXAMPLES}/{made['id']}"
    for caller, status, code in refusals(archive, missing="exemplar_not_found"):
        told = caller.send("PATCH", path, json={"year": 2023}, headers={"if-match": '"1"'})
        assert told.status_code == status
        if status != 401:
            assert code_of(caller.ask(SAY, id=made["id"], v=1, data={"year": 2023})) == code
    done = archive.at(Role.RECORDER).ask(SAY, id=made["id"], v=1, data={"year": 2023})
    assert done["data"]["changeExemplar"]["year"] == 2023


def test_both_apis_nominate_the_same(archive: Archive) -> None:
    recorder = archive.at(Role.RECORDER)
    rest = recorder.post(PATH, words(archive)).json()
    asked = recorder.ask(CREATE, data=in_graphql(words(archive), *ENUMS))
    graphql = asked["data"]["createCommendation"]
    assert (rest["state"], graphql["state"]) == ("nominated", "NOMINATED")
    assert rest["allowed_actions"] == graphql["allowedActions"] == []  # others decide
    decides = archive.at(Role.APPROVER).get(f"{PATH}/{rest['id']}").json()
    assert decides["allowed_actions"] == ["review", "decline"]
    assert rest["recipient_name"] == graphql["recipientName"]


def test_from_nomination_to_award_and_back(archive: Archive) -> None:
    path, approver, order = nominate(archive), archive.at(Role.APPROVER), decision(archive)
    for action, state in (("review", "reviewed"), ("approve", "approved")):
        assert approver.move(path, {"action": action}).json()["state"] == state
    bare = approver.move(path, {"action": "award"})
    assert bare.json()["errors"][0]["code"] == "document_needed"
    absent = approver.move(path, {"action": "award", "document_id": str(uuid4())})
    assert (absent.status_code, absent.json()["code"]) == (404, "document_not_found")
    early = {"action": "award", "document_id": order, "effective_on": "2999-01-01"}
    assert approver.move(path, early).json()["code"] == "awarded_in_the_future"
    given = approver.move(path, early | {"effective_on": "2024-08-19"}).json()
    assert (given["state"], given["awarded_on"]) == ("awarded", "2024-08-19")
    assert given["document_id"] == order
    for lacking in ({"reason": "x"}, {"document_id": order}):
        assert approver.move(path, {"action": "revoke"} | lacking).status_code == 422
    revoked = approver.move(path, {"action": "revoke", "reason": "sai", "document_id": order})
    assert (revoked.json()["state"], revoked.json()["allowed_actions"]) == ("revoked", [])


def test_what_is_declined_says_why(archive: Archive) -> None:
    path, approver = nominate(archive), archive.at(Role.APPROVER)
    assert approver.move(path, {"action": "decline"}).json()["errors"][0]["code"] == "reason_needed"
    done = approver.move(path, {"action": "decline", "reason": "chưa đủ"}).json()
    assert done["state"] == "declined"
    assert approver.move(path, {"action": "review"}).status_code == 409


def test_only_a_nomination_is_changed(archive: Archive) -> None:
    path = nominate(archive)
    recorder = archive.at(Role.RECORDER)
    assert recorder.change("PATCH", path, {"achievement": "Khác"}).json()["achievement"] == "Khác"
    archive.at(Role.APPROVER).move(path, {"action": "review"})
    told = recorder.change("PATCH", path, {"achievement": "Nữa"})
    assert (told.status_code, told.json()["code"]) == (422, "no_more_nominated")


@pytest.mark.parametrize(
    "over",
    [
        {"recipient_kind": "individual"},
        {"recipient_kind": "individual", "recipient_label": "A", "recipient_name": "B"},
        {"recipient_label": "A"},
        {"recipient_name": None},
    ],
)
def test_persons_are_labels_and_nobody_else_is(archive: Archive, over: dict[str, Any]) -> None:
    told = archive.at(Role.RECORDER).post(PATH, words(archive, **over))
    assert told.status_code == 422
    assert told.json()["errors"][0]["code"] == "who_is_needed"


def test_an_exemplar_is_shown_the_same_way(archive: Archive) -> None:
    recorder = archive.at(Role.RECORDER)
    person = {"subject_kind": "person", "subject_name": None, "subject_label": "Anh T."}
    made = recorder.post(EXAMPLES, example(archive, **person))
    assert made.json()["subject_label"] == "Anh T."
    path = f"{EXAMPLES}/{made.json()['id']}"
    assert "subject_label" not in archive.at(Role.VIEWER).get(path).json()
    assert recorder.post(EXAMPLES, example(archive, subject_label="A")).status_code == 422
    lost = example(archive, commendation_id=str(uuid4()))
    assert recorder.post(EXAMPLES, lost).json()["code"] == "commendation_not_found"


def test_a_label_is_read_by_few_in_every_api(archive: Archive) -> None:
    label = f"Ông N.{uuid4().hex[:6]}"
    person = {"recipient_kind": "individual", "recipient_name": None, "recipient_label": label}
    path = nominate(archive, **person)
    id = path.rpartition("/")[2]
    assert archive.at(Role.RECORDER).get(path).json()["recipient_label"] == label
    for role in (Role.VIEWER, Role.STATISTICIAN, Role.AUDITOR, Role.UNIT_ADMIN):
        caller = archive.at(role)
        assert label not in caller.get(path).text
        assert caller.get(path, fields="recipient_label").status_code == 403
        asked = caller.ask("query($id: ID!) { commendation(id: $id) { recipientLabel } }", id=id)
        assert code_of(asked) == "forbidden"
        assert caller.get(PATH, search=label).json()["items"] == []
    assert archive.at(Role.RECORDER).get(PATH, search=label).json()["items"] == []
    assert label not in LOG.getvalue()
    allowed = {role for role in Role if Permission.COMMENDATION_READ_NAMES in GRANTS[role]}
    assert allowed == {Role.RECORDER, Role.APPROVER}


def test_a_late_change_reveals_no_name_without_the_permission(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = {"recipient_kind": "individual", "recipient_name": None, "recipient_label": "Bà X"}
    path = nominate(archive, **person)
    archive.at(Role.RECORDER).change("PATCH", path, {"recipient_label": "Bà Y"})
    late = {"json": {"achievement": "x"}, "headers": {"if-match": '"1"'}}
    told = archive.at(Role.RECORDER).send("PATCH", path, **late).json()
    assert told["current"] == {"recipient_label": "Bà Y"}
    few = GRANTS[Role.RECORDER] - {Permission.COMMENDATION_READ_NAMES}
    monkeypatch.setitem(GRANTS, Role.RECORDER, few)
    told = archive.at(Role.RECORDER).send("PATCH", path, **late).json()
    assert (told["code"], told["current"]) == ("stale", {})
    assert told["differing_fields"] == ["recipient_label"]
