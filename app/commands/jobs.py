"""Jobs: a worker of its own, what waits or has failed, and another try."""

import asyncio
import signal
from typing import Annotated

import typer
from prometheus_client import start_http_server

from app.bootstrap import require_migrated
from app.commands.common import CONSOLE, Data, fail, settings_of
from app.db import jobs
from app.db.errors import is_unique_violation
from app.db.session import Database
from app.jobs.worker import Worker
from app.logs import set_up_logs
from app.server import processes
from app.settings import Settings

MAX_LISTED = 100
COLUMNS = ("todo", "doing", "failed")

cli = typer.Typer()
queue = typer.Typer(invoke_without_command=True, help="The queue: what waits, runs, has failed.")


@cli.command()
def worker(
    metrics_port: Annotated[
        int, typer.Option(min=0, max=65535, help="where 127.0.0.1 serves metrics; 0: nowhere")
    ] = 0,
    data: Data = None,
) -> None:
    """Run jobs, beside a server or without one. Ctrl-C lets what runs finish for a moment."""
    processes.exit_on_signals()
    with require_migrated(settings_of(data)) as grounded:
        set_up_logs()
        if metrics_port:
            start_http_server(metrics_port, addr="127.0.0.1")
        asyncio.run(_work(grounded))


@queue.callback()
def list_(context: typer.Context, data: Data = None) -> None:
    """List jobs that wait, run or have failed, the newest first; by ids, never by content."""
    settings = settings_of(data)
    if context.invoked_subcommand:
        return
    with require_migrated(settings) as grounded:
        found = asyncio.run(_list_jobs(grounded))
    for job in found:
        due = f"{job.due_at:%Y-%m-%d %H:%M:%S}" if job.due_at else "-"
        typer.echo(f"{job.id}\t{job.task}\t{job.state}\t{job.attempts}\t{due}\t{job.error or '-'}")
    rest = found[0].of_all - len(found) if found else 0
    CONSOLE.print(f"{rest} older ones are not listed." if rest else f"{len(found)} jobs.")


@queue.command()
def retry(
    job_id: Annotated[int, typer.Argument(metavar="ID", help="of a failed job")], data: Data = None
) -> None:
    """Put a failed job back into the queue."""
    with require_migrated(settings_of(data)) as grounded:
        if not asyncio.run(_retry_job(grounded, job_id)):
            fail(f"There is no failed job {job_id}.")
    CONSOLE.print(f"Job {job_id} waits for a worker.")


async def _work(settings: Settings) -> None:
    stopped, loop = asyncio.Event(), asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, stopped.set)
    listen, role = settings.statement_cache_size > 0, settings.database_role
    database = Database.of(settings)
    worker = Worker(settings.write_dsn, database, listen=listen, role=role).start()
    CONSOLE.print("The worker runs.")
    try:
        await stopped.wait()
    finally:
        await worker.stop()
        await database.close()


async def _list_jobs(settings: Settings) -> list[jobs.JobRow]:
    database = Database.of(settings, size=1)
    try:
        async with database.read_transaction() as session:
            return await jobs.list_jobs(session, *COLUMNS, most=MAX_LISTED)
    finally:
        await database.close()


async def _retry_job(settings: Settings, job_id: int) -> bool:
    database = Database.of(settings, size=1)
    try:
        async with database.write_transaction() as session:
            return await jobs.retry_job(session, job_id)
    except Exception as error:
        if not is_unique_violation(error):
            raise
        fail(f"Another run of what job {job_id} does waits already.")
    finally:
        await database.close()
