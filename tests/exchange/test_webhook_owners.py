"""Urgent tips, near terms, and owners: machines and people whose rights change afterwards."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import update
from sqlmodel import col, select

from app.db.base import now
from app.db.tables.auth import AuthSession, Client, Grant, GrantState
from app.db.tables.tips import Tip
from app.db.tables.webhooks import WebhookEndpoint
from app.domain.actor import Level, Role
from app.domain.deadlines.days import today
from tests.access.oauth.give import change, put
from tests.application import Application, Caller, runner
from tests.exchange.test_changes import make_incident
from tests.exchange.test_webhooks import PATH, deliver, plan, register, send, sink
from tests.exchange.webhook_sink import Sink
from tests.give import Country
from tests.tips.informant_requests import receipt

__all__ = ["sink"]  # a fixture


@pytest.fixture
def officer(application: Application, country: Country) -> Caller:
    return application.caller(Role.TIP_OFFICER, level=Level.COMMUNE, unit=country["1.1"])


def test_an_urgent_tip_is_announced_at_once_to_those_who_may_read_it(
    application: Application, country: Country, officer: Caller, sink: Sink
) -> None:
    """By its id and day: no text, no category, no hour."""
    register(officer, sink, events=["urgent_tip"])
    others = (
        application.caller(Role.TIP_OFFICER, level=Level.COMMUNE, unit=country["1.2"]),
        application.caller(Role.RECORDER, level=Level.COMMUNE, unit=country["1.1"]),
    )
    for other in others:
        register(other, sink, events=["urgent_tip"])
    receipt(application, country["1.1"])
    deliver(application)
    assert sink.messages == []
    receipt(application, country["1.1"], urgent=True)
    deliver(application)
    (said,) = sink.bodies
    assert said["type"] == "urgent_tip"
    assert officer.get(f"/api/v1{said['data']['path']}").json()["urgent"] is True
    assert set(said["data"]) == {"resource", "id", "version", "path"}


def test_a_tip_that_becomes_urgent_is_announced_then(
    application: Application, country: Country, officer: Caller, sink: Sink
) -> None:
    register(officer, sink, events=["urgent_tip"])
    receipt(application, country["1.1"])
    deliver(application)
    assert sink.messages == []
    (tip,) = officer.get("/api/v1/tips", urgent=False, limit=1).json()["items"]
    assert officer.change("PATCH", f"/api/v1/tips/{tip['id']}", {"urgent": True}).is_success
    deliver(application)
    assert [one["type"] for one in sink.bodies] == ["urgent_tip"]


async def _look_again(application: Application) -> None:
    async with application.behind() as session:
        await session.run("UPDATE webhook_endpoint SET near_checked_at = NULL")


def test_a_term_that_ends_soon_is_announced_once(
    application: Application, country: Country, officer: Caller, sink: Sink
) -> None:
    receipt(application, country["1.1"])
    day = today() + timedelta(days=1)
    (tip,) = officer.get("/api/v1/tips", order="newest", limit=1).json()["items"]
    put(application, Tip.id, UUID(tip["id"]), due_on=day)
    register(officer, sink, events=["near_deadline"])
    deliver(application)
    (said,) = sink.bodies
    assert (said["data"]["id"], said["data"]["due_on"]) == (tip["id"], day.isoformat())
    runner().run(_look_again(application))
    plan(application)
    assert send(application) == 0


def _come_in(application: Application, country: Country, *roles: Role) -> tuple[Caller, str]:
    """Register a system of a commune with its roles, and let it come in by its secret."""
    admin = application.caller(Role.UNIT_ADMIN, level=Level.PROVINCE, unit=country["1"])
    unit, name = str(country["1.1"]), f"s-{uuid4().hex[:8]}"
    data = {"client_id": name, "name": "Hệ thống trực ban", "unit": unit}
    made = admin.post("/api/v1/clients", data).json()
    for role in roles:
        granted = {"client_id": made["id"], "role": role.value, "unit": unit}
        assert admin.post("/api/v1/grants", granted).is_success
    answer = application.nobody.send(
        "POST", "/oauth/token", data={"grant_type": "client_credentials"},
        auth=(name, made["client_secret"]),
    )  # fmt: skip
    token = answer.json()["access_token"]
    return Caller(application, {"authorization": f"Bearer {token}"}), made["id"]


def test_the_endpoint_of_a_system_outlives_its_tokens_but_not_its_rights(
    application: Application, country: Country, sink: Sink
) -> None:
    system, client = _come_in(application, country, Role.VIEWER)
    made = register(system, sink, resources=["incidents"])
    recorder = application.caller(Role.RECORDER, level=Level.COMMUNE, unit=country["1.1"])
    _end_tokens(application, client)
    first = make_incident(recorder, country["1.1"])
    deliver(application)
    assert [one["data"]["path"] for one in sink.bodies] == [first.removeprefix("/api/v1")]
    put(application, Grant.client_id, UUID(client), state=GrantState.REVOKED)
    make_incident(recorder, country["1.1"])
    deliver(application)
    assert len(sink.messages) == 1
    assert _cause(application, made["id"]) == "rights_ended"


def _end_tokens(application: Application, client: str) -> None:
    """End the sessions of a system behind its tokens, which last for minutes."""
    short = col(AuthSession.expires_at) < now() + timedelta(days=1)
    which = (col(AuthSession.client_id) == UUID(client)) & short
    change(application, update(AuthSession).where(which).values(ended_at=now()))


def _cause(application: Application, id: str) -> str:
    found = change(
        application, select(WebhookEndpoint.disabled_by).where(WebhookEndpoint.id == UUID(id))
    )
    return str(found.scalar_one())


def test_the_endpoint_of_a_disabled_system_gets_nothing(
    application: Application, country: Country, sink: Sink
) -> None:
    system, client = _come_in(application, country, Role.VIEWER)
    made = register(system, sink, resources=["incidents"])
    put(application, Client.id, UUID(client), disabled_at=now())
    recorder = application.caller(Role.RECORDER, level=Level.COMMUNE, unit=country["1.1"])
    make_incident(recorder, country["1.1"])
    deliver(application)
    assert sink.messages == []
    assert _cause(application, made["id"]) == "rights_ended"


def test_a_lost_role_means_that_lists_are_read_again(
    application: Application, country: Country, sink: Sink
) -> None:
    system, client = _come_in(application, country, Role.VIEWER, Role.RECORDER)
    register(system, sink, resources=["incidents"])
    drop = (col(Grant.client_id) == UUID(client)) & (col(Grant.role) == Role.RECORDER)
    change(application, update(Grant).where(drop).values(state=GrantState.REVOKED))
    deliver(application)
    (said,) = sink.bodies
    assert (said["type"], said["data"]["reload"]) == ("scope_changed", ["incidents"])


def test_a_name_that_leads_inside_is_not_reached(
    application: Application, country: Country, officer: Caller, sink: Sink
) -> None:
    """Registered by its spelling, it is judged at each message by what it means then."""
    made = register(officer, sink)
    runner().run(_rename(application, made["id"], f"https://localhost.localdomain:{8443}/"))
    id = officer.post(f"{PATH}/{made['id']}/test").json()["id"]
    send(application)
    found = officer.get(f"/api/v1/webhook-deliveries/{id}").json()
    assert found["failure"] in ("webhook_address_not_public", "webhook_host_unknown")
    assert sink.messages == []


async def _rename(application: Application, id: str, url: str) -> None:
    async with application.behind() as session:
        await session.run("UPDATE webhook_endpoint SET url = $2 WHERE id = $1", (UUID(id), url))
