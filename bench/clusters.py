"""PostgreSQL servers of every version that this machine has, and pgbouncer before them."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from socket import create_connection

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from app.db.embedded.binaries import CannotRun, find_binaries
from app.db.embedded.data_dir import read_password
from app.db.embedded.process import stop_process
from app.db.embedded.server import SUPERUSER, Server, free_port

NOBODY = "nobody"


@dataclass(frozen=True)
class Cluster:
    """A running PostgreSQL server with TLS, and its administrator."""

    major: int
    port: int
    password: str
    certificate: Path
    program: Path
    tls: bool

    @property
    def administrator(self) -> str:
        return f"postgresql://{SUPERUSER}:{self.password}@localhost:{self.port}/postgres"


@contextmanager
def run_cluster(folder: Path, major: int) -> Iterator[Cluster]:
    """Run a new server of a version, with TLS, until the end of the block."""
    folder.mkdir(parents=True)
    folder.chmod(0o755)
    server = Server(folder, lambda _: None)
    server.password = read_password(folder, server.cluster)
    home = next((one for one in find_binaries(server.cluster) if _major(one) == major), None)
    if home is None:
        raise LookupError(f"there is no PostgreSQL {major} on this machine")
    try:
        server.open(home)
        certificate = make_certificate(server.cluster)
        home.own(server.cluster)
        assert server.port
        program = home.binaries / "psql"
        tls = "ssl" in home.run("pg_config", "--configure")
        found = Cluster(major, server.port, server.password, certificate, program, tls)
        for leftover in ("DATABASE binhyen", "ROLE binhyen"):  # a server of an operator has none
            run_sql(found.administrator, f"DROP {leftover}", program)
        if tls:
            run_sql(found.administrator, "ALTER SYSTEM SET ssl = on", program)
            run_sql(found.administrator, "SELECT pg_reload_conf()", program)
        yield found
    finally:
        server.refuse()
        server.end()
        shutil.rmtree(folder, ignore_errors=True)


def _major(home: object) -> int | None:
    try:
        found: int = home.major()  # type: ignore[attr-defined]
    except (OSError, CannotRun):
        return None
    return found


def run_sql(url: str, script: str, program: Path | str = "psql") -> str:
    """Run a script with psql, as a person would type it; return what it prints."""
    words = [str(program), "--no-psqlrc", "--quiet", "-At", "--set=ON_ERROR_STOP=1", url]
    ran = subprocess.run(words, input=script, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise RuntimeError(f"psql: {ran.stderr.strip()}")
    return ran.stdout.strip()


def make_certificate(folder: Path) -> Path:
    """Write a self-signed certificate of this machine, where PostgreSQL looks for it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    names = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
    start = datetime.now(UTC) - timedelta(days=1)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start).not_valid_after(start + timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    encoding = serialization.Encoding.PEM
    (folder / "server.key").touch(0o600)
    (folder / "server.key").write_bytes(
        key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    certificate = folder / "server.crt"
    certificate.write_bytes(made.public_bytes(encoding))
    shared = folder.parent / "ca.pem"
    shutil.copy(certificate, shared)
    return shared


def find_pgbouncer() -> str | None:
    """Return pgbouncer, where this machine has it."""
    return shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


@contextmanager
def run_pgbouncer(folder: Path, configuration: str, users: str) -> Iterator[int]:
    """Run pgbouncer with a configuration, until the end of the block; return its port."""
    program = find_pgbouncer()
    assert program, "there is no pgbouncer on this machine"
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    (folder / "userlist.txt").write_text(users)
    (folder / "pgbouncer.ini").write_text(configuration.replace("6432", str(port)))
    for path in (folder, *folder.iterdir()):
        path.chmod(0o755)
    words = [program, str(folder / "pgbouncer.ini")]
    with (folder / "pgbouncer.log").open("wb") as log:
        drop = {"user": NOBODY} if os.geteuid() == 0 else {}
        process = subprocess.Popen(words, stdout=log, stderr=log, **drop)  # type: ignore[call-overload]
        try:
            wait_for_port(port)
            yield port
        finally:
            stop_process(process)


def wait_for_port(port: int, patience: float = 30) -> None:
    """Wait until something listens."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        with suppress(OSError), create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise TimeoutError(f"nothing listens on port {port}")
