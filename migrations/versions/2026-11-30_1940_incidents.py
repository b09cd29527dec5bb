"""Incidents and their links."""

from alembic import op

from app.db.migration_scripts import run_script, run_statements

revision = "20261130_1940"
down_revision = "20261130_1930"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_script("tables/incidents.sql")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_statements("DROP TABLE incident_link; DROP TABLE incident")
