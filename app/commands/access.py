"""Access: a token for trying out."""

import asyncio
from typing import Annotated

import typer

from app.bootstrap import require_migrated
from app.commands.common import (
    Data,
    RoleOption,
    UnitOption,
    fail,
    open_session,
    settings_of,
    tokens_of,
)

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
    with require_migrated(settings) as grounded:
        actor = asyncio.run(open_session(grounded, unit, role, minutes))
    typer.echo(tokens_of(settings).issue(actor, minutes=minutes))
