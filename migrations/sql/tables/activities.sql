CREATE TABLE campaign (
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
    title VARCHAR(300) NOT NULL,
    purpose VARCHAR(300),
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    document_id UUID,
    CONSTRAINT pk_campaign PRIMARY KEY (id),
    CONSTRAINT ck_campaign_voided_has_reason CHECK ((voided_at IS NULL) = (void_reason IS NULL) AND
        (voided_at IS NULL) = (voided_by IS NULL)),
    CONSTRAINT ck_campaign_begins_before_it_ends CHECK (starts_on <= ends_on),
    CONSTRAINT fk_campaign_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id),
    CONSTRAINT fk_campaign_document_id_document FOREIGN KEY(document_id) REFERENCES document (id)
);
CREATE INDEX ix_campaign_changed_at_id ON campaign (changed_at, id);
CREATE INDEX ix_campaign_commune_id_id ON campaign (commune_id, id) INCLUDE (voided_at);
CREATE INDEX ix_campaign_district_id_id ON campaign (district_id, id) INCLUDE (voided_at);
CREATE INDEX ix_campaign_document_id_id ON campaign (document_id, id);
CREATE INDEX ix_campaign_ends_on_id ON campaign (ends_on, id);
CREATE INDEX ix_campaign_province_id_id ON campaign (province_id, id) INCLUDE (voided_at);
CREATE INDEX ix_campaign_starts_on_id ON campaign (starts_on, id);
CREATE INDEX ix_campaign_unit_id_id ON campaign (unit_id, id);
CREATE INDEX ix_campaign_village_id_id ON campaign (village_id, id) INCLUDE (voided_at);
CREATE TABLE activity (
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
    kind VARCHAR(32) NOT NULL,
    title VARCHAR(300),
    state VARCHAR(32) NOT NULL,
    precision VARCHAR(32) NOT NULL,
    starts_on DATE,
    ends_on DATE,
    period_text VARCHAR(100),
    campaign_id UUID,
    document_id UUID,
    forces TEXT[] DEFAULT '{}' NOT NULL,
    topic VARCHAR(300),
    is_night BOOLEAN,
    covers_resources BOOLEAN,
    dispute_kind VARCHAR(32),
    is_successful BOOLEAN,
    has_relapsed BOOLEAN,
    is_voluntary BOOLEAN,
    minutes_number VARCHAR(100),
    purpose VARCHAR(300),
    legal_basis VARCHAR(300),
    approved_by VARCHAR(200),
    facility_kind VARCHAR(32),
    drill_kind VARCHAR(32),
    supersedes_id UUID,
    source VARCHAR(300),
    reference VARCHAR(100),
    entry_digest VARCHAR(64),
    CONSTRAINT pk_activity PRIMARY KEY (id),
    CONSTRAINT ck_activity_voided_has_reason CHECK ((voided_at IS NULL) = (void_reason IS NULL) AND
        (voided_at IS NULL) = (voided_by IS NULL)),
    CONSTRAINT ck_activity_begins_before_it_ends CHECK (starts_on <= ends_on),
    CONSTRAINT ck_activity_held_has_days CHECK (state IN ('planned', 'approved', 'cancelled') OR
        (starts_on IS NOT NULL AND ends_on IS NOT NULL)),
    CONSTRAINT ck_activity_never_after_itself CHECK (supersedes_id <> id),
    CONSTRAINT fk_activity_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id),
    CONSTRAINT ck_activity_activitykind CHECK (kind IN ('mobilisation', 'model_launch', 'pledge',
        'training', 'outreach', 'village_meeting', 'patrol', 'mediation',
        'domestic_violence_support', 'weapon_collection', 'footage_extraction', 'inspection',
        'residence_declaration', 'drill', 'fugitive_arrest', 'social_support',
        'reintegration_support', 'review_conference')),
    CONSTRAINT ck_activity_activitystate CHECK (state IN ('planned', 'approved', 'held', 'reported',
        'verified', 'cancelled', 'superseded')),
    CONSTRAINT ck_activity_periodprecision CHECK (precision IN ('day', 'month', 'quarter', 'year',
        'approximate', 'undated')),
    CONSTRAINT fk_activity_campaign_id_campaign FOREIGN KEY(campaign_id) REFERENCES campaign (id),
    CONSTRAINT fk_activity_document_id_document FOREIGN KEY(document_id) REFERENCES document (id),
    CONSTRAINT ck_activity_disputekind CHECK (dispute_kind IN ('land', 'neighbours', 'family',
        'inheritance', 'debt', 'livestock', 'environment', 'other')),
    CONSTRAINT ck_activity_facilitykind CHECK (facility_kind IN ('conditional_business', 'lodging',
        'karaoke', 'fire_safety', 'urban_order', 'resources', 'other')),
    CONSTRAINT ck_activity_drillkind CHECK (drill_kind IN ('fire', 'epidemic', 'public_order',
        'natural_disaster', 'other')),
    CONSTRAINT fk_activity_supersedes_id_activity FOREIGN KEY(supersedes_id) REFERENCES activity
        (id)
);
CREATE INDEX ix_activity_campaign_id_id ON activity (campaign_id, id);
CREATE INDEX ix_activity_changed_at_id ON activity (changed_at, id);
CREATE INDEX ix_activity_commune_id_ends_on_id ON activity (commune_id, ends_on, id);
CREATE INDEX ix_activity_commune_id_id ON activity (commune_id, id) INCLUDE (voided_at);
CREATE INDEX ix_activity_commune_id_state_id ON activity (commune_id, state, id);
CREATE INDEX ix_activity_district_id_id ON activity (district_id, id) INCLUDE (voided_at);
CREATE INDEX ix_activity_document_id_id ON activity (document_id, id);
CREATE INDEX ix_activity_ends_on_id ON activity (ends_on, id);
CREATE INDEX ix_activity_facility_kind_id ON activity (facility_kind, id);
CREATE INDEX ix_activity_kind_id ON activity (kind, id);
CREATE INDEX ix_activity_province_id_ends_on_id ON activity (province_id, ends_on, id);
CREATE INDEX ix_activity_province_id_id ON activity (province_id, id) INCLUDE (voided_at);
CREATE INDEX ix_activity_province_id_state_id ON activity (province_id, state, id);
CREATE INDEX ix_activity_reference_id ON activity (reference, id);
CREATE INDEX ix_activity_starts_on_id ON activity (starts_on, id);
CREATE INDEX ix_activity_state_id ON activity (state, id);
CREATE INDEX ix_activity_unit_id_id ON activity (unit_id, id);
CREATE INDEX ix_activity_village_id_id ON activity (village_id, id) INCLUDE (voided_at);
CREATE UNIQUE INDEX uq_activity_supersedes_id ON activity (supersedes_id);
CREATE TABLE activity_unit (
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
    activity_id UUID NOT NULL,
    unit_id UUID NOT NULL,
    CONSTRAINT pk_activity_unit PRIMARY KEY (id),
    CONSTRAINT fk_activity_unit_activity_id_activity FOREIGN KEY(activity_id) REFERENCES activity
        (id) ON DELETE CASCADE,
    CONSTRAINT fk_activity_unit_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id)
);
CREATE INDEX ix_activity_unit_commune_id_activity_id ON activity_unit (commune_id, activity_id);
CREATE INDEX ix_activity_unit_district_id_activity_id ON activity_unit (district_id, activity_id);
CREATE INDEX ix_activity_unit_province_id_activity_id ON activity_unit (province_id, activity_id);
CREATE INDEX ix_activity_unit_unit_id_activity_id ON activity_unit (unit_id, activity_id);
CREATE INDEX ix_activity_unit_village_id_activity_id ON activity_unit (village_id, activity_id);
CREATE UNIQUE INDEX uq_activity_unit_activity_id_unit_id ON activity_unit (activity_id, unit_id);
CREATE TABLE activity_part (
    id UUID NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL,
    created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL,
    changed_by VARCHAR DEFAULT 'system' NOT NULL,
    activity_id UUID NOT NULL,
    resource VARCHAR(32) NOT NULL,
    part_id UUID NOT NULL,
    CONSTRAINT pk_activity_part PRIMARY KEY (id),
    CONSTRAINT fk_activity_part_activity_id_activity FOREIGN KEY(activity_id) REFERENCES activity
        (id) ON DELETE CASCADE,
    CONSTRAINT ck_activity_part_partresource CHECK (resource IN ('model', 'team', 'organisation'))
);
CREATE INDEX ix_activity_part_part_id_activity_id ON activity_part (part_id, activity_id);
CREATE UNIQUE INDEX uq_activity_part_once ON activity_part (activity_id, part_id);
CREATE TABLE activity_line (
    id UUID NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL,
    created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL,
    changed_by VARCHAR DEFAULT 'system' NOT NULL,
    activity_id UUID NOT NULL,
    measure VARCHAR(60) NOT NULL,
    category VARCHAR(60),
    counting_unit VARCHAR(60) NOT NULL,
    value INTEGER,
    qualifier VARCHAR(32) NOT NULL,
    words VARCHAR(300),
    day DATE NOT NULL,
    voided_at TIMESTAMPTZ,
    CONSTRAINT pk_activity_line PRIMARY KEY (id),
    CONSTRAINT ck_activity_line_unquantified_has_no_value CHECK ((qualifier = 'unquantified') =
        (value IS NULL)),
    CONSTRAINT ck_activity_line_value_is_not_negative CHECK (value >= 0),
    CONSTRAINT fk_activity_line_activity_id_activity FOREIGN KEY(activity_id) REFERENCES activity
        (id) ON DELETE CASCADE,
    CONSTRAINT ck_activity_line_qualifier CHECK (qualifier IN ('equal', 'more_than', 'almost',
        'at_least', 'less_than', 'at_most', 'about', 'unquantified'))
);
CREATE INDEX ix_activity_line_measure_day_activity_id ON activity_line (measure, day, activity_id);
CREATE UNIQUE INDEX uq_activity_line_once ON activity_line (activity_id, measure);
CREATE TABLE task (
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
    title VARCHAR(300) NOT NULL,
    position VARCHAR(200),
    due_on DATE NOT NULL,
    document_id UUID NOT NULL,
    campaign_id UUID,
    state VARCHAR(32) NOT NULL,
    done_on DATE,
    activity_id UUID,
    CONSTRAINT pk_task PRIMARY KEY (id),
    CONSTRAINT ck_task_voided_has_reason CHECK ((voided_at IS NULL) = (void_reason IS NULL) AND
        (voided_at IS NULL) = (voided_by IS NULL)),
    CONSTRAINT ck_task_done_has_a_day CHECK ((state = 'done') = (done_on IS NOT NULL)),
    CONSTRAINT ck_task_an_activity_does_it CHECK (activity_id IS NULL OR state = 'done'),
    CONSTRAINT fk_task_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id),
    CONSTRAINT fk_task_document_id_document FOREIGN KEY(document_id) REFERENCES document (id),
    CONSTRAINT fk_task_campaign_id_campaign FOREIGN KEY(campaign_id) REFERENCES campaign (id),
    CONSTRAINT ck_task_taskstate CHECK (state IN ('open', 'done', 'cancelled')),
    CONSTRAINT fk_task_activity_id_activity FOREIGN KEY(activity_id) REFERENCES activity (id)
);
CREATE INDEX ix_task_activity_id_id ON task (activity_id, id);
CREATE INDEX ix_task_campaign_id_id ON task (campaign_id, id);
CREATE INDEX ix_task_changed_at_id ON task (changed_at, id);
CREATE INDEX ix_task_commune_id_due_on_id ON task (commune_id, due_on, id);
CREATE INDEX ix_task_commune_id_id ON task (commune_id, id) INCLUDE (voided_at);
CREATE INDEX ix_task_district_id_id ON task (district_id, id) INCLUDE (voided_at);
CREATE INDEX ix_task_document_id_id ON task (document_id, id);
CREATE INDEX ix_task_due_on_id ON task (due_on, id);
CREATE INDEX ix_task_province_id_due_on_id ON task (province_id, due_on, id);
CREATE INDEX ix_task_province_id_id ON task (province_id, id) INCLUDE (voided_at);
CREATE INDEX ix_task_state_due_on_id ON task (state, due_on, id);
CREATE INDEX ix_task_unit_id_id ON task (unit_id, id);
CREATE INDEX ix_task_village_id_id ON task (village_id, id) INCLUDE (voided_at);

CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON campaign
    FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON activity
    FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON activity_unit
    FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON task
    FOR EACH ROW EXECUTE FUNCTION place_row();
GRANT SELECT, INSERT, UPDATE ON campaign, activity, task TO binhyen_runtime;
GRANT SELECT, INSERT, UPDATE, DELETE ON activity_unit, activity_part, activity_line
    TO binhyen_runtime;
