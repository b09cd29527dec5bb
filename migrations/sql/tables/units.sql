CREATE TABLE unit (
    id UUID NOT NULL,
    province_id UUID, district_id UUID, commune_id UUID, village_id UUID,
    level VARCHAR(32) NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL, created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL, changed_by VARCHAR DEFAULT 'system' NOT NULL,
    CONSTRAINT pk_unit PRIMARY KEY (id),
    CONSTRAINT ck_unit_unitlevel CHECK (level IN ('national', 'province', 'district', 'commune',
        'village'))
);

CREATE TABLE unit_parent (
    id UUID NOT NULL,
    unit_id UUID NOT NULL,
    hierarchy VARCHAR(32) NOT NULL,
    parent_id UUID NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE NOT NULL,
    CONSTRAINT pk_unit_parent PRIMARY KEY (id),
    CONSTRAINT fk_unit_parent_parent_id_unit FOREIGN KEY (parent_id) REFERENCES unit (id),
    CONSTRAINT fk_unit_parent_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit (id),
    CONSTRAINT ck_unit_parent_ends_after_it_begins CHECK (valid_from <= valid_to),
    CONSTRAINT ck_unit_parent_hierarchy CHECK (hierarchy IN ('administrative', 'police')),
    CONSTRAINT one_parent_a_day EXCLUDE USING gist (unit_id WITH =, hierarchy WITH =,
        daterange(valid_from, valid_to) WITH &&)
);
CREATE INDEX ix_unit_parent_parent_id_hierarchy ON unit_parent (parent_id, hierarchy);
CREATE INDEX ix_unit_parent_unit_id ON unit_parent (unit_id);

CREATE TABLE unit_reorganisation (
    id UUID NOT NULL,
    kind VARCHAR(32) NOT NULL,
    state VARCHAR(32) NOT NULL,
    title VARCHAR(300) NOT NULL,
    decision VARCHAR(200),
    effective_on DATE NOT NULL,
    unit_id UUID NOT NULL,
    plan JSONB NOT NULL,
    committed_at TIMESTAMPTZ,
    reverses_id UUID,
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL, created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL, changed_by VARCHAR DEFAULT 'system' NOT NULL,
    CONSTRAINT pk_unit_reorganisation PRIMARY KEY (id),
    CONSTRAINT fk_unit_reorganisation_reverses_id_unit_reorganisation FOREIGN KEY (reverses_id)
        REFERENCES unit_reorganisation (id),
    CONSTRAINT fk_unit_reorganisation_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit (id),
    CONSTRAINT ck_unit_reorganisation_committed_has_time CHECK ((state = 'draft') = (committed_at
        IS NULL)),
    CONSTRAINT ck_unit_reorganisation_reorganisationkind CHECK (kind IN ('reorganisation',
        'correction', 'reversal')),
    CONSTRAINT ck_unit_reorganisation_reorganisationstate CHECK (state IN ('draft', 'committed',
        'reversed'))
);
CREATE INDEX ix_unit_reorganisation_unit_id ON unit_reorganisation (unit_id);

CREATE TABLE unit_version (
    id UUID NOT NULL,
    unit_id UUID NOT NULL,
    level VARCHAR(32) NOT NULL,
    kind VARCHAR(32) NOT NULL,
    code VARCHAR(20),
    name VARCHAR(200) NOT NULL,
    full_name VARCHAR(250) NOT NULL,
    aliases TEXT[] NOT NULL,
    sort_key TEXT COLLATE "C" NOT NULL,
    search_key VARCHAR NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE NOT NULL,
    latitude FLOAT,
    longitude FLOAT,
    area_km2 FLOAT,
    CONSTRAINT pk_unit_version PRIMARY KEY (id),
    CONSTRAINT fk_unit_version_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit (id),
    CONSTRAINT ck_unit_version_ends_after_it_begins CHECK (valid_from <= valid_to),
    CONSTRAINT ck_unit_version_unitkind CHECK (kind IN ('country', 'province', 'city', 'district',
        'urban_district', 'town', 'provincial_city', 'commune', 'ward', 'township', 'special_zone',
        'village', 'hamlet', 'residential_group', 'quarter')),
    CONSTRAINT ck_unit_version_unitlevel CHECK (level IN ('national', 'province', 'district',
        'commune', 'village')),
    CONSTRAINT one_unit_a_code_a_day EXCLUDE USING gist (code WITH =, daterange(valid_from,
        valid_to) WITH &&) WHERE (code IS NOT NULL),
    CONSTRAINT one_version_a_day EXCLUDE USING gist (unit_id WITH =, daterange(valid_from,
        valid_to) WITH &&)
);
CREATE INDEX ix_unit_version_code ON unit_version (code);
CREATE INDEX ix_unit_version_code_unit_id ON unit_version (COALESCE(code, ''), unit_id);
CREATE INDEX ix_unit_version_level_code_unit_id ON unit_version (level, COALESCE(code, ''),
    unit_id);
CREATE INDEX ix_unit_version_level_sort_key_unit_id ON unit_version (level, sort_key, unit_id);
CREATE INDEX ix_unit_version_search_key ON unit_version USING gin (search_key gin_trgm_ops);
CREATE INDEX ix_unit_version_sort_key_unit_id ON unit_version (sort_key, unit_id);
CREATE INDEX ix_unit_version_unit_id ON unit_version (unit_id);

CREATE TABLE unit_succession (
    id UUID NOT NULL,
    from_id UUID NOT NULL,
    to_id UUID NOT NULL,
    effective_on DATE NOT NULL,
    share NUMERIC(7, 6),
    is_main BOOLEAN NOT NULL,
    derived BOOLEAN NOT NULL,
    decision VARCHAR,
    reorganisation_id UUID,
    CONSTRAINT pk_unit_succession PRIMARY KEY (id),
    CONSTRAINT fk_unit_succession_from_id_unit FOREIGN KEY (from_id) REFERENCES unit (id),
    CONSTRAINT fk_unit_succession_reorganisation_id_unit_reorganisation FOREIGN KEY
        (reorganisation_id) REFERENCES unit_reorganisation (id),
    CONSTRAINT fk_unit_succession_to_id_unit FOREIGN KEY (to_id) REFERENCES unit (id),
    CONSTRAINT ck_unit_succession_share_is_a_part CHECK (share > 0 AND share <= 1)
);
CREATE INDEX ix_unit_succession_to_id ON unit_succession (to_id);
CREATE UNIQUE INDEX uq_unit_succession_edge ON unit_succession (from_id, to_id, effective_on);
