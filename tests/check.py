"""`./run test`: every check and every test, each timed, the first that fails ends it."""

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
CHECKS = {
    "format": ["ruff", "format", "--check", "--quiet"],
    "lint": ["ruff", "check", "--quiet"],
    "types": ["mypy"],
    "imports": ["lint-imports", "--no-cache"],
}


def main() -> int:
    """Run what was asked for, all of it unless said; pytest's closing line comes last."""
    parser = argparse.ArgumentParser(prog="./run test", description=__doc__)
    parser.add_argument(
        "only", nargs="*", help=f"of {', '.join([*CHECKS, 'tests'])}; all unless said"
    )
    parser.add_argument(
        "--workers", default=str(min(os.cpu_count() or 1, 4)), help="test processes"
    )
    options = parser.parse_args()
    wanted = options.only or [*CHECKS, "tests"]
    for name in wanted:
        if name not in (*CHECKS, "tests"):
            parser.error(f"{name} is none of {', '.join([*CHECKS, 'tests'])}")
    for name in wanted:
        if code := run(name, options.workers):
            print(f"{name} failed", file=sys.stderr)
            return code
    return 0


def run(name: str, workers: str) -> int:
    """One check, with its time; quiet where nothing is wrong."""
    began = time.monotonic()
    command = CHECKS.get(name) or ["pytest", "-q", "-n", workers, "--dist", "loadgroup"]
    program = [str(BIN / command[0]), *command[1:]]
    loud = name == "tests"
    done = subprocess.run(program, cwd=ROOT, capture_output=not loud, text=True)
    if done.returncode and not loud:
        print(done.stdout, done.stderr)
    if not loud:
        print(f"{name:8} {time.monotonic() - began:6.1f} s", flush=True)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
