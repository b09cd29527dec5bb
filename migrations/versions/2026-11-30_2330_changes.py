"""The feed of changes: where a record or a unit lay before, and since when the feed is whole."""

from alembic import op

from app.db.migration_scripts import run_script, run_statements

revision = "20261130_2330"
down_revision = "20261130_2200"
branch_labels = None
depends_on = None

TABLES = """
ALTER TABLE outbox ADD former_units UUID[] DEFAULT '{}' NOT NULL;
CREATE TABLE change_feed (
    single BOOLEAN DEFAULT true NOT NULL,
    era UUID DEFAULT gen_random_uuid() NOT NULL,
    forgotten_until BIGINT DEFAULT 0 NOT NULL,
    CONSTRAINT pk_change_feed PRIMARY KEY (single),
    CONSTRAINT ck_change_feed_one_row CHECK (single)
);
INSERT INTO change_feed DEFAULT VALUES;
"""
RIGHTS = """
GRANT SELECT ON change_feed TO binhyen_runtime;
REVOKE ALL ON FUNCTION announce_unit_move, forget_changes FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_changes TO binhyen_runtime;
CREATE TRIGGER announce_unit_move AFTER UPDATE ON unit FOR EACH ROW
    WHEN (OLD.province_id IS NOT NULL
      AND (OLD.province_id, OLD.district_id, OLD.commune_id, OLD.village_id)
        IS DISTINCT FROM (NEW.province_id, NEW.district_id, NEW.commune_id, NEW.village_id))
    EXECUTE FUNCTION announce_unit_move();
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_statements(TABLES)
    run_script("functions/announce_unit_move_v1.sql")
    run_script("functions/forget_changes_v1.sql")
    run_statements(RIGHTS)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_statements(
        "DROP TRIGGER announce_unit_move ON unit; "
        "DROP FUNCTION announce_unit_move, forget_changes; "
        "DROP TABLE change_feed; ALTER TABLE outbox DROP COLUMN former_units"
    )
