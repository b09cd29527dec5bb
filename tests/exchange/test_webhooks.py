"""Webhooks: thin, signed, in order, only what their owner may read; registered at both layers."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from uuid import UUID

import pytest

from app.domain.actor import Level, Role
from app.domain.exchange.webhooks.context import WebhookContext
from app.domain.exchange.webhooks.planner import plan_webhooks
from app.domain.exchange.webhooks.sender import send_due
from tests.api.records import change, id_of
from tests.application import Application, Caller, runner
from tests.exchange.follower import settle
from tests.exchange.test_changes import make_incident
from tests.exchange.test_webhook_signatures import VERIFY
from tests.exchange.webhook_sink import HOST, Sink, open_sink
from tests.give import Country

PATH = "/api/v1/webhook-endpoints"
MUTATION = """mutation($data: WebhookEndpointCreate!) {
  createWebhookEndpoint(data: $data) { id secret publicKey } }"""


@pytest.fixture
def sink(application: Application) -> Iterator[Sink]:
    with open_sink() as opened:
        yield opened
    runner().run(_disable_all(application))


async def _disable_all(application: Application) -> None:
    """Leave nothing that another test would send."""
    async with application.behind() as session:
        await session.run("UPDATE webhook_endpoint SET state = 'disabled', disabled_by = 'owner'")


@pytest.fixture
def recorder(application: Application, country: Country) -> Caller:
    return application.caller(Role.RECORDER, Role.APPROVER, level=Level.PROVINCE, unit=country["1"])


@pytest.fixture
def commune(application: Application, country: Country) -> Caller:
    return application.caller(Role.VIEWER, level=Level.COMMUNE, unit=country["1.1"])


def context(application: Application) -> WebhookContext:
    """Let messages go to this machine, as an operator would by listing it."""
    known: WebhookContext = application.app.state.resources.webhooks
    return replace(known, hosts=frozenset({HOST}))


def plan(application: Application) -> None:
    settle(application)
    runner().run(plan_webhooks(application.app.state.resources.database, context(application)))


def send(application: Application) -> int:
    """Send what is due, until nothing is."""
    tried = 0
    database = application.app.state.resources.database
    while some := runner().run(send_due(database, context(application))):
        tried += some
    return tried


def deliver(application: Application) -> None:
    plan(application)
    send(application)


async def _be_late(application: Application, id: str) -> None:
    """Let all waits of an endpoint be over."""
    async with application.behind() as session:
        await session.run(
            "UPDATE webhook_delivery SET next_attempt_at = now() "
            "WHERE endpoint_id = $1 AND state = 'waiting'", (UUID(id),),
        )  # fmt: skip
        await session.run(
            "UPDATE webhook_endpoint SET paused_until = NULL, due_at = now() WHERE id = $1",
            (UUID(id),),
        )


def retry(application: Application, id: str) -> None:
    runner().run(_be_late(application, id))
    send(application)


async def _point(application: Application, id: str, url: str) -> None:
    async with application.behind() as session:
        await session.run("UPDATE webhook_endpoint SET url = $2 WHERE id = $1", (UUID(id), url))


def register(caller: Caller, sink: Sink, **data: Any) -> dict[str, Any]:
    """Register an endpoint; the application's own settings list no host of this machine."""
    answer = caller.post(PATH, {"name": "Hệ thống", "url": "https://a.example/"} | data)
    assert answer.status_code == 201, answer.text
    assert answer.headers["cache-control"] == "no-store"
    made: dict[str, Any] = answer.json()
    runner().run(_point(caller.application, made["id"], sink.url))
    return made


def deliveries(caller: Caller, id: str, **more: Any) -> list[dict[str, Any]]:
    answer = caller.get("/api/v1/webhook-deliveries", endpoint_id=id, **more)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


def test_changes_of_ones_scope_come_signed_thin_and_in_order(
    application: Application, recorder: Caller, commune: Caller, country: Country, sink: Sink
) -> None:
    made = register(commune, sink, resources=["incidents"])
    path = make_incident(recorder, country["1.1.1"])
    assert change(recorder, path, title="Mất trộm ở nhà ông X").is_success
    elsewhere = make_incident(recorder, country["1.2"])
    deliver(application)
    assert sink.kinds(id_of(path)) == [("created", 1), ("changed", 2)]
    assert sink.kinds(id_of(elsewhere)) == []
    for headers, body in sink.messages:
        assert VERIFY(headers_of(headers), body, secret=made["secret"])
        assert VERIFY(headers_of(headers), body, public=made["public_key"])
        assert b"trom" not in body
        assert "Mất trộm" not in body.decode()
    said = sink.bodies[0]
    assert set(said) == {"type", "timestamp", "data"}
    assert set(said["data"]) == {"resource", "id", "version", "path"}
    assert said["data"]["path"] == path.removeprefix("/api/v1")
    log = deliveries(commune, made["id"])
    assert [(one["state"], one["status_code"], one["attempts"]) for one in log] == [
        ("delivered", 204, 1)
    ] * 2
    plan(application)
    assert send(application) == 0


