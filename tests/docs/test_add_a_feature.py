"""The worked example of CONTRIBUTING applies, works in both APIs, passes its tests and is small."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.findings import ROOT

PATCH = ROOT / "docs/examples/add-a-feature.patch"
MAX_LINES, MAX_FILES, MAX_EDITED_TESTS = 420, 14, 0
PARTS = re.split(r"(?m)^diff --git ", PATCH.read_text(encoding="utf-8"))[1:]
NEW = [part for part in PARTS if "\nnew file mode " in part]
EDITED = [part for part in PARTS if part not in NEW]
ADDED = sum(len(re.findall(r"(?m)^\+(?!\+\+ )", part)) for part in PARTS)
NAMES = [part.split(" b/", 1)[1].split("\n", 1)[0] for part in PARTS]
OFFERED = {  # by permission, in REST and in GraphQL
    ("notice:read", "GET /api/v1/notices", "query notices"),
    ("notice:read", "GET /api/v1/notices/{id}", "query notice"),
    ("notice:write", "POST /api/v1/notices", "mutation createNotice"),
    ("notice:write", "PATCH /api/v1/notices/{id}", "mutation changeNotice"),
    ("notice:transition", "POST /api/v1/notices/{id}/transitions", "mutation transitionNotice"),
    ("notice:void", "POST /api/v1/notices/{id}/void", "mutation voidNotice"),
}


def run_in(folder: Path, *command: str) -> None:
    """Run a command in a copy of the product, on its own: below no repository, and no test run."""
    outer = ("BINHYEN_TEST_", "PYTEST_")  # the server and the workers of this run
    own = {name: value for name, value in os.environ.items() if not name.startswith(outer)}
    # or git would look for the files of the repository around it
    own |= {"GIT_CEILING_DIRECTORIES": str(folder.parent)}
    done = subprocess.run(command, cwd=folder, env=own, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the product with the patch."""
    copy = tmp_path_factory.mktemp("product")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    for name in filter(None, os.fsdecode(listed.stdout).split("\0")):
        if (ROOT / name).is_file():  # not what is deleted, but not yet committed
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy / name)
    run_in(copy, "git", "apply", str(PATCH))
    return copy


@pytest.fixture(scope="module")
def contract(product: Path) -> Path:
    """The contract that the copy writes."""
    run_in(product, sys.executable, "-m", "app.cli", "openapi")
    return product / "openapi"


def test_both_apis_offer_the_new_resource(contract: Path) -> None:
    """The guard lets the application start, and finds all six with their permissions."""
    parity = json.loads((contract / "parity.json").read_text(encoding="utf-8"))
    found = {
        (one["needs"], rest, graphql)
        for one in parity
        for rest in one["rest"]
        for graphql in one["graphql"]
    }
    assert found >= OFFERED


def test_the_new_resource_is_in_the_published_contract(contract: Path) -> None:
    paths = json.loads((contract / "openapi.json").read_text(encoding="utf-8"))["paths"]
    assert {path: set(methods) for path, methods in paths.items() if "notices" in path} == {
        "/api/v1/notices": {"get", "post"},
        "/api/v1/notices/{id}": {"get", "patch"},
        "/api/v1/notices/{id}/transitions": {"post"},
        "/api/v1/notices/{id}/void": {"post"},
    }
    sdl = (contract / "schema.graphql").read_text(encoding="utf-8")
    fields = ("notices", "notice", "createNotice", "changeNotice", "transitionNotice", "voidNotice")
    assert [name for name in fields if not re.search(rf"(?m)^  {name}\(", sdl)] == []


def test_the_table_of_actions_lists_its_transitions(contract: Path) -> None:
    table = (contract / "ACTIONS.md").read_text(encoding="utf-8")
    assert re.findall(r"(?m)^\| notices \| `(\w+)`", table) == ["publish", "withdraw"]


def test_its_own_tests_pass_and_those_of_conformance(product: Path, contract: Path) -> None:
    assert contract.is_dir()  # which tests of conformance read
    tests = ("tests/api/test_notices.py", "tests/conformance", "-k", "notices")
    run_in(product, sys.executable, "-m", "pytest", "-q", "-n", "0", *tests)


def test_it_reverts(product: Path) -> None:
    run_in(product, "git", "apply", "-R", "--check", str(PATCH))


def test_it_is_as_small_as_it_was_meant_to_be() -> None:
    assert ADDED <= MAX_LINES
    assert len(PARTS) <= MAX_FILES
    edited = [name for part, name in zip(PARTS, NAMES, strict=True) if part in EDITED]
    assert sum(name.startswith("tests/") for name in edited) <= MAX_EDITED_TESTS


def test_contributing_walks_through_every_file_and_counts_them() -> None:
    section = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("## Add a feature")[1]
    places = [section.find(f"`{name}`") for name in NAMES]
    assert [name for name, place in zip(NAMES, places, strict=True) if place < 0] == []
    said = f"{ADDED} added lines, {len(NEW)} new files and {len(EDITED)} edited"
    assert said in " ".join(section.split())
