CREATE TABLE organisation (
    province_id UUID, district_id UUID, commune_id UUID, village_id UUID,
    id UUID NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL,
    created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL,
    changed_by VARCHAR DEFAULT 'system' NOT NULL,
    unit_id UUID NOT NULL,
    kind VARCHAR(32) NOT NULL,
    name VARCHAR(300) NOT NULL,
    state VARCHAR(32) NOT NULL,
    active_from DATE,
    active_to DATE,
    source VARCHAR(300),
    search_key VARCHAR NOT NULL,
    CONSTRAINT pk_organisation PRIMARY KEY (id),
    CONSTRAINT ck_organisation_closed_has_date CHECK ((state = 'closed') = (active_to IS NOT NULL)),
    CONSTRAINT ck_organisation_closes_after_it_begins CHECK (active_from <= active_to),
    CONSTRAINT fk_organisation_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id),
    CONSTRAINT ck_organisation_organisationkind CHECK (kind IN ('agency', 'enterprise', 'school',
        'hospital', 'parish', 'clan', 'lodging', 'camera_group', 'mass_organisation', 'other')),
    CONSTRAINT ck_organisation_organisationstate CHECK (state IN ('active', 'closed'))
);
CREATE INDEX ix_organisation_active_from_id ON organisation (active_from, id);
CREATE INDEX ix_organisation_commune_id_id ON organisation (commune_id, id);
CREATE INDEX ix_organisation_district_id_id ON organisation (district_id, id);
CREATE INDEX ix_organisation_kind_id ON organisation (kind, id);
CREATE INDEX ix_organisation_province_id_id ON organisation (province_id, id);
CREATE INDEX ix_organisation_search_key ON organisation USING gin (search_key gin_trgm_ops);
CREATE INDEX ix_organisation_state_id ON organisation (state, id);
CREATE INDEX ix_organisation_unit_id_id ON organisation (unit_id, id);
CREATE INDEX ix_organisation_village_id_id ON organisation (village_id, id);

CREATE TABLE organisation_identifier (
    id UUID NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL,
    created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL,
    changed_by VARCHAR DEFAULT 'system' NOT NULL,
    organisation_id UUID NOT NULL,
    system VARCHAR(32) NOT NULL,
    code VARCHAR(40) NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE NOT NULL,
    CONSTRAINT pk_organisation_identifier PRIMARY KEY (id),
    CONSTRAINT ck_organisation_identifier_holds_some_time CHECK (valid_from < valid_to),
    CONSTRAINT fk_organisation_identifier_organisation_id_organisation FOREIGN KEY(organisation_id)
        REFERENCES organisation (id) ON DELETE CASCADE,
    CONSTRAINT ck_organisation_identifier_identifiersystem CHECK (system IN ('eid', 'qcvn_102',
        'business_registration'))
);
CREATE INDEX ix_organisation_identifier_code_system ON organisation_identifier (code, system);
CREATE INDEX ix_organisation_identifier_organisation_id ON organisation_identifier
    (organisation_id);

CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON organisation
    FOR EACH ROW EXECUTE FUNCTION place_row();
GRANT SELECT, INSERT, UPDATE ON organisation, organisation_identifier TO binhyen_runtime;