def headers_of(headers: Any) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _refuse_once(id: str, headers: Any) -> Any:
    """Refuse the first message about a record, and take all others."""
    refused: list[int] = []

    def answer(n: int, message: dict[str, Any]) -> tuple[int, Any]:
        if message["data"]["id"] == id and not refused:
            refused.append(n)
            return 503, headers
        return 200, {}

    return answer


def test_a_refused_message_is_tried_again_and_holds_up_only_its_own_record(
    application: Application, recorder: Caller, commune: Caller, country: Country, sink: Sink
) -> None:
    made = register(commune, sink, resources=["incidents"])
    first, other = (make_incident(recorder, country["1.1.1"]) for _ in range(2))
    assert change(recorder, first, title="Khác").is_success
    until = datetime.now(UTC) + timedelta(hours=2)
    later = {"retry-after": format_datetime(until, usegmt=True)}
    sink.answer = _refuse_once(id_of(first), later)
    deliver(application)
    assert sink.kinds(id_of(first)) == [("created", 1)]  # its next one waits for it
    assert sink.kinds(id_of(other)) == [("created", 1)]
    (waiting,) = deliveries(commune, made["id"], event="created", state="waiting")
    assert (waiting["attempts"], waiting["status_code"]) == (1, 503)
    assert datetime.fromisoformat(waiting["next_attempt_at"]) >= until - timedelta(seconds=1)
    # until then senders do not look at the endpoint
    due = runner().run(_row(application, made["id"]))[0][0]["due_at"]
    assert due == datetime.fromisoformat(waiting["next_attempt_at"])
    retry(application, made["id"])
    assert sink.kinds(id_of(first)) == [("created", 1), ("created", 1), ("changed", 2)]
    ids = [headers_of(headers)["webhook-id"] for headers, _ in sink.messages]
    assert len(ids) == 4
    assert len(set(ids)) == 3  # by its id a receiver knows that one came twice


def test_410_disables_and_nothing_more_is_sent_until_it_is_enabled(
    application: Application, recorder: Caller, commune: Caller, country: Country, sink: Sink
) -> None:
    made = register(commune, sink, resources=["incidents"])
    path = make_incident(recorder, country["1.1"])
    sink.answer = lambda n, message: (410, {}) if n == 1 else (200, {})
    deliver(application)
    found = commune.get(f"{PATH}/{made['id']}").json()
    assert (found["state"], found["disabled_by"]) == ("disabled", "gone")
    assert change(recorder, path, title="Khác").is_success
    retry(application, made["id"])
    assert len(sink.messages) == 1
    refused = commune.post(f"{PATH}/{made['id']}/test")
    assert (refused.status_code, refused.json()["code"]) == (409, "webhook_endpoint_disabled")
    at = f"{PATH}/{made['id']}"
    assert commune.change("POST", at, {"action": "enable"}, at="/transitions").is_success
    plan(application)
    retry(application, made["id"])
    assert sink.kinds(id_of(path)) == [("created", 1), ("created", 1), ("changed", 2)]


def test_a_redirect_is_a_refusal_and_is_not_followed(
    application: Application, commune: Caller, sink: Sink
) -> None:
    with open_sink() as inner:
        made = register(commune, sink)
        sink.answer = lambda n, message: (302, {"location": inner.url})
        id = commune.post(f"{PATH}/{made['id']}/test").json()["id"]
        send(application)
        found = commune.get(f"/api/v1/webhook-deliveries/{id}").json()
        assert (found["state"], found["status_code"]) == ("waiting", 302)
        assert inner.messages == []


