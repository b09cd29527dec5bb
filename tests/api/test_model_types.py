"""The catalogue: one type for all spellings of its name, what ships, and who recognised it."""

from typing import Any
from uuid import uuid4

import pytest

from app.domain.actor import Level, Role
from tests.application import Application, Caller
from tests.give import Country

SPELLINGS = [
    "Hộ an toàn, thôn, bản, tổ dân phố bình yên",
    "hộ an toàn, thôn bản, tổ dân phố bình yên",
    "Hộ an toàn, thôn bản bình yên",
    "HỘ AN TOÀN – THÔN, BẢN, TỔ DÂN PHỐ BÌNH YÊN",
]
CALLED = '{ modelTypes(where: {called: {eq: "%s"}}) { nodes { code } } }'
ADD = "mutation($data: ModelTypeCreate!) { createModelType(data: $data) { id code aliases } }"
CHANGE = """mutation($type: String!, $v: Int!, $data: ModelTypeChange!) {
    changeModelType(id: $type, expectedVersion: $v, data: $data) { name aliases version } }"""
RECOGNISE = """mutation($data: RecognitionCreate!) { createRecognition(data: $data) {
    id level year state allowedActions } }"""
REVOKE = """mutation($id: UUID!, $v: Int!, $data: RecognitionTransition!) {
    transitionRecognition(id: $id, expectedVersion: $v, data: $data) { state revokedOn } }"""


@pytest.fixture
def admin(application: Application, country: Country) -> Caller:
    return application.caller(Role.UNIT_ADMIN, level=Level.NATIONAL, unit=country[""])


def new(**over: Any) -> dict[str, Any]:
    return {"code": f"t{uuid4().hex}", "name": f"Dòng họ {uuid4()}", "host_kind": "clan"} | over


def code_of(answer: Any) -> str:
    found: str = answer["errors"][0]["extensions"]["code"]
    return found


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_four_spellings_of_one_name_are_one_type(atlas: Application, spelling: str) -> None:
    viewer = atlas.national(Role.VIEWER)
    found = viewer.get("/api/v1/model-types", called=spelling).json()["items"]
    assert [kind["code"] for kind in found] == ["ho_an_toan"]
    same = viewer.ask(CALLED % spelling)["data"]["modelTypes"]["nodes"]
    assert same == [{"code": "ho_an_toan"}]
    models = viewer.get("/api/v1/models", type=spelling, total="exact", limit=1).json()
    assert models["total"] == 847
    covered = viewer.get(
        f"/api/v1/model-types/{spelling}/coverage", unit="06", on="2020-09-08"
    ).json()
    assert (covered["model_type"], covered["covered"]) == ("ho_an_toan", 847)


def test_a_model_is_made_of_a_type_by_any_of_its_spellings(
    application: Application, country: Country, admin: Caller
) -> None:
    body = new(aliases=[f"Họ tộc {uuid4()}"])
    kind = admin.post("/api/v1/model-types", body).json()
    recorder = application.caller(Role.RECORDER, level=Level.COMMUNE, unit=country["1.1"])
    for name in (body["name"].upper(), body["aliases"][0].replace(" ", " - "), kind["id"].upper()):
        data = {"type": name, "units": [str(country["1.1.1"])], "name": "x"}
        assert recorder.post("/api/v1/models", data).json()["type_id"] == kind["id"]


def test_the_catalogue_is_found_without_accents_and_tells_where_it_was_read(
    atlas: Application,
) -> None:
    viewer = atlas.national(Role.VIEWER)
    (kind,) = viewer.get("/api/v1/model-types", search="camera voi").json()["items"]
    assert (kind["code"], kind["field"], kind["source"]) == (
        "camera_giam_sat", "digital", "I016-I018",
    )  # fmt: skip
    principles = viewer.get("/api/v1/model-types/ho_an_toan").json()["principles"]
    assert len(principles) == 4
    made_up = viewer.get("/api/v1/model-types", search="minh hoa", limit=100).json()["items"]
    assert {kind["source"].partition(":")[0] for kind in made_up} == {"made up for the demo"}
    assert len(made_up) == 45


def test_who_may_add_one_and_change_it(
    application: Application, country: Country, admin: Caller
) -> None:
    recorder = application.caller(Role.RECORDER, level=Level.NATIONAL, unit=country[""])
    body, path = new(), "/api/v1/model-types"
    assert application.nobody.post(path, body).status_code == 401
    assert application.nobody.query(ADD, data={}).status_code == 401
    assert recorder.post(path, body).status_code == 403
    made = admin.post(path, body)
    assert made.status_code == 201
    one, tag = f"{path}/{body['code']}", {"if-match": '"1"'}
    assert recorder.send("PATCH", one, json={"name": "x"}, headers=tag).status_code == 403
    assert admin.send("PATCH", one, json={"name": "x"}).status_code == 428
    alias = f"Họ {uuid4()}"
    done = admin.change("PATCH", one, {"aliases": [alias], "field": "family"}).json()
    assert (done["aliases"], done["field"], done["version"]) == ([alias], "family", 2)
    assert recorder.get(path, called=alias).json()["items"][0]["id"] == done["id"]
    same = admin.ask(CHANGE, type=alias, v=2, data={"aliases": []})["data"]["changeModelType"]
    assert (same["aliases"], same["name"], same["version"]) == ([], body["name"], 3)
    assert recorder.get(path, called=alias).json()["items"] == []
    assert code_of(recorder.ask(CHANGE, type=body["code"], v=3, data={})) == "forbidden"


