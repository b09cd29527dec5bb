"""Shared parts of commands: settings, keys, console, actor."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, TypeVar

import typer
from rich.console import Console

from app.bootstrap import require_migrated
from app.commands.issuer import read_issuer
from app.db.session import Database, Session
from app.domain.actor import Actor, Role
from app.domain.auth import service as auth
from app.domain.auth.tokens import Tokens
from app.domain.units import queries
from app.domain.units.errors import UnitNotFound
from app.domain.units.shape import today
from app.settings import Settings

if TYPE_CHECKING:
    from app.domain.audit.keys import AuditKeys
    from app.domain.tips.crypto.keys import TipKeys

T = TypeVar("T")
CONSOLE = Console(stderr=True)

Data = Annotated[Path | None, typer.Option("--data", help="folder of the embedded database")]
RoleOption = Annotated[list[Role], typer.Option("--role", help="may be repeated")]
ReasonOption = Annotated[str, typer.Option("--reason", help="reason; it is stored in the audit")]
UnitOption = Annotated[str, typer.Option("--unit", help="code today, or id; the country is VN")]


def settings_of(data: Path | None, kind: type[Settings] = Settings) -> Settings:
    """The settings of the environment, on the folder that was named."""
    settings = kind()
    chosen = (data or settings.data).resolve()
    os.environ["BINHYEN_DATA"] = str(chosen)
    return settings.model_copy(update={"data": chosen, "issuer": read_issuer(settings, chosen)})


def tokens_of(settings: Settings) -> Tokens:
    """The signing keys of the installation; development makes its own."""
    make, file = settings.environment == "development", settings.keys_file
    try:
        return Tokens.from_file(file, settings.issuer, settings.audience, make=make)
    except (OSError, ValueError, LookupError) as reason:
        fail(f"The signing keys in {file} cannot be used: {reason!r}")


def audit_keys_of(settings: Settings) -> "AuditKeys":
    """The keys of the audit; development makes its own."""
    from app.domain.audit.keys import AuditKeys

    make, file = settings.environment == "development", settings.audit_key_file
    try:
        return AuditKeys.from_file(file, make=make)
    except (OSError, ValueError, LookupError) as reason:
        fail(f"The keys of the audit in {file} cannot be used: {reason!r}")


def tip_keys_of(settings: Settings) -> "TipKeys":
    """The keys of tips; development makes its own."""
    from app.domain.tips.crypto.keys import TipKeys

    make, files = settings.environment == "development", settings.tip_key_files
    try:
        return TipKeys.from_files(*files, make=make)
    except (OSError, ValueError, LookupError) as reason:
        fail(f"The keys of tips in {files[0]} cannot be used: {reason!r}")


async def actor_of(settings: Settings, unit: str, roles: list[Role]) -> Actor:
    """Somebody who serves in these roles for a unit of today."""
    database = Database.of(settings, size=1)
    try:
        async with database.read_transaction() as session:
            found = (await queries.find_units(session, [(unit, today())])).get((unit, today()))
        if found is None or not found.stands_on(today()):
            raise UnitNotFound(wanted=unit, day=today().isoformat())
        return Actor("development", frozenset(roles), found.level, found.id)
    finally:
        await database.close()


async def open_session(settings: Settings, unit: str, roles: list[Role], minutes: int) -> Actor:
    """Return the actor with a session behind the token, for development."""
    actor = await actor_of(settings, unit, roles)
    database = Database.of(settings, size=1)
    try:
        async with database.write_transaction() as session:
            return await auth.open_session(session, actor, minutes=minutes)
    finally:
        await database.close()


def act_in_transaction(data: Path | None, work: Callable[[Session, Actor], Awaitable[T]]) -> T:
    """Do something as this machine's command line, for the whole country, in one transaction."""
    from app.demo.programme_models import national_actor

    async def act(settings: Settings) -> T:
        database = Database.of(settings, size=1)
        try:
            async with database.write_transaction() as session:
                return await work(session, await national_actor(session, Role.UNIT_ADMIN))
        finally:
            await database.close()

    with require_migrated(settings_of(data)) as grounded:
        return asyncio.run(act(grounded))


def fail(why: str) -> NoReturn:
    """Say why a command cannot go on, and end it."""
    refuse(why)
    raise typer.Exit(1)


def refuse(why: str) -> None:
    """Say why in red, word for word."""
    CONSOLE.print(why, style="red", soft_wrap=True, highlight=False, markup=False)