def test_keys_are_replaced_with_an_overlap_and_are_stored_sealed(
    application: Application, commune: Caller, sink: Sink
) -> None:
    made = register(commune, sink)
    answer = commune.change("POST", f"{PATH}/{made['id']}", None, at="/keys")
    assert answer.status_code == 200, answer.text
    fresh = answer.json()
    assert {fresh["secret"], fresh["public_key"]}.isdisjoint({made["secret"], made["public_key"]})
    assert commune.post(f"{PATH}/{made['id']}/test").status_code == 201
    send(application)
    (headers, body), *_ = sink.messages
    for keys in (made, fresh):
        assert VERIFY(headers_of(headers), body, secret=keys["secret"])
        assert VERIFY(headers_of(headers), body, public=keys["public_key"])
    row = runner().run(_row(application, made["id"]))
    for keys in (made, fresh):
        assert keys["secret"].removeprefix("whsec_") not in str(row)
    runner().run(_end_overlap(application, made["id"]))
    assert commune.post(f"{PATH}/{made['id']}/test").status_code == 201
    send(application)
    headers, body = sink.messages[-1]
    assert not VERIFY(headers_of(headers), body, secret=made["secret"])
    assert VERIFY(headers_of(headers), body, secret=fresh["secret"])


async def _row(application: Application, id: str) -> Any:
    async with application.behind() as session:
        return await session.run("SELECT * FROM webhook_endpoint WHERE id = $1", (UUID(id),))


async def _end_overlap(application: Application, id: str) -> None:
    async with application.behind() as session:
        change = "UPDATE webhook_endpoint SET former_keys_until = now() WHERE id = $1"
        await session.run(change, (UUID(id),))


def test_a_range_is_sent_again_with_the_same_ids(
    application: Application, recorder: Caller, commune: Caller, country: Country, sink: Sink
) -> None:
    made = register(commune, sink, resources=["incidents"])
    path = make_incident(recorder, country["1.1"])
    deliver(application)
    (log,) = deliveries(commune, made["id"])
    at = datetime.fromisoformat(log["happened_at"])
    asked = {"since": at.isoformat(), "until": (at + timedelta(seconds=1)).isoformat()}
    again = commune.post(f"{PATH}/{made['id']}/replay", asked)
    assert (again.status_code, again.json()) == (200, {"count": 1})
    send(application)
    assert sink.kinds(id_of(path)) == [("created", 1)] * 2
    ids = {headers_of(headers)["webhook-id"] for headers, _ in sink.messages}
    assert ids == {f"msg_{log['id']}"}
    none = asked | {"only_failed": True}
    assert commune.post(f"{PATH}/{made['id']}/replay", none).json() == {"count": 0}
    backward = {"since": asked["until"], "until": asked["since"]}
    assert commune.post(f"{PATH}/{made['id']}/replay", backward).status_code == 422


def test_an_owner_whose_session_has_ended_gets_nothing_more(
    application: Application, recorder: Caller, commune: Caller, country: Country, sink: Sink
) -> None:
    made = register(commune, sink, resources=["incidents"])
    runner().run(_end_session(application, made["id"]))
    make_incident(recorder, country["1.1"])
    deliver(application)
    found = commune.get(f"{PATH}/{made['id']}").json()
    assert (found["state"], found["disabled_by"]) == ("disabled", "rights_ended")
    assert sink.messages == []


async def _end_session(application: Application, id: str) -> None:
    """Let it be that of a session of an earlier version, which no token has any more."""
    change = "UPDATE webhook_endpoint SET acting = acting || '{\"session_version\": 9}' WHERE id=$1"
    async with application.behind() as session:
        await session.run(change, (UUID(id),))


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://a.example/", "webhook_url_not_https"),
        ("https://a.example:22/", "webhook_url_port"),
        ("https://169.254.169.254/", "webhook_address_not_public"),
        ("https://[::ffff:a00:1]/", "webhook_address_not_public"),
        ("https://user@a.example/", "webhook_url_spelling"),
    ],
)
def test_an_address_that_nothing_is_sent_to_is_refused_at_both_layers(
    commune: Caller, url: str, code: str
) -> None:
    answer = commune.post(PATH, {"name": "A", "url": url})
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["code"] == code
    assert answer.json()["errors"][0]["pointer"] == "/url"
    (error,) = commune.ask(MUTATION, data={"name": "A", "url": url})["errors"]
    assert error["extensions"]["errors"][0]["code"] == code


def test_an_unknown_resource_is_refused_and_the_known_ones_are_named(commune: Caller) -> None:
    answer = commune.post(PATH, {"name": "A", "url": "https://a.example/", "resources": ["tip"]})
    assert (answer.status_code, answer.json()["code"]) == (400, "unknown_name")
    made = commune.ask(MUTATION, data={"name": "A", "url": "https://a.example/"})
    assert made["data"]["createWebhookEndpoint"]["secret"].startswith("whsec_")
