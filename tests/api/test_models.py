"""Programme models at both layers: who may, whose they are, how they live."""

from typing import Any
from uuid import uuid4

import pytest

from app.domain.actor import Level, Role
from tests.application import Application, Caller
from tests.give import Country

CREATE = """mutation($data: ModelCreate!) { createModel(data: $data) {
    id name state launchedOn allowedActions unit { id } } }"""
MOVE = """mutation($id: UUID!, $v: Int!, $data: ModelTransition!) {
    transitionModel(id: $id, expectedVersion: $v, data: $data) {
        id state launchedOn version allowedActions } }"""


@pytest.fixture
def recorder(application: Application, country: Country) -> Caller:
    return application.caller(Role.RECORDER, level=Level.COMMUNE, unit=country["1.1"])


def model(country: Country, **over: Any) -> dict[str, Any]:
    return {"type": "camera", "units": [str(country["1.1.1"])], "name": f"Camera {uuid4()}"} | over


def code_of(answer: Any) -> str:
    found: str = answer["errors"][0]["extensions"]["code"]
    return found


class TestCreating:
    def test_nobody_may(self, application: Application, country: Country) -> None:
        assert application.nobody.post("/api/v1/models", model(country)).status_code == 401
        assert application.nobody.query(CREATE, data=model(country)).status_code == 401

    def test_a_viewer_may_not(self, application: Application, country: Country) -> None:
        viewer = application.caller(Role.VIEWER, level=Level.COMMUNE, unit=country["1.1"])
        assert viewer.post("/api/v1/models", model(country)).status_code == 403
        answer = viewer.ask(CREATE, data=model(country))
        assert (answer["data"], code_of(answer)) == ({"createModel": None}, "forbidden")

    def test_another_commune_is_not_there(self, application: Application, country: Country) -> None:
        neighbour = application.caller(Role.RECORDER, level=Level.COMMUNE, unit=country["1.2"])
        answer = neighbour.post("/api/v1/models", model(country))
        absent = neighbour.post("/api/v1/models", model(country, units=[str(uuid4())]))
        assert answer.status_code == absent.status_code == 404
        assert answer.json()["code"] == absent.json()["code"] == "unit_not_found"
        same = neighbour.ask(CREATE, data=model(country))
        assert code_of(same) == "unit_not_found"

    def test_a_new_record_can_be_read_at_both_layers(
        self, recorder: Caller, country: Country
    ) -> None:
        made = recorder.post("/api/v1/models", model(country, households=12))
        assert made.status_code == 201
        read = recorder.get(f"/api/v1/models/{made.json()['id']}")
        assert read.json() == made.json()
        assert read.headers["etag"] == made.headers["etag"]
        query = "query($id: ID!) { model(id: $id) { id name households state } }"
        same = recorder.ask(query, id=made.json()["id"])["data"]["model"]
        assert same == {
            **{name: made.json()[name] for name in ("id", "name", "households")},
            "state": "PROPOSED",
        }

    def test_graphql_makes_the_same(self, recorder: Caller, country: Country) -> None:
        made = recorder.ask(CREATE, data=model(country, launchedOn="2021-05-01"))
        row = made["data"]["createModel"]
        read = recorder.get(f"/api/v1/models/{row['id']}").json()
        assert (read["state"], read["launched_on"]) == ("launched", "2021-05-01")
        assert row["allowedActions"] == read["allowed_actions"] == ["operate", "retire"]

    def test_one_that_spans_two_communes_is_seen_by_both_and_counted_once(
        self, application: Application, recorder: Caller, country: Country
    ) -> None:
        units = [str(country["1.1"]), str(country["2.1"])]
        id = recorder.post("/api/v1/models", model(country, units=units)).json()["id"]
        for path in ("1.1", "2.1", "1", "2", ""):
            unit = country[path]
            viewer = application.caller(Role.VIEWER, level=country.levels[unit], unit=unit)
            page = viewer.get("/api/v1/models", fields="id", limit=100).json()["items"]
            assert [row["id"] for row in page].count(id) == 1
        other = application.caller(Role.VIEWER, level=Level.COMMUNE, unit=country["1.2"])
        assert other.get(f"/api/v1/models/{id}").status_code == 404

    def test_the_same_reference_is_created_once(self, recorder: Caller, country: Country) -> None:
        wanted = model(country, reference=str(uuid4()))
        first = recorder.post("/api/v1/models", wanted)
        again = recorder.post("/api/v1/models", wanted)
        assert again.status_code == 409
        assert (again.json()["code"], again.json()["id"]) == (
            "already_recorded",
            first.json()["id"],
        )

    @pytest.mark.parametrize(
        ("over", "status", "code", "pointer"),
        [
            ({"name": ""}, 422, "invalid_fields", "/name"),
            ({"households": -1}, 422, "invalid_fields", "/households"),
            ({"units": []}, 422, "invalid_fields", "/units"),
            ({"launched_on": "2018-13-40"}, 422, "invalid_fields", "/launched_on"),
            ({"secret": 1}, 422, "invalid_fields", "/secret"),
            ({"launched_on": "2199-01-01"}, 422, "not_in_the_future", None),
            ({"type": "nothing"}, 404, "model_type_not_found", None),
            ({"units": ["99999"]}, 404, "unit_not_found", None),
        ],
    )
    def test_bad_input_names_the_field(
        self, recorder: Caller, country: Country, over: Any, status: int, code: str, pointer: Any
    ) -> None:
        answer = recorder.post("/api/v1/models", model(country, **over))
        assert (answer.status_code, answer.json()["code"]) == (status, code)
        if pointer:
            assert answer.json()["errors"][0]["pointer"] == pointer


