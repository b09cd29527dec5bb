CREATE TABLE tip_stub (
    id UUID NOT NULL,
    tip_id UUID NOT NULL,
    unit_id UUID NOT NULL,
    to_unit_id UUID NOT NULL,
    received_on DATE NOT NULL,
    moved_on DATE NOT NULL,
    state VARCHAR(32) NOT NULL,
    outcome VARCHAR(32),
    province_id UUID, district_id UUID, commune_id UUID, village_id UUID,
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL, created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL, changed_by VARCHAR DEFAULT 'system' NOT NULL,
    CONSTRAINT pk_tip_stub PRIMARY KEY (id),
    CONSTRAINT fk_tip_stub_tip_id_tip FOREIGN KEY (tip_id) REFERENCES tip (id) ON DELETE CASCADE,
    CONSTRAINT fk_tip_stub_to_unit_id_unit FOREIGN KEY (to_unit_id) REFERENCES unit (id),
    CONSTRAINT fk_tip_stub_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit (id),
    CONSTRAINT ck_tip_stub_tipoutcome CHECK (outcome IN ('prosecuted', 'not_prosecuted',
        'handled_locally', 'forwarded')),
    CONSTRAINT ck_tip_stub_tipstate CHECK (state IN ('received', 'recorded', 'triaged',
        'transferred', 'with_investigator', 'suspended', 'handled_locally', 'forwarded',
        'decided_prosecute', 'decided_not', 'informant_notified', 'closed'))
);
CREATE INDEX ix_tip_stub_commune_id_id ON tip_stub (commune_id, id);
CREATE INDEX ix_tip_stub_district_id_id ON tip_stub (district_id, id);
CREATE INDEX ix_tip_stub_province_id_id ON tip_stub (province_id, id);
CREATE INDEX ix_tip_stub_tip_id ON tip_stub (tip_id);
CREATE INDEX ix_tip_stub_unit_id_id ON tip_stub (unit_id, id);
CREATE INDEX ix_tip_stub_village_id_id ON tip_stub (village_id, id);

CREATE TABLE tip_transfer (
    id UUID NOT NULL,
    tip_id UUID NOT NULL,
    unit_id UUID NOT NULL,
    from_unit_id UUID NOT NULL,
    state VARCHAR(32) NOT NULL,
    kind VARCHAR(32) NOT NULL,
    category VARCHAR(32),
    received_on DATE NOT NULL,
    shared TEXT[] NOT NULL,
    reason VARCHAR(2000) NOT NULL,
    offered_on DATE NOT NULL,
    answer VARCHAR(2000),
    answered_on DATE,
    province_id UUID, district_id UUID, commune_id UUID, village_id UUID,
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL, created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL, changed_by VARCHAR DEFAULT 'system' NOT NULL,
    CONSTRAINT pk_tip_transfer PRIMARY KEY (id),
    CONSTRAINT fk_tip_transfer_from_unit_id_unit FOREIGN KEY (from_unit_id) REFERENCES unit (id),
    CONSTRAINT fk_tip_transfer_tip_id_tip FOREIGN KEY (tip_id) REFERENCES tip (id) ON DELETE
        CASCADE,
    CONSTRAINT fk_tip_transfer_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit (id),
    CONSTRAINT ck_tip_transfer_tipcategory CHECK (category IN ('life_and_health', 'property',
        'drugs', 'gambling', 'fraud', 'domestic_violence', 'children', 'weapons', 'traffic',
        'fire', 'resources', 'residence', 'corruption', 'security', 'public_order', 'other')),
    CONSTRAINT ck_tip_transfer_tipkind CHECK (kind IN ('crime_denunciation', 'crime_report',
        'prosecution_proposal', 'violation_info', 'feedback', 'unknown')),
    CONSTRAINT ck_tip_transfer_transferstate CHECK (state IN ('offered', 'accepted', 'declined',
        'withdrawn'))
);
CREATE INDEX ix_tip_transfer_commune_id_id ON tip_transfer (commune_id, id);
CREATE INDEX ix_tip_transfer_district_id_id ON tip_transfer (district_id, id);
CREATE INDEX ix_tip_transfer_province_id_id ON tip_transfer (province_id, id);
CREATE INDEX ix_tip_transfer_tip_id_id ON tip_transfer (tip_id, id);
CREATE INDEX ix_tip_transfer_unit_id_id ON tip_transfer (unit_id, id);
CREATE INDEX ix_tip_transfer_village_id_id ON tip_transfer (village_id, id);
CREATE UNIQUE INDEX uq_tip_transfer_open ON tip_transfer (tip_id) WHERE state = 'offered';
