"""Generated clients: complete, strictly typed, and working against a running server."""

import json
import re
from pathlib import Path

import pytest

from tests.contract.conftest import GENERATED, OPENAPI, Clients, Site, run_python
from tests.contract.node import CLIENTS, check, run_node

BUILT = CLIENTS / "generated" / "built"
DONE = ["listed", "created", "refused a stale version with 412", "changed", "transitioned"]
DONE += ["handed in a tip", "followed it by its receipt"]


def operation_ids() -> set[str]:
    """Every operation that the contract names."""
    paths = json.loads(OPENAPI.read_text(encoding="utf-8"))["paths"]
    return {
        operation["operationId"] for methods in paths.values() for operation in methods.values()
    }


@pytest.mark.parametrize(
    "generator", ["openapi-typescript", "hey-api", "graphql-codegen", "openapi-python-client"]
)
def test_generators_warn_of_nothing(clients: Clients, generator: str) -> None:
    printed = clients.printed[generator]
    assert not re.search(r"\b(warn(ing)?|error|unsupported|skipp\w+|omitted)\b", printed, re.I)


def test_python_client_has_every_operation(clients: Clients) -> None:
    modules = {file.stem for file in (GENERATED / "binhyen_client" / "api").glob("*/*.py")}
    assert operation_ids() - modules == set()


@pytest.mark.parametrize("name", ["openapi_typescript.ts", "hey_api/sdk.gen.ts"])
def test_typescript_clients_have_every_operation(clients: Clients, name: str) -> None:
    text = (GENERATED / name).read_text(encoding="utf-8")
    camel = name.startswith("hey")
    wanted = {_camel(id) if camel else id for id in operation_ids()}
    assert {id for id in wanted if not re.search(rf"\b{id}\b", text)} == set()


def test_python_client_passes_strict_types(clients: Clients, tmp_path: Path) -> None:
    check(
        run_python(
            "-m", "mypy", "--strict", "--config-file", "mypy.ini", "--cache-dir", str(tmp_path),
            "--package", "binhyen_client", "--module", "python_client",
        )
    )  # fmt: skip


@pytest.mark.parametrize("program", ["openapi_fetch", "hey_api", "graphql"])
def test_typescript_programs_do_the_work(built_clients: None, site: Site, program: str) -> None:
    printed = check(run_node(BUILT / f"{program}.js", **site.environment))
    assert printed.splitlines() == DONE


def test_python_program_does_the_work(clients: Clients, site: Site) -> None:
    assert check(run_python("python_client.py", **site.environment)).splitlines() == DONE


def _camel(id: str) -> str:
    first, *others = id.split("_")
    return first + "".join(word.capitalize() for word in others)
