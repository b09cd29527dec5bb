CREATE TABLE incident (
    voided_at TIMESTAMPTZ,
    voided_by VARCHAR,
    void_reason VARCHAR(2000),
    province_id UUID,
    district_id UUID,
    commune_id UUID,
    village_id UUID,
    id UUID NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL,
    created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL,
    changed_by VARCHAR DEFAULT 'system' NOT NULL,
    unit_id UUID NOT NULL,
    form VARCHAR(32) NOT NULL,
    category VARCHAR(60) NOT NULL,
    category_group VARCHAR(60) NOT NULL,
    title VARCHAR(300),
    spot VARCHAR(200),
    incident_count INTEGER,
    incident_qualifier VARCHAR(32) NOT NULL,
    involved_count INTEGER,
    involved_qualifier VARCHAR(32) NOT NULL,
    deaths INTEGER,
    injured INTEGER,
    damage INTEGER,
    precision VARCHAR(32) NOT NULL,
    period_from DATE,
    period_to DATE,
    period_text VARCHAR(100),
    occurred_at TIMESTAMPTZ,
    compared_from DATE,
    compared_to DATE,
    reported_on DATE,
    state VARCHAR(32) NOT NULL,
    result VARCHAR(32),
    source VARCHAR(300),
    reference VARCHAR(100),
    entry_digest VARCHAR(64),
    CONSTRAINT pk_incident PRIMARY KEY (id),
    CONSTRAINT ck_incident_voided_has_reason CHECK ((voided_at IS NULL) = (void_reason IS NULL) AND
        (voided_at IS NULL) = (voided_by IS NULL)),
    CONSTRAINT ck_incident_unquantified_has_no_number CHECK ((incident_qualifier = 'unquantified') =
        (incident_count IS NULL) AND (involved_qualifier = 'unquantified') = (involved_count IS
        NULL)),
    CONSTRAINT ck_incident_only_a_change_is_negative CHECK (form = 'change' OR
        (coalesce(incident_count, 0) >= 0 AND coalesce(involved_count, 0) >= 0)),
    CONSTRAINT ck_incident_a_single_one_is_one CHECK (form <> 'single' OR incident_count = 1),
    CONSTRAINT ck_incident_dated_has_both_days CHECK (CASE WHEN precision = 'undated' THEN
        period_from IS NULL AND period_to IS NULL ELSE period_from IS NOT NULL AND period_to IS NOT
        NULL END),
    CONSTRAINT ck_incident_period_begins_before_it_ends CHECK (period_from <= period_to),
    CONSTRAINT ck_incident_a_moment_is_of_a_day CHECK (occurred_at IS NULL OR precision = 'day'),
    CONSTRAINT ck_incident_a_change_compares CHECK ((compared_from IS NULL) = (compared_to IS NULL)
        AND compared_from <= compared_to AND (compared_from IS NULL OR form = 'change')),
    CONSTRAINT ck_incident_losses_are_numbers CHECK (deaths >= 0 AND injured >= 0 AND damage >= 0),
    CONSTRAINT ck_incident_resolved_has_result CHECK ((state IN ('resolved', 'closed')) = (result IS
        NOT NULL)),
    CONSTRAINT fk_incident_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id),
    CONSTRAINT ck_incident_incidentform CHECK (form IN ('single', 'summary', 'change')),
    CONSTRAINT ck_incident_qualifier CHECK (incident_qualifier IN ('equal', 'more_than', 'almost',
        'at_least', 'less_than', 'at_most', 'about', 'unquantified')),
    CONSTRAINT ck_incident_involved_qualifier CHECK (involved_qualifier IN ('equal', 'more_than',
        'almost', 'at_least', 'less_than', 'at_most', 'about', 'unquantified')),
    CONSTRAINT ck_incident_periodprecision CHECK (precision IN ('day', 'month', 'quarter', 'year',
        'approximate', 'undated')),
    CONSTRAINT ck_incident_incidentstate CHECK (state IN ('reported', 'verifying', 'confirmed',
        'unfounded', 'resolved', 'closed')),
    CONSTRAINT ck_incident_incidentresult CHECK (result IN ('handed_over', 'prosecuted', 'fined',
        'reminded', 'mediated', 'repaired', 'no_fault', 'other'))
);
CREATE INDEX ix_incident_category_group_id ON incident (category_group, id);
CREATE INDEX ix_incident_category_id ON incident (category, id);
CREATE INDEX ix_incident_changed_at_id ON incident (changed_at, id);
CREATE INDEX ix_incident_commune_id_id ON incident (commune_id, id) INCLUDE (voided_at);
CREATE INDEX ix_incident_commune_id_period_from_id ON incident (commune_id, period_from, id);
CREATE INDEX ix_incident_commune_id_state_id ON incident (commune_id, state, id);
CREATE INDEX ix_incident_district_id_id ON incident (district_id, id) INCLUDE (voided_at);
CREATE INDEX ix_incident_form_id ON incident (form, id);
CREATE INDEX ix_incident_period_from_id ON incident (period_from, id);
CREATE INDEX ix_incident_province_id_id ON incident (province_id, id) INCLUDE (voided_at);
CREATE INDEX ix_incident_province_id_period_from_id ON incident (province_id, period_from, id);
CREATE INDEX ix_incident_province_id_state_id ON incident (province_id, state, id);
CREATE INDEX ix_incident_reference_id ON incident (reference, id);
CREATE INDEX ix_incident_state_id ON incident (state, id);
CREATE INDEX ix_incident_unit_id_category_period_from ON incident (unit_id, category, period_from);
CREATE INDEX ix_incident_unit_id_id ON incident (unit_id, id);
CREATE INDEX ix_incident_village_id_id ON incident (village_id, id) INCLUDE (voided_at);
CREATE UNIQUE INDEX uq_incident_summary_once ON incident (unit_id, category, period_from, period_to,
    form, compared_from, compared_to) NULLS NOT DISTINCT WHERE form <> 'single' AND voided_at IS
    NULL;
