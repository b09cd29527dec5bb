"""A request with an Idempotency-Key is carried out once, however often it is sent."""

import asyncio
from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from app.db.base import now
from app.domain.actor import Level, Role
from app.domain.records import idempotency
from tests.application import Application, Caller, runner
from tests.give import Country

CREATE = """mutation($one: ModelCreate!, $two: ModelCreate!) {
    a: createModel(data: $one) { id name } b: createModel(data: $two) { id } }"""


@pytest.fixture
def recorder(application: Application, country: Country) -> Caller:
    return application.caller(Role.RECORDER, level=Level.COMMUNE, unit=country["1.1"])


def model(country: Country, **over: Any) -> dict[str, Any]:
    return {"type": "camera", "units": [str(country["1.1.1"])], "name": f"Camera {uuid4()}"} | over


def post(caller: Caller, data: Any, key: str, path: str = "models") -> httpx.Response:
    return caller.post(f"/api/v1/{path}", data, headers={"idempotency-key": key})


def test_a_repeated_request_gets_the_same_bytes(recorder: Caller, country: Country) -> None:
    data, key = model(country), str(uuid4())
    first, again = post(recorder, data, key), post(recorder, data, key)
    assert first.status_code == again.status_code == 201
    assert first.content == again.content
    assert first.headers["etag"] == again.headers["etag"]
    assert first.headers["content-type"] == again.headers["content-type"]
    assert ("idempotency-replayed" in first.headers, again.headers["idempotency-replayed"]) == (
        False,
        "true",
    )
    found = recorder.get("/api/v1/models", search=data["name"]).json()["items"]
    assert len(found) == 1


def test_another_request_under_the_same_key_is_refused(recorder: Caller, country: Country) -> None:
    data, key = model(country), str(uuid4())
    first = post(recorder, data, key).json()
    other = post(recorder, model(country), key)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    elsewhere = recorder.send(
        "PATCH", f"/api/v1/models/{first['id']}", json=data,
        headers={"idempotency-key": key, "if-match": '"1"'},
    )  # fmt: skip
    assert elsewhere.status_code == 422


def test_a_key_is_ones_own(application: Application, country: Country) -> None:
    key, data = str(uuid4()), model(country)
    callers = [
        application.caller(Role.RECORDER, level=Level.COMMUNE, unit=country["1.1"], client=client)
        for client in ("one", "two")
    ]
    ids = {post(caller, data, key).json()["id"] for caller in callers}
    assert len(ids) == 2


@pytest.mark.parametrize("key", ["", " ", "a b", "x" * 256, "khóa", "\t"])
def test_what_is_no_key(recorder: Caller, country: Country, key: str) -> None:
    headers = [(name.encode(), value.encode()) for name, value in
               {**recorder.headers, "idempotency-key": key}.items()]  # fmt: skip
    answer = runner().run(
        recorder.application.client.post("/api/v1/models", json=model(country), headers=headers)
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "not_an_idempotency_key")


def test_what_was_refused_may_be_tried_again(recorder: Caller, country: Country) -> None:
    key, data = str(uuid4()), model(country, type="nothing")
    assert post(recorder, data, key).status_code in (404, 422)
    assert post(recorder, model(country), key).status_code == 201


def test_permission_comes_before_what_was_answered(
    application: Application, country: Country
) -> None:
    data, key = model(country), str(uuid4())
    recorder = application.caller(Role.RECORDER, level=Level.COMMUNE, unit=country["1.1"])
    assert post(recorder, data, key).status_code == 201
    assert post(application.nobody, data, key).status_code == 401


def test_each_root_field_of_a_mutation_acts_once(recorder: Caller, country: Country) -> None:
    camel = [{"type": "camera", "units": [str(country["1.1.1"])], "name": f"C {uuid4()}"}
             for _ in range(2)]  # fmt: skip
    given = {"query": CREATE, "variables": {"one": camel[0], "two": camel[1]}}
    key = {"idempotency-key": str(uuid4())}
    first = recorder.post("/graphql", given, headers=key)
    again = recorder.post("/graphql", given, headers=key)
    assert first.content == again.content
    assert first.json()["data"]["a"]["id"] != first.json()["data"]["b"]["id"]
    other = {"query": CREATE, "variables": {"one": camel[1], "two": camel[0]}}
    refused = recorder.post("/graphql", other, headers=key).json()["errors"]
    assert {fault["extensions"]["code"] for fault in refused} == {"idempotency_key_reused"}


def test_many_at_once_under_one_key_make_one(
    application: Application, recorder: Caller, country: Country
) -> None:
    async def at_once(data: Any, key: str) -> list[httpx.Response]:
        headers = recorder.headers | {"idempotency-key": key}
        return await asyncio.gather(
            *(
                application.answer("POST", "/api/v1/models", json=data, headers=headers)
                for _ in range(8)
            )
        )

    seen: Counter[int] = Counter()
    for _ in range(25):
        data, key = model(country), str(uuid4())
        answers = runner().run(at_once(data, key))
        seen.update(answer.status_code for answer in answers)
        assert {answer.status_code for answer in answers} <= {201, 409}
        assert len({answer.content for answer in answers if answer.status_code == 201}) == 1
        last = post(recorder, data, key)
        assert last.status_code == 201
        found = recorder.get("/api/v1/models", search=data["name"], fields="id").json()["items"]
        assert found == [{"id": last.json()["id"]}]
    assert seen[409]


def test_an_answer_is_stored_for_its_time(
    application: Application, recorder: Caller, country: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, key = model(country), str(uuid4())
    first = post(recorder, data, key).json()["id"]
    later = now() + idempotency.TTL + timedelta(seconds=1)
    monkeypatch.setattr(idempotency, "now", lambda: later)
    second = post(recorder, data, key).json()["id"]
    assert first != second
    later += idempotency.TTL

    async def forget() -> int:
        async with application.app.state.resources.database.write_transaction() as session:
            return await idempotency.delete_expired_responses(session)

    assert runner().run(forget()) >= 1
