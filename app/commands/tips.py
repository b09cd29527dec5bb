"""Tips: whether the public counter still holds together."""

import asyncio
from typing import Annotated

import typer

from app.bootstrap import require_migrated
from app.commands.common import Data, fail, settings_of, tip_keys_of
from app.db.session import Database
from app.domain.tips.transparency_log import heads, signatures
from app.domain.tips.transparency_log.heads import Verification
from app.settings import Settings

cli = typer.Typer(no_args_is_help=True, help="Tips: look at the whole public counter again.")
Published = tuple[int, str] | None


@cli.callback()
def tips() -> None:
    """Keep the verb: there is one so far."""


@cli.command("verify-counter")
def verify_counter(
    published: Annotated[
        str | None, typer.Option("--head", help="the signature of a head that was published")
    ] = None,
    data: Data = None,
) -> None:
    """Verify the chain of the transparency log; print every break."""
    settings = settings_of(data)
    head = _read_published(settings, published) if published else None
    with require_migrated(settings) as grounded:
        looked = asyncio.run(_verify(grounded, head))
    typer.echo(f"links: {looked.links}\nhead: {looked.head.hex()}")
    for fault in looked.faults:
        typer.echo(f"broken: {fault}")
    if looked.faults:
        raise typer.Exit(1)


def _read_published(settings: Settings, token: str) -> tuple[int, str]:
    said = signatures.verify(tip_keys_of(settings), token)
    if said is None or not {"position", "head"} <= said.keys():
        fail("This is no head that was signed here.")
    return said["position"], said["head"]


async def _verify(settings: Settings, head: Published) -> Verification:
    database = Database.of(settings, size=1)
    try:
        async with database.read_transaction() as session:
            return await heads.verify_counter(session, head)
    finally:
        await database.close()
