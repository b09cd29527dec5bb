"""The settings of an installation: a file to fill in, made from the settings themselves."""

import json
import shlex
from pathlib import Path

import typer
from pydantic import SecretStr
from pydantic.fields import FieldInfo

from app.settings import Settings

HEAD = """\
# Every setting with its default. Copy to `.env`, uncomment what you change, and start with
#     set -a; . ./.env; set +a; ./run
# Made by `./run settings example > .env.example`.
"""
cli = typer.Typer(no_args_is_help=True, help="The settings, read from BINHYEN_<NAME>.")


@cli.callback()
def settings() -> None:
    """Show what can be set."""


@cli.command("example")
def print_example() -> None:
    """Print a file with every setting, its meaning and its default."""
    typer.echo(write_example(), nl=False)


def write_example() -> str:
    """Write the settings as lines of an environment file, all commented out."""
    fields = Settings.model_fields.items()
    return "\n".join([HEAD, *(write_setting(name, field) for name, field in fields)])


def write_setting(name: str, field: FieldInfo) -> str:
    """Write one setting: its meaning, then its name and default."""
    meaning = "".join(f"# {line.strip()}\n" for line in (field.description or "").splitlines())
    return f"{meaning}#BINHYEN_{name.upper()}={format_default(field.default)}\n"


def format_default(value: object) -> str:
    """Format a default as the environment spells it, quoted where a shell needs it."""
    if value is None or isinstance(value, SecretStr):
        return ""
    if isinstance(value, Path | str):
        return shlex.quote(str(value))
    return shlex.quote(json.dumps(value))
