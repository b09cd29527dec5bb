"""The feed of changes: in scope, by permission, with cursors that are bound and expire."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from app.db.base import now
from app.db.session import execute
from app.domain.actor import Level, Role
from app.domain.exchange.changes.queries import forget_changes
from tests.api.records import change, code, id_of, make
from tests.application import Application, Caller, runner
from tests.exchange.follower import FEED, Follower, settle
from tests.give import Country
from tests.matrix.features.incidents import INCIDENT

QUERY = """query($after: String) { changes(after: $after, resource: "incidents") {
  items { kind id resource version fields record } next more } }"""


def make_incident(caller: Caller, unit: Any) -> str:
    title = f"Vụ {uuid4().hex[:6]}"
    return make(caller, "incidents", unit=str(unit), title=title, **INCIDENT)


@pytest.fixture
def recorder(application: Application, country: Country) -> Caller:
    return application.caller(Role.RECORDER, Role.APPROVER, level=Level.PROVINCE, unit=country["1"])


@pytest.fixture
def commune(application: Application, country: Country) -> Caller:
    return application.caller(Role.VIEWER, level=Level.COMMUNE, unit=country["1.1"])


def read(caller: Caller, **terms: Any) -> dict[str, Any]:
    settle(caller.application)
    answer = caller.get(FEED, **terms)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def list_items(page: dict[str, Any]) -> list[tuple[str, str]]:
    return [(item["kind"], item["id"]) for item in page["items"]]


def test_a_record_from_its_creation_to_its_void(
    recorder: Caller, commune: Caller, country: Country
) -> None:
    start = read(commune)
    assert (start["items"], start["more"]) == ([], False)
    path = make_incident(recorder, country["1.1.1"])
    assert change(recorder, path, title="Mất trộm").is_success
    elsewhere = make_incident(recorder, country["1.2"])
    page = read(commune, after=start["next"])
    assert list_items(page) == [("created", id_of(path)), ("changed", id_of(path))]
    assert page["items"][1]["fields"] == ["title"]
    assert page["items"][1]["path"] == path.removeprefix("/api/v1")
    assert {item["record"] for item in page["items"]} == {None}
    full = read(commune, after=start["next"], items="full", first=1)
    assert full["items"][0]["record"] == commune.get(path).json()
    assert full["more"] is True
    same = commune.ask(QUERY, after=start["next"])
    assert same["errors"][0]["extensions"]["code"] == "not_a_cursor"  # of another question
    assert recorder.change("POST", path, {"reason": "Nhập nhầm"}, at="/void").is_success
    last = read(commune, after=page["next"])
    assert list_items(last) == [("voided", id_of(path))]
    assert list_items(read(commune, after=last["next"])) == []
    assert commune.get(elsewhere).status_code == 404


def test_both_layers_tell_the_same(recorder: Caller, commune: Caller, country: Country) -> None:
    settle(commune.application)
    after = commune.ask(QUERY)["data"]["changes"]["next"]
    make_incident(recorder, country["1.1"])
    settle(commune.application)
    ours = commune.ask(QUERY, after=after)["data"]["changes"]
    theirs = commune.get(FEED, after=after, resource="incidents").json()
    assert [item["id"] for item in ours["items"]] == [item["id"] for item in theirs["items"]]
    assert ours["items"][0]["kind"] == "CREATED"
    assert ours["next"] == theirs["next"]


def test_a_record_that_moves_away_has_an_item_for_both_units(
    application: Application, recorder: Caller, country: Country
) -> None:
    followers = [
        Follower(application.caller(Role.VIEWER, level=Level.COMMUNE, unit=unit), "incidents")
        for unit in (country["1.1"], country["1.2"], country["2.1"])
    ]
    path = make_incident(recorder, country["1.1.1"])
    for one in followers:
        one.catch_up()
    assert change(recorder, path, unit=str(country["1.2.1"])).is_success
    for one in followers:
        one.catch_up()
        assert one.differences() == []
    kinds = [[item["kind"] for item in one.told if item["id"] == id_of(path)] for one in followers]
    assert kinds[0] == ["created", "scope_lost"]
    assert set(kinds[1]) == {"changed"}
    assert kinds[2] == []


def test_a_host_that_a_model_leaves_has_an_item(
    application: Application, recorder: Caller, country: Country
) -> None:
    hosts = [str(country[unit]) for unit in ("1.1", "1.2")]
    follower = Follower(
        application.caller(Role.VIEWER, level=Level.COMMUNE, unit=country["1.2"]), "models"
    )
    body = {"type": "camera", "name": f"Camera {uuid4().hex[:6]}", "units": hosts}
    path = make(recorder, "models", **body)
    follower.catch_up()
    assert id_of(path) in follower.copies["models"]
    assert change(recorder, path, units=hosts[:1]).is_success
    follower.catch_up()
    assert id_of(path) not in follower.copies["models"]
    assert follower.differences() == []


def test_faulty_questions_are_refused(commune: Caller, application: Application) -> None:
    after = read(commune)["next"]
    assert code(commune.get(FEED, after="x" * 40)) == (422, "not_a_cursor")
    assert code(commune.get(FEED, after=after + "A")) == (422, "not_a_cursor")
    assert code(commune.get(FEED, after=after, resource="models")) == (422, "not_a_cursor")
    assert code(commune.get(FEED, resource="secrets")) == (400, "unknown_name")
    assert code(commune.get(FEED, resource="tips")) == (403, "forbidden")
    assert code(commune.get(FEED, first="0"))[0] == 422
    assert code(commune.get(FEED, items="fat"))[0] == 422
    assert application.nobody.get(FEED).status_code == 401


def test_other_rights_reload_everything(
    application: Application, country: Country, commune: Caller
) -> None:
    after = read(commune)["next"]
    other = application.caller(Role.RECORDER, level=Level.COMMUNE, unit=country["1.1"])
    page = read(other, after=after)
    assert [item["kind"] for item in page["items"]] == ["scope_changed"]
    assert {"incidents", "team-members"} <= set(page["items"][0]["reload"])
    assert read(other, after=page["next"])["items"] == []


@pytest.fixture
def forgetting(application: Application) -> Iterator[Application]:
    """The feed as it was, after a test has let it forget."""
    yield application

    async def restore() -> None:
        async with application.behind() as session:
            await execute(session, text("UPDATE change_feed SET forgotten_until = 0"))

    runner().run(restore())


def test_a_cursor_older_than_the_stored_changes_has_expired(
    forgetting: Application, recorder: Caller, commune: Caller, country: Country
) -> None:
    after = read(commune)["next"]
    make_incident(recorder, country["1.1"])
    kept = read(commune, after=after)["next"]

    async def forget() -> None:
        async with forgetting.behind() as session:
            await forget_changes(session, now() + timedelta(hours=1))

    runner().run(forget())
    refused = commune.get(FEED, after=after)
    assert code(refused) == (410, "changes_expired")
    assert (
        commune.ask("query($a: String) { changes(after: $a) { next } }", a=after)["errors"][0][
            "extensions"
        ]["code"]
        == "changes_expired"
    )
    assert read(commune, after=kept)["items"] == []
