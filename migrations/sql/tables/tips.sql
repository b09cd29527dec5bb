CREATE TABLE tip (
    id UUID NOT NULL,
    unit_id UUID NOT NULL,
    received_unit_id UUID NOT NULL,
    excluded_unit_id UUID,
    about_officials BOOLEAN NOT NULL,
    received_on DATE NOT NULL,
    channel VARCHAR(32) NOT NULL,
    kind VARCHAR(32) NOT NULL,
    category VARCHAR(32),
    state VARCHAR(32) NOT NULL,
    has_contact BOOLEAN NOT NULL,
    shared TEXT[] NOT NULL,
    kept_back UUID[] DEFAULT '{}' NOT NULL,
    is_useful BOOLEAN,
    outcome VARCHAR(32),
    resolved_on DATE,
    resolved_in_time BOOLEAN,
    informed_on DATE,
    closed_on DATE,
    due_on DATE DEFAULT '9999-01-01' NOT NULL,
    clock VARCHAR(60),
    overdue BOOLEAN DEFAULT false NOT NULL,
    noticed_on DATE,
    expires_on DATE,
    expired_on DATE,
    province_id UUID, district_id UUID, commune_id UUID, village_id UUID,
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL, created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL, changed_by VARCHAR DEFAULT 'system' NOT NULL,
    CONSTRAINT pk_tip PRIMARY KEY (id),
    CONSTRAINT fk_tip_excluded_unit_id_unit FOREIGN KEY (excluded_unit_id) REFERENCES unit (id),
    CONSTRAINT fk_tip_received_unit_id_unit FOREIGN KEY (received_unit_id) REFERENCES unit (id),
    CONSTRAINT fk_tip_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit (id),
    CONSTRAINT ck_tip_closed_after_received CHECK (closed_on >= received_on),
    CONSTRAINT ck_tip_closed_has_date CHECK ((state = 'closed') = (closed_on IS NOT NULL)),
    CONSTRAINT ck_tip_tipcategory CHECK (category IN ('life_and_health', 'property', 'drugs',
        'gambling', 'fraud', 'domestic_violence', 'children', 'weapons', 'traffic', 'fire',
        'resources', 'residence', 'corruption', 'security', 'public_order', 'other')),
    CONSTRAINT ck_tip_tipchannel CHECK (channel IN ('online', 'in_person', 'phone', 'post',
        'other')),
    CONSTRAINT ck_tip_tipkind CHECK (kind IN ('crime_denunciation', 'crime_report',
        'prosecution_proposal', 'violation_info', 'feedback', 'unknown')),
    CONSTRAINT ck_tip_tipoutcome CHECK (outcome IN ('prosecuted', 'not_prosecuted',
        'handled_locally', 'forwarded')),
    CONSTRAINT ck_tip_tipstate CHECK (state IN ('received', 'recorded', 'triaged', 'transferred',
        'with_investigator', 'suspended', 'handled_locally', 'forwarded', 'decided_prosecute',
        'decided_not', 'informant_notified', 'closed'))
);
CREATE INDEX ix_tip_commune_id_due_on_id ON tip (commune_id, due_on, id);
CREATE INDEX ix_tip_commune_id_received_on_id ON tip (commune_id, received_on, id);
CREATE INDEX ix_tip_district_id_due_on_id ON tip (district_id, due_on, id);
CREATE INDEX ix_tip_district_id_received_on_id ON tip (district_id, received_on, id);
CREATE INDEX ix_tip_expires_on ON tip (expires_on) WHERE expired_on IS NULL;
CREATE INDEX ix_tip_overdue ON tip (due_on) WHERE NOT overdue;
CREATE INDEX ix_tip_province_id_due_on_id ON tip (province_id, due_on, id);
CREATE INDEX ix_tip_province_id_received_on_id ON tip (province_id, received_on, id);
CREATE INDEX ix_tip_received_unit_id_received_on ON tip (received_unit_id, received_on);
CREATE INDEX ix_tip_unit_id_due_on_id ON tip (unit_id, due_on, id);
CREATE INDEX ix_tip_unit_id_received_on_id ON tip (unit_id, received_on, id);

CREATE TABLE tip_desk (
    id UUID NOT NULL,
    unit_id UUID NOT NULL,
    remote BOOLEAN NOT NULL,
    basis VARCHAR(500),
    province_id UUID, district_id UUID, commune_id UUID, village_id UUID,
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL, created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL, changed_by VARCHAR DEFAULT 'system' NOT NULL,
    CONSTRAINT pk_tip_desk PRIMARY KEY (id),
    CONSTRAINT fk_tip_desk_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit (id)
);
CREATE INDEX ix_tip_desk_commune_id_id ON tip_desk (commune_id, id);
CREATE INDEX ix_tip_desk_district_id_id ON tip_desk (district_id, id);
CREATE INDEX ix_tip_desk_province_id_id ON tip_desk (province_id, id);
CREATE INDEX ix_tip_desk_unit_id_id ON tip_desk (unit_id, id);
CREATE INDEX ix_tip_desk_village_id_id ON tip_desk (village_id, id);
CREATE UNIQUE INDEX uq_tip_desk_unit_id ON tip_desk (unit_id);

CREATE TABLE tip_assignment (
    id UUID NOT NULL,
    tip_id UUID NOT NULL,
    subject VARCHAR NOT NULL,
    assigned_by VARCHAR NOT NULL,
    assigned_on DATE NOT NULL,
    ended_on DATE,
    CONSTRAINT pk_tip_assignment PRIMARY KEY (id),
    CONSTRAINT fk_tip_assignment_tip_id_tip FOREIGN KEY (tip_id) REFERENCES tip (id) ON DELETE
        CASCADE
);
CREATE INDEX ix_tip_assignment_subject ON tip_assignment (subject);
CREATE UNIQUE INDEX uq_tip_assignment_live ON tip_assignment (tip_id, subject) WHERE ended_on IS
    NULL;

CREATE TABLE tip_link (
    tip_id UUID NOT NULL,
    other_id UUID NOT NULL,
    linked_by VARCHAR NOT NULL,
    linked_on DATE NOT NULL,
    note VARCHAR(500),
    CONSTRAINT pk_tip_link PRIMARY KEY (tip_id, other_id),
    CONSTRAINT fk_tip_link_other_id_tip FOREIGN KEY (other_id) REFERENCES tip (id) ON DELETE
        CASCADE,
    CONSTRAINT fk_tip_link_tip_id_tip FOREIGN KEY (tip_id) REFERENCES tip (id) ON DELETE CASCADE,
    CONSTRAINT ck_tip_link_named_once CHECK (tip_id < other_id)
);
CREATE INDEX ix_tip_link_other_id ON tip_link (other_id);
