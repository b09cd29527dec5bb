"""Imports of files, and the outcome of each row."""

from alembic import op

from app.db.migration_scripts import run_statements

revision = "20261130_2200"
down_revision = "20261130_2140"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE data_import (
    id UUID NOT NULL,
    unit_id UUID NOT NULL,
    resource VARCHAR(60) NOT NULL,
    create_permission VARCHAR(60) NOT NULL,
    void_permission VARCHAR(60) NOT NULL,
    media_type VARCHAR(120) NOT NULL,
    sha256 VARCHAR(64) NOT NULL,
    state VARCHAR(32) NOT NULL,
    row_count INTEGER NOT NULL,
    done_count INTEGER NOT NULL,
    created_count INTEGER NOT NULL,
    refused_count INTEGER NOT NULL,
    voided_count INTEGER NOT NULL,
    plan_hash VARCHAR(64),
    skip_faults BOOLEAN NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    acting JSONB NOT NULL,
    province_id UUID, district_id UUID, commune_id UUID, village_id UUID,
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL, created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL, changed_by VARCHAR DEFAULT 'system' NOT NULL,
    CONSTRAINT pk_data_import PRIMARY KEY (id),
    CONSTRAINT fk_data_import_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit (id),
    CONSTRAINT ck_data_import_importstate CHECK (state IN
        ('checking', 'previewed', 'committing', 'committed', 'voiding', 'voided'))
);
CREATE INDEX ix_data_import_commune_id_id ON data_import (commune_id, id);
CREATE INDEX ix_data_import_district_id_id ON data_import (district_id, id);
CREATE INDEX ix_data_import_expires_at ON data_import (expires_at);
CREATE INDEX ix_data_import_province_id_id ON data_import (province_id, id);
CREATE INDEX ix_data_import_unit_id_id ON data_import (unit_id, id);
CREATE INDEX ix_data_import_village_id_id ON data_import (village_id, id);

CREATE TABLE data_import_row (
    id UUID NOT NULL,
    import_id UUID NOT NULL,
    number INTEGER NOT NULL,
    sheet VARCHAR(200),
    row_number INTEGER NOT NULL,
    state VARCHAR(32) NOT NULL,
    record_id UUID,
    cells JSONB,
    columns JSONB,
    faults JSONB,
    field VARCHAR,
    cell_column VARCHAR,
    cell_value VARCHAR,
    code VARCHAR,
    message_vi VARCHAR,
    message_en VARCHAR,
    CONSTRAINT pk_data_import_row PRIMARY KEY (id),
    CONSTRAINT fk_data_import_row_import_id_data_import
        FOREIGN KEY (import_id) REFERENCES data_import (id),
    CONSTRAINT ck_data_import_row_importrowstate CHECK (state IN
        ('waiting', 'ready', 'refused', 'created', 'voided'))
);
CREATE INDEX ix_data_import_row_import_id_state_number
    ON data_import_row (import_id, state, number);
CREATE UNIQUE INDEX uq_data_import_row_import_id_number ON data_import_row (import_id, number);

CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON data_import
    FOR EACH ROW EXECUTE FUNCTION place_row();
GRANT SELECT, INSERT, UPDATE ON data_import, data_import_row TO binhyen_runtime;
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_statements(TABLES)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("DROP TABLE data_import_row, data_import")
