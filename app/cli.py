"""binhyen: everything an operator does from the command line."""

import asyncio
import json
import os
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from pydantic import ValidationError
from pydantic_settings import SettingsError
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from app import serving
from app.db.embedded import PostgresUnavailable
from app.db.session import Database
from app.demo import national_actor
from app.domain.actor import Actor, Role
from app.domain.auth import service as auth
from app.domain.auth.schemas import ClientCreate
from app.domain.auth.tokens import Tokens
from app.domain.errors import DomainError
from app.domain.units import files, importing, queries
from app.domain.units.errors import UnitNotFound
from app.domain.units.schemas import ImportOptions
from app.domain.units.shape import today
from app.ground import Unanswered, database_for, furnish, migrate, standing
from app.settings import Settings

SAY = Console(stderr=True)
cli = typer.Typer(
    name="binhyen",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
    help="Bình Yên: the backend of grassroots public safety. `./run` alone serves.",
)
units_cli = typer.Typer(no_args_is_help=True, help="The map: villages from a table.")
cli.add_typer(units_cli, name="units")

REFUSALS = (
    DomainError,
    PostgresUnavailable,
    Unanswered,
    serving.CannotListen,
    SettingsError,
    ValidationError,
)

Data = Annotated[Path | None, typer.Option("--data", help="folder of the embedded database")]
RoleOption = Annotated[list[Role], typer.Option("--role", help="may be said more than once")]
UnitOption = Annotated[str, typer.Option("--unit", help="code today, or id; the country is VN")]


@cli.command()
def serve(
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes any that is free")] = 8000,
    host: Annotated[str, typer.Option(help="address to listen on")] = "127.0.0.1",
    workers: Annotated[int, typer.Option(min=1, help="server processes")] = 1,
    demo: Annotated[bool, typer.Option(help="load the demo data")] = True,
    data: Data = None,
) -> None:
    """Start everything: database, schema, map, demo, server. Ctrl-C stops it all."""
    serving.end_by_signals()
    settings = _settings(data)
    os.environ["BINHYEN_WORKERS"] = str(workers)
    demo = demo and settings.environment == "development"
    with serving.hold(host, port) as door:
        site = f"http://{host}:{door.getsockname()[1]}"
        _tokens(settings)
        with database_for(settings, alone=True) as grounded:
            migrate(grounded)
            asyncio.run(_furnish(grounded, demo=demo))
            serving.run(door, workers, greet=_welcome(grounded, site, demo))


@cli.command("migrate")
def migrate_(data: Data = None) -> None:
    """Bring the database schema up to this version."""
    with database_for(_settings(data)) as grounded:
        migrate(grounded)
        SAY.print("Schema is up to date.")


@cli.command("demo")
def demo_(data: Data = None) -> None:
    """Load the shipped map and the demo data, where they are not there yet."""
    with database_for(_settings(data)) as grounded:
        migrate(grounded)
        asyncio.run(_furnish(grounded, demo=True))


@cli.command()
def token(
    role: RoleOption, unit: UnitOption, data: Data = None,
    minutes: Annotated[int, typer.Option(min=1, max=1440)] = 720,
) -> None:  # fmt: skip
    """Print an access token for a role and a unit. Development only."""
    settings = _settings(data)
    if settings.environment != "development":
        _fail("Tokens are issued by hand in development only; use /oauth/token.")
    with standing(settings) as grounded:
        actor = asyncio.run(_let_in(grounded, unit, role, minutes))
    typer.echo(_tokens(settings).issue(actor, minutes=minutes))


@cli.command()
def client(
    client_id: Annotated[str, typer.Argument(help="how the client will name itself")],
    role: RoleOption, unit: UnitOption, data: Data = None,
    name: Annotated[str, typer.Option(help="what people call it")] = "",
) -> None:  # fmt: skip
    """Register a machine client and print its secret, once."""
    with standing(_settings(data)) as grounded:
        secret = asyncio.run(_register(grounded, client_id, name or client_id, role, unit))
    typer.echo(secret)


@units_cli.command("import-villages")
def import_villages(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV, XLSX or NDJSON")],
    data: Data = None,
    commit: Annotated[
        bool, typer.Option(help="write; without it the import is only tried")
    ] = False,
) -> None:
    """Put villages on the map from a table with columns parent, name, kind, code, valid_from."""
    kinds = {".csv": "text/csv", ".xlsx": files.XLSX, ".ndjson": "application/x-ndjson"}
    if file.suffix.lower() not in kinds:
        _fail(f"{file.name}: the ending is one of {', '.join(kinds)}.")
    with standing(_settings(data)) as grounded:
        found = asyncio.run(
            _import(grounded, kinds[file.suffix.lower()], file.read_bytes(), commit)
        )
    typer.echo(found.model_dump_json(indent=2))
    if found.faults:
        raise typer.Exit(1)


