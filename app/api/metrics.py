"""Figures for Prometheus: of this process, of all processes of a server, of the database."""

import asyncio
import os
import time
from importlib.metadata import PackageNotFoundError, version

import structlog
from prometheus_client import CollectorRegistry, Gauge, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import REGISTRY

from app.api.deps import AppState
from app.db.errors import is_unavailable
from app.db.monitoring import Figures, read_figures
from app.db.schema_version import head_revision

LOG = structlog.get_logger()
FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # set where a server has several processes
CACHED = 5.0  # seconds between two readings of the figures of the database
EVERY = 2.0  # seconds between looks at the pools
POOLS = Gauge(
    "binhyen_pool_connections", "Connections of this server's pools", ["pool", "state"],
    multiprocess_mode="livesum",
)  # fmt: skip
_last: tuple[float, Figures | None] | None = None


async def render_metrics(app_state: AppState) -> bytes:
    """Render every figure."""
    own: CollectorRegistry = REGISTRY
    if os.environ.get(FOLDER):
        own = CollectorRegistry()
        MultiProcessCollector(own)  # type: ignore[no-untyped-call]
    else:
        look_at_pools(app_state)
    found = _of_database(await _read(app_state))
    return await asyncio.to_thread(_render, own, found)  # thousands of lines: requests go on


def _render(*registries: CollectorRegistry) -> bytes:
    return b"".join(map(generate_latest, registries))


async def watch_pools(app_state: AppState) -> None:
    """Look at the pools now and then: another process may answer for all of them."""
    while True:
        look_at_pools(app_state)
        await asyncio.sleep(EVERY)


def look_at_pools(app_state: AppState) -> None:
    """Note how many connections are in use, and how many are open."""
    reader, writer = app_state.reader, app_state.database.connections
    for name, pool in (("reads", reader.pool), ("audited_reads", reader.accounting)):
        POOLS.labels(name, "in_use").set(pool.get_size() - pool.get_idle_size())
        POOLS.labels(name, "open").set(pool.get_size())
        POOLS.labels(name, "limit").set(pool.get_max_size())
    POOLS.labels("writes", "in_use").set(writer.in_use)
    POOLS.labels("writes", "open").set(writer.open)
    POOLS.labels("writes", "limit").set(app_state.settings.pool_size)


async def _read(app_state: AppState) -> Figures | None:
    global _last
    if _last and time.monotonic() - _last[0] < CACHED:
        return _last[1]
    try:
        found = await read_figures(app_state.database)
    except Exception as error:
        if not is_unavailable(error):
            LOG.error("figures_unreadable", exc_info=error)
        found = None
    _last = (time.monotonic(), found)
    return found


def _of_database(figures: Figures | None) -> CollectorRegistry:
    """Return the figures that are the same whichever process tells them."""
    registry = CollectorRegistry()

    def set_gauge(name: str, meaning: str, value: float) -> None:
        Gauge(f"binhyen_{name}", meaning, registry=registry).set(value)

    build = Gauge("binhyen_build_info", "This version", ["version", "schema"], registry=registry)
    build.labels(_version(), head_revision() or "").set(1)
    set_gauge("database_up", "1 if the database answered", figures is not None)
    if figures is None:
        return registry
    jobs = Gauge("binhyen_queue_jobs", "Jobs in the queue", ["state"], registry=registry)
    for state in ("todo", "doing", "failed"):
        jobs.labels(state).set(figures.jobs.get(state, 0))
    set_gauge("queue_jobs_due", "Jobs that wait although their time has come", figures.jobs_due)
    set_gauge("deadlines_overdue", "Deadlines that were missed", figures.overdue)
    set_gauge("deadlines_unmarked", "Missed deadlines that no worker has marked yet",
         figures.overdue_unmarked)  # fmt: skip
    set_gauge("audit_waiting", "Entries of the audit that are not sealed yet", figures.seal_waiting)
    set_gauge("audit_seal_lag_seconds", "Age of the oldest of them", figures.seal_lag)
    return registry


def _version() -> str:
    try:
        return version("binhyen")
    except PackageNotFoundError:
        return "unknown"
