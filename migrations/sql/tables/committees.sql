CREATE TABLE committee (
    id UUID NOT NULL,
    unit_id UUID NOT NULL,
    scope VARCHAR(32) NOT NULL,
    model_code VARCHAR(60),
    code VARCHAR(60),
    name VARCHAR(300) NOT NULL,
    chair_position VARCHAR(200) NOT NULL,
    size INTEGER NOT NULL,
    decision VARCHAR(200),
    state VARCHAR(32) NOT NULL,
    established_on DATE NOT NULL,
    since DATE NOT NULL,
    dissolved_on DATE,
    province_id UUID, district_id UUID, commune_id UUID, village_id UUID,
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL, created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL, changed_by VARCHAR DEFAULT 'system' NOT NULL,
    CONSTRAINT pk_committee PRIMARY KEY (id),
    CONSTRAINT fk_committee_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit (id),
    CONSTRAINT ck_committee_committeescope CHECK (scope IN ('crime_138', 'movement', 'model')),
    CONSTRAINT ck_committee_committeestate CHECK (state IN ('established', 'reorganised',
        'dissolved')),
    CONSTRAINT ck_committee_dissolved_has_date CHECK ((state = 'dissolved') = (dissolved_on IS NOT
        NULL)),
    CONSTRAINT ck_committee_ends_after_it_begins CHECK (dissolved_on >= since),
    CONSTRAINT ck_committee_has_members CHECK (size >= 1),
    CONSTRAINT ck_committee_made_up_after_it_begins CHECK (since >= established_on),
    CONSTRAINT ck_committee_of_one_model CHECK ((scope = 'model') = (model_code IS NOT NULL))
);
CREATE INDEX ix_committee_code_id ON committee (code, id);
CREATE INDEX ix_committee_commune_id_id ON committee (commune_id, id);
CREATE INDEX ix_committee_district_id_id ON committee (district_id, id);
CREATE INDEX ix_committee_province_id_id ON committee (province_id, id);
CREATE INDEX ix_committee_scope_id ON committee (scope, id);
CREATE INDEX ix_committee_state_id ON committee (state, id);
CREATE INDEX ix_committee_unit_id_id ON committee (unit_id, id);
CREATE INDEX ix_committee_village_id_id ON committee (village_id, id);

CREATE TABLE former_committee (
    id UUID NOT NULL,
    committee_id UUID NOT NULL,
    chair_position VARCHAR(200) NOT NULL,
    size INTEGER NOT NULL,
    decision VARCHAR(200),
    since DATE NOT NULL,
    until DATE NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL, created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL, changed_by VARCHAR DEFAULT 'system' NOT NULL,
    CONSTRAINT pk_former_committee PRIMARY KEY (id),
    CONSTRAINT fk_former_committee_committee_id_committee FOREIGN KEY (committee_id) REFERENCES
        committee (id) ON DELETE CASCADE,
    CONSTRAINT ck_former_committee_ends_after_it_begins CHECK (since <= until)
);
CREATE INDEX ix_former_committee_committee_id ON former_committee (committee_id);
