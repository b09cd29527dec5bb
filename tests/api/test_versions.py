"""Nobody changes what somebody else has changed meanwhile; each transition is recorded."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from app.domain.actor import Level, Role
from tests.application import Application, Caller, runner
from tests.give import Country

CHANGE = """mutation($id: UUID!, $v: Int!, $data: ModelChange!) {
    changeModel(id: $id, expectedVersion: $v, data: $data) { id name version households
        transitions { action fromState toState effectiveOn } } }"""
READ = "query($id: ID!) { model(id: $id) { version } }"


@pytest.fixture
def recorder(application: Application, country: Country) -> Caller:
    return application.caller(Role.RECORDER, level=Level.COMMUNE, unit=country["1.1"])


@pytest.fixture
def model(recorder: Caller, country: Country) -> str:
    data = {"type": "camera", "units": [str(country["1.1.1"])], "name": f"Camera {uuid4()}"}
    made: str = recorder.post("/api/v1/models", data).json()["id"]
    return made


def path(model: str) -> str:
    return f"/api/v1/models/{model}"


def patch(caller: Caller, model: str, data: Any, tag: str | None = '"1"') -> Any:
    headers = {"if-match": tag} if tag else {}
    return caller.send("PATCH", path(model), json=data, headers=headers)


def code_of(answer: Any) -> str:
    found: str = answer["errors"][0]["extensions"]["code"]
    return found


def test_who_may_change(application: Application, country: Country, model: str) -> None:
    viewer = application.caller(Role.VIEWER, level=Level.COMMUNE, unit=country["1.1"])
    neighbour = application.caller(Role.RECORDER, level=Level.COMMUNE, unit=country["1.2"])
    data = {"households": 3}
    for caller, status, code in (
        (application.nobody, 401, "unauthenticated"),
        (viewer, 403, "forbidden"),
        (neighbour, 404, "model_not_found"),
    ):
        assert patch(caller, model, data).status_code == status
        asked = caller.query(CHANGE, id=model, v=1, data=data)
        assert asked.status_code == (401 if status == 401 else 200)
        assert status == 401 or code_of(asked.json()) == code


def test_a_change_names_the_version_it_is_made_to(recorder: Caller, model: str) -> None:
    missing = patch(recorder, model, {"households": 3}, tag=None)
    assert (missing.status_code, missing.json()["code"]) == (428, "version_needed")
    for tag in ("*", '"x"', "1", '"-1"', '"1", "2"', '"99999999999"'):
        wrong = patch(recorder, model, {"households": 3}, tag=tag)
        assert (wrong.status_code, wrong.json()["code"]) == (422, "not_a_tag")
    tag = recorder.get(path(model), fields="name,version").headers["etag"]
    done = patch(recorder, model, {"households": 3}, tag=tag)
    assert (done.status_code, done.json()["households"], done.json()["version"]) == (200, 3, 2)
    assert done.headers["etag"].startswith('"2-')


def test_a_late_writer_learns_what_changed(recorder: Caller, model: str) -> None:
    patch(recorder, model, {"households": 3})
    patch(recorder, model, {"name": "Camera cổng làng"}, tag='"2"')
    late = patch(recorder, model, {"households": 9})
    told = late.json()
    assert (late.status_code, told["code"], late.headers["etag"]) == (412, "stale", '"3"')
    assert (told["expected"], told["current_version"]) == (1, 3)
    assert told["differing_fields"] == ["households", "name"]
    assert told["current"]["households"] == 3
    assert told["current"]["name"] == "Camera cổng làng"
    same = recorder.ask(CHANGE, id=model, v=1, data={"households": 9})
    assert code_of(same) == "stale"
    assert same["errors"][0]["extensions"]["current_version"] == 3
    ahead = patch(recorder, model, {"households": 9}, tag='"7"')
    assert (ahead.status_code, ahead.json()["differing_fields"]) == (412, [])


def test_what_is_left_out_stays_and_what_is_the_same_is_no_change(
    recorder: Caller, model: str
) -> None:
    patch(recorder, model, {"households": 3, "residents": 9})
    done = recorder.ask(CHANGE, id=model, v=2, data={"residents": None})["data"]["changeModel"]
    assert (done["version"], done["households"]) == (3, 3)
    again = patch(recorder, model, {"households": 3}, tag='"3"').json()
    assert (again["version"], again["residents"]) == (3, None)
    for data in ({"name": ""}, {"name": None}, {"households": -1}, {"state": "launched"}):
        assert patch(recorder, model, data, tag='"3"').status_code == 422


def test_the_transitions_of_a_model_are_recorded(recorder: Caller, model: str) -> None:
    step = {"action": "survey", "effective_on": "2020-09-08", "reason": "Theo kế hoạch"}
    recorder.move(path(model), step)
    found = recorder.get(path(model), expand="transitions").json()
    (kept,) = found["transitions"]
    assert (kept["from_state"], kept["to_state"]) == ("proposed", "surveyed")
    assert (kept["effective_on"], kept["reason"]) == ("2020-09-08", "Theo kế hoạch")
    assert kept["recorded_at"] > "2026-"
    assert kept["recorded_by"] == "somebody"


def test_of_many_who_change_at_once_one_does(
    application: Application, recorder: Caller, model: str
) -> None:
    rounds, writers = 4, 12

    async def at_once(version: int) -> list[int]:
        async def one(number: int) -> int:
            answer = await application.answer(
                "PATCH", path(model), json={"households": version * 1000 + number},
                headers=recorder.headers | {"if-match": f'"{version}"'},
            )  # fmt: skip
            return answer.status_code

        return sorted(await asyncio.gather(*(one(number) for number in range(writers))))

    for version in range(1, rounds + 1):
        assert runner().run(at_once(version)) == [200] + [412] * (writers - 1)
    assert recorder.ask(READ, id=model)["data"]["model"]["version"] == rounds + 1


def test_of_two_who_survey_at_once_one_does(
    application: Application, recorder: Caller, model: str
) -> None:
    async def both() -> list[int]:
        send = (
            application.answer(
                "POST", path(model) + "/transitions", json={"action": "survey"},
                headers=recorder.headers | {"if-match": '"1"'},
            )
            for _ in range(2)
        )  # fmt: skip
        return sorted(answer.status_code for answer in await asyncio.gather(*send))

    assert runner().run(both()) == [200, 412]
    assert len(recorder.get(path(model), expand="transitions").json()["transitions"]) == 1
