"""Faults of one endpoint, or of its receiver, hold up no other."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from threading import Event
from typing import Any
from uuid import UUID

import pytest

from app.domain.exchange.webhooks import names, sender, service
from app.domain.exchange.webhooks.names import NameResolver
from app.domain.exchange.webhooks.retention import forget_old_deliveries
from app.domain.exchange.webhooks.sender import send_due
from tests.api.records import id_of
from tests.application import Application, Caller, runner
from tests.exchange import test_webhooks
from tests.exchange.test_changes import make_incident
from tests.exchange.test_webhooks import (
    PATH,
    context,
    deliver,
    deliveries,
    headers_of,
    plan,
    register,
    send,
)
from tests.exchange.webhook_sink import HOST, Sink
from tests.give import Country

REPLAY = """mutation($id: UUID!, $data: WebhookReplay!) {
  replayWebhookDeliveries(id: $id, data: $data) { count } }"""
sink, recorder, commune = test_webhooks.sink, test_webhooks.recorder, test_webhooks.commune


@pytest.mark.parametrize("wait", [f"Mon, 30 Nov 2026 08:05:00 +{'9' * 18}", "9" * 4000])
def test_a_receiver_that_asks_for_a_wait_beyond_all_time_stops_nothing(
    application: Application, commune: Caller, sink: Sink, wait: str
) -> None:
    made = register(commune, sink)
    sink.answer = lambda n, message: (503, {"retry-after": wait})
    assert commune.post(f"{PATH}/{made['id']}/test").status_code == 201
    send(application)
    (log,) = deliveries(commune, made["id"])
    assert (log["state"], log["status_code"], log["attempts"]) == ("waiting", 503, 1)


def test_a_name_that_fails_in_an_unforeseen_way_stops_no_other(
    application: Application, recorder: Caller, commune: Caller, country: Country, sink: Sink
) -> None:
    broken, whole = (register(commune, sink, resources=["incidents"]) for _ in range(2))
    runner().run(_set(application, broken["id"], "url = 'https://broken.example/'"))
    path = make_incident(recorder, country["1.1"])
    plan(application)

    async def resolve(host: str, port: int) -> Sequence[str]:
        raise RuntimeError(host)

    webhooks = replace(context(application), resolve=resolve)
    runner().run(send_due(application.app.state.resources.database, webhooks))
    assert sink.kinds(id_of(path)) == [("created", 1)]
    states = {
        one["id"]: [(log["state"], log["failure"]) for log in deliveries(commune, one["id"])]
        for one in (broken, whole)
    }
    assert states == {
        broken["id"]: [("waiting", "webhook_failed")], whole["id"]: [("delivered", None)]
    }  # fmt: skip


def test_an_endpoint_that_cannot_be_planned_stops_no_other(
    application: Application, recorder: Caller, commune: Caller, country: Country, sink: Sink
) -> None:
    broken, *whole = (register(commune, sink, resources=["incidents"]) for _ in range(3))
    runner().run(_set(application, broken["id"], "acting = '{}'"))
    path = make_incident(recorder, country["1.1"])
    deliver(application)
    assert sink.kinds(id_of(path)) == [("created", 1)] * len(whole)


def test_a_receiver_with_many_messages_lets_those_of_others_in_between(
    application: Application, commune: Caller, sink: Sink, recorder: Caller, country: Country,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(sender, "MAX_AT_ONCE", 2)
    monkeypatch.setattr(sender, "MAX_OF_ONE", 2)
    both = {register(commune, sink, resources=["incidents"])["id"] for _ in range(2)}
    for _ in range(5):
        make_incident(recorder, country["1.1"])
    deliver(application)
    owner = {log["id"]: id for id in both for log in deliveries(commune, id)}
    ids = [headers_of(headers)["webhook-id"] for headers, _ in sink.messages]
    order = [owner[id.removeprefix("msg_")] for id in ids]
    assert len(order) == 10
    assert [set(order[n : n + 4]) for n in (0, 4)] == [both, both]


def test_names_that_hang_hold_up_neither_other_endpoints_nor_those_known_to_answer(
    application: Application, commune: Caller, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More hosts hang than there are threads; what answered before has threads apart."""
    monkeypatch.setattr(names, "MAX_WAIT", 0.2)
    ended = Event()

    def look_up(host: str, port: int) -> Sequence[str]:
        if host.endswith(".hangs.example"):
            ended.wait()
        return [HOST]

    resolver = NameResolver(look_up)
    webhooks = replace(context(application), resolve=resolver.resolve)
    whole, *hanging = (register(commune, sink) for _ in range(names.THREADS + 2))
    for number, one in enumerate([whole, *hanging]):
        host = "answers.example" if one is whole else f"{number}.hangs.example"
        runner().run(_set(application, one["id"], f"url = 'https://{host}/'"))
    try:
        assert runner().run(resolver.resolve("answers.example", 443)) == [HOST]
        for one in (*hanging, whole):
            assert commune.post(f"{PATH}/{one['id']}/test").status_code == 201
        tried = runner().run(send_due(application.app.state.resources.database, webhooks))
        assert tried == len(hanging) + 1
        assert runner().run(_run_elsewhere()) == "done"
    finally:
        ended.set()
    found = [deliveries(commune, one["id"])[0]["failure"] for one in (whole, *hanging)]
    assert found == ["webhook_address_not_public", *["webhook_timeout"] * len(hanging)]