@cli.command()
def openapi(
    folder: Annotated[Path, typer.Argument(help="where the contract files go")] = Path("openapi"),
    check: Annotated[bool, typer.Option(help="only compare; fail where they differ")] = False,
) -> None:
    """Write the contract: openapi.json, schema.graphql and the table of both doors."""
    from app.contract import contract

    stale = [name for name, text in contract().items() if _differs(folder / name, text, check)]
    if check and stale:
        _fail(f"Out of date: {', '.join(stale)}. Run `./run openapi`.")


def _differs(file: Path, text: str, check: bool) -> bool:
    if file.exists() and file.read_text(encoding="utf-8") == text:
        return False
    if not check:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        SAY.print(f"wrote {file}")
    return True


def _settings(data: Path | None) -> Settings:
    settings = Settings()
    chosen = (data or settings.data).resolve()
    os.environ["BINHYEN_DATA"] = str(chosen)
    return settings.model_copy(update={"data": chosen})


def _tokens(settings: Settings) -> Tokens:
    make, file = settings.environment == "development", settings.keys_file
    try:
        return Tokens.from_file(file, settings.issuer, settings.audience, make=make)
    except (OSError, ValueError, LookupError) as reason:
        _fail(f"The signing keys in {file} cannot be used: {reason!r}")


async def _furnish(settings: Settings, *, demo: bool) -> None:
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=SAY, transient=True) as bar:
        task = bar.add_task("map", total=None)

        def told(what: str, done: int, of: int) -> None:
            bar.update(task, description=what, completed=done, total=of)

        await furnish(settings, told, demo=demo)


async def _actor(settings: Settings, unit: str, roles: list[Role]) -> Actor:
    database = Database.connect(settings.write_dsn, size=1)
    try:
        async with database.reading() as session:
            found = (await queries.named(session, [(unit, today())])).get((unit, today()))
        if found is None or not found.stands_on(today()):
            raise UnitNotFound(wanted=unit, day=today().isoformat())
        return Actor("development", frozenset(roles), found.level, found.id)
    finally:
        await database.close()


async def _let_in(settings: Settings, unit: str, roles: list[Role], minutes: int) -> Actor:
    actor = await _actor(settings, unit, roles)
    database = Database.connect(settings.write_dsn, size=1)
    try:
        async with database.writing() as session:
            return await auth.open_session(session, actor, minutes=minutes)
    finally:
        await database.close()


async def _register(
    settings: Settings, client_id: str, name: str, roles: list[Role], unit: str
) -> str:
    actor = await _actor(settings, unit, roles)
    data = ClientCreate(client_id=client_id, name=name, roles=roles, unit_id=actor.unit_id)
    database = Database.connect(settings.write_dsn, size=1)
    try:
        async with database.writing() as session:
            return await auth.register_client(session, data)
    finally:
        await database.close()


async def _import(settings: Settings, kind: str, content: bytes, commit: bool) -> Any:
    database = Database.connect(settings.write_dsn, size=1)
    rows, options = files.rows_of(kind, content), ImportOptions(dry_run=not commit)
    try:
        async with database.writing() as session:
            actor = await national_actor(session, Role.UNIT_ADMIN)
            return await importing.import_villages(session, actor, rows, options)
    finally:
        await database.close()


def _welcome(settings: Settings, site: str, demo: bool) -> serving.Greeting:
    """What to say once the server answers; it is prepared while nobody waits."""
    lines = [f"\nBình Yên  {site}   docs {site}/docs   GraphQL {site}/graphql"]
    if settings.environment == "development":
        actor = asyncio.run(_let_in(settings, "VN", [Role.VIEWER], 720))
        token = _tokens(settings).issue(actor, minutes=720)
        question = "/api/v1/units?level=province&total=exact&fields=code,name"
        if demo:
            question = "/api/v1/model-types/ho_an_toan/coverage?unit=06&on=2020-09-08"
        lines += ["Coverage of the demo model in Bắc Kạn on 8 September 2020:" if demo else "Try:"]
        lines += [f"curl -s -H 'Authorization: Bearer {token}' '{site}{question}'"]
    return lambda: SAY.print(*lines, sep="\n", soft_wrap=True, highlight=False, markup=False)


def _fail(why: str) -> NoReturn:
    _refuse(why)
    raise typer.Exit(1)


def _refuse(why: str) -> None:
    SAY.print(why, style="red", soft_wrap=True, highlight=False, markup=False)


def main() -> None:
    """Run a command; what was refused is said in a sentence, not as a traceback."""
    try:
        cli(prog_name="binhyen")
    except REFUSALS as error:
        _refuse(_told(error))
        if faults := getattr(error, "facts", {}).get("result"):
            SAY.print(json.dumps(faults["faults"], ensure_ascii=False, indent=2))
        raise SystemExit(1) from None


def _told(error: Exception) -> str:
    """A refusal in words; the values that were given may be secrets and are not repeated."""
    if isinstance(error, DomainError):
        return error.told("en")
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
