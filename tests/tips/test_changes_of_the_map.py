"""While the map of a province is being changed: nobody else waits, and no informant does."""

import asyncio
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlmodel import select

from app.db.session import Session, execute
from app.db.tables.tips import Tip
from app.domain.actor import Level, Role
from app.domain.records import map_lock_queries, map_locks
from app.domain.units.queries import place_units
from app.jobs.late_places import place_late
from tests.application import Application, Caller, runner
from tests.give import Country
from tests.tips.informant_requests import follow, receipt

CREATE = "mutation($data: ModelCreate!) { createModel(data: $data) { id } }"
ELSEWHERE = "UPDATE unit SET village_id = id WHERE id = :unit"  # any other place will do


@pytest.fixture
def changing(
    application: Application, country: Country, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Session]:
    """A change of the map of the first province that has not ended."""
    monkeypatch.setattr(map_locks, "MAX_WAIT", 0.3)
    behind = application.behind()
    session = runner().run(behind.__aenter__())
    runner().run(map_lock_queries.lock_provinces(session, [country["1"]]))
    yield session
    runner().run(behind.__aexit__(None, None, None))


def recorder(application: Application, unit: UUID) -> Caller:
    return application.caller(Role.APPROVER, level=Level.COMMUNE, unit=unit)


def model(country: Country, path: str) -> dict[str, Any]:
    return {"type": "camera", "units": [str(country[path])], "name": "Camera"}


def test_a_write_there_is_refused_for_the_moment(
    application: Application, country: Country, changing: Session
) -> None:
    there = recorder(application, country["1.1"])
    for refused in (
        there.post("/api/v1/models", model(country, "1.1.1")),
        there.post("/api/v1/units", {"parent": str(country["1.1"]), "name": "Mới"}),
    ):
        assert (refused.status_code, refused.json()["code"]) == (503, "map_busy"), refused.text
        assert refused.headers["retry-after"] == "2"
    refused = there.ask(CREATE, data=model(country, "1.1.1"))
    assert refused["errors"][0]["extensions"]["code"] == "map_busy"


def test_elsewhere_nobody_notices(
    application: Application, country: Country, changing: Session
) -> None:
    elsewhere = recorder(application, country["2.1"])
    made = elsewhere.post("/api/v1/models", model(country, "2.1.1"))
    assert made.status_code == 201, made.text
    assert "errors" not in elsewhere.ask(CREATE, data=model(country, "2.1.1"))


def test_what_is_read_there_is_answered_and_audited(
    application: Application, country: Country, changing: Session
) -> None:
    officer = application.caller(Role.TIP_OFFICER, level=Level.COMMUNE, unit=country["1.1"])
    assert officer.get("/api/v1/tips").status_code == 200


def test_a_write_goes_on_when_the_change_ends(
    application: Application, country: Country, changing: Session,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(map_locks, "MAX_WAIT", 60)
    headers = recorder(application, country["1.1"]).headers

    async def both() -> int:
        sent = application.answer(
            "POST", "/api/v1/models", json=model(country, "1.1.1"), headers=headers
        )
        writing = asyncio.create_task(sent)
        await asyncio.wait([writing], timeout=0.3)
        assert not writing.done()
        await changing.commit()
        return (await writing).status_code

    assert runner().run(both()) == 201


def test_a_tip_is_taken_and_placed_afterwards(
    application: Application, country: Country, changing: Session
) -> None:
    unit = country["1.2"]
    runner().run(execute(changing, text(ELSEWHERE), {"unit": unit}))
    number = receipt(application, unit)
    assert follow(application, number).status_code == 200
    database = application.app.state.resources.database

    async def village() -> UUID | None:
        async with application.behind() as session:
            newest = select(Tip).where(Tip.unit_id == unit).order_by(text("created_at DESC"))
            return (await session.exec(newest.limit(1))).one().village_id

    async def end() -> tuple[UUID | None, ...]:
        before = await village()
        await place_late(database)  # not yet
        meanwhile = await village()
        await changing.commit()
        await place_late(database)
        after = await village()
        async with application.behind() as session:
            await place_units(session, [unit])  # as the other tests know it
        return before, meanwhile, after

    assert runner().run(end()) == (None, None, unit)
