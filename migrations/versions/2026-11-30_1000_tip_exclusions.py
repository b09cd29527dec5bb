"""Tips keep every unit they exclude; functions and policies that no excluded unit passes."""

from alembic import op

from app.db.migration_scripts import SCRIPTS, list_created, run_script, run_statements

revision = "20261130_1000"
down_revision = "20261130_0930"
branch_labels = None
depends_on = None

# In this order: each is created after those that it calls.
FUNCTIONS = tuple(
    f"functions/{name}_v1.sql"
    for name in (
        "unit_origins", "unit_heirs", "subject_units", "actor_origins", "is_excluded",
        "is_tip_excluded", "excluded_moves", "reroute_tips", "count_misplaced",
    )
)  # fmt: skip
CHANGED = ("take_tip", "place_records")
RESTORE = """
ALTER TABLE tip ADD COLUMN excluded_unit_id UUID;
UPDATE tip SET excluded_unit_id = (
  SELECT u.id FROM unit u WHERE sha256(uuid_send(tip.id) || uuid_send(u.id)) = ANY (tip.excluded)
  LIMIT 1);
ALTER TABLE tip ADD CONSTRAINT fk_tip_excluded_unit_id_unit
  FOREIGN KEY (excluded_unit_id) REFERENCES unit (id);
"""
REFUSE = """
DO $$ BEGIN
  IF EXISTS (SELECT FROM tip WHERE cardinality(excluded) > 1
             OR excluded <> '{}' AND excluded_unit_id IS NULL) THEN
    RAISE EXCEPTION 'tips exclude units that the version before cannot keep from them';
  END IF;
END $$
"""

# The tests of place without the last condition, as protect_tips and protect_by_place wrote them.
FORMER_POLICIES = """
DO $$
DECLARE one record;
BEGIN
  FOR one IN
    SELECT polname, polrelid::regclass AS of_table FROM pg_policy
    WHERE polname LIKE 'by_place_%' AND polrelid::regclass::text
      IN ('tip', 'tip_transfer', 'tip_stub', 'identity_request')
  LOOP
    EXECUTE format('DROP POLICY %I ON %s', one.polname, one.of_table);
  END LOOP;
  PERFORM protect_tips('tip', '{SELECT,UPDATE}');
  PERFORM protect_tips('tip_transfer', '{SELECT,UPDATE}');
  PERFORM protect_tips('tip_stub', '{SELECT}');
  DROP POLICY seen_by_owner ON identity_request;
  DROP POLICY placed_by_owner ON identity_request;
  PERFORM protect_by_place(
    'identity_request', '{tip_officer,investigator,identity_custodian}', '{SELECT,UPDATE}');
END $$;
ALTER POLICY seen_insert ON tip_transfer WITH CHECK (
    EXISTS (SELECT FROM tip WHERE tip.id = tip_transfer.tip_id));
ALTER POLICY seen_insert ON tip_assignment WITH CHECK (
    EXISTS (SELECT FROM tip WHERE tip.id = tip_assignment.tip_id));
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_script("tip_exclusions.sql")
    op.execute("ALTER TABLE tip DROP COLUMN excluded_unit_id")
    for script in (*FUNCTIONS, *(f"functions/{name}_v2.sql" for name in CHANGED)):
        run_script(script)
    run_script("policies_of_exclusions.sql")


def downgrade() -> None:
    """Go back, unless a tip excludes units that the version before would not know."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_statements(RESTORE)
    run_statements(REFUSE)
    for name in CHANGED:
        before = (SCRIPTS / f"functions/{name}_v1.sql").read_text(encoding="utf-8")
        run_statements(before.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1))
    run_statements(FORMER_POLICIES)
    op.execute("DROP POLICY owner_select ON tip_assignment")
    op.execute("DROP POLICY owner_update ON tip_assignment")
    op.execute(f"DROP FUNCTION {list_created('FUNCTION', *FUNCTIONS)} CASCADE")
    op.execute("ALTER TABLE tip DROP COLUMN excluded")
