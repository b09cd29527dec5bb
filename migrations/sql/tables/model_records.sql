CREATE TABLE model_review_rule (
    id UUID NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE NOT NULL,
    months_inactive INTEGER NOT NULL,
    failed_reviews INTEGER NOT NULL,
    basis VARCHAR(500) NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL, created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL, changed_by VARCHAR DEFAULT 'system' NOT NULL,
    CONSTRAINT pk_model_review_rule PRIMARY KEY (id),
    CONSTRAINT ck_model_review_rule_counts_are_positive CHECK (months_inactive > 0 AND
        failed_reviews > 0),
    CONSTRAINT ck_model_review_rule_ends_after_it_begins CHECK (valid_from < valid_to),
    CONSTRAINT one_review_rule_a_day EXCLUDE USING gist (daterange(valid_from, valid_to) WITH &&)
);

CREATE TABLE model_member (
    id UUID NOT NULL,
    model_id UUID NOT NULL,
    kind VARCHAR(32) NOT NULL,
    name VARCHAR(300),
    count INTEGER NOT NULL,
    joined_on DATE NOT NULL,
    left_on DATE,
    merged_into_id UUID,
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL, created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL, changed_by VARCHAR DEFAULT 'system' NOT NULL,
    CONSTRAINT pk_model_member PRIMARY KEY (id),
    CONSTRAINT fk_model_member_merged_into_id_model_member FOREIGN KEY (merged_into_id) REFERENCES
        model_member (id),
    CONSTRAINT fk_model_member_model_id_model FOREIGN KEY (model_id) REFERENCES model (id) ON
        DELETE CASCADE,
    CONSTRAINT ck_model_member_counts_somebody CHECK (count > 0),
    CONSTRAINT ck_model_member_leaves_after_joining CHECK (joined_on <= left_on),
    CONSTRAINT ck_model_member_memberkind CHECK (kind IN ('household', 'resident', 'group',
        'organisation')),
    CONSTRAINT ck_model_member_nobody_named CHECK (name IS NULL OR kind IN ('group',
        'organisation')),
    CONSTRAINT ck_model_member_what_is_merged_has_left CHECK (merged_into_id IS NULL OR (kind =
        'group' AND left_on IS NOT NULL))
);
CREATE INDEX ix_model_member_merged_into_id_id ON model_member (merged_into_id, id);
CREATE INDEX ix_model_member_model_id_id ON model_member (model_id, id);

CREATE TABLE model_recognition (
    id UUID NOT NULL,
    type_id UUID,
    model_id UUID,
    unit_id UUID NOT NULL,
    level VARCHAR(32) NOT NULL,
    year INTEGER NOT NULL,
    recognised_on DATE,
    scope VARCHAR(32) NOT NULL,
    decision VARCHAR(300),
    document_id UUID,
    state VARCHAR(32) NOT NULL,
    revoked_on DATE,
    province_id UUID, district_id UUID, commune_id UUID, village_id UUID,
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL, created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL, changed_by VARCHAR DEFAULT 'system' NOT NULL,
    CONSTRAINT pk_model_recognition PRIMARY KEY (id),
    CONSTRAINT fk_model_recognition_model_id_model FOREIGN KEY (model_id) REFERENCES model (id),
    CONSTRAINT fk_model_recognition_type_id_model_type FOREIGN KEY (type_id) REFERENCES model_type
        (id),
    CONSTRAINT fk_model_recognition_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit (id),
    CONSTRAINT ck_model_recognition_day_lies_in_year CHECK (extract(year FROM recognised_on) =
        year),
    CONSTRAINT ck_model_recognition_of_a_type_or_of_a_model CHECK (num_nonnulls(type_id, model_id)
        = 1),
    CONSTRAINT ck_model_recognition_recognitionlevel CHECK (level IN ('commune', 'province',
        'ministry')),
    CONSTRAINT ck_model_recognition_recognitionscope CHECK (scope IN ('commune', 'province',
        'nationwide')),
    CONSTRAINT ck_model_recognition_recognitionstate CHECK (state IN ('in_force', 'revoked')),
    CONSTRAINT ck_model_recognition_revoked_has_day CHECK ((state = 'revoked') = (revoked_on IS NOT
        NULL))
);
CREATE INDEX ix_model_recognition_commune_id_id ON model_recognition (commune_id, id);
CREATE INDEX ix_model_recognition_model_id_id ON model_recognition (model_id, id);
CREATE INDEX ix_model_recognition_province_id_id ON model_recognition (province_id, id);
CREATE INDEX ix_model_recognition_type_id_id ON model_recognition (type_id, id);
CREATE INDEX ix_model_recognition_unit_id_id ON model_recognition (unit_id, id);
CREATE INDEX ix_model_recognition_village_id_id ON model_recognition (village_id, id);

CREATE TABLE model_review (
    id UUID NOT NULL,
    model_id UUID NOT NULL,
    reviewed_on DATE NOT NULL,
    result VARCHAR(32) NOT NULL,
    note VARCHAR(2000),
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL, created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL, changed_by VARCHAR DEFAULT 'system' NOT NULL,
    CONSTRAINT pk_model_review PRIMARY KEY (id),
    CONSTRAINT fk_model_review_model_id_model FOREIGN KEY (model_id) REFERENCES model (id) ON
        DELETE CASCADE,
    CONSTRAINT ck_model_review_reviewresult CHECK (result IN ('passed', 'failed'))
);
CREATE INDEX ix_model_review_model_id_reviewed_on ON model_review (model_id, reviewed_on);