async def _run_elsewhere() -> str:
    """Run something in the threads that the whole server shares."""
    return await asyncio.to_thread(lambda: "done")


@pytest.mark.parametrize("layer", ["rest", "graphql"])
def test_a_replay_of_too_many_messages_is_refused_and_sends_none(
    application: Application, commune: Caller, sink: Sink, monkeypatch: pytest.MonkeyPatch,
    layer: str,
) -> None:  # fmt: skip
    monkeypatch.setattr(service, "MAX_REPLAYED", 2)
    made = register(commune, sink)
    asked = {"since": "2026-01-01T00:00:00+07:00", "until": "2100-01-01T00:00:00+07:00"}
    for count in (1, 2, 3):
        assert commune.post(f"{PATH}/{made['id']}/test").status_code == 201
        send(application)
        found = _replay(commune, layer, made["id"], asked)
        assert found == ("webhook_replay_too_large" if count > 2 else count)
        assert send(application) == (0 if count > 2 else count)


def _replay(caller: Caller, layer: str, id: str, data: dict[str, str]) -> Any:
    if layer == "rest":
        answer = caller.post(f"{PATH}/{id}/replay", data).json()
        return answer.get("code") or answer["count"]
    answer = caller.query(REPLAY, id=id, data=data).json()
    if "errors" in answer:
        return answer["errors"][0]["extensions"]["code"]
    return answer["data"]["replayWebhookDeliveries"]["count"]


def test_what_waits_for_a_disabled_endpoint_is_forgotten_like_the_rest(
    application: Application, commune: Caller, sink: Sink
) -> None:
    kept, ended = (register(commune, sink) for _ in range(2))
    for one in (kept, ended):
        assert commune.post(f"{PATH}/{one['id']}/test").status_code == 201
    runner().run(_set(application, ended["id"], "state = 'disabled', disabled_by = 'owner'"))
    runner().run(_forget(application))
    assert len(deliveries(commune, kept["id"])) == 1
    assert deliveries(commune, ended["id"]) == []


async def _forget(application: Application) -> None:
    async with application.behind() as session:
        await session.run("UPDATE webhook_delivery SET recorded_at = now() - interval '1 year'")
    async with application.app.state.resources.database.write_transaction() as session:
        await forget_old_deliveries(session)


async def _set(application: Application, id: str, change: str) -> None:
    async with application.behind() as session:
        await session.run(f"UPDATE webhook_endpoint SET {change} WHERE id = $1", (UUID(id),))
