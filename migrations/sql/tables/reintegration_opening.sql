CREATE TABLE reintegration_opening (
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
    case_id UUID NOT NULL,
    case_number VARCHAR(20) NOT NULL,
    basis VARCHAR(32) NOT NULL,
    state VARCHAR(32) NOT NULL,
    opened_by VARCHAR NOT NULL,
    opened_at TIMESTAMPTZ NOT NULL,
    opens_until TIMESTAMPTZ NOT NULL,
    decided_by VARCHAR,
    decided_at TIMESTAMPTZ,
    sealed BYTEA NOT NULL,
    keys JSONB NOT NULL,
    CONSTRAINT pk_reintegration_opening PRIMARY KEY (id),
    CONSTRAINT ck_reintegration_opening_ends_after_beginning CHECK (opens_until >= opened_at),
    CONSTRAINT ck_reintegration_opening_review_has_person CHECK ((state = 'unreviewed') =
        (decided_by IS NULL)),
    CONSTRAINT ck_reintegration_opening_review_has_time CHECK ((decided_by IS NULL) = (decided_at IS
        NULL)),
    CONSTRAINT ck_reintegration_opening_second_person CHECK (decided_by <> opened_by),
    CONSTRAINT fk_reintegration_opening_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id),
    CONSTRAINT fk_reintegration_opening_case_id_reintegration_case FOREIGN KEY(case_id) REFERENCES
        reintegration_case (id) ON DELETE CASCADE,
    CONSTRAINT ck_reintegration_opening_caseopeningbasis CHECK (basis IN ('worker_unreachable',
        'danger_to_life', 'person_asks', 'authority_asks')),
    CONSTRAINT ck_reintegration_opening_caseopeningstate CHECK (state IN ('unreviewed', 'justified',
        'unjustified'))
);
CREATE INDEX ix_reintegration_opening_case_id_id ON reintegration_opening (case_id, id);
CREATE INDEX ix_reintegration_opening_commune_id_opened_at_id ON reintegration_opening (commune_id,
    opened_at, id);
CREATE INDEX ix_reintegration_opening_district_id_opened_at_id ON reintegration_opening
    (district_id, opened_at, id);
CREATE INDEX ix_reintegration_opening_opened_by_opens_until ON reintegration_opening (opened_by,
    opens_until);
CREATE INDEX ix_reintegration_opening_province_id_opened_at_id ON reintegration_opening
    (province_id, opened_at, id);
CREATE INDEX ix_reintegration_opening_unit_id_opened_at_id ON reintegration_opening (unit_id,
    opened_at, id);
CREATE INDEX ix_reintegration_opening_village_id_opened_at_id ON reintegration_opening (village_id,
    opened_at, id);
