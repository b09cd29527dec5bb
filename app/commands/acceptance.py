"""Acceptance: a file of published figures, held and reported by a running API."""

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated

import httpx
import typer

from app.commands.common import fail
from app.domain.actor import Role

cli = typer.Typer()
MINUTES = 600  # the life of the token
PATIENCE = 180.0  # seconds until a server answers


@cli.command()
def acceptance(
    file: Annotated[Path, typer.Argument(help="a table: id, source, value, qualifier, …")],
    url: Annotated[str | None, typer.Option(help="a running API; by default a new one")] = None,
    token: Annotated[str | None, typer.Option(envvar="BINHYEN_TOKEN", help="for --url")] = None,
) -> None:
    """Load the figures of FILE that are stated, ask the API for all, and print what differs.

    Without --url, a server is started on a new database with the map and the records of the demo,
    and none of its stated figures. Exits with 1 if a row that was understood differs.
    """
    from app.acceptance.check import check_rows
    from app.acceptance.client import Api
    from app.acceptance.results import list_lines
    from app.acceptance.rows import NotSuchAFile, read_rows
    from app.domain.records.days import today

    try:
        rows = read_rows(file)
    except NotSuchAFile as reason:
        fail(str(reason))
    if url and not token:
        fail("--url needs a token: --token, or BINHYEN_TOKEN.")
    if url and token:
        results = check_rows(Api(url, token), rows, today())
    else:
        with _start_server() as (own_url, own_token):
            results = check_rows(Api(own_url, own_token), rows, today())
    for line in list_lines(results):
        typer.echo(line)
    raise typer.Exit(int(any(one.differs for one in results)))


@contextmanager
def _start_server() -> Iterator[tuple[str, str]]:
    """Start a server on a database of its own; both end with the block."""
    from app.bootstrap import load_reference_data, migrate, provide_database
    from app.commands.common import audit_keys_of, open_session, settings_of, tip_keys_of, tokens_of
    from app.db.embedded.lifecycle import free_port

    os.environ.pop("BINHYEN_DATABASE_URL", None)
    url = f"http://127.0.0.1:{free_port()}"
    os.environ |= {"BINHYEN_ISSUER": url, "BINHYEN_WORKER": "0"}
    with tempfile.TemporaryDirectory(prefix="binhyen-acceptance-") as folder:
        settings = settings_of(Path(folder))
        audit_keys_of(settings)
        tip_keys_of(settings)
        with provide_database(settings, alone=True) as grounded:
            migrate(grounded)
            asyncio.run(load_reference_data(grounded, _ignore, demo=True, stated=False))
            actor = asyncio.run(open_session(grounded, "VN", [Role.RECORDER], MINUTES))
            with _serve(url):
                yield url, tokens_of(grounded).issue(actor, minutes=MINUTES)


def _ignore(what: str, done: int, of: int) -> None:
    """Show no progress: the output is the result."""


@contextmanager
def _serve(url: str) -> Iterator[None]:
    """Serve in a process of its own, which reads the settings from the environment."""
    command = [
        sys.executable, "-m", "uvicorn", "app.main:from_environment", "--factory",
        "--host", "127.0.0.1", "--port", url.rpartition(":")[2], "--no-access-log",
        "--log-level", "warning",
    ]  # fmt: skip
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=quiet, stderr=quiet) as server:  # noqa: S603
        try:
            _wait_for(url, server)
            yield
        finally:
            server.terminate()


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        with suppress(httpx.HTTPError):
            if httpx.get(f"{url}/health/ready").is_success:
                return
        time.sleep(0.2)
    fail("The server did not start.")
