"""Accounts, clients and grants, in the matrix."""

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from app.db.session import Session
from app.db.tables.auth import Account, Client, Grant, GrantState
from app.domain.accounts import queries, rules
from app.domain.actor import Role
from app.domain.units.rules import plan_hash
from tests.matrix.makers import Make
from tests.matrix.recipe import About, Recipe, Request, new, one

if TYPE_CHECKING:
    from tests.matrix.scenario import Scenario


async def make_account(scenario: "Scenario", session: Session, path: str, **more: Any) -> UUID:
    account = Account(
        login=f"a-{uuid4().hex}", name="Người", unit_id=scenario.country[path], **more
    )
    session.add(account)
    await session.flush()
    return account.id


async def _make_client(scenario: "Scenario", session: Session, path: str) -> UUID:
    client = Client(
        client_id=f"c-{uuid4().hex}", name="Hệ thống", unit_id=scenario.country[path],
        secret_hash="x",
    )  # fmt: skip
    session.add(client)
    await session.flush()
    return client.id


async def _make_grant(scenario: "Scenario", session: Session, path: str) -> tuple[UUID, UUID]:
    return await _hold_role(scenario, session, path, Role.VIEWER)


async def _make_auditor(scenario: "Scenario", session: Session, path: str) -> tuple[UUID, UUID]:
    return await _hold_role(scenario, session, path, Role.AUDITOR)


async def _make_proposed(scenario: "Scenario", session: Session, path: str) -> tuple[UUID, UUID]:
    role, state = Role.TIP_OFFICER, GrantState.PROPOSED
    return await _hold_role(scenario, session, path, role, state=state)


async def _make_proposed_auditor(
    scenario: "Scenario", session: Session, path: str
) -> tuple[UUID, UUID]:
    return await _hold_role(scenario, session, path, Role.AUDITOR, state=GrantState.PROPOSED)


async def _hold_role(
    scenario: "Scenario", session: Session, path: str, role: Role, **more: Any
) -> tuple[UUID, UUID]:
    """A grant, and the account that holds it."""
    account = await make_account(scenario, session, path)
    return await grant_role(scenario, session, path, account, role, **more), account


async def grant_role(
    scenario: "Scenario", session: Session, path: str, account: UUID, role: Role, **more: Any
) -> UUID:
    held = Grant(account_id=account, role=role, unit_id=scenario.country[path], **more)
    session.add(held)
    await session.flush()
    return held.id


def _grant(about: About) -> Request:
    role = about.line.case
    return Request(data={"account_id": about.target_id, "role": role, "unit": str(about.unit)})


def _link(about: About) -> Request:
    data = {"issuer": "https://id.example", "external_subject": uuid4().hex}
    return Request({"id": about.target_id}, data=data, versioned=True)


def _transition(about: About) -> Request:
    if about.line.case.startswith("to confirm"):
        return one(action="confirm")(about)
    return one(action="revoke", reason="Nghỉ việc")(about)


OFF = {"action": "disable", "reason": "Nghỉ việc"}

RECIPES: dict[str, Recipe] = {
    "POST /api/v1/accounts": new(login="*", name="Người", unit="@"),
    "PATCH /api/v1/accounts/{id}": one(name="Người khác"),
    "POST /api/v1/accounts/{id}/transitions": one(**OFF),
    "POST /api/v1/accounts/{id}/identity": _link,
    "POST /api/v1/accounts/{id}/invitations": one(),
    "POST /api/v1/accounts/{id}/second-factor": one(reason="Mất điện thoại"),
    "POST /api/v1/clients": new(
        client_id="*", name="Ứng dụng", kind="public", unit="@",
        redirect_uris=["https://app.example/back"],
    ),
    "POST /api/v1/clients/{id}/secret": one(),
    "POST /api/v1/clients/{id}/opening": one(scopes=["tip:read"]),
    "POST /api/v1/clients/{id}/transitions": one(**OFF),
    "POST /api/v1/grants": _grant,
    "POST /api/v1/grant-successions": lambda about: Request(data={"plan_hash": plan_hash([])}),
    "POST /api/v1/grants/{id}/transitions": _transition,
}  # fmt: skip

MAKERS: dict[str, Make] = {
    "account": make_account,
    "client": _make_client,
    "grant": _make_grant,
    "auditor": _make_auditor,
    "proposed": _make_proposed,
    "proposed_auditor": _make_proposed_auditor,
}

PLACES = {
    "accounts": "SELECT id, unit_id FROM account",
    "clients": "SELECT id, unit_id FROM client",
    "grants": "SELECT id, unit_id FROM role_grant",
}
VERSIONED = ("account", "client", "role_grant")
SCOPED = (queries,)
RULES = ((rules, "check_not_oneself"), (rules, "check_may_decide"), (rules, "check_superior"))
