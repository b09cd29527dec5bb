"""People who sign in: the first administrator above all."""

from typing import Annotated
from uuid import UUID

import typer

from app.commands.common import Data, ReasonOption, UnitOption, act_in_transaction, settings_of
from app.db.session import Session
from app.db.tables.auth import Account
from app.domain.accounts import grants, invitations, queries, service
from app.domain.accounts.schemas import AccountCreate, GrantCreate, HolderTransition
from app.domain.actor import Actor, Role
from app.domain.records.errors import build_not_found
from app.domain.units import queries as units
from app.domain.units.shape import today

cli = typer.Typer(no_args_is_help=True, help="People who sign in.")
Login = Annotated[str, typer.Option("--login", help="how the person signs in")]


@cli.command("add")
def add(
    login: Login,
    name: Annotated[str, typer.Option(help="what the person is called")],
    unit: UnitOption, data: Data = None,
    role: Annotated[list[Role] | None, typer.Option(help="granted for the same unit")] = None,
) -> None:  # fmt: skip
    """Make an account, grant it roles, and print its id."""

    async def work(session: Session, actor: Actor) -> UUID:
        made = AccountCreate(login=login, name=name, unit=unit)
        id = await service.create_account(session, actor, made)
        for one in role or ():
            wanted = GrantCreate(account_id=id, role=one, unit=unit)
            await grants.grant_role(session, actor, wanted)
        return id

    typer.echo(act_in_transaction(data, work))


@cli.command("list")
def list_(data: Data = None) -> None:
    """Print every account: id, login, unit, and whether it is disabled."""

    async def work(session: Session, actor: Actor) -> list[str]:
        found = await queries.list_own(session, actor, Account)
        called = await units.find_units_by_id(
            session, {account.unit_id for account in found}, today()
        )
        return [
            f"{a.id}  {a.login}  {called[a.unit_id].name}" + ("  disabled" if a.disabled_at else "")
            for a in found
        ]

    for line in act_in_transaction(data, work):
        typer.echo(line)


@cli.command("invite")
def invite(login: Login, data: Data = None) -> None:
    """Deliver an invitation to a person; without an outbox, print its address, once."""
    settings = settings_of(data)

    async def work(session: Session, actor: Actor) -> str:
        account = await find_account(session, login)
        if settings.invitation_outbox:
            await invitations.deliver_invitation(session, actor, account, settings)
            return f"The invitation lies in {settings.invitation_outbox}."
        token = await invitations.prepare_invitation(session, actor, account)
        return f"{settings.issuer}/oauth/welcome?invitation={token}"

    typer.echo(act_in_transaction(data, work))


@cli.command("disable")
def disable(login: Login, reason: ReasonOption, data: Data = None) -> None:
    """Disable an account and end all its sessions."""

    async def work(session: Session, actor: Actor) -> None:
        step = HolderTransition(action="disable", reason=reason)
        account = await find_account(session, login)
        await service.transition_account(session, actor, account.id, step, account.version)

    act_in_transaction(data, work)


async def find_account(session: Session, login: str) -> Account:
    """The account that signs in by this name."""
    if found := await queries.find_account(session, login):
        return found
    raise build_not_found(Account)
