"""Applications and systems that come to us."""

from typing import Annotated

import typer

from app.commands.common import Data, ReasonOption, RoleOption, UnitOption, act_in_transaction
from app.db.session import Session
from app.db.tables.auth import Client
from app.domain.accounts import clients, grants, queries
from app.domain.accounts.schemas import (
    ClientCreate,
    ClientOpening,
    GrantCreate,
    HolderTransition,
)
from app.domain.actor import Actor
from app.domain.records.errors import build_not_found
from app.domain.units import queries as units
from app.domain.units.shape import today

cli = typer.Typer(no_args_is_help=True, help="Applications and systems that come to us.")
Named = Annotated[str, typer.Argument(metavar="CLIENT_ID", help="how the client names itself")]


@cli.command("add")
def add(
    client_id: Named, role: RoleOption, unit: UnitOption, data: Data = None,
    name: Annotated[str, typer.Option(help="what people call it")] = "",
) -> None:  # fmt: skip
    """Register a machine client with roles for a unit, and print its secret, once."""

    async def work(session: Session, actor: Actor) -> str | None:
        made = ClientCreate(client_id=client_id, name=name or client_id, unit=unit)
        found = await clients.register_client(session, actor, made)
        for one in role:
            wanted = GrantCreate(client_id=found.id, role=one, unit=unit)
            await grants.grant_role(session, actor, wanted)
        return found.client_secret

    typer.echo(act_in_transaction(data, work))


@cli.command("list")
def list_(data: Data = None) -> None:
    """Print every client: id, name, kind, unit, and whether it is disabled."""

    async def work(session: Session, actor: Actor) -> list[str]:
        found = await queries.list_own(session, actor, Client)
        called = await units.find_units_by_id(
            session, {client.unit_id for client in found}, today()
        )
        return [
            f"{c.id}  {c.client_id}  {c.kind}  {called[c.unit_id].name}"
            + ("  disabled" if c.disabled_at else "")
            for c in found
        ]

    for line in act_in_transaction(data, work):
        typer.echo(line)


@cli.command("open")
def open_(
    client_id: Named, data: Data = None,
    unit: Annotated[str | None, typer.Option(help="wider unit whose people it serves")] = None,
    scope: Annotated[list[str] | None, typer.Option(help="guarded permission; repeatable")] = None,
) -> None:  # fmt: skip
    """Open a client to the people of a wider unit, and to guarded permissions."""

    async def work(session: Session, actor: Actor) -> None:
        client = await find_client(session, client_id)
        wanted = ClientOpening(unit=unit, scopes=scope or [])
        await clients.open_client(session, actor, client.id, wanted, client.version)

    act_in_transaction(data, work)


@cli.command("disable")
def disable(client_id: Named, reason: ReasonOption, data: Data = None) -> None:
    """Disable a client and end all its sessions."""

    async def work(session: Session, actor: Actor) -> None:
        step = HolderTransition(action="disable", reason=reason)
        client = await find_client(session, client_id)
        await clients.transition_client(session, actor, client.id, step, client.version)

    act_in_transaction(data, work)


@cli.command("rotate")
def rotate(client_id: Named, data: Data = None) -> None:
    """Give a client another secret and print it, once; the old one ends at once."""

    async def work(session: Session, actor: Actor) -> str | None:
        client = await find_client(session, client_id)
        found = await clients.rotate_secret(session, actor, client.id, client.version)
        return found.client_secret

    typer.echo(act_in_transaction(data, work))


async def find_client(session: Session, client_id: str) -> Client:
    """The client that goes by this name."""
    if found := await queries.find_client(session, client_id):
        return found
    raise build_not_found(Client)
