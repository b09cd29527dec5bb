"""Room on the pages of records, so that a row that moves with the map stays on its page."""

from alembic import op

from app.db.migration_scripts import run_statements

revision = "20261130_2012"
down_revision = "20261130_2011"
branch_labels = None
depends_on = None

# Records, not their logs. Pages that are full already are left as they are.
EACH = """
DO $$
DECLARE placed regclass;
BEGIN
  FOR placed IN
    SELECT t.tgrelid FROM pg_trigger t JOIN pg_attribute a ON a.attrelid = t.tgrelid
    WHERE t.tgfoid = 'public.place_row'::regproc AND a.attname = 'created_by'
  LOOP
    EXECUTE format('ALTER TABLE %s {change}', placed);
  END LOOP;
END $$;
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_statements(EACH.replace("{change}", "SET (fillfactor = 85)"))


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_statements(EACH.replace("{change}", "RESET (fillfactor)"))
