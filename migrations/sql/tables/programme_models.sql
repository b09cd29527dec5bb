CREATE TABLE model_type (
    id UUID NOT NULL,
    code VARCHAR(60) NOT NULL,
    name VARCHAR(300) NOT NULL,
    aliases TEXT[] DEFAULT '{}' NOT NULL,
    field VARCHAR(32) DEFAULT 'security_order' NOT NULL,
    host_kind VARCHAR(32) NOT NULL,
    principles TEXT[] DEFAULT '{}' NOT NULL,
    description VARCHAR,
    source VARCHAR(500),
    sort_key TEXT COLLATE "C" NOT NULL,
    search_key VARCHAR NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL, created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL, changed_by VARCHAR DEFAULT 'system' NOT NULL,
    CONSTRAINT pk_model_type PRIMARY KEY (id),
    CONSTRAINT uq_model_type_code UNIQUE (code),
    CONSTRAINT ck_model_type_hostkind CHECK (host_kind IN ('territory', 'organisation', 'school',
        'hospital', 'clan', 'religious_community', 'online', 'cross_territory')),
    CONSTRAINT ck_model_type_modelfield CHECK (field IN ('security_order', 'fire_safety',
        'traffic_safety', 'mediation', 'reintegration', 'youth', 'family', 'digital', 'epidemic')),
    CONSTRAINT ck_model_type_principles_are_known CHECK (principles <@ ARRAY['self_prevention',
        'self_management', 'self_protection', 'self_mediation'])
);
CREATE INDEX ix_model_type_sort_key_id ON model_type (sort_key, id);

CREATE TABLE model (
    id UUID NOT NULL,
    type_id UUID NOT NULL,
    unit_id UUID NOT NULL,
    name VARCHAR(300) NOT NULL,
    state VARCHAR(32) NOT NULL,
    pilot BOOLEAN DEFAULT false NOT NULL,
    launched_on DATE,
    pledged_on DATE,
    households INTEGER,
    residents INTEGER,
    groups INTEGER,
    host_organisation VARCHAR(300),
    replicated_from_id UUID,
    approval_document_id UUID,
    last_active_on DATE,
    failed_reviews INTEGER DEFAULT 0 NOT NULL,
    at_work DATEMULTIRANGE DEFAULT '{}' NOT NULL,
    source VARCHAR(100) NOT NULL,
    reference VARCHAR(100),
    search_key VARCHAR NOT NULL,
    province_id UUID, district_id UUID, commune_id UUID, village_id UUID,
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL, created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL, changed_by VARCHAR DEFAULT 'system' NOT NULL,
    CONSTRAINT pk_model PRIMARY KEY (id),
    CONSTRAINT fk_model_replicated_from_id_model FOREIGN KEY (replicated_from_id) REFERENCES model
        (id),
    CONSTRAINT fk_model_type_id_model_type FOREIGN KEY (type_id) REFERENCES model_type (id),
    CONSTRAINT fk_model_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit (id),
    CONSTRAINT ck_model_at_work_by_state CHECK ((state IN ('launched', 'operating', 'under_review',
        'replicated')) = upper_inf(at_work) AND (state IN ('retired', 'suspended') OR (launched_on
        IS NOT NULL) = (state IN ('launched', 'operating', 'under_review', 'replicated')))),
    CONSTRAINT ck_model_counts_are_not_negative CHECK (households >= 0 AND residents >= 0 AND
        groups >= 0 AND failed_reviews >= 0),
    CONSTRAINT ck_model_launched_has_date CHECK (CASE WHEN launched_on IS NULL THEN
        isempty(at_work) AND state <> 'suspended' ELSE launched_on <= coalesce(lower(at_work),
        launched_on) AND last_active_on >= launched_on END),
    CONSTRAINT ck_model_modelstate CHECK (state IN ('proposed', 'surveyed', 'approved', 'pilot',
        'launched', 'operating', 'under_review', 'replicated', 'suspended', 'retired')),
    CONSTRAINT ck_model_no_copy_of_itself CHECK (replicated_from_id <> id)
);
CREATE INDEX ix_model_failed_reviews ON model (id) WHERE failed_reviews > 0;
CREATE INDEX ix_model_last_active_on ON model (last_active_on, id) WHERE state IN ('launched',
    'operating', 'under_review', 'replicated');
CREATE INDEX ix_model_launched_on_id ON model (launched_on, id);
CREATE INDEX ix_model_replicated_from_id_id ON model (replicated_from_id, id);
CREATE INDEX ix_model_search_key ON model USING gin (search_key gin_trgm_ops);
CREATE INDEX ix_model_state_id ON model (state, id);
CREATE INDEX ix_model_type_id_id ON model (type_id, id);
CREATE INDEX ix_model_unit_id ON model (unit_id);
CREATE UNIQUE INDEX uq_model_source_reference ON model (source, reference);

CREATE TABLE model_type_name (
    id UUID NOT NULL,
    type_id UUID NOT NULL,
    key VARCHAR(1000) NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL, created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL, changed_by VARCHAR DEFAULT 'system' NOT NULL,
    CONSTRAINT pk_model_type_name PRIMARY KEY (id),
    CONSTRAINT uq_model_type_name_key UNIQUE (key),
    CONSTRAINT fk_model_type_name_type_id_model_type FOREIGN KEY (type_id) REFERENCES model_type
        (id) ON DELETE CASCADE
);
CREATE INDEX ix_model_type_name_type_id ON model_type_name (type_id);

CREATE TABLE model_host (
    id UUID NOT NULL,
    model_id UUID NOT NULL,
    unit_id UUID NOT NULL,
    province_id UUID, district_id UUID, commune_id UUID, village_id UUID,
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL, created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL, changed_by VARCHAR DEFAULT 'system' NOT NULL,
    CONSTRAINT pk_model_host PRIMARY KEY (id),
    CONSTRAINT fk_model_host_model_id_model FOREIGN KEY (model_id) REFERENCES model (id) ON DELETE
        CASCADE,
    CONSTRAINT fk_model_host_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit (id)
);
CREATE INDEX ix_model_host_commune_id_model_id ON model_host (commune_id, model_id);
CREATE INDEX ix_model_host_district_id_model_id ON model_host (district_id, model_id);
CREATE INDEX ix_model_host_province_id_model_id ON model_host (province_id, model_id);
CREATE INDEX ix_model_host_unit_id_model_id ON model_host (unit_id, model_id);
CREATE INDEX ix_model_host_village_id_model_id ON model_host (village_id, model_id);
CREATE UNIQUE INDEX uq_model_host_model_id_unit_id ON model_host (model_id, unit_id);
