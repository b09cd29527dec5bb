"""The queue of jobs: procrastinate's own schema, and how the last run of a job failed."""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "20261122_6"
down_revision = "20261122_8"
branch_labels = None
depends_on = None

SCHEMA = Path(__file__).parents[1] / "procrastinate-3.10.0.sql"
TABLES = ("periodic_defers", "events", "jobs", "workers")
FUNCTIONS = (
    "defer_jobs_v1", "defer_periodic_job_v2", "finish_job_v1", "cancel_job_v1",
    "retry_job_v1", "retry_job_v2", "notify_queue_job_inserted_v1", "notify_queue_abort_job_v1",
    "trigger_function_status_events_insert_v1", "trigger_function_status_events_update_v1",
    "trigger_function_scheduled_events_v1", "trigger_abort_requested_events_procedure_v1",
    "unlink_periodic_defers_v1", "register_worker_v1", "unregister_worker_v1",
    "update_heartbeat_v1", "prune_stalled_workers_v1",
)  # fmt: skip
TYPES = ("job_to_defer_v1", "job_event_type", "job_status")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    _run(SCHEMA.read_text(encoding="utf-8"))
    op.create_table(
        "job_fault",
        sa.Column("job_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("error", sa.String(length=200), nullable=False),
        sa.Column(
            "at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["job_id"], ["procrastinate_jobs.id"], ondelete="CASCADE",
            name="fk_job_fault_job_id_procrastinate_jobs",
        ),
        sa.PrimaryKeyConstraint("job_id", name="pk_job_fault"),
    )  # fmt: skip


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table("job_fault")
    op.execute("DROP FUNCTION procrastinate_fetch_job_v2")  # it returns a row of the table
    # with the tables go their triggers, which need the other functions
    for kind, names in (("TABLE", TABLES), ("FUNCTION", FUNCTIONS), ("TYPE", TYPES)):
        op.execute(f"DROP {kind} {', '.join(f'procrastinate_{name}' for name in names)}")


def _run(script: str) -> None:
    """Many statements at once: only the driver's simple protocol takes them."""
    op.get_bind().connection.run_async(lambda driver: driver.execute(script))  # type: ignore[attr-defined]
