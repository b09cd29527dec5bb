"""binhyen: everything an operator does from the command line."""

import json
from importlib import import_module
from typing import Any

import typer
from pydantic import ValidationError
from pydantic_settings import SettingsError
from typer.core import TyperGroup
from typer.main import get_group

from app.commands.common import CONSOLE, refuse
from app.db.embedded.data_dir import PostgresUnavailable
from app.domain.errors import DomainError

# each command or group of commands, and the module of app.commands that brings it
COMMANDS = {
    "serve": "start", "migrate": "start", "demo": "start", "worker": "jobs",
    "token": "access", "openapi": "contract", "schema": "schema",
    "tip-keys": "tip_keys", "backup": "backup", "restore": "backup", "acceptance": "acceptance",
    "import": "imports",
    "export": "exports",
}  # fmt: skip
GROUPS = {
    "units": "units", "account": "accounts", "client": "clients", "grant": "grants",
    "keys": "keys", "audit": "audit", "tips": "tips", "jobs": "jobs",
    "settings": "settings",
}  # fmt: skip


class LazyGroup(TyperGroup):
    """Import a command when it is called for: a token does not wait for what serves.

    The types of `ctx` and of commands are Typer's own and not public.
    """

    def list_commands(self, ctx: Any) -> list[str]:
        return [*COMMANDS, *GROUPS]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name in COMMANDS:
            module = import_module(f"app.commands.{COMMANDS[cmd_name]}")
            return get_group(module.cli).commands[cmd_name]
        if cmd_name not in GROUPS:
            return None
        module = import_module(f"app.commands.{GROUPS[cmd_name]}")
        group = get_group(module.queue if cmd_name == "jobs" else module.cli)
        group.name = cmd_name
        return group


cli = typer.Typer(
    name="binhyen",
    cls=LazyGroup,
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
    help="Bình Yên: the backend of grassroots public safety. `./run` alone serves.",
)


@cli.callback()
def _anything() -> None:
    """Be a group although no command is known yet."""


def main() -> None:
    """Run a command; a refusal is printed as a sentence, not as a traceback."""
    try:
        cli(prog_name="binhyen")
    except Exception as error:
        if not isinstance(error, _refusals()):
            raise
        refuse(_message(error))
        if faults := getattr(error, "facts", {}).get("result"):
            CONSOLE.print(json.dumps(faults["faults"], ensure_ascii=False, indent=2))
        raise SystemExit(1) from None


def _refusals() -> tuple[type[Exception], ...]:
    """Import what can be refused only once something is."""
    from app.backup.programs import BackupFailed
    from app.bootstrap import DatabaseUnusable
    from app.demo.ownership import DemoInProduction, NotADemoDatabase
    from app.server.processes import CannotListen

    return (
        DomainError, PostgresUnavailable, DatabaseUnusable, DemoInProduction, NotADemoDatabase,
        CannotListen, SettingsError, ValidationError, BackupFailed,
    )  # fmt: skip


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
