"""The command line: it makes the first administrator, and does what no administrator may."""

import json
from collections.abc import Callable

import asyncpg
import pytest
from typer.testing import CliRunner

from app.cli import cli
from app.domain.errors import DomainError
from tests.application import Application, runner
from tests.conftest import copy_database

Say = Callable[..., str]


@pytest.fixture(scope="module")
def url(worker: str) -> str:
    return copy_database("atlas", f"commands_{worker}")


@pytest.fixture
def say(url: str, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Say:
    """Run a command on a database of this module's own; what it printed, or what it refused."""
    monkeypatch.setenv("BINHYEN_DATABASE_URL", url)
    monkeypatch.setenv("BINHYEN_DATA", str(tmp_path_factory.mktemp("data")))

    def run(*words: str) -> str:
        answer = CliRunner().invoke(cli, words)
        if isinstance(answer.exception, DomainError):
            return answer.exception.code
        assert answer.exit_code == 0, answer.output
        return answer.stdout.strip()

    return run


def rows(url: str, query: str, *values: object) -> list[asyncpg.Record]:
    async def fetch() -> list[asyncpg.Record]:
        connection = await asyncpg.connect(url)
        found: list[asyncpg.Record] = await connection.fetch(query, *values)
        await connection.close()
        return found

    return runner().run(fetch())


def test_the_first_administrator_is_made_here_and_accounted_for(url: str, say: Say) -> None:
    first = ("--login", "chief", "--name", "Lê Văn A", "--unit", "VN")
    id = say("account", "add", *first, "--role", "unit_admin")
    (grant,) = rows(url, "SELECT * FROM role_grant WHERE account_id = $1::text::uuid", id)
    assert (grant["role"], grant["state"]) == ("unit_admin", "active")
    assert "chief" in say("account", "list")
    assert say("account", "add", *first) == "login_taken"
    told = rows(
        url, "SELECT subject, operation FROM audit_entry WHERE resource_id = $1", grant["id"]
    )
    assert [tuple(row) for row in told] == [("command-line", "grant:write")]
    gone = ("grant", "revoke", str(grant["id"]), "--reason", "x")
    assert say(*gone) == "last_administrator"
    assert say("account", "disable", "--login", "chief", "--reason", "x") == "last_administrator"
    say(
        "account", "add", "--login", "second", "--name", "B", "--unit", "VN", "--role", "unit_admin"
    )
    assert say(*gone) == ""
    assert "revoked  unit_admin" in say("grant", "list", "--state", "revoked")


def test_the_country_gets_its_auditor_here(say: Say) -> None:
    say("account", "add", "--login", "auditor", "--name", "C", "--unit", "VN")
    wanted = ("grant", "add", "--login", "auditor", "--unit", "VN", "--purpose", "audit")
    say(*wanted, "--role", "auditor", "--until", "2099-01-01")
    assert say(*wanted, "--role", "unit_admin") == "roles_conflict"
    assert say("grant", "add", "--login", "nobody", "--unit", "VN", "--role", "viewer") == (
        "account_not_found"
    )


def test_a_client_comes_by_its_secret_until_it_is_rotated_or_disabled(url: str, say: Say) -> None:
    secret = say("client", "add", "portal", "--role", "viewer", "--unit", "VN")
    with Application.on(url) as application:

        def comes(with_secret: str) -> bool:
            form = {"grant_type": "client_credentials"}
            who = ("portal", with_secret)
            answer = application.nobody.send("POST", "/oauth/token", data=form, auth=who)
            return answer.is_success

        assert comes(secret)
        fresh = say("client", "rotate", "portal")
        assert (comes(secret), comes(fresh)) == (False, True)
        assert "portal  confidential" in say("client", "list")
        say("client", "disable", "portal", "--reason", "x")
        assert not comes(fresh)
    assert say("client", "add", "portal", "--role", "viewer", "--unit", "VN") == "client_exists"
    refused = say("client", "add", "judge", "--role", "auditor", "--unit", "VN")
    assert refused == "not_for_machines"
    assert "judge" not in json.dumps(say("client", "list"))
