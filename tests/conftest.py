"""A real PostgreSQL for the whole run; two databases for each worker, both built by Alembic.

`atlas` has the shipped map and the demo, as a newcomer gets them. `application` has a
small country made up by `give.py`. Both are whole applications, called over HTTP without a network.
"""

import asyncio
import fcntl
import gc
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
import pytest
from hypothesis import core
from xdist.remote import Producer  # type: ignore[import-untyped]

from app.bootstrap import load_reference_data, migrate
from app.db.embedded.lifecycle import Embedded
from app.logs import set_up_logs
from app.settings import Settings
from tests import cheap_passwords, dice, distribution, watchdog
from tests.application import LOG, Application, runner
from tests.databases import drop, run, url_of
from tests.give import Country, give_country

SERVER = "BINHYEN_TEST_DATABASE_URL"
FOLDER = "BINHYEN_TEST_FOLDER"
STARTED: list[Embedded] = []
cheap_passwords.make_cheap()  # before anybody is made with a password
# nothing of a run outlives it, and what is lost by a killed machine is made again
CARELESS = ("fsync", "full_page_writes", "synchronous_commit")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--seed", help=f"of the random numbers; else {dice.SEED}, else the commit")


def pytest_report_header(config: pytest.Config) -> str:
    return f"random numbers: --seed {os.environ[dice.SEED]}"


def pytest_configure(config: pytest.Config) -> None:
    set_up_logs(LOG)
    os.environ[dice.SEED] = dice.choose_seed(config.getoption("--seed"))
    if core.global_force_seed is None:  # no --hypothesis-seed
        setattr(core, "global_force_seed", dice.make_seed("hypothesis"))  # noqa: B010
    if hasattr(config, "workerinput"):
        return
    folder = tempfile.TemporaryDirectory(prefix="binhyen-test-")
    config.add_cleanup(folder.cleanup)
    os.environ[FOLDER] = folder.name
    os.environ["PATH"] = f"{os.environ.get('PATH', os.defpath)}:{folder.name}"
    config.add_cleanup(watchdog.start(Path(folder.name)))
    if SERVER not in os.environ:
        STARTED.append(Embedded(Path(folder.name) / "server"))
        os.environ[SERVER] = STARTED[0].start()
        asyncio.run(_make_careless(STARTED[0]))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> distribution.ByFile:
    return distribution.ByFile(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    distribution.put_first(items)


def pytest_collection_finish() -> None:
    """Leave all tests and modules out of later collections of garbage: they live to the end."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure(config: pytest.Config) -> None:
    for server in STARTED:
        server.stop()


async def _make_careless(server: Embedded) -> None:
    """Let the server of the run not wait for the disk; tests of durability start their own."""
    connection = await asyncpg.connect(server.url("binhyen").replace("binhyen:", "postgres:", 1))
    for setting in CARELESS:
        await connection.execute(f"ALTER SYSTEM SET {setting} = off")
    await connection.execute("SELECT pg_reload_conf()")
    await connection.close()


@pytest.fixture(scope="session")
def worker(worker_id: str) -> str:
    return worker_id


@pytest.fixture(scope="session")
def atlas_url(worker: str) -> str:
    """A copy of the database with the shipped map and the demo."""
    return copy_database("atlas", worker)


@pytest.fixture(scope="session")
def application_url(worker: str) -> str:
    """A copy of an empty database."""
    return copy_database("empty", worker)


@pytest.fixture(scope="session")
def atlas(atlas_url: str) -> Iterator[Application]:
    with Application.on(atlas_url) as application:
        yield application


@pytest.fixture(scope="session")
def country(application_url: str) -> Country:
    return runner().run(give_country(application_url))


@pytest.fixture(scope="session")
def application(application_url: str, country: Country) -> Iterator[Application]:
    with Application.on(application_url) as application:
        yield application


@pytest.fixture(scope="session")
def ordinary(application_url: str, country: Country) -> Iterator[Application]:
    """The same application, which never takes the short way for GraphQL."""
    with Application.on(application_url, bypass=False) as application:
        yield application


@pytest.fixture(scope="module")
def spare(worker: str, request: pytest.FixtureRequest) -> Iterator[tuple[Application, Country]]:
    """A application and a small country of this module's own, for tests that change the map."""
    url = copy_database("empty", f"{request.module.__name__.rpartition('.')[2]}_{worker}")
    made = runner().run(give_country(url))
    with Application.on(url) as application:
        yield application, made


def copy_database(template: str, worker: str) -> str:
    """A database of this worker's own, copied from a template that the first worker makes."""
    name = f"{template}_{worker}"
    with _one_at_a_time():
        made = Path(os.environ[FOLDER]) / f"{template}.made"
        if not made.exists():
            runner().run(_create(template, "template1"))
            _build(template)
            made.touch()
        runner().run(_create(name, template))
    return url_of(name)


def _build(template: str) -> None:
    settings = Settings(database_url=url_of(template))
    migrate(settings)
    if template == "atlas":
        runner().run(load_reference_data(settings, lambda *_: None, demo=True))


async def _create(name: str, template: str) -> None:
    await drop(name)
    await run(os.environ[SERVER], f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    with (Path(os.environ[FOLDER]) / "building").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
