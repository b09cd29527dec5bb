"""The roles of the database, what each may do, and row-level security."""

from alembic import op

from app.db.migration_scripts import run_script, run_statements

revision = "20261129_1504"
down_revision = "20261129_1503"
branch_labels = None
depends_on = None

ROLES = ", ".join(
    f"binhyen_{name}"
    for name in ("runtime", "intake", "auditor", "sealer", "informant", "vault", "keeper")
)
# What is granted and protected today is taken back, whichever later migration granted it.
UNPROTECT = """
DO $$
DECLARE one record;
BEGIN
  FOR one IN SELECT policyname, tablename FROM pg_policies WHERE schemaname = 'public' LOOP
    EXECUTE format('DROP POLICY %I ON %I', one.policyname, one.tablename);
  END LOOP;
  FOR one IN
    SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relrowsecurity
  LOOP
    EXECUTE format('ALTER TABLE %I DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY',
                   one.relname);
  END LOOP;
END $$
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for script in ("roles.sql", "grants.sql", "policies.sql"):
        run_script(script)


def downgrade() -> None:
    """Take everything back; the roles stay, for other databases of this server may use them."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_statements(UNPROTECT)
    for kind in ("TABLES", "SEQUENCES", "FUNCTIONS"):
        op.execute(f"REVOKE ALL ON ALL {kind} IN SCHEMA public FROM {ROLES}")
    op.execute(f"REVOKE USAGE ON SCHEMA public FROM {ROLES}")
