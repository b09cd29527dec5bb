"""Access: a token for trying out."""

import asyncio
from typing import Annotated

import typer

from app.commands.common import (
    Data,
    RoleOption,
    UnitOption,
    fail,
    let_in,
    settings_of,
    tokens_of,
)
from app.ground import standing

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
