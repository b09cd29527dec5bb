"""A real server with the map and the demo, as `./run` starts it, for the guides."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.application import runner
from tests.conftest import copy_database
from tests.databases import drop
from tests.docs.findings import ROOT

PATIENCE = 240  # seconds; other work may share the machine
NEEDED = ("curl", "bash", "python3")


@dataclass(frozen=True)
class Server:
    """A running server: its address, what it printed, the environment of commands beside it."""

    site: str
    environment: dict[str, str]
    printed: str


@pytest.fixture(scope="session")
def server(worker: str) -> Iterator[Server]:
    absent = [program for program in NEEDED if shutil.which(program) is None]
    if absent:
        give_up = pytest.fail if os.environ.get("BINHYEN_REQUIRE_BROWSER") == "1" else pytest.skip
        give_up(f"The guides need {absent}.")
    url = copy_database("atlas", f"guides_{worker}")
    name = url.rpartition("/")[2]
    data = Path(os.environ["BINHYEN_TEST_FOLDER"]) / name
    environment = {"BINHYEN_DATABASE_URL": url, "BINHYEN_DATA": str(data)}
    environment["BINHYEN_WEBHOOK_HOSTS"] = '["127.0.0.1"]'  # where its sample receiver is
    with (data.parent / f"{name}.log").open("w+") as log:
        command = [sys.executable, "-m", "app.cli", "serve", "--port", "0"]
        process = subprocess.Popen(
            command, cwd=ROOT, env=os.environ | environment, stdout=log, stderr=log
        )
        try:
            printed = wait_for(process, Path(log.name), r"Bình Yên +(http://[\d.:]+)")
            yield Server(printed[1], environment, Path(log.name).read_text(errors="replace"))
        finally:
            process.terminate()
            process.wait(60)
    runner().run(drop(name))


def wait_for(process: "subprocess.Popen[bytes]", log: Path, pattern: str) -> re.Match[str]:
    """Wait until the server has printed something."""
    for _ in range(PATIENCE * 10):
        text = log.read_text(errors="replace")
        if found := re.search(pattern, text):
            time.sleep(0.2)  # for the lines that follow it
            return found
        assert process.poll() is None, f"the server ended:\n{text}"
        time.sleep(0.1)
    raise AssertionError(f"the server does not start:\n{log.read_text(errors='replace')}")