CREATE TABLE incident_link (
    id UUID NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL,
    created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL,
    changed_by VARCHAR DEFAULT 'system' NOT NULL,
    incident_id UUID NOT NULL,
    relation VARCHAR(32) NOT NULL,
    resource VARCHAR(32) NOT NULL,
    other_id UUID NOT NULL,
    CONSTRAINT pk_incident_link PRIMARY KEY (id),
    CONSTRAINT ck_incident_link_relation_fits_resource CHECK ((relation IN ('caused_by', 'same_as',
        'follows')) = (resource = 'incident') AND (relation = 'reported_by') = (resource = 'tip')),
    CONSTRAINT ck_incident_link_never_to_itself CHECK (other_id <> incident_id),
    CONSTRAINT fk_incident_link_incident_id_incident FOREIGN KEY(incident_id) REFERENCES incident
        (id) ON DELETE CASCADE,
    CONSTRAINT ck_incident_link_incidentrelation CHECK (relation IN ('caused_by', 'same_as',
        'follows', 'reported_by', 'mediated_by', 'clarified_by')),
    CONSTRAINT ck_incident_link_linkedresource CHECK (resource IN ('incident', 'tip', 'activity'))
);
CREATE INDEX ix_incident_link_incident_id_id ON incident_link (incident_id, id);
CREATE INDEX ix_incident_link_other_id_id ON incident_link (other_id, id);
CREATE UNIQUE INDEX uq_incident_link_once ON incident_link (incident_id, relation, other_id);

CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON incident
    FOR EACH ROW EXECUTE FUNCTION place_row();
GRANT SELECT, INSERT, UPDATE ON incident TO binhyen_runtime;
GRANT SELECT, INSERT, DELETE ON incident_link TO binhyen_runtime;
