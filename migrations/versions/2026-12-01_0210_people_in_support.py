"""People in support, for figures: whether they have a job, and whether their life is stable."""

from alembic import op

from app.db.migration_scripts import run_script, run_statements

revision = "20261201_0210"
down_revision = "20261201_0200"
branch_labels = None
depends_on = None

# the view reads as its owner does, on whom the policies of these tables are forced
READ = ("reintegration_support", "reintegration_need")
VIEW = "reintegration_support_tally"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in READ:
        run_statements(
            f"CREATE POLICY owner_select ON {table} FOR SELECT TO CURRENT_USER USING (true)"
        )
    run_script(f"views/{VIEW}_v1.sql")
    run_statements("GRANT SELECT ON reintegration_support_tally TO binhyen_runtime;")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_statements(f"DROP VIEW {VIEW}")
    for table in READ:
        run_statements(f"DROP POLICY owner_select ON {table}")
