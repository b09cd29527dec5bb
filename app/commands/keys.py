"""The keys that sign our tokens: from one to the next, without anybody noticing."""

import typer

from app.commands.common import Data, settings_of
from app.domain.auth import keys

LONGEST = 1440  # minutes: the longest life that a token of development can have
cli = typer.Typer(no_args_is_help=True, help="The keys that sign access tokens.")


@cli.command("rotate")
def rotate(data: Data = None) -> None:
    """Sign with a new key from now on; servers notice by themselves. Print its name."""
    typer.echo(keys.rotate(settings_of(data).keys_file))


@cli.command("prune")
def prune(data: Data = None) -> None:
    """Drop the keys whose last token has expired; print their names."""
    settings = settings_of(data)
    long = settings.environment == "development"
    longest = (
        LONGEST if long else max(settings.access_token_minutes, settings.machine_token_minutes)
    )
    for name in keys.prune(settings.keys_file, minutes=longest):
        typer.echo(name)
