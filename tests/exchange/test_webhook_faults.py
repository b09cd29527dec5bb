"""Faults of one endpoint, or of its receiver, hold up no other."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

import pytest

from app.domain.exchange.webhooks.sender import send_due
from tests.api.records import id_of
from tests.application import Application, Caller, runner
from tests.exchange import test_webhooks
from tests.exchange.test_changes import make_incident
from tests.exchange.test_webhooks import PATH, context, deliver, deliveries, plan, register, send
from tests.exchange.webhook_sink import Sink
from tests.give import Country

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


async def _set(application: Application, id: str, change: str) -> None:
    async with application.behind() as session:
        await session.run(f"UPDATE webhook_endpoint SET {change} WHERE id = $1", (UUID(id),))
