CREATE TABLE sync_operation (
    subject VARCHAR NOT NULL,
    id UUID NOT NULL,
    digest BYTEA NOT NULL,
    received_at TIMESTAMPTZ NOT NULL,
    result JSONB,
    CONSTRAINT pk_sync_operation PRIMARY KEY (subject, id)
);
CREATE INDEX ix_sync_operation_received_at ON sync_operation (received_at);

CREATE TABLE sync_conflict (
    id UUID NOT NULL,
    unit_id UUID NOT NULL,
    operation_id UUID NOT NULL,
    resource VARCHAR(60) NOT NULL,
    record_id UUID NOT NULL,
    field VARCHAR(60) NOT NULL,
    value_permission VARCHAR(60) NOT NULL,
    change_permission VARCHAR(60) NOT NULL,
    base JSONB,
    mine JSONB NOT NULL,
    theirs JSONB,
    base_version INTEGER NOT NULL,
    their_version INTEGER NOT NULL,
    client_time TIMESTAMPTZ NOT NULL,
    state VARCHAR(32) NOT NULL,
    choice VARCHAR(32),
    province_id UUID, district_id UUID, commune_id UUID, village_id UUID,
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL, created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL, changed_by VARCHAR DEFAULT 'system' NOT NULL,
    CONSTRAINT pk_sync_conflict PRIMARY KEY (id),
    CONSTRAINT fk_sync_conflict_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit (id),
    CONSTRAINT ck_sync_conflict_conflictstate CHECK (state IN ('open', 'resolved')),
    CONSTRAINT ck_sync_conflict_conflictchoice CHECK (choice IN ('theirs', 'mine', 'other')),
    CONSTRAINT ck_sync_conflict_resolved_has_choice
        CHECK ((state = 'resolved') = (choice IS NOT NULL))
);
CREATE INDEX ix_sync_conflict_record_id_field ON sync_conflict (record_id, field);
CREATE INDEX ix_sync_conflict_commune_id_id ON sync_conflict (commune_id, id);
CREATE INDEX ix_sync_conflict_district_id_id ON sync_conflict (district_id, id);
CREATE INDEX ix_sync_conflict_province_id_id ON sync_conflict (province_id, id);
CREATE INDEX ix_sync_conflict_unit_id_id ON sync_conflict (unit_id, id);
CREATE INDEX ix_sync_conflict_village_id_id ON sync_conflict (village_id, id);

CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON sync_conflict
    FOR EACH ROW EXECUTE FUNCTION place_row();
GRANT SELECT, INSERT, UPDATE ON sync_conflict TO binhyen_runtime;
GRANT SELECT, INSERT, UPDATE, DELETE ON sync_operation TO binhyen_runtime;
