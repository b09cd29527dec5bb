CREATE TABLE stated_tally (
    id UUID NOT NULL,
    unit_id UUID NOT NULL,
    counts VARCHAR(32) NOT NULL,
    label VARCHAR(300) NOT NULL,
    kind VARCHAR(32),
    form VARCHAR(32),
    level VARCHAR(32),
    period_from INTEGER NOT NULL,
    period_to INTEGER NOT NULL,
    count INTEGER NOT NULL,
    qualifier VARCHAR(32) NOT NULL,
    quote VARCHAR(2000) NOT NULL,
    source VARCHAR(300) NOT NULL,
    province_id UUID, district_id UUID, commune_id UUID, village_id UUID,
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL, created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL, changed_by VARCHAR DEFAULT 'system' NOT NULL,
    CONSTRAINT pk_stated_tally PRIMARY KEY (id),
    CONSTRAINT fk_stated_tally_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit (id),
    CONSTRAINT ck_stated_tally_commendationform CHECK (form IN ('merit_certificate',
        'commendation_letter', 'recognition_certificate', 'commemorative_medal')),
    CONSTRAINT ck_stated_tally_count_is_not_negative CHECK (count >= 0),
    CONSTRAINT ck_stated_tally_documentkind CHECK (kind IN ('law', 'decree', 'circular',
        'resolution', 'decision', 'directive', 'plan', 'programme', 'guidance', 'report', 'notice',
        'official_letter', 'other')),
    CONSTRAINT ck_stated_tally_form_is_of_commendation CHECK (counts = 'commendations' OR form IS
        NULL),
    CONSTRAINT ck_stated_tally_kind_is_of_documents CHECK (counts = 'documents' OR kind IS NULL),
    CONSTRAINT ck_stated_tally_period_begins_before_it_ends CHECK (period_from <= period_to AND
        period_from >= 1900 AND period_to <= 2200),
    CONSTRAINT ck_stated_tally_qualifier CHECK (qualifier IN ('equal', 'more_than', 'almost',
        'at_least')),
    CONSTRAINT ck_stated_tally_tallyof CHECK (counts IN ('documents', 'commendations', 'tips')),
    CONSTRAINT ck_stated_tally_unitlevel CHECK (level IN ('national', 'province', 'district',
        'commune', 'village'))
);
CREATE INDEX ix_stated_tally_commune_id_id ON stated_tally (commune_id, id);
CREATE INDEX ix_stated_tally_district_id_id ON stated_tally (district_id, id);
CREATE INDEX ix_stated_tally_province_id_id ON stated_tally (province_id, id);
CREATE INDEX ix_stated_tally_unit_id_id ON stated_tally (unit_id, id);
CREATE INDEX ix_stated_tally_village_id_id ON stated_tally (village_id, id);
CREATE UNIQUE INDEX uq_stated_tally_once ON stated_tally (unit_id, counts, label, period_from,
    period_to, source);
