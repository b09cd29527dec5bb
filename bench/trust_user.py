"""The start as a normal user, who has nothing but a Python: a copy of the sources, and ./run."""

import os
import shutil
import subprocess
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.trust_server import PATIENCE, ROOT
from bench.trust_start import start
from bench.trust_terms import Skipped, Terms, Verdict, seconds

PYTHON = "/usr/bin/python3"  # one that every user can reach
USER = 1000
LEAVE_OUT = shutil.ignore_patterns(".venv", ".uv", ".git", ".data", "__pycache__", ".*_cache")


def user(terms: Terms) -> Verdict:
    """Root's proof of starts and ends, for an unprivileged user in a fresh copy."""
    home = _home(terms)
    how = _how(home)
    try:
        begin = time.monotonic()
        made = subprocess.run(
            [home / "binhyen" / "run", "--help"],
            capture_output=True, text=True, timeout=PATIENCE, check=False, **how,
        )  # fmt: skip
        took = time.monotonic() - begin
        if made.returncode:
            raise Skipped(f"./run cannot get what it needs here: {made.stderr[-300:]}")
        terms.tell(f"user: ./run has got everything after {seconds(took)}")
        command = (str(home / "binhyen" / "run"),)
        found = start(replace(terms, folder=home), command=command, **how)
        return replace(found, name="user", figures={"bootstrap": seconds(took)} | found.figures)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _home(terms: Terms) -> Path:
    if os.geteuid() != 0:
        raise Skipped("only root can become another user; all other proofs ran as this one")
    trial = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))"
    run = [PYTHON, "-c", trial]
    if not Path(PYTHON).exists() or subprocess.run(run, check=False).returncode:
        raise Skipped(f"{PYTHON} is not a whole Python 3.11 or newer")
    home = terms.folder / "home"
    shutil.copytree(ROOT, home / "binhyen", ignore=LEAVE_OUT)
    for path in (home, *home.rglob("*")):
        os.chown(path, USER, USER, follow_symlinks=False)
    return home


def _how(home: Path) -> dict[str, Any]:
    """As this user alone: no group, nothing of our environment but the way to the packages."""
    kept = {
        name: value for name, value in os.environ.items() if name.endswith(("CERT", "CERT_FILE"))
    }
    plain = {
        "HOME": str(home),
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "BINHYEN_PYTHON": PYTHON,
    }
    return {"user": USER, "group": USER, "extra_groups": [], "cwd": home, "env": kept | plain}
