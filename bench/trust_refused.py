"""Starts that cannot be: each ends soon, with a sentence that says why, and leaves nothing."""

import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

import httpx

from bench.trust_processes import surroundings
from bench.trust_server import ROOT, Installation, installation, prepare
from bench.trust_start import leftovers
from bench.trust_terms import Terms, Verdict, seconds

PRODUCTION = {"BINHYEN_ENVIRONMENT": "production", "BINHYEN_ISSUER": "https://binhyen.example"}
ELSEWHERE = {"BINHYEN_DATABASE_URL": "postgresql://binhyen:hush@127.0.0.1:1/binhyen"}
KEYLESS = (
    PRODUCTION
    | ELSEWHERE
    | {
        "BINHYEN_SIGNING_KEYS": "/nowhere/keys.json",
        "BINHYEN_SEAL_KEY": "S" * 43 + "=",
        "BINHYEN_AUDIT_KEY": "/nowhere/audit-key.json",
        "BINHYEN_TIP_KEYS": "/nowhere/tip-keys.json",
        "BINHYEN_ISSUER": "https://api.example.vn",
        "BINHYEN_STORAGE": "file:///nowhere/attachments",
    }
)
BARE = (
    (PRODUCTION | {"BINHYEN_ISSUER": ""}, "production needs BINHYEN_ISSUER"),
    (PRODUCTION, "production needs BINHYEN_DATABASE_URL"),
    (PRODUCTION | ELSEWHERE, "production needs BINHYEN_SIGNING_KEYS"),
    (KEYLESS, "The signing keys in /nowhere/keys.json cannot be used"),
    (ELSEWHERE, "The database does not answer"),
    ({"BINHYEN_DATABASE_URL": "hush"}, "database_url: say postgresql://user:password@host"),
    ({"BINHYEN_DATABASE_URL": "postgresql://u:hush@h/d?sslmod=no"}, "'sslmod' is not known"),
    ({"BINHYEN_POOL_SIZE": "hush"}, "pool_size: Input should be a valid integer"),
    ({"BINHYEN_RATE_SIGN_IN": "0/minute"}, "rate_sign_in: '0/minute' is no budget"),
    ({"BINHYEN_RATE_STORAGE": "redis://:hush@x"}, "rate_storage: this kind of storage is unknown"),
    ({"BINHYEN_CORS_ORIGINS": '["*"]'}, "cors_origins: 0: '*' is no origin"),
)

ISSUER = "http://127.0.0.1/refused"  # tokens are good at whatever port the server has


def refusals(terms: Terms) -> Verdict:
    """The port or the data taken, production without its keys, no database: all are refused."""
    faults: list[str] = []
    named = surroundings(terms.folder, BINHYEN_ISSUER=ISSUER)
    with installation(terms.folder / "refused", prepare(terms.folder), env=named) as place:
        before = place.token("viewer")
        place.start()
        place.ready()
        faults += _token_faults(place, before) + _token_faults(place, place.token("viewer"))
        slowest = max(_start_on_taken(place, terms, faults))
        place.ready()
        place.end()
        faults += leftovers(place)
    nowhere = terms.folder / "nowhere"
    for environment, expected in BARE[: terms.times]:
        took = start_refused(nowhere, 29_999, expected, faults, environment)
        slowest = max(slowest, took)
        terms.tell(f"refused: {expected}, after {seconds(took)}")
    figures = {"ways": terms.times + 3, "slowest": seconds(slowest), "faults": faults or 0}
    return Verdict("refused", figures, not faults)


def _token_faults(place: Installation, token: str) -> list[str]:
    """A token is good at the server, whether it was issued before its start or beside it."""
    headers = {"authorization": f"Bearer {token}"}
    status = httpx.get(place.site + "/api/v1/units/VN", headers=headers, timeout=30).status_code
    return [] if status == 200 else [f"a token is answered {status}"]


def _start_on_taken(place: Installation, terms: Terms, faults: list[str]) -> list[float]:
    """Start a second server on the same data, and others on the same port; see the errors."""
    assert place.process
    other, same = terms.folder / "other", place.data
    whose = f"another process (pid {place.process.pid}) is already running on it"
    port = f"Cannot listen on 127.0.0.1, port {place.port}: Address already in use"
    took = [
        start_refused(same, 29_999, whose, faults),
        start_refused(other, place.port, port, faults),
        start_refused(other, place.port, port, faults, {}, "--workers", "2"),
    ]
    if other.exists():
        faults.append(f"something was made for a server that had no port: {list(other.iterdir())}")
    return took


def start_refused(
    data: Path, port: int, expected: str, faults: list[str],
    environment: Mapping[str, str] | None = None, *options: str,
) -> float:  # fmt: skip
    """Start a server that must refuse in these words; return how long that took."""
    begin = time.monotonic()
    words = (*Installation(data).command, "serve", "--port", str(port), "--data", str(data))
    run = subprocess.run(
        [*words, *options], env=surroundings(data.parent, **environment or {}), cwd=ROOT,
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    answer = run.stdout + run.stderr
    if run.returncode != 1 or expected not in answer:
        faults.append(f"exit code {run.returncode}, and no {expected!r} in {answer[-800:]!r}")
    if "Traceback" in answer or "hush" in answer:
        faults.append(f"too much is revealed: {answer[-800:]!r}")
    return time.monotonic() - begin
