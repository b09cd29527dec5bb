"""binhyen: everything an operator does from the command line."""

import json

import typer
from pydantic import ValidationError
from pydantic_settings import SettingsError

from app.bootstrap import DatabaseUnusable
from app.commands import (
    access,
    accounts,
    audit,
    clients,
    contract,
    grants,
    jobs,
    keys,
    schema,
    settings,
    start,
    tip_keys,
    tips,
    units,
)
from app.commands.common import CONSOLE, refuse
from app.db.embedded.lifecycle import PostgresUnavailable
from app.domain.errors import DomainError
from app.server import processes

cli = typer.Typer(
    name="binhyen",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
    help="Bình Yên: the backend of grassroots public safety. `./run` alone serves.",
)
for group in (start, jobs, access, contract, schema, tip_keys):
    cli.add_typer(group.cli)
for name, named in (
    ("units", units), ("account", accounts), ("client", clients), ("grant", grants),
    ("keys", keys), ("audit", audit), ("tips", tips), ("settings", settings),
):  # fmt: skip
    cli.add_typer(named.cli, name=name)
cli.add_typer(jobs.queue, name="jobs")

REFUSALS = (
    DomainError,
    PostgresUnavailable,
    DatabaseUnusable,
    processes.CannotListen,
    SettingsError,
    ValidationError,
)


def main() -> None:
    """Run a command; what was refused is said in a sentence, not as a traceback."""
    try:
        cli(prog_name="binhyen")
    except REFUSALS as error:
        refuse(_message(error))
        if faults := getattr(error, "facts", {}).get("result"):
            CONSOLE.print(json.dumps(faults["faults"], ensure_ascii=False, indent=2))
        raise SystemExit(1) from None


def _message(error: Exception) -> str:
    """A refusal in words; the values that were given may be secrets and are not repeated."""
    if isinstance(error, DomainError):
        return error.message("en")
    if isinstance(error, ValidationError):
        faults = error.errors(include_url=False, include_context=False, include_input=False)
        told = [
            ": ".join([*map(str, fault["loc"]), fault["msg"].removeprefix("Value error, ")])
            for fault in faults
        ]
        return "\n".join([f"{error.title} refused:", *told])
    return str(error)


if __name__ == "__main__":
    main()
