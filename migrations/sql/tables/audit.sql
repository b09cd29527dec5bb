CREATE TABLE audit_waiting (
    entry_id UUID NOT NULL,
    CONSTRAINT pk_audit_waiting PRIMARY KEY (entry_id)
);

CREATE TABLE audit_link (
    position BIGINT NOT NULL,
    entry_id UUID NOT NULL,
    hash BYTEA NOT NULL,
    CONSTRAINT pk_audit_link PRIMARY KEY (position),
    CONSTRAINT uq_audit_link_entry_id UNIQUE (entry_id),
    CONSTRAINT fk_audit_link_entry_id_audit_entry FOREIGN KEY (entry_id) REFERENCES audit_entry
        (id)
);

CREATE TABLE audit_seal (
    position BIGINT NOT NULL,
    entries INTEGER NOT NULL,
    head BYTEA NOT NULL,
    signature BYTEA NOT NULL,
    key_id VARCHAR(100) NOT NULL,
    sealed_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT pk_audit_seal PRIMARY KEY (position),
    CONSTRAINT fk_audit_seal_position_audit_link FOREIGN KEY (position) REFERENCES audit_link
        (position)
);
