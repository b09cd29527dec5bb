"""Access: a token for trying out, a machine client and its secret."""

import asyncio
from typing import Annotated

import typer

from app.commands.common import (
    Data,
    RoleOption,
    UnitOption,
    actor_of,
    fail,
    let_in,
    settings_of,
    tokens_of,
)
from app.db.session import Database
from app.domain.actor import Role
from app.domain.auth import service as auth
from app.domain.auth.schemas import ClientCreate
from app.ground import standing
from app.settings import Settings

cli = typer.Typer()


@cli.command()
def token(
    role: RoleOption, unit: UnitOption, data: Data = None,
    minutes: Annotated[int, typer.Option(min=1, max=1440)] = 720,
) -> None:  # fmt: skip
    """Print an access token for a role and a unit. Development only."""
    settings = settings_of(data)
    if settings.environment != "development":
        fail("Tokens are issued by hand in development only; use /oauth/token.")
    with standing(settings) as grounded:
        actor = asyncio.run(let_in(grounded, unit, role, minutes))
    typer.echo(tokens_of(settings).issue(actor, minutes=minutes))


@cli.command()
def client(
    client_id: Annotated[str, typer.Argument(help="how the client will name itself")],
    role: RoleOption, unit: UnitOption, data: Data = None,
    name: Annotated[str, typer.Option(help="what people call it")] = "",
) -> None:  # fmt: skip
    """Register a machine client and print its secret, once."""
    with standing(settings_of(data)) as grounded:
        secret = asyncio.run(_register(grounded, client_id, name or client_id, role, unit))
    typer.echo(secret)


async def _register(
    settings: Settings, client_id: str, name: str, roles: list[Role], unit: str
) -> str:
    actor = await actor_of(settings, unit, roles)
    data = ClientCreate(client_id=client_id, name=name, roles=roles, unit_id=actor.unit_id)
    database = Database.connect(settings.write_dsn, size=1)
    try:
        async with database.writing() as session:
            return await auth.register_client(session, data)
    finally:
        await database.close()