class TestMoving:
    def test_only_those_who_may_and_only_their_own(
        self, application: Application, recorder: Caller, country: Country
    ) -> None:
        id = recorder.post("/api/v1/models", model(country)).json()["id"]
        path, step = f"/api/v1/models/{id}/transitions", {"action": "survey"}
        viewer = application.caller(Role.VIEWER, level=Level.COMMUNE, unit=country["1.1"])
        neighbour = application.caller(Role.RECORDER, level=Level.COMMUNE, unit=country["1.2"])
        assert application.nobody.post(path, step).status_code == 401
        assert viewer.post(path, step).status_code == 403
        assert neighbour.post(path, step).status_code == 404
        assert application.nobody.query(MOVE, id=id, v=1, data=step).status_code == 401
        assert code_of(viewer.ask(MOVE, id=id, v=1, data=step)) == "forbidden"
        assert code_of(neighbour.ask(MOVE, id=id, v=1, data=step)) == "model_not_found"

    def test_surveying_twice_is_a_conflict_that_names_what_is_allowed(
        self, recorder: Caller, country: Country
    ) -> None:
        made = recorder.post("/api/v1/models", model(country)).json()
        assert made["allowed_actions"] == ["survey", "retire"]
        path = f"/api/v1/models/{made['id']}"
        surveyed = recorder.move(path, {"action": "survey"}).json()
        assert (surveyed["state"], surveyed["version"]) == ("surveyed", made["version"] + 1)
        again = recorder.move(path, {"action": "survey"})
        assert (again.status_code, again.json()["code"]) == (409, "illegal_transition")
        assert again.json()["allowed_actions"] == ["approve", "retire"]
        same = recorder.ask(MOVE, id=made["id"], v=2, data={"action": "launch"})
        assert code_of(same) == "illegal_transition"
        told = same["errors"][0]["extensions"]["allowed_actions"]
        assert told == ["approve", "retire"]

    def test_not_on_a_day_to_come(self, recorder: Caller, country: Country) -> None:
        id = recorder.post("/api/v1/models", model(country)).json()["id"]
        step = {"action": "survey", "effective_on": "2999-01-01"}
        answer = recorder.move(f"/api/v1/models/{id}", step)
        assert (answer.status_code, answer.json()["code"]) == (422, "not_in_the_future")
