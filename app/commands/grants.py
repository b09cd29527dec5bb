"""Grants: add, revoke, list."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import typer

from app.commands.accounts import find_account
from app.commands.clients import find_client
from app.commands.common import Data, ReasonOption, UnitOption, act_in_transaction
from app.db.session import Session
from app.db.tables.auth import Grant, GrantState
from app.domain.accounts import grants, queries
from app.domain.accounts.schemas import GrantCreate, GrantTransition, Purpose
from app.domain.actor import Actor, Role
from app.domain.records.days import COUNTRY_TIME
from app.domain.units import queries as units
from app.domain.units.shape import today

cli = typer.Typer(no_args_is_help=True, help="Roles for units, of people and of clients.")


@cli.command("add")
def add(
    role: Annotated[Role, typer.Option()], unit: UnitOption, data: Data = None,
    login: Annotated[str | None, typer.Option(help="of a person")] = None,
    client: Annotated[str | None, typer.Option(help="or of a client")] = None,
    purpose: Annotated[list[Purpose] | None, typer.Option(help="what for; repeatable")] = None,
    until: Annotated[datetime | None, typer.Option(help="in the time of the country")] = None,
) -> None:  # fmt: skip
    """Grant a role for a unit and print the id of the grant."""

    async def work(session: Session, actor: Actor) -> UUID:
        wanted = GrantCreate(
            account_id=(await find_account(session, login)).id if login else None,
            client_id=(await find_client(session, client)).id if client else None,
            role=role, unit=unit, purposes=purpose or [],
            expires_at=until.replace(tzinfo=COUNTRY_TIME) if until else None,
        )  # fmt: skip
        return await grants.grant_role(session, actor, wanted)

    typer.echo(act_in_transaction(data, work))


@cli.command("revoke")
def revoke(
    grant: Annotated[UUID, typer.Argument(help="its id")], reason: ReasonOption, data: Data = None
) -> None:
    """Take a grant away; it holds from the next request on."""

    async def work(session: Session, actor: Actor) -> None:
        step = GrantTransition(action="revoke", reason=reason)
        found = await session.get(Grant, grant)
        await grants.transition_grant(session, actor, grant, step, found.version if found else None)

    act_in_transaction(data, work)


@cli.command("list")
def list_(
    data: Data = None,
    state: Annotated[GrantState | None, typer.Option(help="only this state")] = None,
) -> None:
    """Print what is granted: id, state, role, unit, and the id of the holder."""

    async def work(session: Session, actor: Actor) -> list[str]:
        found = [
            g for g in await queries.list_own(session, actor, Grant) if state in (None, g.state)
        ]
        called = await units.find_units_by_id(session, {grant.unit_id for grant in found}, today())
        return [
            f"{g.id}  {g.state}  {g.role}  {called[g.unit_id].name}  {g.account_id or g.client_id}"
            for g in found
        ]

    for line in act_in_transaction(data, work):
        typer.echo(line)
