"""The operator's guide, line by line, on PostgreSQL 15 and 18, directly and behind pgbouncer."""

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path

from app.db.embedded.lifecycle import free_port
from bench.clusters import Cluster, find_pgbouncer, run_cluster, run_pgbouncer, run_sql
from bench.trust_processes import surroundings
from bench.trust_server import ROOT
from bench.trust_terms import Skipped, Terms, Verdict, seconds

GUIDE = ROOT / "docs" / "guide" / "operator.md"
BLOCK = re.compile(r"^```(sh|sql|sql owner|ini)\n(.*?)^```", re.MULTILINE | re.DOTALL)
SECTIONS = ("Install, step by step", "pgbouncer", "Backup and restore")
MAJORS = (15, 18)
OWNER = "postgresql://binhyen_owner:owner-secret@localhost:{port}/binhyen"
USERS = "\n".join(f'"{name}" "{name.removeprefix("binhyen_")}-secret"'
                  for name in ("binhyen_owner", "web", "worker")) + "\n"  # fmt: skip
RUN = f"""#!/bin/sh
export PYTHONPATH={ROOT}
exec {sys.executable} -m app.cli "$@"
"""
SHELL_PATIENCE = 1800  # other work may share the machine
METRIC = re.compile(r"^binhyen_requests_total\{.*health/ready.*\} (\S+)$", re.MULTILINE)


@dataclass
class Guide:
    """One walk through the guide, on one server of the database."""

    folder: Path
    cluster: Cluster
    stack: ExitStack
    lines: int = 0
    processes: list[int] = field(default_factory=list)
    ports: dict[str, str] = field(default_factory=dict)

    def walk(self) -> None:
        """Run every block of the sections in their order."""
        text = GUIDE.read_text(encoding="utf-8")
        end = "trap 'kill $(jobs -p) || true; wait' EXIT"
        script = ["set -e -o pipefail", f"cd {self.folder}", end]
        for title in SECTIONS:
            if title == "pgbouncer" and not find_pgbouncer():
                continue
            section = text.split(f"## {title}\n", 1)[1].split("\n## ", 1)[0]
            for kind, block in BLOCK.findall(section):
                self.lines += len(block.splitlines())
                if kind == "ini":
                    self._start_pgbouncer(block)
                elif kind == "sh":
                    script.append(self._localize(block))
                else:
                    script.append(self._psql(block, owner=kind == "sql owner"))
        script.append(f"curl -sf http://127.0.0.1:{self._port('8000')}/metrics > metrics.txt")
        script.append(f"curl -sf http://127.0.0.1:{self._port('9101')}/metrics > worker.txt")
        self._run("\n".join(script))

    def _psql(self, block: str, *, owner: bool) -> str:
        url = OWNER.format(port=self.cluster.port) if owner else self.cluster.administrator
        words = f"{self.cluster.program} --no-psqlrc --quiet --set=ON_ERROR_STOP=1"
        return f"{words} '{url}' <<'SQL'\n{block}SQL"

    def _start_pgbouncer(self, block: str) -> None:
        home = self.folder / "pgbouncer"
        text = self._localize(block).replace("/etc/pgbouncer", str(home))
        port = self.stack.enter_context(run_pgbouncer(home, text, USERS))
        self.ports["6432"] = str(port)

    def _port(self, printed: str) -> str:
        return self.ports.setdefault(printed, str(free_port()))

    def _localize(self, block: str) -> str:
        """Put this machine's hosts, ports and folders in the place of the printed ones."""
        here = block.replace("db.example.vn:5432", f"localhost:{self.cluster.port}")
        here = here.replace(
            "host=db.example.vn port=5432", f"host=localhost port={self.cluster.port}"
        )
        for folder in ("/etc/binhyen", "/var/lib/binhyen", "/var/backups", "/media/safe"):
            here = here.replace(folder, f"{self.folder}{folder}")
        for printed in ("8000", "8001", "9101"):
            here = re.sub(rf"\b{printed}\b", self._port(printed), here)
        if "6432" in self.ports:
            here = here.replace("127.0.0.1:6432", f"127.0.0.1:{self.ports['6432']}")
        if not self.cluster.tls:  # the wheel's PostgreSQL is built without it
            here = re.sub(r"TLS='[^']*'", "TLS='ssl=prefer'", here)
        return here

    def _run(self, script: str) -> None:
        environment = surroundings(self.folder)
        log = self.folder / "operator.log"
        with log.open("wb") as out:
            shell = subprocess.Popen(
                ["bash", "--noprofile", "--norc", "-x", "-c", script], env=environment,
                stdin=subprocess.DEVNULL, stdout=out, stderr=out, cwd=self.folder,
                start_new_session=True,
            )  # fmt: skip
            try:
                code = shell.wait(SHELL_PATIENCE)
            finally:  # what it has started in the background ends with it
                with suppress(ProcessLookupError):
                    os.killpg(shell.pid, signal.SIGTERM)
        if code:
            told = log.read_text(errors="replace").splitlines()
            raise AssertionError("\n".join(line for line in told if '"event"' not in line)[-3000:])


def operator(terms: Terms) -> Verdict:
    """Walk through the guide on each version that this machine has."""
    figures: dict[str, object] = {}
    for major in MAJORS[-terms.times :]:
        begin = time.monotonic()
        try:
            lines = walk(terms.folder / f"operator-{major}", major)
        except LookupError as reason:
            figures[f"on_{major}"] = f"SKIP({reason})"
            continue
        pooled = "pgbouncer" if find_pgbouncer() else "SKIP(there is no pgbouncer here)"
        figures |= {
            "pooled": pooled,
            "lines": lines,
            f"on_{major}": seconds(time.monotonic() - begin),
        }
        terms.tell(f"operator: PostgreSQL {major} {figures[f'on_{major}']}")
    if "lines" not in figures:
        raise Skipped(str(figures))
    return Verdict("operator", figures, True)


def walk(folder: Path, major: int) -> int:
    """Run the guide on one version; return how many lines were run."""
    folder.mkdir()
    folder.chmod(0o755)
    (folder / "run").write_text(RUN)
    (folder / "run").chmod(0o755)
    with run_cluster(folder / "postgresql", major) as cluster, ExitStack() as stack:
        (folder / "etc/binhyen").mkdir(parents=True)
        os.link(cluster.certificate, folder / "etc/binhyen/ca.pem")
        guide = Guide(folder, cluster, stack)
        guide.walk()
        _check_metrics(folder)
        again = cluster.administrator.rpartition("/")[0] + "/binhyen_again"
        counted = run_sql(again, "SELECT count(*) FROM account", cluster.program)
        assert counted == "2", f"{counted} accounts came back"
    return guide.lines


def _check_metrics(folder: Path) -> None:
    """The figures are those of both processes of the server; the worker has its own."""
    told = (folder / "metrics.txt").read_text()
    for name in ("binhyen_database_up 1.0", "binhyen_build_info{", "binhyen_queue_jobs{",
                 "binhyen_audit_seal_lag_seconds", "binhyen_pool_connections{"):  # fmt: skip
        assert name in told, f"{name} is not in the figures of the server"
    assert sum(float(number) for number in METRIC.findall(told)) >= 1
    assert "binhyen_jobs_total{" in (folder / "worker.txt").read_text()
