"""An application, people who may come in, and a browser that walks through the pages."""

import base64
import hashlib
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from uuid import UUID, uuid4

import httpx
import pyotp
from sqlalchemy import text
from sqlmodel import col, select

from app.db.session import execute
from app.db.tables.auth import Account, AuthSession, Client, ClientKind, Grant
from app.db.tables.records import AuditEntry
from app.domain.actor import Role
from app.domain.auth.service import HASH
from app.domain.login import queries
from app.domain.login.context import LoginContext
from app.domain.login.second_factor import keep_secret
from app.domain.login.tries import Visitor, find_counters
from app.domain.records import kit as records
from tests.application import Application, runner

RETURNS_TO = "http://127.0.0.1:9/back"
PASSWORD = "bốn con vịt qua cầu"
HASHED = HASH.hash(PASSWORD)  # the keyboard of these tests writes it in one form only
VERIFIER = secrets.token_urlsafe(48)
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode()[:43]


@dataclass
class Person:
    """A person with an account: how they sign in, and which of their codes are spent."""

    id: UUID
    login: str
    secret: str | None = None

    def code(self, at: float) -> str:
        assert self.secret
        return pyotp.TOTP(self.secret).at(int(at))


@dataclass
class Browser:
    """A browser as its user needs it: keeps cookies, reads pages, follows no redirect."""

    application: Application
    cookies: dict[str, str] = field(default_factory=dict)
    page: httpx.Response | None = None
    agrees: bool = True  # to hand an application what it asks for

    def get(self, address: str, **headers: str) -> httpx.Response:
        return self._agree(self._visit("GET", address, headers))

    def ask(self, client: str, language: str = "en", **over: Any) -> httpx.Response:
        address = "/oauth/authorize?" + urlencode(authorization_request(client, **over))
        return self.get(address, **{"accept-language": language})

    def send(self, path: str = "/oauth/authorize", **form: str) -> httpx.Response:
        """Send the form of the page that is shown."""
        assert self.page is not None
        return self._agree(self._visit("POST", path, {}, data={"step": self.step} | form))

    def _agree(self, answer: httpx.Response) -> httpx.Response:
        """Allow an application what it asks for, and keep recovery codes, where one agrees."""
        if self.agrees and 'name="decision"' in answer.text:
            return self.send(decision="allow")
        if self.agrees and 'id="recovery"' in answer.text:
            return self.send()
        return answer

    @property
    def step(self) -> str:
        assert self.page is not None
        found = re.search(r'name="step" value="([^"]+)"', self.page.text)
        return unescape(found[1]) if found else ""

    def sign_in(self, client: str, person: Person, **over: Any) -> httpx.Response:
        self.ask(client, **over)
        return self.send(login=person.login, password=PASSWORD)

    def _visit(self, method: str, address: str, headers: Any, **more: Any) -> httpx.Response:
        said = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        given = {"accept-language": "en", **headers} | ({"cookie": said} if said else {})
        answer = self.application.nobody.send(method, address, headers=given, **more)
        self.application.client.cookies.clear()
        for cookie in answer.headers.get_list("set-cookie"):
            name, _, rest = cookie.partition("=")
            self.cookies[name] = rest.partition(";")[0].strip('"')
        self.cookies = {name: value for name, value in self.cookies.items() if value}
        self.page = answer
        return answer


def authorization_request(client: str, **over: Any) -> dict[str, str]:
    """An authorization request that is in order."""
    good = {
        "response_type": "code", "client_id": client, "redirect_uri": RETURNS_TO, "state": "s-1",
        "code_challenge": CHALLENGE, "code_challenge_method": "S256",
    }  # fmt: skip
    return {name: value for name, value in (good | over).items() if value is not None}


def code_of(answer: httpx.Response) -> str:
    """The code with which an application is answered."""
    assert answer.status_code == 303, answer.text
    address = answer.headers["location"]
    assert address.startswith(RETURNS_TO + "?")
    return parse_qs(urlsplit(address).query)["code"][0]


def give_client(application: Application, unit: UUID) -> str:
    name = f"app-{uuid4().hex[:8]}"
    row = Client(
        client_id=name, name="Ứng dụng", kind=ClientKind.PUBLIC, unit_id=unit,
        redirect_uris=[RETURNS_TO],
    )  # fmt: skip
    runner().run(_add(application, [row]))
    return name


def give_person(
    application: Application, unit: UUID, *roles: Role, also: Iterable[UUID] = (),
    totp: bool = False, **over: Any,
) -> Person:  # fmt: skip
    """Somebody who signs in by the password of these tests."""
    person = Person(uuid4(), f"person.{uuid4().hex[:8]}")
    account = Account(
        id=person.id, login=person.login, name="Nguyễn Văn A", unit_id=unit,
        **{"password_hash": HASHED} | over,
    )  # fmt: skip
    if totp:
        person.secret = pyotp.random_base32()
        keep_secret(reception(application).seal, account, person.secret, 1)
    grants = [
        Grant(account_id=person.id, role=role, unit_id=place)
        for place in (unit, *also)
        for role in roles
    ]
    runner().run(_add(application, [account], grants))
    return person


def account_of(application: Application, person: Person) -> Account:
    async def read() -> Account:
        async with application.app.state.resources.database.read_transaction() as session:
            found: Account = await session.get(Account, person.id)
            return found

    return runner().run(read())


def change(application: Application, person: Person, **values: Any) -> None:
    async def write() -> None:
        async with application.app.state.resources.database.write_transaction() as session:
            account = await session.get(Account, person.id)
            for name, value in values.items():
                setattr(account, name, value)

    runner().run(write())


def set_failures(
    application: Application, person: Person, failures: int, address: str = "127.0.0.1"
) -> None:
    """Let this many tries at a person's password have been wrong, from an address."""

    async def write() -> None:
        seal = reception(application).seal
        first, _ = find_counters(seal, person.login, person.id, Visitor(address))
        async with application.app.state.resources.database.write_transaction() as session:
            (row,) = await queries.lock_tries(session, [first.name])
            row.failures = failures
            await records.write(session, row)

    runner().run(write())


def list_audit_notes(application: Application, person: Person) -> list[tuple[str, str | None]]:
    """Return the audit entries about a person, in their order."""

    async def read() -> Any:
        async with application.behind() as session:
            found = select(AuditEntry.operation, AuditEntry.reason).where(
                AuditEntry.resource_id == person.id
            )
            return (await session.exec(found.order_by(col(AuditEntry.id)))).all()

    return [tuple(row) for row in runner().run(read())]


def sessions(application: Application, person: Person) -> list[AuthSession]:
    async def read() -> Any:
        async with application.app.state.resources.database.read_transaction() as session:
            held = select(AuthSession).where(AuthSession.account_id == person.id)
            return (await session.exec(held.order_by(col(AuthSession.id)))).all()

    return list(runner().run(read()))


def reception(application: Application) -> LoginContext:
    found: LoginContext = application.app.state.resources.reception
    return found


async def _add(application: Application, *batches: list[Any]) -> None:
    async with application.app.state.resources.database.write_transaction() as session:
        for rows in batches:
            session.add_all(rows)
            await session.flush()


def count_failures(application: Application) -> int:
    """Count the failed tries that are held against somebody."""

    async def count() -> int:
        async with application.behind() as session:
            found = await execute(session, text("SELECT sum(failures) FROM unknown_login"))
            return int(found.scalar_one() or 0)

    return runner().run(count())
