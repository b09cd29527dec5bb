CREATE TABLE document (
    id UUID NOT NULL,
    unit_id UUID NOT NULL,
    kind VARCHAR(32) NOT NULL,
    number VARCHAR(30),
    symbol VARCHAR(60),
    title VARCHAR(1000) NOT NULL,
    issued_on DATE,
    issued_year INTEGER,
    in_force_on DATE,
    issuer VARCHAR(300) NOT NULL,
    issuer_eid VARCHAR(35),
    signer_position VARCHAR(300),
    level VARCHAR(32) NOT NULL,
    period_from INTEGER,
    period_to INTEGER,
    state VARCHAR(32) NOT NULL,
    source VARCHAR(300),
    search_key VARCHAR NOT NULL,
    province_id UUID, district_id UUID, commune_id UUID, village_id UUID,
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL, created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL, changed_by VARCHAR DEFAULT 'system' NOT NULL,
    CONSTRAINT pk_document PRIMARY KEY (id),
    CONSTRAINT fk_document_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit (id),
    CONSTRAINT ck_document_documentkind CHECK (kind IN ('law', 'decree', 'circular', 'resolution',
        'decision', 'directive', 'plan', 'programme', 'guidance', 'report', 'notice',
        'official_letter', 'other')),
    CONSTRAINT ck_document_documentstate CHECK (state IN ('draft', 'submitted', 'signed', 'issued',
        'amended', 'replaced', 'repealed')),
    CONSTRAINT ck_document_in_force_after_issue CHECK (in_force_on >= issued_on),
    CONSTRAINT ck_document_period_begins_before_it_ends CHECK (period_from <= period_to AND
        period_from >= 1900 AND period_to <= 2200),
    CONSTRAINT ck_document_unitlevel CHECK (level IN ('national', 'province', 'district',
        'commune', 'village')),
    CONSTRAINT ck_document_year_is_that_of_the_date CHECK (issued_year IS NOT DISTINCT FROM
        CAST(EXTRACT(year FROM issued_on) AS integer))
);
CREATE INDEX ix_document_commune_id_id ON document (commune_id, id);
CREATE INDEX ix_document_district_id_id ON document (district_id, id);
CREATE INDEX ix_document_issued_on_id ON document (issued_on, id);
CREATE INDEX ix_document_kind_id ON document (kind, id);
CREATE INDEX ix_document_province_id_id ON document (province_id, id);
CREATE INDEX ix_document_search_key ON document USING gin (search_key gin_trgm_ops);
CREATE INDEX ix_document_unit_id_id ON document (unit_id, id);
CREATE INDEX ix_document_village_id_id ON document (village_id, id);
CREATE UNIQUE INDEX uq_document_numbered ON document (issuer_eid, number, symbol, issued_year)
    WHERE issuer_eid IS NOT NULL AND number IS NOT NULL AND symbol IS NOT NULL AND issued_year IS
    NOT NULL;

CREATE TABLE attachment (
    id UUID NOT NULL,
    document_id UUID NOT NULL,
    file_name VARCHAR(200) NOT NULL,
    media_type VARCHAR(100) NOT NULL,
    size INTEGER NOT NULL,
    sha256 VARCHAR(64) NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL, created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL, changed_by VARCHAR DEFAULT 'system' NOT NULL,
    CONSTRAINT pk_attachment PRIMARY KEY (id),
    CONSTRAINT fk_attachment_document_id_document FOREIGN KEY (document_id) REFERENCES document
        (id),
    CONSTRAINT ck_attachment_is_not_empty CHECK (size > 0),
    CONSTRAINT ck_attachment_sha256_is_one CHECK (sha256 ~ '^[0-9a-f]{64}$')
);
CREATE INDEX ix_attachment_document_id_id ON attachment (document_id, id);
CREATE INDEX ix_attachment_sha256_id ON attachment (sha256, id);
CREATE UNIQUE INDEX uq_attachment_document_id_sha256_file_name ON attachment (document_id, sha256,
    file_name);

CREATE TABLE document_link (
    id UUID NOT NULL,
    document_id UUID NOT NULL,
    earlier_id UUID NOT NULL,
    relation VARCHAR(32) NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL, created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL, changed_by VARCHAR DEFAULT 'system' NOT NULL,
    CONSTRAINT pk_document_link PRIMARY KEY (id),
    CONSTRAINT fk_document_link_document_id_document FOREIGN KEY (document_id) REFERENCES document
        (id) ON DELETE CASCADE,
    CONSTRAINT fk_document_link_earlier_id_document FOREIGN KEY (earlier_id) REFERENCES document
        (id),
    CONSTRAINT ck_document_link_never_to_itself CHECK (document_id <> earlier_id),
    CONSTRAINT ck_document_link_relation CHECK (relation IN ('amends', 'replaces', 'repeals'))
);
CREATE INDEX ix_document_link_earlier_id_id ON document_link (earlier_id, id);
CREATE UNIQUE INDEX uq_document_link_document_id_earlier_id ON document_link (document_id,
    earlier_id);
