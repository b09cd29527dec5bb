"""What each role of the database may do, table by table; runs last, and names every table."""

from alembic import op

revision = "20261122_10"
down_revision = "20261122_4"
branch_labels = None
depends_on = None

ROLES = ("binhyen_runtime", "binhyen_intake", "binhyen_auditor", "binhyen_sealer")
READ, ADD = "SELECT", "SELECT, INSERT"
CHANGE, ALL = "SELECT, INSERT, UPDATE", "SELECT, INSERT, UPDATE, DELETE"

# The application. What is not named here it cannot touch; what it only adds to, it cannot alter.
RUNTIME = {
    "alembic_version": READ,
    "unit": CHANGE,
    "unit_dated": READ,
    "unit_parent": CHANGE,
    "unit_reorganisation": CHANGE,
    "unit_succession": ALL,
    "unit_version": CHANGE,
    "model": CHANGE,
    "model_host": CHANGE,
    "model_type": CHANGE,
    "account": CHANGE,
    "client": CHANGE,
    "role_grant": CHANGE,
    "auth_session": ALL,
    "authorization_code": ALL,
    "refresh_token": ALL,
    "spent_assertion": ALL,
    "kept_answer": ALL,
    "invitation": CHANGE,
    "unknown_login": ALL,
    "calendar": CHANGE,
    "calendar_day": CHANGE,
    "deadline_rule": CHANGE,
    "deadline_extension_step": ADD,
    "deadline": CHANGE,
    "deadline_event": ADD,
    "transition": ADD,
    "outbox": ADD,
    "audit_entry": ADD,
    "audit_link": READ,
    "audit_seal": READ,
    "audit_waiting": READ,
    "job_fault": ALL,
    "procrastinate_events": ALL,
    "procrastinate_jobs": ALL,
    "procrastinate_periodic_defers": ALL,
    "procrastinate_workers": ALL,
}
SEALER = {
    "audit_entry": READ,
    "audit_link": ADD,
    "audit_seal": ADD,
    "audit_waiting": "SELECT, DELETE",
}
AUDITOR = {"audit_entry": READ, "audit_link": READ, "audit_seal": READ, "audit_waiting": READ}
SEQUENCES = (
    "procrastinate_events_id_seq",
    "procrastinate_jobs_id_seq",
    "procrastinate_periodic_defers_id_seq",
    "procrastinate_workers_id_seq",
)
GRANTS = {"binhyen_runtime": RUNTIME, "binhyen_sealer": SEALER, "binhyen_auditor": AUDITOR}


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for role in ROLES:
        op.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
    for role, tables in GRANTS.items():
        for table, rights in tables.items():
            op.execute(f"GRANT {rights} ON {table} TO {role}")
    op.execute(f"GRANT USAGE ON SEQUENCE {', '.join(SEQUENCES)} TO binhyen_runtime")
    op.execute("GRANT EXECUTE ON FUNCTION place_records TO binhyen_runtime")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("REVOKE ALL ON FUNCTION place_records FROM binhyen_runtime")
    op.execute(f"REVOKE ALL ON SEQUENCE {', '.join(SEQUENCES)} FROM binhyen_runtime")
    for role, tables in GRANTS.items():
        op.execute(f"REVOKE ALL ON {', '.join(tables)} FROM {role}")
    for role in ROLES:
        op.execute(f"REVOKE USAGE ON SCHEMA public FROM {role}")
