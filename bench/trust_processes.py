"""Processes: in which surroundings ours run, and which there are, as Linux tells it."""

import os
from contextlib import suppress
from pathlib import Path

# a proof asks as fast as it can, and is no caller that ought to be held back
UNLIMITED = {
    f"BINHYEN_RATE_{budget}": "off"
    for budget in ("PER_CLIENT", "PER_ACCOUNT", "ANONYMOUS", "SIGN_IN")
}


def surroundings(folder: Path, **more: str) -> dict[str, str]:
    """An environment in which Python keeps what it has compiled, as it does on any machine."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BINHYEN_")}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    compiled = {"PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    return compiled | kept | UNLIMITED | more  # a run of tests compiles once for all of them


def working_for(folder: Path) -> dict[int, str]:
    """Processes that name a folder in their words or their environment, or stand in it."""
    found = {}
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            words = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            environment = (process / "environ").read_bytes().decode(errors="replace")
            marks = (words, environment, os.readlink(process / "cwd"))
            if int(process.name) != os.getpid() and any(str(folder) in mark for mark in marks):
                found[int(process.name)] = words
    return found


def children(parent: int, named: str) -> list[int]:
    """Processes that another has started and that go by a name."""
    process = Path(f"/proc/{parent}")
    found = (process / "task" / process.name / "children").read_text().split()
    names = {int(child): Path(f"/proc/{child}/cmdline").read_text() for child in found}
    return [child for child, name in names.items() if named in name]
