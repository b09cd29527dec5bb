"""Starting: everything at once, or one step of it."""

import asyncio
import os
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from app.bootstrap import load_reference_data, migrate, provide_database
from app.commands.common import (
    CONSOLE,
    Data,
    audit_keys_of,
    fail,
    open_session,
    settings_of,
    tip_keys_of,
    tokens_of,
)
from app.commands.issuer import note_issuer
from app.db.session import Database
from app.domain.actor import Role
from app.server import processes
from app.settings import OwnerSettings, Settings

cli = typer.Typer()


@cli.command()
def serve(
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes any that is free")] = 8000,
    host: Annotated[str, typer.Option(help="address to listen on")] = "127.0.0.1",
    workers: Annotated[int, typer.Option(min=1, help="server processes")] = 1,
    demo: Annotated[
        bool | None,
        typer.Option(help="load the demo data; by default into the embedded database only"),
    ] = None,
    worker: Annotated[
        bool, typer.Option(envvar="BINHYEN_WORKER", help="run jobs in the server processes too")
    ] = True,
    data: Data = None,
) -> None:
    """Start everything: database, schema, map, demo, server, jobs. Ctrl-C stops it all."""
    processes.exit_on_signals()
    settings = settings_of(data)
    own = settings.database_url is None
    with processes.bind(host, port) as door:
        site = f"http://{host}:{door.getsockname()[1]}"
        settings = note_issuer(settings, site)
        tokens_of(settings)
        audit_keys_of(settings)
        tip_keys_of(settings)
        with provide_database(settings, alone=True) as grounded:
            migrate(grounded)
            asyncio.run(_refuse_demo(grounded))
            demo = asyncio.run(_takes_demo(grounded, demo, own=own))
            asyncio.run(_furnish(grounded, demo=demo))
            os.environ["BINHYEN_WORKER"] = str(worker)  # the server processes read it there
            processes.serve(door, workers, greet=_welcome(grounded, site, demo))


@cli.command("migrate")
def migrate_(data: Data = None) -> None:
    """Bring the schema up to this version, and load the map and rules; no key is needed."""
    with provide_database(settings_of(data, OwnerSettings)) as grounded:
        migrate(grounded)
        asyncio.run(_furnish(grounded, demo=False))
        CONSOLE.print("Schema is up to date.")


@cli.command("demo")
def demo_(data: Data = None) -> None:
    """Load the shipped map and the demo data, where they are not there yet."""
    settings = settings_of(data)
    if settings.environment != "development":
        fail("The demo is for development only.")
    with provide_database(settings) as grounded:
        migrate(grounded)
        asyncio.run(_furnish(grounded, demo=True))


async def _refuse_demo(settings: Settings) -> None:
    from app.demo.ownership import refuse_demo

    database = Database.of(settings, size=1)
    try:
        await refuse_demo(database, settings)
    finally:
        await database.close()


async def _takes_demo(settings: Settings, wanted: bool | None, *, own: bool) -> bool:
    """Return whether the demo goes into this database: its own, or one that was named for it."""
    from app.demo.ownership import holds_demo

    if settings.environment != "development" or wanted is not None or own:
        return settings.environment == "development" and wanted is not False
    database = Database.of(settings, size=1)
    try:
        async with database.write_transaction() as session:
            return await holds_demo(session)
    finally:
        await database.close()


async def _furnish(settings: Settings, *, demo: bool) -> None:
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=CONSOLE, transient=True) as bar:
        task = bar.add_task("map", total=None)

        def show_progress(what: str, done: int, of: int) -> None:
            bar.update(task, description=what, completed=done, total=of)

        await load_reference_data(settings, show_progress, demo=demo)


def _welcome(settings: Settings, site: str, demo: bool) -> processes.OnReady:
    """Prepare the text that is printed once the server responds."""
    lines = [f"\nBình Yên  {site}   docs {site}/docs   GraphQL {site}/graphql",
             f"Tips, for everybody  {site}/public/tips"]  # fmt: skip
    if settings.environment == "development":
        actor = asyncio.run(open_session(settings, "VN", [Role.VIEWER], 720))
        token = tokens_of(settings).issue(actor, minutes=720)
        question = "/api/v1/units?level=province&total=exact&fields=code,name"
        if demo:
            question = "/api/v1/model-types/ho_an_toan/coverage?unit=06&on=2020-09-08"
        lines += ["Coverage of the demo model in Bắc Kạn on 8 September 2020:" if demo else "Try:"]
        lines += [f"curl -s -H 'Authorization: Bearer {token}' '{site}{question}'"]
        lines += _people(settings) if demo else []
    return lambda: CONSOLE.print(*lines, sep="\n", soft_wrap=True, highlight=False, markup=False)


def _people(settings: Settings) -> list[str]:
    """Whom to sign in as; it is the demo, so that everything about them is printed."""
    from app.demo.accounts import DemoAccount, load_demo_accounts
    from app.demo.cases import load_demo_cases
    from app.demo.tips import load_demo_tips
    from app.domain.login.cookie_seal import CookieSeal
    from app.domain.reintegration.context import CaseContext
    from app.domain.tips.context import TipContext

    async def load_people() -> tuple[list[DemoAccount], str | None]:
        database = Database.of(settings, size=2)
        seal = CookieSeal.from_settings(settings.seal_key_text, settings.data / "seal-key")
        try:
            async with database.write_transaction() as session:
                people = await load_demo_accounts(session, settings, seal)
            await load_demo_cases(database, CaseContext.of(settings), people)
            return people, await load_demo_tips(TipContext.of(database, settings), people)
        finally:
            await database.close()

    people, receipt = asyncio.run(load_people())
    secret = next(one.totp_secret for one in people if one.totp_secret)
    named = (f"{one.login} ({one.roles[0]}, {one.unit})" for one in people)
    return [
        f"Sign in (application demo-app, see docs/guide/mobile.md) with {people[0].password!r} as:",
        "  " + ", ".join(named),
        f"Second factor, where one is required: {secret}",
        *([f"Receipt of a tip that was answered, for /public/tips: {receipt}"] if receipt else []),
    ]
