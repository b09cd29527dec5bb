"""The contract of both API layers, as files."""

from pathlib import Path
from typing import Annotated

import typer

from app.commands.common import CONSOLE, fail

cli = typer.Typer()


@cli.command()
def openapi(
    folder: Annotated[Path, typer.Argument(help="where the contract files go")] = Path("openapi"),
    check: Annotated[bool, typer.Option(help="only compare; fail where they differ")] = False,
) -> None:
    """Write the contract: openapi.json, schema.graphql, and the tables of parity and of actions."""
    from app.commands.api_contract import contract

    stale = [name for name, text in contract().items() if _differs(folder / name, text, check)]
    if check and stale:
        fail(f"Out of date: {', '.join(stale)}. Run `./run openapi`.")


def _differs(file: Path, text: str, check: bool) -> bool:
    if file.exists() and file.read_text(encoding="utf-8") == text:
        return False
    if not check:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        CONSOLE.print(f"wrote {file}")
    return True
