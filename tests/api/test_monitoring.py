"""Figures for monitors, readiness beside newer code, and full disks."""

import re
from collections.abc import Iterator
from uuid import UUID

import pytest

from app.db.disk_space import forget_full
from app.db.monitoring import seconds_since
from app.domain.actor import Role
from app.domain.health import is_ready
from tests.application import LOG, Application, runner
from tests.databases import run
from tests.give import Country

NAMES = (
    "binhyen_build_info", "binhyen_database_up", "binhyen_queue_jobs", "binhyen_queue_jobs_due",
    "binhyen_deadlines_overdue", "binhyen_deadlines_unmarked", "binhyen_audit_waiting",
    "binhyen_audit_seal_lag_seconds", "binhyen_pool_connections", "binhyen_unavailable_total",
    "binhyen_requests_total", "binhyen_request_seconds_bucket",
)  # fmt: skip


def test_a_monitor_learns_of_everything_that_can_wait_or_fail(application: Application) -> None:
    application.nobody.get("/health/ready")
    told = application.nobody.get("/metrics").text
    missing = [name for name in NAMES if not re.search(rf"^(# HELP )?{name}\b", told, re.MULTILINE)]
    assert not missing
    assert re.search(r"^binhyen_database_up 1", told, re.MULTILINE)


def test_every_figure_of_the_alert_rules_and_the_dashboard_exists(
    application: Application,
) -> None:
    from tests.docs.findings import ROOT

    told = application.nobody.get("/metrics").text
    told += "binhyen_jobs_total binhyen_job_seconds"  # appear once a job has run
    for file in ("prometheus/alerts.yml", "grafana/dashboard.json"):
        text = (ROOT / "deploy" / file).read_text(encoding="utf-8")
        used = set(re.findall(r"binhyen_\w+", text))
        assert used
        assert not {name for name in used if name not in told}, file


@pytest.mark.parametrize(
    ("found", "ready"), [("29990101_0000", True), ("20261129_1501", False), (None, False)]
)
def test_a_schema_of_newer_code_leaves_the_old_ready_and_an_older_one_does_not(
    found: str | None, ready: bool
) -> None:
    class Reader:
        async def schema_version(self) -> str | None:
            return found

    assert runner().run(is_ready(Reader())) is ready  # type: ignore[arg-type]


@pytest.fixture
def full(spare: tuple[Application, Country]) -> Iterator[Application]:
    """A database whose disk is full for new model types."""
    url = spare[0].app.state.resources.settings.write_dsn
    fail = "BEGIN RAISE EXCEPTION 'no space' USING ERRCODE = 'disk_full'; END"
    runner().run(run(url, f"CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS $${fail}$$"))
    trigger = "CREATE TRIGGER fill BEFORE INSERT ON model_type EXECUTE FUNCTION fill()"
    runner().run(run(url, trigger))
    yield spare[0]
    runner().run(run(url, "DROP FUNCTION fill CASCADE"))
    forget_full()


def test_a_full_disk_is_503_not_ready_and_in_the_log(full: Application) -> None:
    admin = full.national(Role.UNIT_ADMIN, Role.APPROVER)
    kind = {"code": "day_dia", "name": "Đầy đĩa"}
    answer = admin.post("/api/v1/model-types", kind)
    assert answer.status_code == 503, answer.text
    assert answer.json()["code"] == "disk_full"
    assert int(answer.headers["retry-after"]) >= 30
    mutation = 'mutation { createModelType(data: {code: "day_dia", name: "Đầy"}) { id } }'
    assert admin.ask(mutation)["errors"][0]["extensions"]["code"] == "disk_full"
    assert full.nobody.get("/health/ready").status_code == 503
    assert '"where": "database"' in LOG.getvalue()
    assert 'binhyen_unavailable_total{cause="disk_full"}' in full.nobody.get("/metrics").text
    forget_full()
    assert full.nobody.get("/health/ready").status_code == 200


def test_the_lag_of_a_seal_is_the_age_of_an_id() -> None:
    assert seconds_since(None) == 0
    assert seconds_since(UUID(int=7)) == 0
    assert seconds_since(UUID("01890a5d-ac96-774b-bcce-b302099a8057")) > 1e6
