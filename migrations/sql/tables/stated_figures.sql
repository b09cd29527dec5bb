CREATE TABLE stated_figure (
    voided_at TIMESTAMPTZ,
    voided_by VARCHAR,
    void_reason VARCHAR(2000),
    province_id UUID, district_id UUID, commune_id UUID, village_id UUID,
    id UUID NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL,
    created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL,
    changed_by VARCHAR DEFAULT 'system' NOT NULL,
    unit_id UUID NOT NULL,
    measure VARCHAR(60) NOT NULL,
    counting_unit VARCHAR(60) NOT NULL,
    category VARCHAR(60),
    level VARCHAR(32),
    label VARCHAR(300) NOT NULL,
    value NUMERIC,
    qualifier VARCHAR(32) NOT NULL,
    delta_only BOOLEAN DEFAULT false NOT NULL,
    compared_from DATE,
    compared_to DATE,
    period_from DATE,
    period_to DATE,
    precision VARCHAR(32) NOT NULL,
    period_text VARCHAR(100),
    subject_resource VARCHAR(32),
    subject_id UUID,
    document_id UUID,
    source VARCHAR(300),
    quote VARCHAR(2000),
    reference VARCHAR(100),
    CONSTRAINT pk_stated_figure PRIMARY KEY (id),
    CONSTRAINT ck_stated_figure_unquantified_has_no_value CHECK ((qualifier = 'unquantified') =
        (value IS NULL)),
    CONSTRAINT ck_stated_figure_only_a_change_is_negative CHECK (value >= 0 OR delta_only),
    CONSTRAINT ck_stated_figure_dated_has_both_days CHECK (CASE WHEN precision = 'undated' THEN
        period_from IS NULL AND period_to IS NULL ELSE period_from IS NOT NULL AND period_to IS NOT
        NULL END),
    CONSTRAINT ck_stated_figure_period_begins_before_it_ends CHECK (period_from <= period_to),
    CONSTRAINT ck_stated_figure_a_change_compares CHECK ((compared_from IS NULL) = (compared_to IS
        NULL) AND compared_from <= compared_to AND (compared_from IS NULL OR delta_only)),
    CONSTRAINT ck_stated_figure_approximate_has_words CHECK (precision <> 'approximate' OR
        period_text IS NOT NULL),
    CONSTRAINT ck_stated_figure_subject_is_whole CHECK ((subject_resource IS NULL) = (subject_id IS
        NULL)),
    CONSTRAINT ck_stated_figure_has_a_source CHECK (source IS NOT NULL OR document_id IS NOT NULL),
    CONSTRAINT ck_stated_figure_voided_has_reason CHECK ((voided_at IS NULL) = (void_reason IS NULL)
        AND (voided_at IS NULL) = (voided_by IS NULL)),
    CONSTRAINT fk_stated_figure_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id),
    CONSTRAINT ck_stated_figure_unitlevel CHECK (level IN ('national', 'province', 'district',
        'commune', 'village')),
    CONSTRAINT ck_stated_figure_qualifier CHECK (qualifier IN ('equal', 'more_than', 'almost',
        'at_least', 'less_than', 'unquantified')),
    CONSTRAINT ck_stated_figure_periodprecision CHECK (precision IN ('day', 'month', 'quarter',
        'year', 'approximate', 'undated')),
    CONSTRAINT ck_stated_figure_subjectresource CHECK (subject_resource IN ('model', 'model_type',
        'team', 'document', 'organisation')),
    CONSTRAINT fk_stated_figure_document_id_document FOREIGN KEY(document_id) REFERENCES document
        (id)
);
CREATE INDEX ix_stated_figure_category_id ON stated_figure (category, id);
CREATE INDEX ix_stated_figure_commune_id_id ON stated_figure (commune_id, id);
CREATE INDEX ix_stated_figure_district_id_id ON stated_figure (district_id, id);
CREATE INDEX ix_stated_figure_document_id_id ON stated_figure (document_id, id);
CREATE INDEX ix_stated_figure_measure_id ON stated_figure (measure, id);
CREATE INDEX ix_stated_figure_period_from_id ON stated_figure (period_from, id);
CREATE INDEX ix_stated_figure_period_to_id ON stated_figure (period_to, id);
CREATE INDEX ix_stated_figure_province_id_id ON stated_figure (province_id, id);
CREATE INDEX ix_stated_figure_qualifier_id ON stated_figure (qualifier, id);
CREATE INDEX ix_stated_figure_reference_id ON stated_figure (reference, id);
CREATE INDEX ix_stated_figure_subject_id_id ON stated_figure (subject_id, id);
CREATE INDEX ix_stated_figure_unit_id_id ON stated_figure (unit_id, id);
CREATE INDEX ix_stated_figure_village_id_id ON stated_figure (village_id, id);
CREATE UNIQUE INDEX uq_stated_figure_once ON stated_figure (unit_id, measure, label, category,
    period_from, period_to, source, document_id) NULLS NOT DISTINCT WHERE voided_at IS NULL;

CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON stated_figure
    FOR EACH ROW EXECUTE FUNCTION place_row();
GRANT SELECT, INSERT, UPDATE ON stated_figure TO binhyen_runtime;
