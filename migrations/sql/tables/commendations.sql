CREATE TABLE commendation (
    id UUID NOT NULL,
    unit_id UUID NOT NULL,
    recipient_kind VARCHAR(32) NOT NULL,
    recipient_name VARCHAR(300),
    recipient_label VARCHAR(300),
    form VARCHAR(32) NOT NULL,
    authority VARCHAR(32) NOT NULL,
    level VARCHAR(32) NOT NULL,
    achievement VARCHAR(2000) NOT NULL,
    document_id UUID,
    awarded_on DATE,
    state VARCHAR(32) NOT NULL,
    search_key VARCHAR NOT NULL,
    province_id UUID, district_id UUID, commune_id UUID, village_id UUID,
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL, created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL, changed_by VARCHAR DEFAULT 'system' NOT NULL,
    CONSTRAINT pk_commendation PRIMARY KEY (id),
    CONSTRAINT fk_commendation_document_id_document FOREIGN KEY (document_id) REFERENCES document
        (id),
    CONSTRAINT fk_commendation_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit (id),
    CONSTRAINT ck_commendation_awarded_by_a_document CHECK (state NOT IN ('awarded', 'revoked') OR
        (awarded_on IS NOT NULL AND document_id IS NOT NULL)),
    CONSTRAINT ck_commendation_commendationform CHECK (form IN ('merit_certificate',
        'commendation_letter', 'recognition_certificate', 'commemorative_medal')),
    CONSTRAINT ck_commendation_commendationstate CHECK (state IN ('nominated', 'reviewed',
        'approved', 'awarded', 'declined', 'revoked')),
    CONSTRAINT ck_commendation_commendingauthority CHECK (authority IN ('state', 'government',
        'ministry', 'provincial_peoples_committee', 'provincial_police',
        'district_peoples_committee', 'commune_peoples_committee', 'commune_police',
        'organisation')),
    CONSTRAINT ck_commendation_persons_are_labels CHECK (CASE WHEN recipient_kind = 'individual'
        THEN recipient_name IS NULL ELSE recipient_label IS NULL AND recipient_name IS NOT NULL
        END),
    CONSTRAINT ck_commendation_recipientkind CHECK (recipient_kind IN ('collective', 'individual',
        'model')),
    CONSTRAINT ck_commendation_unitlevel CHECK (level IN ('national', 'province', 'district',
        'commune', 'village'))
);
CREATE INDEX ix_commendation_awarded_on_id ON commendation (awarded_on, id);
CREATE INDEX ix_commendation_commune_id_id ON commendation (commune_id, id);
CREATE INDEX ix_commendation_district_id_id ON commendation (district_id, id);
CREATE INDEX ix_commendation_document_id_id ON commendation (document_id, id);
CREATE INDEX ix_commendation_province_id_id ON commendation (province_id, id);
CREATE INDEX ix_commendation_search_key ON commendation USING gin (search_key gin_trgm_ops);
CREATE INDEX ix_commendation_state_id ON commendation (state, id);
CREATE INDEX ix_commendation_unit_id_id ON commendation (unit_id, id);
CREATE INDEX ix_commendation_village_id_id ON commendation (village_id, id);

CREATE TABLE exemplar (
    id UUID NOT NULL,
    unit_id UUID NOT NULL,
    subject_kind VARCHAR(32) NOT NULL,
    subject_name VARCHAR(300),
    subject_label VARCHAR(300),
    year INTEGER NOT NULL,
    level VARCHAR(32) NOT NULL,
    description VARCHAR(4000) NOT NULL,
    commendation_id UUID,
    search_key VARCHAR NOT NULL,
    province_id UUID, district_id UUID, commune_id UUID, village_id UUID,
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL, created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL, changed_by VARCHAR DEFAULT 'system' NOT NULL,
    CONSTRAINT pk_exemplar PRIMARY KEY (id),
    CONSTRAINT fk_exemplar_commendation_id_commendation FOREIGN KEY (commendation_id) REFERENCES
        commendation (id),
    CONSTRAINT fk_exemplar_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit (id),
    CONSTRAINT ck_exemplar_persons_are_labels CHECK (CASE WHEN subject_kind = 'person' THEN
        subject_name IS NULL ELSE subject_label IS NULL AND subject_name IS NOT NULL END),
    CONSTRAINT ck_exemplar_subjectkind CHECK (subject_kind IN ('collective', 'model', 'unit',
        'person')),
    CONSTRAINT ck_exemplar_unitlevel CHECK (level IN ('national', 'province', 'district',
        'commune', 'village')),
    CONSTRAINT ck_exemplar_year_is_one CHECK (year BETWEEN 1900 AND 2200)
);
CREATE INDEX ix_exemplar_commendation_id ON exemplar (commendation_id);
CREATE INDEX ix_exemplar_commune_id_id ON exemplar (commune_id, id);
CREATE INDEX ix_exemplar_district_id_id ON exemplar (district_id, id);
CREATE INDEX ix_exemplar_province_id_id ON exemplar (province_id, id);
CREATE INDEX ix_exemplar_search_key ON exemplar USING gin (search_key gin_trgm_ops);
CREATE INDEX ix_exemplar_unit_id_id ON exemplar (unit_id, id);
CREATE INDEX ix_exemplar_village_id_id ON exemplar (village_id, id);
CREATE INDEX ix_exemplar_year_id ON exemplar (year, id);
