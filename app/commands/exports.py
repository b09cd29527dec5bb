"""Exports: a list of a running API, as a file."""

import os
import time
from pathlib import Path
from typing import Annotated, Any

import httpx
import typer

from app.commands.common import CONSOLE, fail
from app.db.tables.exports import ExportFormat

cli = typer.Typer()
URL = "http://127.0.0.1:8000"
FIRST_WAIT, LONGEST_WAIT = 0.2, 5.0  # seconds between two looks at an export


@cli.command()
def export(
    resource: Annotated[str, typer.Argument(help="the list, as in its path, such as models")],
    output: Annotated[Path, typer.Option("-o", "--output", help="the file to write")],
    filter: Annotated[
        list[str] | None, typer.Option(help="name=value, as in the list; may be repeated")
    ] = None,
    field: Annotated[list[str] | None, typer.Option(help="a column; may be repeated")] = None,
    order: Annotated[str | None, typer.Option(help="an order of the list")] = None,
    format: Annotated[
        ExportFormat | None, typer.Option(help="by default that of the name of the file")
    ] = None,
    labels: Annotated[bool, typer.Option(help="Vietnamese titles and labels")] = False,
    url: Annotated[str, typer.Option(envvar="BINHYEN_URL", help="a running API")] = URL,
    token: Annotated[str | None, typer.Option(envvar="BINHYEN_TOKEN")] = None,
) -> None:
    """Export a list of a running API to a file, with what the token may read."""
    if not token:
        fail("A token is needed: --token, or BINHYEN_TOKEN; `./run token` prints one.")
    kind = format or _format_of(output)
    asked: dict[str, Any] = {
        "resource": resource, "filters": filter or [], "fields": field or [], "format": kind,
        "order": order, "labels": labels,
    }  # fmt: skip
    headers = {"authorization": f"Bearer {token}", "accept-language": "en"}
    with httpx.Client(base_url=f"{url}/api/v1", headers=headers, timeout=60) as http:
        found = _read(http.post("/exports", json=asked))
        found = _wait(http, found)
        _download(http, found["id"], output)
    CONSOLE.print(f"{found['row_count']} rows in {output}.")


def _format_of(output: Path) -> ExportFormat:
    try:
        return ExportFormat(output.suffix.removeprefix("."))
    except ValueError:
        fail(f"{output.name} names no format: end it in .csv, .xlsx or .ndjson, or say --format.")


def _wait(http: httpx.Client, found: dict[str, Any]) -> dict[str, Any]:
    """Wait until the file is written; the worker of the server does it."""
    pause = FIRST_WAIT
    while found["state"] == "waiting":
        time.sleep(pause)
        pause = min(2 * pause, LONGEST_WAIT)
        found = _read(http.get(f"/exports/{found['id']}"))
    if found["state"] != "ready":
        fail(f"The export is {found['state']}: {found['failure']}.")
    return found


def _download(http: httpx.Client, id: str, output: Path) -> None:
    """Write the file beside its place first: what was cut off is not taken for the whole."""
    part = output.with_name(f".{output.name}.{os.getpid()}")
    try:
        with http.stream("GET", f"/exports/{id}/content") as answer, part.open("wb") as file:
            if answer.is_error:
                answer.read()
                _read(answer)
            for piece in answer.iter_bytes():
                file.write(piece)
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)


def _read(answer: httpx.Response) -> dict[str, Any]:
    if answer.is_error:
        problem = answer.json()
        faults = "; ".join(str(one.get("message")) for one in problem.get("errors", ()))
        fail(f"{answer.status_code} {problem.get('code')}: {faults or problem.get('detail')}")
    found: dict[str, Any] = answer.json()
    return found
