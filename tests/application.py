"""An application as its callers meet it: over HTTP, with a token for a role and a unit."""

import asyncio
import io
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any, Self
from uuid import UUID

import httpx
from fastapi import FastAPI

from app.db.base import now
from app.db.session import Database, Session
from app.db.tables.auth import AuthSession
from app.domain.actor import Actor, Level, Role
from app.domain.confidential.crypto.keyrings import write_key_file
from app.domain.tips.crypto.keys import generate_keys
from app.main import create_app
from app.settings import Settings
from tests import declared_once

declared_once.share()


@cache
def runner() -> asyncio.Runner:
    """One event loop for all tests of a worker: connections belong to a loop."""
    return asyncio.Runner()


@dataclass(frozen=True)
class Caller:
    """Somebody with a token, or nobody."""

    application: "Application"
    headers: dict[str, str]

    def get(self, path: str, **params: Any) -> httpx.Response:
        return self.send("GET", path, params=params or None)

    def post(self, path: str, json: Any = None, **more: Any) -> httpx.Response:
        return self.send("POST", path, json=json, **more)

    def change(self, method: str, path: str, json: Any, *, at: str = "") -> httpx.Response:
        """Change a record as it is now; `at` is where below it the change is sent."""
        tag = self.get(path).headers["etag"]
        return self.send(method, path + at, json=json, headers={"if-match": tag})

    def move(self, path: str, json: Any) -> httpx.Response:
        """Take a record, as it is now, one step on."""
        return self.change("POST", path, json, at="/transitions")

    def send(self, method: str, path: str, **more: Any) -> httpx.Response:
        headers = self.headers | more.pop("headers", {})
        return runner().run(self.application.answer(method, path, headers=headers, **more))

    def ask(self, query: str, **variables: Any) -> Any:
        """The JSON that GraphQL answers."""
        return self.query(query, **variables).json()

    def query(self, query: str, **variables: Any) -> httpx.Response:
        return self.post("/graphql", {"query": query, "variables": variables})

    def speaking(self, language: str) -> "Caller":
        return Caller(self.application, self.headers | {"accept-language": language})


class Application:
    """One application on one database."""

    def __init__(self, app: FastAPI, client: httpx.AsyncClient) -> None:
        self.app, self.client = app, client
        self.nobody = Caller(self, {})
        self._owner: Database | None = None

    @classmethod
    @contextmanager
    def on(cls, url: str, **settings: Any) -> Iterator[Self]:
        folder = Path(os.environ["BINHYEN_TEST_FOLDER"])
        data, worker = folder / "keys", os.environ.get("PYTEST_XDIST_WORKER", "alone")
        stored = {"storage": f"file://{folder}/stored-{worker}"}  # nobody else lists or sweeps it
        # a second worker takes the keys of the first
        write_key_file(data / "tip-keys.json", generate_keys(LIGHT))
        chosen = UNLIMITED | SWIFT | stored | {"pool_size": 4, "seal_key": SEAL} | settings
        app = create_app(Settings(database_url=url, data=data, **chosen))
        life = app.router.lifespan_context(app)
        runner().run(life.__aenter__())
        with suppress(OSError):  # some tests have no database to write to
            runner().run(_hold_session(app))
        transport = httpx.ASGITransport(app)
        client = httpx.AsyncClient(transport=transport, base_url="http://test", timeout=60)
        made = cls(app, client)
        try:
            yield made
        finally:
            runner().run(made.close())
            runner().run(client.aclose())
            runner().run(life.__aexit__(None, None, None))

    @asynccontextmanager
    async def behind(self) -> AsyncIterator[Session]:
        """A transaction past every layer and policy, as the owner of the database has it."""
        if self._owner is None:
            dsn = self.app.state.resources.settings.write_dsn
            self._owner = Database.connect(dsn, size=1)
        async with self._owner.write_transaction() as session:
            yield session

    async def close(self) -> None:
        """Close the connection of the owner."""
        if self._owner is not None:
            await self._owner.close()

    async def answer(self, method: str, path: str, **more: Any) -> httpx.Response:
        return await self.client.request(method, path, **more)

    def caller(self, *roles: Role, level: Level, unit: UUID, client: str = "tests") -> Caller:
        """Somebody who serves in these roles for a unit."""
        actor = Actor("somebody", frozenset(roles), level, unit, client, (), SESSION, 1)
        token = self.app.state.resources.tokens.issue(actor, minutes=600)
        return Caller(self, {"authorization": f"Bearer {token}"})

    def national(self, *roles: Role) -> Caller:
        """Somebody who serves for the whole country, of the shipped map."""
        return self.caller(*roles, level=Level.NATIONAL, unit=VIET_NAM)

    def at(self, *roles: Role, code: str, as_of: str | None = None) -> Caller:
        """Somebody who serves for the unit that has (or had) this code."""
        terms = {"as_of": as_of} if as_of else {}
        found = self.national(Role.VIEWER).get(f"/api/v1/units/{code}", **terms).json()
        return self.caller(*roles, level=Level(found["level"]), unit=UUID(found["id"]))


async def _hold_session(app: FastAPI) -> None:
    """The one session behind all tokens of the tests."""
    async with app.state.resources.database.write_transaction() as session:
        if await session.get(AuthSession, SESSION) is None:
            session.add(AuthSession(id=SESSION, expires_at=now() + timedelta(days=1)))


SESSION = UUID("00000000-0000-4000-8000-000000000001")
UNLIMITED: dict[str, Any] = {
    f"rate_{budget}": "off" for budget in ("per_client", "per_account", "anonymous", "sign_in")
} | {"most_at_once": 400}
LIGHT = {"memory_kib": 64, "passes": 1}
SWIFT: dict[str, Any] = {
    "tip_answer_seconds": 0, "tips_without_work": 1_000_000,
    "wrong_receipts_without_work": 1_000_000,
}  # fmt: skip
SEAL = "VGhlIHNlYWwgb2YgYWxsIGhvdXNlcyBvZiB0ZXN0cy4="  # who was made in one is known in another
LOG = io.StringIO()  # all that the application logs during the tests
VIET_NAM = UUID("bae54664-4b1c-552f-aafa-3aef5fe307ae")
