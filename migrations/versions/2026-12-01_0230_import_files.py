"""Imports that a job reads, with their files; rows and files are seen with their import alone."""

from alembic import op

from app.db.migration_scripts import run_script, run_statements

revision = "20261201_0230"
down_revision = "20261201_0220"
branch_labels = None
depends_on = None

TABLES = """
ALTER TABLE data_import
    ADD COLUMN read_count INTEGER DEFAULT 0 NOT NULL,
    ADD COLUMN failure VARCHAR(60),
    ADD COLUMN message_vi VARCHAR,
    ADD COLUMN message_en VARCHAR;
ALTER TABLE data_import ALTER COLUMN read_count DROP DEFAULT;
UPDATE data_import SET read_count = row_count;

CREATE TABLE data_import_file (
    import_id UUID NOT NULL,
    content BYTEA,
    titles JSONB NOT NULL,
    CONSTRAINT pk_data_import_file PRIMARY KEY (import_id),
    CONSTRAINT fk_data_import_file_import_id_data_import
        FOREIGN KEY (import_id) REFERENCES data_import (id)
);
GRANT SELECT, INSERT, UPDATE ON data_import_file TO binhyen_runtime;
"""
STATES = """
ALTER TABLE data_import DROP CONSTRAINT ck_data_import_importstate;
ALTER TABLE data_import ADD CONSTRAINT ck_data_import_importstate CHECK (state IN ({states}));
"""
BEFORE = "'checking', 'previewed', 'committing', 'committed', 'voiding', 'voided'"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_statements(TABLES + STATES.format(states=f"'reading', {BEFORE}, 'failed'"))
    run_script("policies_of_imports.sql")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_statements(
        """
        DROP TABLE data_import_file;
        DROP POLICY with_import ON data_import_row;
        DROP POLICY owner_all ON data_import_row;
        ALTER TABLE data_import_row NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
        DROP FUNCTION visible_imports();
        UPDATE data_import SET state = 'voided' WHERE state IN ('reading', 'failed');
        ALTER TABLE data_import DROP COLUMN read_count, DROP COLUMN failure,
            DROP COLUMN message_vi, DROP COLUMN message_en;
        """
        + STATES.format(states=BEFORE)
    )
