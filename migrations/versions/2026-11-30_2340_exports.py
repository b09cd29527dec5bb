"""Exports of lists as files."""

from alembic import op

from app.db.migration_scripts import run_statements

revision = "20261130_2340"
down_revision = "20261130_2330"
branch_labels = None
depends_on = None

TABLE = """
CREATE TABLE export (
    id UUID NOT NULL,
    unit_id UUID NOT NULL,
    resource VARCHAR(60) NOT NULL,
    format VARCHAR(32) NOT NULL,
    filters TEXT[] NOT NULL,
    fields TEXT[] NOT NULL,
    "order" VARCHAR(40) NOT NULL,
    labels BOOLEAN NOT NULL,
    state VARCHAR(32) NOT NULL,
    row_count INTEGER,
    size BIGINT,
    sha256 VARCHAR(64),
    failure VARCHAR(60),
    expires_at TIMESTAMPTZ NOT NULL,
    acting JSONB NOT NULL,
    province_id UUID, district_id UUID, commune_id UUID, village_id UUID,
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL, created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL, changed_by VARCHAR DEFAULT 'system' NOT NULL,
    CONSTRAINT pk_export PRIMARY KEY (id),
    CONSTRAINT fk_export_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit (id),
    CONSTRAINT ck_export_exportformat CHECK (format IN ('csv', 'xlsx', 'ndjson')),
    CONSTRAINT ck_export_exportstate CHECK (state IN ('waiting', 'ready', 'failed', 'expired'))
);
CREATE INDEX ix_export_commune_id_id ON export (commune_id, id);
CREATE INDEX ix_export_created_by_id ON export (created_by, id);
CREATE INDEX ix_export_district_id_id ON export (district_id, id);
CREATE INDEX ix_export_province_id_id ON export (province_id, id);
CREATE INDEX ix_export_state_expires_at ON export (state, expires_at);
CREATE INDEX ix_export_unit_id_id ON export (unit_id, id);
CREATE INDEX ix_export_village_id_id ON export (village_id, id);

CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON export
    FOR EACH ROW EXECUTE FUNCTION place_row();
GRANT SELECT, INSERT, UPDATE ON export TO binhyen_runtime;
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_statements(TABLE)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("DROP TABLE export")