def test_a_word_names_one_type_only(admin: Caller) -> None:
    body = new(aliases=[f"Hội {uuid4()}"])
    admin.post("/api/v1/model-types", body)
    for again in (new(name=body["name"].upper()), new(aliases=body["aliases"]),
                  new(name=body["aliases"][0]), new(code=body["code"])):  # fmt: skip
        answer = admin.post("/api/v1/model-types", again)
        assert (answer.status_code, answer.json()["code"]) == (409, "model_type_exists")
        assert answer.json()["model_type"] == body["code"]
    data = {"code": f"t{uuid4().hex}", "name": body["name"], "hostKind": "CLAN"}
    assert code_of(admin.ask(ADD, data=data)) == "model_type_exists"


def test_three_were_recognised_by_the_ministry(atlas: Application) -> None:
    viewer = atlas.national(Role.VIEWER)
    asked = {"unit": "06", "as_of": "2024-10-16", "level": "ministry", "total": "exact"}
    page = viewer.get("/api/v1/model-recognitions", **asked, expand="type").json()
    assert page["total"] == 3
    told = {(one["year"], one["type"]["code"], one["scope"]) for one in page["items"]}
    assert told == {
        (2020, "ho_an_toan", "nationwide"), (2022, "quan_ly_nguoi_chxapt", "nationwide"),
        (2023, "lien_ket_benh_vien", "nationwide"),
    }  # fmt: skip
    today = viewer.get("/api/v1/model-recognitions", unit="19", total="exact").json()
    assert today["total"] == 3
    query = """{ modelRecognitions(asOf: "2024-10-16", where: {unit: {eq: "06"},
        level: {eq: MINISTRY}}) { totalCount } }"""
    assert viewer.ask(query)["data"]["modelRecognitions"]["totalCount"] == 3


class TestRecognising:
    PATH = "/api/v1/model-recognitions"

    def title_data(self, country: Country, **over: Any) -> dict[str, Any]:
        return {
            "type": "camera", "unit": str(country["1"]), "level": "province", "year": 2022,
            "recognised_on": "2022-05-01", "scope": "province", "decision": "1/QĐ-UBND",
        } | over  # fmt: skip

    def test_who_may_and_at_which_level(self, application: Application, country: Country) -> None:
        body = self.title_data(country)
        above = application.caller(Role.APPROVER, level=Level.PROVINCE, unit=country["1"])
        other = application.caller(Role.APPROVER, level=Level.PROVINCE, unit=country["2"])
        below = application.caller(Role.APPROVER, level=Level.COMMUNE, unit=country["1.1"])
        recorder = application.caller(Role.RECORDER, level=Level.PROVINCE, unit=country["1"])
        assert application.nobody.post(self.PATH, body).status_code == 401
        assert recorder.post(self.PATH, body).status_code == 403
        assert other.post(self.PATH, body).json()["code"] == "unit_not_found"
        for caller, level in ((below, "province"), (above, "ministry")):
            answer = caller.post(self.PATH, body | {"level": level})
            assert (answer.status_code, answer.json()["code"]) == (403, "not_of_your_level")
        made = above.post(self.PATH, body)
        assert (made.status_code, made.json()["allowed_actions"]) == (201, ["revoke"])
        data = {
            "type": "camera", "unit": str(country["1"]), "level": "PROVINCE", "year": 2021,
            "scope": "PROVINCE",
        }  # fmt: skip
        row = above.ask(RECOGNISE, data=data)["data"]["createRecognition"]
        assert (row["level"], row["year"], row["state"]) == ("PROVINCE", 2021, "IN_FORCE")
        assert code_of(recorder.ask(RECOGNISE, data=data)) == "forbidden"
        kind = above.get("/api/v1/model-types/camera", expand="recognitions").json()
        ids = {one["id"] for one in kind["recognitions"]}
        assert {row["id"], made.json()["id"]} <= ids

    def test_it_is_taken_back_with_a_reason_and_once(
        self, application: Application, country: Country
    ) -> None:
        above = application.caller(Role.APPROVER, level=Level.PROVINCE, unit=country["1"])
        other = application.caller(Role.APPROVER, level=Level.PROVINCE, unit=country["2"])
        id = above.post(self.PATH, self.title_data(country)).json()["id"]
        path = f"{self.PATH}/{id}"
        step = {"action": "revoke", "reason": "Không còn hoạt động", "effective_on": "2024-01-01"}
        assert other.move(path, step).json()["code"] == "recognition_not_found"
        bare = above.move(path, {"action": "revoke"})
        assert (bare.status_code, bare.json()["errors"][0]["code"]) == (422, "reason_needed")
        early = above.move(path, step | {"effective_on": "2022-04-30"})
        assert early.json()["code"] == "before_the_last_step"
        done = above.move(path, step).json()
        assert (done["state"], done["revoked_on"], done["allowed_actions"]) == (
            "revoked", "2024-01-01", [],
        )  # fmt: skip
        again = above.ask(REVOKE, id=id, v=2, data={"action": "revoke", "reason": "x"})
        assert code_of(again) == "illegal_transition"

    @pytest.mark.parametrize(
        "over",
        [{"type": None}, {"model": str(uuid4())}, {"year": 2021}, {"year": 1900},
         {"recognised_on": "2999-01-01", "year": 2999}, {"year": 2090, "recognised_on": None}],
    )  # fmt: skip
    def test_what_does_not_fit_is_refused(
        self, application: Application, country: Country, over: dict[str, Any]
    ) -> None:
        above = application.caller(Role.APPROVER, level=Level.NATIONAL, unit=country[""])
        assert above.post(self.PATH, self.title_data(country, **over)).status_code == 422
