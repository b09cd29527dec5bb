"""A real server and a real browser, for pages that only count when they show something."""

import asyncio
import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright
from pydantic import SecretStr

from app.db.session import Database
from app.domain.actor import Actor, Level, Role
from app.domain.auth import service as auth
from app.main import create_app
from app.settings import Settings
from tests.application import SEAL, VIET_NAM

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def application(atlas_url: str) -> FastAPI:
    keys = Path(os.environ["BINHYEN_TEST_FOLDER"]) / "browser"
    url, seal = SecretStr(atlas_url), SecretStr(SEAL)
    return create_app(Settings(database_url=url, data=keys, pool_size=2, seal_key=seal))


@pytest.fixture(scope="module")
def site(application: FastAPI) -> Iterator[str]:
    with serve(application) as url:
        yield url


@pytest.fixture(scope="module")
def token(application: FastAPI, site: str) -> str:
    return token_of(
        application, Actor("browser", frozenset({Role.VIEWER}), Level.NATIONAL, VIET_NAM)
    )


def token_of(application: FastAPI, actor: Actor) -> str:
    """A token for somebody, while the browser has a loop of its own running here."""
    url = application.state.resources.settings.write_dsn
    with ThreadPoolExecutor(1) as aside:
        admitted = aside.submit(asyncio.run, _let_in(url, actor)).result()
    issued: str = application.state.resources.tokens.issue(admitted, minutes=10)
    return issued


async def _let_in(url: str, actor: Actor) -> Actor:
    database = Database.connect(url, size=1)
    async with database.write_transaction() as session:
        admitted = await auth.open_session(session, actor, minutes=10)
    await database.close()
    return admitted


@pytest.fixture(scope="module")
def operation(application: FastAPI) -> str:
    """The summary of a GET operation without parameters, as both references print it."""
    summary: str = application.openapi()["paths"]["/api/v1/units"]["get"]["summary"]
    return summary


@contextmanager
def serve(app: FastAPI) -> Iterator[str]:
    """Run the app on a free port of this machine until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        # nobody is cut off between two pages on a busy machine
        config = uvicorn.Config(app, log_level="warning", ws="none", timeout_keep_alive=60)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        try:
            wait_until_started(server, thread)
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def wait_until_started(server: uvicorn.Server, thread: threading.Thread) -> None:
    while not server.started:
        assert thread.is_alive(), "The server did not start."
        time.sleep(0.02)


# Playwright holds an event loop while it is open: by module, so that async tests may follow.
@pytest.fixture(scope="module")
def browser(site: str) -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if program is None:
        absent = pytest.fail if os.environ.get("BINHYEN_REQUIRE_BROWSER") == "1" else pytest.skip
        absent("No Chromium on this machine.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield chromium
        chromium.close()


@dataclass
class Watch:
    """Requests of a page, and what went wrong with it."""

    asked: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def follow(self, page: Page) -> None:
        page.context.on("request", lambda request: self.asked.append(request.url))
        page.context.on("requestfailed", self.note_failure)
        page.on("console", self.note_message)
        page.on("pageerror", lambda error: self.wrong.append(str(error)))

    def note_failure(self, request: Request) -> None:
        self.wrong.append(f"{request.url}: {request.failure}")

    def note_message(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.wrong.append(message.text)

    @property
    def abroad(self) -> list[str]:
        return [url for url in self.asked if urlsplit(url).hostname not in {None, "127.0.0.1"}]


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def tab(browser: Browser, site: str, watch: Watch) -> Iterator[Page]:
    """A clean tab at the site; all it shows must come from this machine, without an error."""
    context = browser.new_context(base_url=site, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    watch.follow(page)
    yield page
    context.close()
    assert watch.asked
    assert watch.abroad == []
    assert watch.wrong == []
