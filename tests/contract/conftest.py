"""The packages of Node, the generated clients, and a server for them to talk to."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi import FastAPI
from pydantic import SecretStr

from app.domain.actor import Actor, Level, Role
from app.domain.confidential.crypto.keyrings import write_key_file
from app.domain.tips.crypto.keys import generate_keys
from app.main import create_app
from app.settings import Settings
from tests.application import LIGHT, SEAL, SWIFT, UNLIMITED
from tests.browser.conftest import serve, token_of
from tests.contract.node import CLIENTS, check, install_packages, run_package
from tests.give import Country

CONTRACT = Path(__file__).parents[2] / "openapi"
OPENAPI, GRAPHQL = CONTRACT / "openapi.json", CONTRACT / "schema.graphql"
GENERATED = CLIENTS / "generated"
BIN = Path(sys.executable).parent


@pytest.fixture(scope="session")
def packages() -> None:
    """The packages of Node are installed."""
    install_packages()


@dataclass(frozen=True)
class Clients:
    """Output of the generators, by the name of the generator."""

    printed: dict[str, str]


@pytest.fixture(scope="session")
def clients(packages: None) -> Clients:
    """All clients, generated once from the contract as it is in the tree."""
    shutil.rmtree(GENERATED, ignore_errors=True)
    GENERATED.mkdir()
    printed = {
        "openapi-typescript": run_package(
            "openapi-typescript",
            str(OPENAPI),
            "--default-non-nullable=false",
            "--output",
            "generated/openapi_typescript.ts",
        ),
        "hey-api": run_package("openapi-ts"),
        "graphql-codegen": run_package("graphql-codegen", "--config", "codegen.yml"),
        "openapi-python-client": check(_generate_python()),
    }
    return Clients(printed)


def _generate_python() -> subprocess.CompletedProcess[str]:
    program = BIN / "openapi-python-client"
    return run_python(
        str(program), "generate", "--path", str(OPENAPI), "--config", "python_client.yaml",
        "--output-path", "generated/binhyen_client", "--meta", "none", "--overwrite",
        "--fail-on-warning",
    )  # fmt: skip


def run_python(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a Python program beside the generated client."""
    return subprocess.run(
        [sys.executable, *command],
        cwd=CLIENTS,
        env={"PATH": str(BIN), "PYTHONPATH": str(GENERATED), **environment},
        capture_output=True,
        text=True,
    )


@pytest.fixture(scope="session")
def built_clients(clients: Clients) -> None:
    """The TypeScript clients and their programs, compiled strictly to JavaScript."""
    run_package("tsc", "--project", "tsconfig.json")


@dataclass(frozen=True)
class Site:
    """A running server, and what a program has to know of it."""

    environment: dict[str, str]


@pytest.fixture(scope="module")
def site(application_url: str, country: Country) -> Iterator[Site]:
    """The small country behind a real server; an approver of a commune, and a tip officer."""
    app, unit = _application(application_url), country["1.1"]

    def token(*roles: Role) -> str:
        return token_of(app, Actor("client", frozenset(roles), Level.COMMUNE, unit))

    with serve(app) as url:
        yield Site(
            {
                "BINHYEN_URL": url,
                "BINHYEN_UNIT": str(unit),
                "BINHYEN_TOKEN": token(Role.RECORDER, Role.APPROVER),
                "BINHYEN_TIP_TOKEN": token(Role.TIP_OFFICER),
            }
        )


def _application(url: str) -> FastAPI:
    data = Path(os.environ["BINHYEN_TEST_FOLDER"]) / "contract"
    write_key_file(data / "tip-keys.json", generate_keys(LIGHT))
    chosen = UNLIMITED | SWIFT | {"pool_size": 2, "seal_key": SEAL}
    return create_app(Settings(database_url=SecretStr(url), data=data, **chosen))
