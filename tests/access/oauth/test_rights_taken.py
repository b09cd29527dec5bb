"""Rights that are taken away are gone with the next request, even where a sign-in is under way."""

import asyncio
from typing import Any

import httpx
import pytest
from sqlalchemy import text
from sqlmodel import col, select

from app.db.base import now
from app.db.session import execute
from app.db.tables.auth import AuthSession, Client
from app.domain.actor import Role
from tests.access.oauth.give import CREDENTIALS, App, change, check_both_layers, give_client, put
from tests.application import Application, runner

END: dict[str, dict[str, Any]] = {
    "end": {"ended_at": now(), "end_reason": "disabled"},
    "new rights": {"version": 9},
}
DISABLE = "UPDATE client SET disabled_at = now() WHERE client_id = :name"


@pytest.fixture
def machine(application: Application) -> dict[str, str]:
    name = give_client(application, Role.VIEWER, secret="right")
    return CREDENTIALS | {"client_id": name, "client_secret": "right"}


@pytest.mark.parametrize("how", END)
@pytest.mark.parametrize("who", ["person", "machine"])
def test_a_session_that_changes_closes_both_layers_at_once(
    application: Application, machine: dict[str, str], who: str, how: str
) -> None:
    if who == "person":
        app = App.of(application)
        token = app.enter()["access_token"]
        put(application, AuthSession.account_id, app.person, **END[how])
    else:
        token = application.nobody.send("POST", "/oauth/token", data=machine).json()["access_token"]
        assert check_both_layers(application, token) == (True, True)
        mine = select(Client.id).where(col(Client.client_id) == machine["client_id"])
        put(application, AuthSession.client_id, change(application, mine).scalar_one(), **END[how])
    assert check_both_layers(application, token) == (False, False)


def test_a_client_disabled_meanwhile_gets_no_token(
    application: Application, machine: dict[str, str]
) -> None:
    async def race() -> tuple[bool, httpx.Response]:
        async with application.app.state.resources.database.write_transaction() as session:
            await execute(session, text(DISABLE), {"name": machine["client_id"]})
            coming: Any = asyncio.ensure_future(
                application.answer("POST", "/oauth/token", data=machine)
            )
            await asyncio.sleep(1)
            waits = not coming.done()
        return waits, await coming

    waits, answer = runner().run(race())
    assert waits
    assert answer.json()["error"] == "unauthorized_client"
