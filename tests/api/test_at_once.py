"""Several callers at the same moment: one is first, the others learn so; nobody meets a 500."""

import asyncio
from typing import Any
from uuid import uuid4

import httpx

from app.domain.actor import Level, Role
from tests.application import LOG, Application, Caller, runner
from tests.give import Country


def at_once(caller: Caller, path: str, bodies: list[Any]) -> list[httpx.Response]:
    async def send() -> list[httpx.Response]:
        sent = (
            caller.application.answer("POST", path, headers=caller.headers, json=b) for b in bodies
        )
        return list(await asyncio.gather(*sent))

    return runner().run(send())


def test_one_reference_sent_by_many_at_once_is_one_model(
    application: Application, country: Country
) -> None:
    recorder = application.caller(Role.RECORDER, level=Level.COMMUNE, unit=country["1.1"])
    for _ in range(10):
        body = {"type": "camera", "units": [str(country["1.1.1"])], "name": "Camera"}
        body |= {"reference": str(uuid4())}
        answers = at_once(recorder, "/api/v1/models", [body] * 4)
        (first,) = (answer for answer in answers if answer.status_code == 201)
        others = [answer for answer in answers if answer is not first]
        assert {(a.status_code, a.json()["code"]) for a in others} == {(409, "already_recorded")}
        assert {answer.json()["id"] for answer in others} == {first.json()["id"]}


def test_one_code_taken_by_many_at_once_is_one_type(
    application: Application, country: Country
) -> None:
    admin = application.caller(Role.UNIT_ADMIN, level=Level.NATIONAL, unit=country[""])
    for _ in range(10):
        answers = at_once(
            admin, "/api/v1/model-types", [{"code": f"t{uuid4().hex}", "name": f"Tổ {uuid4()}"}] * 4
        )
        assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]


def test_one_code_for_villages_of_two_communes_is_one_village(
    application: Application, country: Country
) -> None:
    begin = LOG.tell()
    recorder = application.caller(Role.RECORDER, level=Level.PROVINCE, unit=country["1"])
    for _ in range(10):
        code = uuid4().hex[:12].upper()
        bodies = [
            {"parent": str(country[path]), "name": f"Nà {uuid4().hex}", "code": code}
            for path in ("1.1", "1.2")
        ]
        answers = at_once(recorder, "/api/v1/units", bodies)
        assert sorted(answer.status_code for answer in answers) == [201, 409]
    assert '"level": "error"' not in LOG.getvalue()[begin:]


def test_what_nobody_expected_is_logged_without_its_words(
    application: Application, monkeypatch: Any
) -> None:
    async def fail(*_: Any) -> bytes:
        raise RuntimeError("Key (name)=(Nguyễn Bí Mật) already exists.")

    monkeypatch.setattr("app.db.query.executor.PoolExecutor.fetch", fail)
    begin, viewer = LOG.tell(), application.caller(Role.VIEWER, level=Level.NATIONAL, unit=UNIT)
    assert viewer.get("/api/v1/units").status_code == 500
    assert (
        viewer.ask("{ units { nodes { id } } }")["errors"][0]["extensions"]["code"] == "unexpected"
    )
    assert viewer.ask("{ units { nodes { id } } me { level } }")["errors"]
    said = LOG.getvalue()[begin:]
    assert "RuntimeError" in said
    assert "Bí Mật" not in said
    assert "B\\u00ed" not in said


UNIT = uuid4()
