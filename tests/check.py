"""`./run test`: every check and every test, each timed, the first that fails ends it.

./run test                  all of it, as CI does
./run test types lint       some checks (format, lint, types, imports) or `tests`
./run test tests/forces -k NAME   anything else goes to pytest as it is
./run fix                   format, and mend what can be mended
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
CHECKS = {
    "format": ["ruff", "format", "--check", "--quiet"],
    "lint": ["ruff", "check", "--quiet"],
    "types": ["mypy"],
    "imports": ["lint-imports", "--no-cache"],
}
FIXES = (["ruff", "check", "--fix"], ["ruff", "format"])
WORKERS = min(os.cpu_count() or 1, 4)
BROWSER = "tests/browser"


def main() -> int:
    """Run what was named, or all of it; pytest's closing line comes last."""
    words = sys.argv[1:]
    if words == ["fix"]:
        return max(start(command).wait() for command in FIXES)
    parser = argparse.ArgumentParser(
        prog="./run test", description=__doc__, allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("--workers", default=str(WORKERS), help="test processes")
    options, others = parser.parse_known_args(words)
    known = [word for word in others if word in (*CHECKS, "tests")]
    if len(known) < len(others):
        return run_pytest(options.workers, *others)
    return run_checks(known or [*CHECKS, "tests"], options.workers)


def run_checks(names: list[str], workers: str) -> int:
    """Run checks side by side, the slowest of them first, then the tests."""
    began = time.monotonic()
    running = {
        name: start(CHECKS[name], quiet=True) for name in sorted(names, key="types".__ne__)
        if name in CHECKS
    }  # fmt: skip
    for name in (name for name in CHECKS if name in running):
        said = running[name].communicate()[0]
        if code := running[name].returncode:
            print(said, f"{name} failed", sep="\n", file=sys.stderr)
            end(running.values())
            return code
        print(f"{name:8} {time.monotonic() - began:6.1f} s", flush=True)
    return run_tests(workers) if "tests" in names else 0


def run_tests(workers: str) -> int:
    """Run all tests; those that wait for a browser run beside the others, started first."""
    beside = start(pytest("0", BROWSER, "-q"), quiet=True)
    code = start(pytest(workers, f"--ignore={BROWSER}")).wait()
    said = beside.communicate()[0]
    print(said if beside.returncode else said.rstrip().rpartition("\n")[2] + " in a browser")
    if not code and not beside.returncode:
        return 0
    print("tests failed", file=sys.stderr)
    return code or beside.returncode


def run_pytest(workers: str, *words: str) -> int:
    """Pass everything on; who debugs wants one process."""
    debugs = {"--pdb", "--trace", "-s"} & set(words)
    return start(pytest("0" if debugs else workers, *words)).wait()


def pytest(workers: str, *words: str) -> list[str]:
    return ["pytest", "-n", workers, "--no-loadscope-reorder", *words]


def start(command: list[str], *, quiet: bool = False) -> subprocess.Popen[str]:
    """Start a tool; store its output where it should be quiet."""
    program, output = [str(BIN / command[0]), *command[1:]], subprocess.PIPE if quiet else None
    return subprocess.Popen(
        program, cwd=ROOT, env=environment(), text=True, stdout=output,
        stderr=subprocess.STDOUT if quiet else None,
    )  # fmt: skip


def environment() -> dict[str, str]:
    """Compile each module once for all the processes there are, whatever the machine says."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {"PYTHONPYCACHEPREFIX": str(ROOT / ".venv" / "compiled")} | kept


def end(processes: Iterable[subprocess.Popen[str]]) -> None:
    """End what still runs."""
    for process in processes:
        if process.poll() is None:
            process.terminate()
            process.communicate()


if __name__ == "__main__":
    sys.exit(main())
