CREATE TABLE team (
    id UUID NOT NULL,
    kind VARCHAR(32) NOT NULL,
    unit_id UUID NOT NULL,
    name VARCHAR(300) NOT NULL,
    decision VARCHAR(200),
    state VARCHAR(32) NOT NULL,
    established_on DATE,
    dissolved_on DATE,
    counted_size INTEGER,
    source VARCHAR(100) NOT NULL,
    reference VARCHAR(100),
    search_key VARCHAR NOT NULL,
    province_id UUID, district_id UUID, commune_id UUID, village_id UUID,
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL, created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL, changed_by VARCHAR DEFAULT 'system' NOT NULL,
    CONSTRAINT pk_team PRIMARY KEY (id),
    CONSTRAINT fk_team_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit (id),
    CONSTRAINT ck_team_dissolved_has_date CHECK ((state = 'dissolved') = (dissolved_on IS NOT
        NULL)),
    CONSTRAINT ck_team_ends_after_it_begins CHECK (dissolved_on >= established_on),
    CONSTRAINT ck_team_established_has_date CHECK ((state IN ('proposed', 'declined')) =
        (established_on IS NULL)),
    CONSTRAINT ck_team_size_is_not_negative CHECK (counted_size >= 0),
    CONSTRAINT ck_team_teamkind CHECK (kind IN ('protection_team', 'people_security_group',
        'mediation_group', 'self_managed_group', 'civil_defence', 'ward_guard', 'youth_shock',
        'patrol_group', 'core_group')),
    CONSTRAINT ck_team_teamstate CHECK (state IN ('proposed', 'declined', 'established',
        'operating', 'reorganised', 'dissolved'))
);
CREATE INDEX ix_team_commune_id_id ON team (commune_id, id);
CREATE INDEX ix_team_district_id_id ON team (district_id, id);
CREATE INDEX ix_team_kind_id ON team (kind, id);
CREATE INDEX ix_team_province_id_id ON team (province_id, id);
CREATE INDEX ix_team_search_key ON team USING gin (search_key gin_trgm_ops);
CREATE INDEX ix_team_state_id ON team (state, id);
CREATE INDEX ix_team_unit_id_id ON team (unit_id, id);
CREATE INDEX ix_team_village_id_id ON team (village_id, id);
CREATE UNIQUE INDEX uq_team_source_reference ON team (source, reference);

CREATE TABLE team_size_rule (
    id UUID NOT NULL,
    unit_id UUID NOT NULL,
    kind VARCHAR(32) NOT NULL,
    least INTEGER NOT NULL,
    most INTEGER NOT NULL,
    deputies INTEGER NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE NOT NULL,
    basis VARCHAR(300) NOT NULL,
    certainty VARCHAR(32) NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL, created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL, changed_by VARCHAR DEFAULT 'system' NOT NULL,
    CONSTRAINT pk_team_size_rule PRIMARY KEY (id),
    CONSTRAINT fk_team_size_rule_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit (id),
    CONSTRAINT ck_team_size_rule_certainty CHECK (certainty IN ('verified', 'read', 'memory',
        'projected')),
    CONSTRAINT ck_team_size_rule_deputies_are_members CHECK (deputies >= 0 AND deputies < most),
    CONSTRAINT ck_team_size_rule_ends_after_it_begins CHECK (valid_from <= valid_to),
    CONSTRAINT ck_team_size_rule_least_is_not_above_most CHECK (least >= 1 AND least <= most),
    CONSTRAINT ck_team_size_rule_teamkind CHECK (kind IN ('protection_team',
        'people_security_group', 'mediation_group', 'self_managed_group', 'civil_defence',
        'ward_guard', 'youth_shock', 'patrol_group', 'core_group')),
    CONSTRAINT one_rule_a_day EXCLUDE USING gist (unit_id WITH =, kind WITH =,
        daterange(valid_from, valid_to) WITH &&)
);
CREATE INDEX ix_team_size_rule_unit_id_kind ON team_size_rule (unit_id, kind);

CREATE TABLE team_equipment (
    id UUID NOT NULL,
    team_id UUID NOT NULL,
    kind VARCHAR(100) NOT NULL,
    condition VARCHAR(32) NOT NULL,
    count INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL, created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL, changed_by VARCHAR DEFAULT 'system' NOT NULL,
    CONSTRAINT pk_team_equipment PRIMARY KEY (id),
    CONSTRAINT fk_team_equipment_team_id_team FOREIGN KEY (team_id) REFERENCES team (id) ON DELETE
        CASCADE,
    CONSTRAINT ck_team_equipment_condition CHECK (condition IN ('good', 'worn', 'broken')),
    CONSTRAINT ck_team_equipment_there_is_some CHECK (count > 0)
);
CREATE UNIQUE INDEX uq_team_equipment_one_line ON team_equipment (team_id, kind, condition);
