CREATE TABLE retention_rule (
    id UUID NOT NULL,
    "of" VARCHAR(32) NOT NULL,
    valid_from DATE NOT NULL,
    months INTEGER NOT NULL,
    days INTEGER NOT NULL,
    basis VARCHAR(1000) NOT NULL,
    source VARCHAR(300) NOT NULL,
    certainty VARCHAR(20) NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL, created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL, changed_by VARCHAR DEFAULT 'system' NOT NULL,
    CONSTRAINT pk_retention_rule PRIMARY KEY (id),
    CONSTRAINT ck_retention_rule_retentionof CHECK ("of" IN ('tip', 'identity', 'notice'))
);
CREATE UNIQUE INDEX uq_retention_rule_of_valid_from ON retention_rule ("of", valid_from);

CREATE TABLE spent_work (
    hash BYTEA NOT NULL,
    expires_on DATE NOT NULL,
    CONSTRAINT pk_spent_work PRIMARY KEY (hash)
);

CREATE TABLE tip_count (
    position BIGINT NOT NULL,
    event VARCHAR(32) NOT NULL,
    unit_id UUID NOT NULL,
    month DATE NOT NULL,
    day DATE NOT NULL,
    leaf BYTEA NOT NULL,
    hash BYTEA NOT NULL,
    CONSTRAINT pk_tip_count PRIMARY KEY (position),
    CONSTRAINT uq_tip_count_leaf UNIQUE (leaf),
    CONSTRAINT fk_tip_count_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit (id),
    CONSTRAINT ck_tip_count_countedevent CHECK (event IN ('received', 'answered', 'late'))
);
CREATE INDEX ix_tip_count_unit_id ON tip_count (unit_id);

CREATE TABLE identity_request (
    id UUID NOT NULL,
    tip_id UUID NOT NULL,
    unit_id UUID NOT NULL,
    requested_by VARCHAR NOT NULL,
    requester_unit_id UUID NOT NULL,
    reason VARCHAR(2000) NOT NULL,
    state VARCHAR(32) NOT NULL,
    decided_by VARCHAR,
    decider_unit_id UUID,
    decided_at TIMESTAMPTZ,
    decision VARCHAR(2000),
    opens_until TIMESTAMPTZ,
    views INTEGER NOT NULL,
    first_opened_on DATE,
    province_id UUID, district_id UUID, commune_id UUID, village_id UUID,
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL, created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL, changed_by VARCHAR DEFAULT 'system' NOT NULL,
    CONSTRAINT pk_identity_request PRIMARY KEY (id),
    CONSTRAINT fk_identity_request_decider_unit_id_unit FOREIGN KEY (decider_unit_id) REFERENCES
        unit (id),
    CONSTRAINT fk_identity_request_requester_unit_id_unit FOREIGN KEY (requester_unit_id)
        REFERENCES unit (id),
    CONSTRAINT fk_identity_request_tip_id_tip FOREIGN KEY (tip_id) REFERENCES tip (id) ON DELETE
        CASCADE,
    CONSTRAINT fk_identity_request_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit (id),
    CONSTRAINT ck_identity_request_identityrequeststate CHECK (state IN ('requested', 'approved',
        'declined', 'withdrawn', 'expired'))
);
CREATE INDEX ix_identity_request_commune_id_id ON identity_request (commune_id, id);
CREATE INDEX ix_identity_request_district_id_id ON identity_request (district_id, id);
CREATE INDEX ix_identity_request_province_id_id ON identity_request (province_id, id);
CREATE INDEX ix_identity_request_unit_id_id ON identity_request (unit_id, id);
CREATE INDEX ix_identity_request_village_id_id ON identity_request (village_id, id);
CREATE UNIQUE INDEX uq_identity_request_open ON identity_request (tip_id, requested_by) WHERE state
    IN ('requested', 'approved');

CREATE TABLE kept_receipt (
    key_hash BYTEA NOT NULL,
    fingerprint BYTEA NOT NULL,
    sealed BYTEA NOT NULL,
    tip_id UUID NOT NULL,
    expires_on DATE NOT NULL,
    CONSTRAINT pk_kept_receipt PRIMARY KEY (key_hash),
    CONSTRAINT fk_kept_receipt_tip_id_tip FOREIGN KEY (tip_id) REFERENCES tip (id) ON DELETE
        CASCADE
);

