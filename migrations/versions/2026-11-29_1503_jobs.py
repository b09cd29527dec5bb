"""The queue of jobs: procrastinate's own schema, and the last fault of each job."""

from alembic import op

from app.db.migration_scripts import run_script

revision = "20261129_1503"
down_revision = "20261129_1502"
branch_labels = None
depends_on = None

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
    run_script("procrastinate-3.10.0.sql")
    run_script("tables/jobs.sql")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table("job_fault")
    op.execute("DROP FUNCTION procrastinate_fetch_job_v2")  # it returns a row of the table
    # with the tables go their triggers, which need the other functions
    for kind, names in (("TABLE", TABLES), ("FUNCTION", FUNCTIONS), ("TYPE", TYPES)):
        op.execute(f"DROP {kind} {', '.join(f'procrastinate_{name}' for name in names)}")
