"""A token that is issued while rights are taken away has what is left, whichever was first."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import UUID, uuid4

import pytest

from app.demo.programme_models import national_actor
from app.domain.accounts import clients, grants
from app.domain.accounts.schemas import GrantTransition, HolderTransition
from app.domain.actor import Role
from tests.access.accounts.give import STEP, Town
from tests.application import Caller, runner

Take = Callable[..., Awaitable[UUID]]


async def revoke_grant(session: object, actor: object, client: UUID, grant: UUID) -> UUID:
    return await grants.transition_grant(session, actor, grant, GrantTransition(**STEP), 1)  # type: ignore[arg-type]


async def disable_client(session: object, actor: object, client: UUID, grant: UUID) -> UUID:
    off = HolderTransition(action="disable", reason="x")
    return await clients.transition_client(session, actor, client, off, 1)  # type: ignore[arg-type]


@pytest.mark.parametrize("take", [revoke_grant, disable_client])
@pytest.mark.parametrize("first", ["taking", "issuing"])
def test_no_token_with_old_rights_is_left(town: Town, take: Take, first: str) -> None:
    admin, unit = town.admin("1").caller, str(town.country["1.1"])
    data = {"client_id": f"s-{uuid4().hex[:8]}", "name": "x", "unit": unit}
    made = admin.post("/api/v1/clients", data).json()
    wanted = {"client_id": made["id"], "role": "viewer", "unit": unit}
    grant = admin.post("/api/v1/grants", wanted).json()["id"]

    async def both() -> str | None:
        async def issue() -> str | None:
            answer = await town.application.answer(
                "POST", "/oauth/token", data={"grant_type": "client_credentials"},
                auth=(made["client_id"], made["client_secret"]),
            )  # fmt: skip
            token: str | None = answer.json().get("access_token")
            return token

        async with town.application.app.state.resources.database.write_transaction() as session:
            actor = await national_actor(session, Role.UNIT_ADMIN)
            early = asyncio.create_task(issue()) if first == "issuing" else None
            await asyncio.sleep(0.02)  # by then it holds the row of the client
            await take(session, actor, UUID(made["id"]), UUID(grant))
            late = early or asyncio.create_task(issue())
            await asyncio.sleep(0.3)  # long enough to read what is not true any more
        return await late

    token = runner().run(both())
    if token is not None:
        caller = Caller(town.application, {"authorization": f"Bearer {token}"})
        assert caller.get("/api/v1/units").status_code in (401, 403)
    assert take is revoke_grant or first == "issuing" or token is None