CREATE TABLE tip_attachment (
    id UUID NOT NULL,
    tip_id UUID NOT NULL,
    media_type VARCHAR(60) NOT NULL,
    size INTEGER NOT NULL,
    sha256 VARCHAR(64) NOT NULL,
    sent_on DATE NOT NULL,
    keys JSONB NOT NULL,
    CONSTRAINT pk_tip_attachment PRIMARY KEY (id),
    CONSTRAINT fk_tip_attachment_tip_id_tip FOREIGN KEY (tip_id) REFERENCES tip (id) ON DELETE
        CASCADE
);
CREATE INDEX ix_tip_attachment_tip_id ON tip_attachment (tip_id);

CREATE TABLE tip_hold (
    id UUID NOT NULL,
    tip_id UUID NOT NULL,
    reason VARCHAR(2000) NOT NULL,
    document_id UUID NOT NULL,
    released_on DATE,
    release_reason VARCHAR(2000),
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL, created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL, changed_by VARCHAR DEFAULT 'system' NOT NULL,
    CONSTRAINT pk_tip_hold PRIMARY KEY (id),
    CONSTRAINT fk_tip_hold_document_id_document FOREIGN KEY (document_id) REFERENCES document (id),
    CONSTRAINT fk_tip_hold_tip_id_tip FOREIGN KEY (tip_id) REFERENCES tip (id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX uq_tip_hold_live ON tip_hold (tip_id) WHERE released_on IS NULL;

CREATE TABLE tip_identity (
    sealed BYTEA NOT NULL,
    keys JSONB NOT NULL,
    tip_id UUID NOT NULL,
    CONSTRAINT pk_tip_identity PRIMARY KEY (tip_id),
    CONSTRAINT fk_tip_identity_tip_id_tip FOREIGN KEY (tip_id) REFERENCES tip (id) ON DELETE
        CASCADE
);

CREATE TABLE tip_likeness (
    tip_id UUID NOT NULL,
    place SMALLINT NOT NULL,
    value BIGINT NOT NULL,
    CONSTRAINT pk_tip_likeness PRIMARY KEY (tip_id, place),
    CONSTRAINT fk_tip_likeness_tip_id_tip FOREIGN KEY (tip_id) REFERENCES tip (id) ON DELETE
        CASCADE
);
CREATE INDEX ix_tip_likeness_place_value ON tip_likeness (place, value);

CREATE TABLE tip_message (
    id UUID NOT NULL,
    tip_id UUID NOT NULL,
    number INTEGER NOT NULL,
    from_informant BOOLEAN NOT NULL,
    sent_on DATE NOT NULL,
    sent_by VARCHAR,
    sealed BYTEA NOT NULL,
    keys JSONB NOT NULL,
    CONSTRAINT pk_tip_message PRIMARY KEY (id),
    CONSTRAINT fk_tip_message_tip_id_tip FOREIGN KEY (tip_id) REFERENCES tip (id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX ix_tip_message_tip_id_number ON tip_message (tip_id, number);

CREATE TABLE tip_receipt (
    lookup BYTEA NOT NULL,
    tip_id UUID NOT NULL,
    public_key BYTEA NOT NULL,
    private_key BYTEA NOT NULL,
    CONSTRAINT pk_tip_receipt PRIMARY KEY (lookup),
    CONSTRAINT uq_tip_receipt_tip_id UNIQUE (tip_id),
    CONSTRAINT fk_tip_receipt_tip_id_tip FOREIGN KEY (tip_id) REFERENCES tip (id) ON DELETE CASCADE
);

CREATE TABLE tip_redaction (
    id UUID NOT NULL,
    tip_id UUID NOT NULL,
    begin INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    reason VARCHAR(500) NOT NULL,
    permanent BOOLEAN NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL, created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL, changed_by VARCHAR DEFAULT 'system' NOT NULL,
    CONSTRAINT pk_tip_redaction PRIMARY KEY (id),
    CONSTRAINT fk_tip_redaction_tip_id_tip FOREIGN KEY (tip_id) REFERENCES tip (id) ON DELETE
        CASCADE
);
CREATE INDEX ix_tip_redaction_tip_id_id ON tip_redaction (tip_id, id);

CREATE TABLE tip_text (
    sealed BYTEA NOT NULL,
    keys JSONB NOT NULL,
    tip_id UUID NOT NULL,
    CONSTRAINT pk_tip_text PRIMARY KEY (tip_id),
    CONSTRAINT fk_tip_text_tip_id_tip FOREIGN KEY (tip_id) REFERENCES tip (id) ON DELETE CASCADE
);
