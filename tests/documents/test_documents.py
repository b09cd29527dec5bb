"""Documents at both layers: who may, how they live, what a later one does to an earlier one."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from app.domain.actor import Role
from tests.application import Caller, runner
from tests.documents.conftest import DOCUMENTS, Archive

CREATE = """mutation($data: DocumentCreate!) { createDocument(data: $data) {
    id kind state title issuerEid allowedActions unit { id } } }"""
CHANGE = """mutation($id: UUID!, $v: Int!, $data: DocumentChange!) {
    changeDocument(id: $id, expectedVersion: $v, data: $data) {
        id version title supersedes { relation earlier { id } } } }"""
MOVE = """mutation($id: UUID!, $v: Int!, $data: DocumentTransition!) {
    transitionDocument(id: $id, expectedVersion: $v, data: $data) { id state version issuedOn } }"""


def code_of(answer: Any) -> str:
    found: str = answer["errors"][0]["extensions"]["code"]
    return found


def numbered_fields(**over: Any) -> dict[str, Any]:
    """The number of a paper that nobody else has."""
    return {"number": uuid4().hex[:8], "symbol": "KH-UBND", "issuer_eid": "G09.01.06"} | over


def create_issued(archive: Archive, path: str = "1.1", **over: Any) -> dict[str, Any]:
    made = archive.document(path, **numbered_fields() | over)
    told = archive.at(Role.APPROVER, path=path).move(
        f"{DOCUMENTS}/{made['id']}", {"action": "register"}
    )
    assert told.status_code == 200, told.text
    row: dict[str, Any] = told.json()
    return row


def camel(words: dict[str, Any]) -> dict[str, Any]:
    return {
        "unit": words["unit"], "kind": "PLAN", "title": words["title"],
        "issuer": words["issuer"], "level": "COMMUNE",
    }  # fmt: skip


def test_who_may_draft(archive: Archive) -> None:
    words = archive.words()
    for caller, status, code in (
        (archive.application.nobody, 401, "unauthenticated"),
        (archive.at(Role.VIEWER), 403, "forbidden"),
        (archive.at(Role.RECORDER, path="1.2"), 404, "unit_not_found"),
    ):
        told = caller.post(DOCUMENTS, words)
        assert (told.status_code, told.json()["code"]) == (status, code)
        asked = caller.query(CREATE, data=camel(words))
        assert asked.status_code == (401 if status == 401 else 200)
        assert status == 401 or code_of(asked.json()) == code


def test_who_may_change_and_move(archive: Archive) -> None:
    id = archive.document()["id"]
    for caller, status, code in (
        (archive.application.nobody, 401, "unauthenticated"),
        (archive.at(Role.VIEWER), 403, "forbidden"),
        (archive.at(Role.RECORDER, path="1.2"), 404, "document_not_found"),
    ):
        headers = {"if-match": '"1"'}
        patched = caller.send("PATCH", f"{DOCUMENTS}/{id}", json={"title": "x"}, headers=headers)
        moved = caller.send(
            "POST", f"{DOCUMENTS}/{id}/transitions", json={"action": "submit"}, headers=headers
        )
        assert patched.status_code == moved.status_code == status
        if status != 401:
            assert code_of(caller.ask(CHANGE, id=id, v=1, data={"title": "x"})) == code
            assert code_of(caller.ask(MOVE, id=id, v=1, data={"action": "submit"})) == code


def test_both_apis_draft_the_same(archive: Archive) -> None:
    recorder, words = archive.at(Role.RECORDER), archive.words()
    rest = recorder.post(DOCUMENTS, words).json()
    graphql = recorder.ask(CREATE, data=camel(words))["data"]["createDocument"]
    assert (rest["state"], graphql["state"]) == ("draft", "DRAFT")
    assert rest["allowed_actions"] == graphql["allowedActions"] == ["submit"]  # others register
    decides = archive.at(Role.APPROVER).get(f"{DOCUMENTS}/{rest['id']}").json()
    assert decides["allowed_actions"] == ["submit", "register"]
    read = recorder.get(f"{DOCUMENTS}/{graphql['id']}").json()
    own = ("id", "created_at", "changed_at")
    assert {k: v for k, v in read.items() if k not in own} == {
        k: v for k, v in rest.items() if k not in own
    }


def test_from_draft_to_issue(archive: Archive) -> None:
    path = f"{DOCUMENTS}/{archive.document(**numbered_fields())['id']}"
    recorder, approver = archive.at(Role.RECORDER), archive.at(Role.APPROVER)
    assert recorder.move(path, {"action": "submit"}).json()["state"] == "submitted"
    for action in ("sign", "return", "register", "issue"):
        refused = recorder.move(path, {"action": action, "reason": "x"})
        assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    missing = approver.move(path, {"action": "return"})
    assert missing.json()["errors"][0]["code"] == "reason_needed"
    assert approver.move(path, {"action": "return", "reason": "số"}).json()["state"] == "draft"
    recorder.move(path, {"action": "submit"})
    assert approver.move(path, {"action": "sign"}).json()["state"] == "signed"
    done = approver.move(path, {"action": "issue", "effective_on": "2024-03-01"}).json()
    assert (done["state"], done["issued_on"]) == ("issued", "2024-03-01")
    again = approver.move(path, {"action": "issue"})
    assert (again.status_code, again.json()["allowed_actions"]) == (409, [])
    steps = recorder.get(path, expand="transitions").json()["transitions"]
    assert [step["action"] for step in steps] == ["submit", "return", "submit", "sign", "issue"]


def test_only_a_numbered_paper_is_issued_an_old_one_is_registered_without(
    archive: Archive,
) -> None:
    path = f"{DOCUMENTS}/{archive.document(kind='official_letter')['id']}"
    approver = archive.at(Role.APPROVER)
    for action in ("submit", "sign"):
        approver.move(path, {"action": action})
    told = approver.move(path, {"action": "issue"})
    assert told.json()["errors"][0]["code"] == "number_needed"
    other = f"{DOCUMENTS}/{archive.document(kind='official_letter')['id']}"
    done = approver.move(other, {"action": "register"}).json()
    assert (done["state"], done["issued_on"], done["number"]) == ("issued", None, None)


@pytest.mark.parametrize(
    ("over", "pointer"),
    [
        ({"issuer_eid": "g09.01"}, "/issuer_eid"),
        ({"issuer_eid": "G09..06"}, "/issuer_eid"),
        ({"issuer_eid": "G09.01."}, "/issuer_eid"),
        ({"issuer_eid": "A" * 36}, "/issuer_eid"),
        ({"number": "04 NQ"}, "/number"),
        ({"title": ""}, "/title"),
        ({"title": "a\x00b"}, "/title"),
        ({"kind": "poem"}, "/kind"),
        ({"period_from": 2021}, "/period_to"),
        ({"period_from": 2025, "period_to": 2021}, "/period_to"),
        ({"issued_on": "2024-02-01", "in_force_on": "2024-01-01"}, "/in_force_on"),
        ({"signer": "a person"}, "/signer"),
    ],
)
def test_bad_words_name_the_field(archive: Archive, over: Any, pointer: str) -> None:
    told = archive.at(Role.RECORDER).post(DOCUMENTS, archive.words(**over))
    assert (told.status_code, told.json()["code"]) == (422, "invalid_fields")
    assert told.json()["errors"][0]["pointer"] == pointer


@pytest.mark.parametrize("eid", ["G09.01.06", "H01.02.03", "000.00.00.H01", "0100109106"])
def test_identifiers_stay_text(archive: Archive, eid: str) -> None:
    assert archive.document(issuer_eid=eid)["issuer_eid"] == eid


def test_not_issued_on_a_day_to_come(archive: Archive) -> None:
    path = f"{DOCUMENTS}/{archive.document(**numbered_fields())['id']}"
    told = archive.at(Role.APPROVER).move(
        path, {"action": "register", "effective_on": "2999-01-01"}
    )
    assert (told.status_code, told.json()["code"]) == (422, "issued_in_the_future")


def test_a_paper_is_recorded_once(archive: Archive) -> None:
    known = numbered_fields(issued_on="2024-05-01")
    first = archive.document(**known)
    again = archive.at(Role.RECORDER).post(DOCUMENTS, archive.words(**known))
    assert (again.status_code, again.json()["code"]) == (409, "document_exists")
    assert again.json()["id"] == first["id"]
    elsewhere = archive.at(Role.RECORDER, path="2.1").post(DOCUMENTS, archive.words("2.1", **known))
    assert elsewhere.status_code == 409
    assert "id" not in elsewhere.json()  # its owner is not revealed
    archive.document(**known | {"issued_on": "2025-05-01"})
    archive.document(**known | {"symbol": "QD-UBND"})


def test_two_who_record_the_same_paper_at_once(archive: Archive) -> None:
    words, recorder = (
        archive.words(**numbered_fields(issued_on="2024-05-01")),
        archive.at(Role.RECORDER),
    )

    async def both() -> list[Any]:
        sent = [archive.application.answer("POST", DOCUMENTS, json=words, headers=recorder.headers)
                for _ in range(4)]  # fmt: skip
        return await asyncio.gather(*sent)

    assert sorted(one.status_code for one in runner().run(both())) == [201, 409, 409, 409]


def test_after_submission_only_those_who_issue_correct(archive: Archive) -> None:
    path = f"{DOCUMENTS}/{archive.document()['id']}"
    recorder, approver = archive.at(Role.RECORDER), archive.at(Role.APPROVER)
    assert recorder.change("PATCH", path, {"title": "Kế hoạch"}).status_code == 200
    recorder.move(path, {"action": "submit"})
    assert recorder.change("PATCH", path, {"title": "Khác"}).status_code == 403
    assert approver.change("PATCH", path, {"title": "Khác"}).json()["title"] == "Khác"
    late = approver.send("PATCH", path, json={"title": "x"}, headers={"if-match": '"1"'})
    assert (late.status_code, late.json()["code"]) == (412, "stale")


@pytest.mark.parametrize(
    ("relation", "state"),
    [("amends", "amended"), ("replaces", "replaced"), ("repeals", "repealed")],
)
def test_what_supersedes_is_shown_both_ways(archive: Archive, relation: str, state: str) -> None:
    earlier = create_issued(archive)
    links = [{"document_id": earlier["id"], "relation": relation}]
    later = archive.document(**numbered_fields(), supersedes=links)
    recorder = archive.at(Role.RECORDER)
    path = f"{DOCUMENTS}/{earlier['id']}"
    assert recorder.get(path).json()["state"] == "issued"  # a draft does nothing yet
    done = archive.at(Role.APPROVER).move(f"{DOCUMENTS}/{later['id']}", {"action": "register"})
    assert done.status_code == 200
    now = recorder.get(
        path, fields="state,superseded_by[relation,document[id]],transitions[action,document_id]"
    ).json()
    assert now["state"] == state
    assert now["superseded_by"] == [{"relation": relation, "document": {"id": later["id"]}}]
    assert now["transitions"][-1] == {"action": relation, "document_id": later["id"]}
    asked = "{ document(id: $id) { supersedes { relation earlier { id state } } } }"
    told = recorder.ask("query($id: ID!) " + asked, id=later["id"])["data"]["document"]
    assert told["supersedes"] == [
        {"relation": relation.upper(), "earlier": {"id": earlier["id"], "state": state.upper()}}
    ]


def test_what_is_gone_is_not_superseded_again(archive: Archive) -> None:
    earlier, approver = create_issued(archive), archive.at(Role.APPROVER)
    links = [{"document_id": earlier["id"], "relation": "repeals"}]
    papers = [archive.document(**numbered_fields(), supersedes=links) for _ in "ab"]
    first, second = (f"{DOCUMENTS}/{paper['id']}" for paper in papers)
    assert approver.move(first, {"action": "register"}).status_code == 200
    told = approver.move(second, {"action": "register"})
    assert (told.status_code, told.json()["code"]) == (409, "document_not_in_force")
    assert approver.get(second).json()["state"] == "draft"  # all of it, or nothing


def test_two_that_replace_the_same_at_once(archive: Archive) -> None:
    earlier, approver = create_issued(archive), archive.at(Role.APPROVER)
    links = [{"document_id": earlier["id"], "relation": "replaces"}]
    papers = [archive.document(**numbered_fields(), supersedes=links)["id"] for _ in "abc"]

    async def all_of_them() -> list[Any]:
        headers = approver.headers | {"if-match": '"1"'}
        sent = [
            archive.application.answer(
                "POST", f"{DOCUMENTS}/{id}/transitions", json={"action": "register"},
                headers=headers,
            )
            for id in papers
        ]  # fmt: skip
        return await asyncio.gather(*sent)

    assert sorted(one.status_code for one in runner().run(all_of_them())) == [200, 409, 409]


def test_links_are_fixed_once_it_is_submitted(archive: Archive) -> None:
    earlier, draft = create_issued(archive), archive.document(**numbered_fields())
    path, links = (
        f"{DOCUMENTS}/{draft['id']}",
        [{"document_id": earlier["id"], "relation": "amends"}],
    )
    recorder = archive.at(Role.RECORDER)
    data = {"supersedes": [{"documentId": earlier["id"], "relation": "REPLACES"}]}
    told = recorder.ask(CHANGE, id=draft["id"], v=1, data=data)["data"]["changeDocument"]
    assert (told["version"], told["supersedes"][0]["relation"]) == (2, "REPLACES")
    assert recorder.change("PATCH", path, {"supersedes": links}).json()["version"] == 3
    same = recorder.change("PATCH", path, {"supersedes": links})
    assert same.json()["version"] == 3
    recorder.move(path, {"action": "submit"})
    told = archive.at(Role.APPROVER).change("PATCH", path, {"supersedes": []})
    assert (told.status_code, told.json()["code"]) == (409, "links_are_fixed")


@pytest.mark.parametrize("of", ["nobody", "another commune", "itself twice"])
def test_what_is_not_ones_own_is_not_superseded(archive: Archive, of: str) -> None:
    here = create_issued(archive)["id"]
    ids = {
        "nobody": [str(uuid4())],
        "another commune": [create_issued(archive, "1.2")["id"]],
        "itself twice": [here, here],
    }[of]
    links = [{"document_id": id, "relation": "amends"} for id in ids]
    told = archive.at(Role.RECORDER).post(DOCUMENTS, archive.words(supersedes=links))
    assert told.status_code == (422 if of == "itself twice" else 404)


def test_what_a_province_has_issued_is_read_below_and_its_drafts_are_not(archive: Archive) -> None:
    title = f"Chỉ thị {uuid4().hex}"
    out = create_issued(archive, "1", title=title, level="province")
    draft = archive.document("1", title=title, level="province")
    ours = archive.at(Role.VIEWER, path="1.1.1")
    found = ours.get(DOCUMENTS, search=title).json()["items"]
    assert [row["id"] for row in found] == [out["id"]]
    assert ours.get(f"{DOCUMENTS}/{draft['id']}").status_code == 404
    other = archive.at(Role.VIEWER, path="2.1")
    assert other.get(f"{DOCUMENTS}/{out['id']}").status_code == 404
    changed = archive.at(Role.APPROVER).send(
        "PATCH", f"{DOCUMENTS}/{out['id']}", json={"title": "x"}, headers={"if-match": '"2"'}
    )
    assert changed.status_code == 404  # read it, yes; change it, no


@pytest.mark.parametrize("words", ["nghi quyet dac biet", "NGHỊ QUYẾT ĐẶC", "77-NQ/TU", "77/NQ/TU"])
def test_search_needs_no_accents(archive: Archive, words: str) -> None:
    recorder = archive.at(Role.RECORDER, path="2.2")
    if not recorder.get(DOCUMENTS, number="77").json()["items"]:
        archive.document("2.2", title="Nghị quyết đặc biệt", number="77", symbol="NQ/TU")
    found = recorder.get(DOCUMENTS, search=words).json()["items"]
    assert [row["title"] for row in found] == ["Nghị quyết đặc biệt"]


def test_lists_are_narrowed_alike_in_both_apis(archive: Archive) -> None:
    paper = create_issued(archive, kind="directive", issued_on="2022-02-02")
    viewer: Caller = archive.at(Role.VIEWER)
    asked = {"kind": "directive", "issued_on.gte": "2022-01-01", "state": "issued"}
    rest = [row["id"] for row in viewer.get(DOCUMENTS, **asked).json()["items"]]
    where = '{kind: {eq: DIRECTIVE}, issuedOn: {gte: "2022-01-01"}, state: {eq: ISSUED}}'
    told = viewer.ask(f"{{ documents(where: {where}) {{ nodes {{ id }} }} }}")
    assert [row["id"] for row in told["data"]["documents"]["nodes"]] == rest
    assert paper["id"] in rest
