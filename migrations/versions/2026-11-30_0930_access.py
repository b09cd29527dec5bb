"""Consent, recovery codes, grants that wait for a second person, and the mark of a demo."""

from alembic import op

from app.db.migration_scripts import run_statements

revision = "20261130_0930"
down_revision = "20261129_1505"
branch_labels = None
depends_on = None

UP = """
ALTER TABLE client ADD COLUMN opened_to_id UUID
    CONSTRAINT fk_client_opened_to_id_unit REFERENCES unit (id);
ALTER TABLE client ADD COLUMN opened_scopes TEXT[] DEFAULT '{}' NOT NULL;
ALTER TABLE account ADD COLUMN recovery_codes BYTEA;
ALTER TABLE role_grant DROP CONSTRAINT ck_role_grant_grantstate;
ALTER TABLE role_grant ADD CONSTRAINT ck_role_grant_grantstate
    CHECK (state IN ('proposed', 'active', 'waiting', 'revoked'));
CREATE TABLE demo_mark (
    marked_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT pk_demo_mark PRIMARY KEY (marked_at)
);
GRANT SELECT, INSERT ON demo_mark TO binhyen_runtime;
CREATE POLICY own_acts_in_villages ON audit_entry AS RESTRICTIVE FOR SELECT TO binhyen_runtime
    USING ((SELECT current_setting('binhyen.level', true)) IS DISTINCT FROM 'village'
           OR subject = (SELECT current_setting('binhyen.subject', true)));
"""

# a grant that nobody has confirmed gives nothing: without the state, it is revoked
DOWN = """
DROP POLICY own_acts_in_villages ON audit_entry;
DROP TABLE demo_mark;
UPDATE role_grant SET state = 'revoked', version = version + 1 WHERE state = 'proposed';
ALTER TABLE role_grant DROP CONSTRAINT ck_role_grant_grantstate;
ALTER TABLE role_grant ADD CONSTRAINT ck_role_grant_grantstate
    CHECK (state IN ('active', 'waiting', 'revoked'));
ALTER TABLE account DROP COLUMN recovery_codes;
ALTER TABLE client DROP COLUMN opened_scopes;
ALTER TABLE client DROP COLUMN opened_to_id;
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_statements(UP)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_statements(DOWN)
