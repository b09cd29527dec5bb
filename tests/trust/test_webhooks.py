"""Webhooks under kills and attacks; planted faults show. The long form is `./run trust`."""

import os
from typing import Any
from uuid import UUID

from app.domain.actor import Role
from bench.trust_webhooks import ENDPOINTS, Post, count_planted, deliver_events, reach_and_mangle
from bench.webhook_receiver import HOST
from tests.application import SEAL, Application, Caller, runner
from tests.trust.short import terms

EVENTS, SIGNATURES = 50, 1_000


def _post(application: Application, caller: Caller) -> Post:
    """Requests and senders of the tests' application, which lists no host of this machine."""
    settings = application.app.state.resources.settings

    def request(path: str, data: dict[str, Any]) -> Any:
        inside = data | ({"url": "https://a.example/"} if path == ENDPOINTS else {})
        answer = caller.post(path, inside)
        assert answer.is_success, answer.text
        if path == ENDPOINTS:
            runner().run(_point(application, answer.json()["id"], data["url"]))
        return answer.json()

    environment = {
        "BINHYEN_DATABASE_URL": settings.write_dsn, "BINHYEN_DATA": str(settings.data),
        "BINHYEN_SEAL_KEY": SEAL, "BINHYEN_WEBHOOK_HOSTS": f'["{HOST}"]',
    }  # fmt: skip
    return Post(request, settings.write_dsn, os.environ | environment)


async def _point(application: Application, id: str, url: str) -> None:
    async with application.behind() as session:
        await session.run("UPDATE webhook_endpoint SET url = $2 WHERE id = $1", (UUID(id), url))


async def _disable_all(application: Application) -> None:
    async with application.behind() as session:
        await session.run("UPDATE webhook_endpoint SET state = 'disabled', disabled_by = 'owner'")


def test_a_killed_sender_loses_nothing_and_mixes_nothing_up(application: Application) -> None:
    caller = application.national(Role.VIEWER)
    try:
        found = deliver_events(_post(application, caller), terms(EVENTS), 1)
    finally:
        runner().run(_disable_all(application))
    print(found)
    assert (found["missing"], found["out_of_order"], found["forged"]) == (0, 0, 0)
    assert found["events"] > 0
    assert found["kills"] == 1


def test_nothing_inside_is_reached_and_nothing_mangled_is_taken() -> None:
    found = reach_and_mangle(terms(1), SIGNATURES)
    print(found)
    assert found["addresses"] >= 40
    assert (found["inside_reached"], found["mangled_accepted"]) == (0, 0)
    assert found["public_reached"] == 2


def test_planted_faults_show() -> None:
    found = count_planted(terms(1))
    print(found)
    assert all(found.values())
