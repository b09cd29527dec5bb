CREATE TABLE kept_answer (
    principal VARCHAR NOT NULL,
    key_hash BYTEA NOT NULL,
    fingerprint BYTEA NOT NULL,
    status INTEGER NOT NULL,
    headers JSONB NOT NULL,
    body BYTEA NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT pk_kept_answer PRIMARY KEY (principal, key_hash)
);
CREATE INDEX ix_kept_answer_expires_at ON kept_answer (expires_at);

CREATE TABLE transition (
    id UUID NOT NULL,
    recorded_at TIMESTAMPTZ DEFAULT now() NOT NULL,
    resource VARCHAR(60) NOT NULL,
    resource_id UUID NOT NULL,
    action VARCHAR(40) NOT NULL,
    from_state VARCHAR(40) NOT NULL,
    to_state VARCHAR(40) NOT NULL,
    effective_on DATE NOT NULL,
    reason VARCHAR,
    document_id UUID,
    recorded_by VARCHAR NOT NULL,
    client VARCHAR(100) NOT NULL,
    CONSTRAINT pk_transition PRIMARY KEY (id)
);
CREATE INDEX ix_transition_resource_id_id ON transition (resource_id, id);

CREATE TABLE audit_entry (
    id UUID NOT NULL,
    recorded_at TIMESTAMPTZ DEFAULT now() NOT NULL,
    act VARCHAR(32) NOT NULL,
    operation VARCHAR(80) NOT NULL,
    resource VARCHAR(60) NOT NULL,
    resource_id UUID,
    version INTEGER,
    fields TEXT[] NOT NULL,
    reason VARCHAR,
    detail VARCHAR,
    subject VARCHAR NOT NULL,
    client VARCHAR(100) NOT NULL,
    session_id UUID,
    roles TEXT[] NOT NULL,
    actor_unit_id UUID,
    purpose VARCHAR(60),
    request_id VARCHAR(64),
    unit_id UUID,
    province_id UUID, district_id UUID, commune_id UUID, village_id UUID,
    CONSTRAINT pk_audit_entry PRIMARY KEY (id),
    CONSTRAINT fk_audit_entry_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit (id),
    CONSTRAINT ck_audit_entry_act CHECK (act IN ('create', 'change', 'transition', 'read',
        'security'))
);
CREATE INDEX ix_audit_entry_commune_id_id ON audit_entry (commune_id, id);
CREATE INDEX ix_audit_entry_district_id_id ON audit_entry (district_id, id);
CREATE INDEX ix_audit_entry_province_id_id ON audit_entry (province_id, id);
CREATE INDEX ix_audit_entry_recorded_at ON audit_entry USING brin (recorded_at);
CREATE INDEX ix_audit_entry_resource_and_id ON audit_entry (resource, id);
CREATE INDEX ix_audit_entry_resource_id_id ON audit_entry (resource_id, id);
CREATE INDEX ix_audit_entry_subject_id ON audit_entry (subject, id);
CREATE INDEX ix_audit_entry_unit_id_id ON audit_entry (unit_id, id);
CREATE INDEX ix_audit_entry_village_id_id ON audit_entry (village_id, id);

CREATE TABLE outbox (
    id UUID NOT NULL,
    recorded_at TIMESTAMPTZ DEFAULT now() NOT NULL,
    resource VARCHAR(60) NOT NULL,
    resource_id UUID NOT NULL,
    act VARCHAR(32) NOT NULL,
    version INTEGER NOT NULL,
    fields TEXT[] NOT NULL,
    unit_id UUID,
    transaction_id BIGINT DEFAULT (pg_current_xact_id()::text)::bigint NOT NULL,
    province_id UUID, district_id UUID, commune_id UUID, village_id UUID,
    CONSTRAINT pk_outbox PRIMARY KEY (id),
    CONSTRAINT fk_outbox_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit (id),
    CONSTRAINT ck_outbox_act CHECK (act IN ('create', 'change', 'transition', 'read', 'security'))
);
CREATE INDEX ix_outbox_resource_id_version ON outbox (resource_id, version);
CREATE INDEX ix_outbox_transaction_id_id ON outbox (transaction_id, id);
