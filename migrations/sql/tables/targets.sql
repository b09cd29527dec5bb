CREATE TABLE target (
    voided_at TIMESTAMP WITH TIME ZONE,
    voided_by VARCHAR,
    void_reason VARCHAR(2000),
    province_id UUID,
    district_id UUID,
    commune_id UUID,
    village_id UUID,
    id UUID NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    changed_by VARCHAR DEFAULT 'system' NOT NULL,
    unit_id UUID NOT NULL,
    parent_id UUID,
    title VARCHAR(300) NOT NULL,
    indicator VARCHAR(80) NOT NULL,
    filter VARCHAR(300),
    shape VARCHAR(32) NOT NULL,
    basis VARCHAR(32),
    comparator VARCHAR(32) NOT NULL,
    value NUMERIC NOT NULL,
    period_from DATE NOT NULL,
    period_to DATE NOT NULL,
    window_name VARCHAR(80),
    baseline_from DATE,
    baseline_to DATE,
    baseline_value NUMERIC,
    baseline_source VARCHAR(300),
    source VARCHAR(300),
    CONSTRAINT pk_target PRIMARY KEY (id),
    CONSTRAINT ck_target_period_begins_before_it_ends CHECK (period_from <= period_to),
    CONSTRAINT ck_target_baseline_begins_before_it_ends CHECK (baseline_from <= baseline_to),
    CONSTRAINT ck_target_growth_has_a_basis CHECK ((basis IS NULL) = (shape <> 'growth')),
    CONSTRAINT ck_target_stated_baseline_has_a_source CHECK (
        (baseline_value IS NULL) = (baseline_source IS NULL)),
    CONSTRAINT ck_target_voided_has_reason CHECK (
        (voided_at IS NULL) = (void_reason IS NULL) AND (voided_at IS NULL) = (voided_by IS NULL)),
    CONSTRAINT fk_target_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id),
    CONSTRAINT fk_target_parent_id_target FOREIGN KEY(parent_id) REFERENCES target (id),
    CONSTRAINT ck_target_targetshape CHECK (shape IN ('relative_change', 'ratio', 'growth', 'ceiling')),
    CONSTRAINT ck_target_changebasis CHECK (basis IN ('relative', 'percentage_point')),
    CONSTRAINT ck_target_targetside CHECK (comparator IN ('at_least', 'at_most'))
);
CREATE INDEX ix_target_changed_at_id ON target (changed_at, id);
CREATE INDEX ix_target_commune_id_id ON target (commune_id, id) INCLUDE (voided_at);
CREATE INDEX ix_target_district_id_id ON target (district_id, id) INCLUDE (voided_at);
CREATE INDEX ix_target_indicator_id ON target (indicator, id);
CREATE INDEX ix_target_parent_id_id ON target (parent_id, id);
CREATE INDEX ix_target_period_from_id ON target (period_from, id);
CREATE INDEX ix_target_period_to_id ON target (period_to, id);
CREATE INDEX ix_target_province_id_id ON target (province_id, id) INCLUDE (voided_at);
CREATE INDEX ix_target_shape_id ON target (shape, id);
CREATE INDEX ix_target_unit_id_id ON target (unit_id, id);
CREATE INDEX ix_target_village_id_id ON target (village_id, id) INCLUDE (voided_at);
CREATE TABLE target_value (
    id UUID NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    target_id UUID NOT NULL,
    value NUMERIC NOT NULL,
    valid_from DATE NOT NULL,
    reason VARCHAR(2000),
    recorded_by VARCHAR NOT NULL,
    CONSTRAINT pk_target_value PRIMARY KEY (id),
    CONSTRAINT fk_target_value_target_id_target FOREIGN KEY(target_id) REFERENCES target (id)
);
CREATE INDEX ix_target_value_target_id_id ON target_value (target_id, id);
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON target
    FOR EACH ROW EXECUTE FUNCTION place_row();
GRANT SELECT, INSERT, UPDATE ON target TO binhyen_runtime;
GRANT SELECT, INSERT ON target_value TO binhyen_runtime;
