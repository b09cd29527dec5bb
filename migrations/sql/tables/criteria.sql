CREATE TABLE criteria_set (
    id UUID NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL,
    created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL,
    changed_by VARCHAR DEFAULT 'system' NOT NULL,
    unit_id UUID NOT NULL,
    code VARCHAR(60) NOT NULL,
    edition INTEGER NOT NULL,
    subject_kind VARCHAR(32) NOT NULL,
    title_vi VARCHAR(300) NOT NULL,
    title_en VARCHAR(300) NOT NULL,
    basis VARCHAR(300) NOT NULL,
    source VARCHAR(300) NOT NULL,
    certainty VARCHAR(32) NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE NOT NULL,
    window_code VARCHAR(60) NOT NULL,
    state VARCHAR(32) NOT NULL,
    definition JSONB NOT NULL,
    content_hash VARCHAR(64),
    extends_id UUID,
    change_note VARCHAR(2000),
    CONSTRAINT pk_criteria_set PRIMARY KEY (id),
    CONSTRAINT ck_criteria_set_holds_some_time CHECK (valid_from < valid_to),
    CONSTRAINT ck_criteria_set_edition_is_positive CHECK (edition > 0),
    CONSTRAINT ck_criteria_set_published_has_hash CHECK ((state = 'draft') = (content_hash IS
        NULL)),
    CONSTRAINT fk_criteria_set_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id),
    CONSTRAINT ck_criteria_set_evaluatedkind CHECK (subject_kind IN ('residential_area', 'commune',
        'agency', 'enterprise', 'school', 'model', 'team')),
    CONSTRAINT ck_criteria_set_certainty CHECK (certainty IN ('verified', 'read', 'memory',
        'projected')),
    CONSTRAINT ck_criteria_set_setstate CHECK (state IN ('draft', 'published', 'superseded')),
    CONSTRAINT fk_criteria_set_extends_id_criteria_set FOREIGN KEY(extends_id) REFERENCES
        criteria_set (id)
);
CREATE INDEX ix_criteria_set_changed_at_id ON criteria_set (changed_at, id);
CREATE INDEX ix_criteria_set_code_id ON criteria_set (code, id);
CREATE INDEX ix_criteria_set_extends_id ON criteria_set (extends_id);
CREATE INDEX ix_criteria_set_state_id ON criteria_set (state, id);
CREATE INDEX ix_criteria_set_subject_kind_id ON criteria_set (subject_kind, id);
CREATE UNIQUE INDEX uq_criteria_set_edition ON criteria_set (unit_id, code, edition);
CREATE UNIQUE INDEX uq_criteria_set_in_force ON criteria_set (unit_id, code) WHERE state =
    'published';

CREATE TABLE evaluation_round (
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
    set_id UUID NOT NULL,
    title VARCHAR(300) NOT NULL,
    window_name VARCHAR(80) NOT NULL,
    window_from DATE NOT NULL,
    window_to DATE NOT NULL,
    register_by DATE NOT NULL,
    decide_by DATE NOT NULL,
    verify_level VARCHAR(32) NOT NULL,
    decide_level VARCHAR(32) NOT NULL,
    delegated BOOLEAN DEFAULT false NOT NULL,
    delegation_basis VARCHAR(300),
    state VARCHAR(32) NOT NULL,
    CONSTRAINT pk_evaluation_round PRIMARY KEY (id),
    CONSTRAINT ck_evaluation_round_window_begins_before_it_ends CHECK (window_from <= window_to),
    CONSTRAINT ck_evaluation_round_registers_before_it_decides CHECK (register_by <= decide_by),
    CONSTRAINT ck_evaluation_round_delegation_has_a_basis CHECK (delegated = (delegation_basis IS
        NOT NULL)),
    CONSTRAINT fk_evaluation_round_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id),
    CONSTRAINT fk_evaluation_round_set_id_criteria_set FOREIGN KEY(set_id) REFERENCES criteria_set
        (id),
    CONSTRAINT ck_evaluation_round_unitlevel CHECK (verify_level IN ('national', 'province',
        'district', 'commune', 'village')),
    CONSTRAINT ck_evaluation_round_decide_level CHECK (decide_level IN ('national', 'province',
        'district', 'commune', 'village')),
    CONSTRAINT ck_evaluation_round_roundstate CHECK (state IN ('open', 'closed'))
);
CREATE INDEX ix_evaluation_round_changed_at_id ON evaluation_round (changed_at, id);
CREATE INDEX ix_evaluation_round_commune_id_id ON evaluation_round (commune_id, id);
CREATE INDEX ix_evaluation_round_district_id_id ON evaluation_round (district_id, id);
CREATE INDEX ix_evaluation_round_province_id_id ON evaluation_round (province_id, id);
CREATE INDEX ix_evaluation_round_set_id_id ON evaluation_round (set_id, id);
CREATE INDEX ix_evaluation_round_state_id ON evaluation_round (state, id);
CREATE INDEX ix_evaluation_round_unit_id_id ON evaluation_round (unit_id, id);
CREATE INDEX ix_evaluation_round_village_id_id ON evaluation_round (village_id, id);
CREATE INDEX ix_evaluation_round_window_name_id ON evaluation_round (window_name, id);
CREATE UNIQUE INDEX uq_evaluation_round_once ON evaluation_round (unit_id, set_id, window_name);

CREATE TABLE evaluation (
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
    round_id UUID NOT NULL,
    set_id UUID NOT NULL,
    set_hash VARCHAR(64) NOT NULL,
    subject_kind VARCHAR(32) NOT NULL,
    subject_id UUID NOT NULL,
    state VARCHAR(32) NOT NULL,
    result VARCHAR(32),
    grade VARCHAR(60),
    percent NUMERIC(5, 2),
    late_reason VARCHAR(2000),
    submission INTEGER DEFAULT 0 NOT NULL,
    decided_on DATE,
    follows_id UUID,
    CONSTRAINT pk_evaluation PRIMARY KEY (id),
    CONSTRAINT ck_evaluation_decided_has_a_result CHECK (result IS NOT NULL OR state NOT IN
        ('decided', 'published', 'appealed')),
    CONSTRAINT ck_evaluation_result_has_a_day CHECK ((result IS NULL) = (decided_on IS NULL)),
    CONSTRAINT fk_evaluation_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id),
    CONSTRAINT fk_evaluation_round_id_evaluation_round FOREIGN KEY(round_id) REFERENCES
        evaluation_round (id),
    CONSTRAINT fk_evaluation_set_id_criteria_set FOREIGN KEY(set_id) REFERENCES criteria_set (id),
    CONSTRAINT ck_evaluation_evaluatedkind CHECK (subject_kind IN ('residential_area', 'commune',
        'agency', 'enterprise', 'school', 'model', 'team')),
    CONSTRAINT ck_evaluation_evaluationstate CHECK (state IN ('registered', 'self_assessed',
        'submitted', 'returned', 'verified', 'decided', 'published', 'appealed', 'closed')),
    CONSTRAINT ck_evaluation_evaluationresult CHECK (result IN ('met', 'not_met')),
    CONSTRAINT fk_evaluation_follows_id_evaluation FOREIGN KEY(follows_id) REFERENCES evaluation
        (id)
);
CREATE INDEX ix_evaluation_changed_at_id ON evaluation (changed_at, id);
CREATE INDEX ix_evaluation_commune_id_id ON evaluation (commune_id, id);
CREATE INDEX ix_evaluation_district_id_id ON evaluation (district_id, id);
CREATE INDEX ix_evaluation_follows_id ON evaluation (follows_id);
CREATE INDEX ix_evaluation_grade_id ON evaluation (grade, id);
CREATE INDEX ix_evaluation_province_id_id ON evaluation (province_id, id);
CREATE INDEX ix_evaluation_result_id ON evaluation (result, id);
CREATE INDEX ix_evaluation_round_id_id ON evaluation (round_id, id);
CREATE INDEX ix_evaluation_set_id_id ON evaluation (set_id, id);
CREATE INDEX ix_evaluation_state_id ON evaluation (state, id);
CREATE INDEX ix_evaluation_subject_id_id ON evaluation (subject_id, id);
CREATE INDEX ix_evaluation_subject_kind_id ON evaluation (subject_kind, id);
CREATE INDEX ix_evaluation_unit_id_id ON evaluation (unit_id, id);
CREATE INDEX ix_evaluation_village_id_id ON evaluation (village_id, id);
CREATE UNIQUE INDEX uq_evaluation_once ON evaluation (round_id, subject_id) WHERE state <> 'closed';

CREATE TABLE evaluation_answer (
    id UUID NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL,
    created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL,
    changed_by VARCHAR DEFAULT 'system' NOT NULL,
    evaluation_id UUID NOT NULL,
    path VARCHAR(121) NOT NULL,
    holds BOOLEAN,
    value NUMERIC,
    part INTEGER,
    whole INTEGER,
    note VARCHAR(2000),
    document_id UUID,
    cited_value NUMERIC,
    cited_part INTEGER,
    cited_whole INTEGER,
    figure_id VARCHAR(2000),
    reopened_reason VARCHAR(2000),
    reopened_in INTEGER,
    changed_in INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_evaluation_answer PRIMARY KEY (id),
    CONSTRAINT ck_evaluation_answer_reopened_has_a_reason CHECK ((reopened_in IS NULL) =
        (reopened_reason IS NULL)),
    CONSTRAINT ck_evaluation_answer_share_is_whole CHECK ((part IS NULL) = (whole IS NULL)),
    CONSTRAINT ck_evaluation_answer_part_is_within_the_whole CHECK (part >= 0 AND part <= whole),
    CONSTRAINT fk_evaluation_answer_evaluation_id_evaluation FOREIGN KEY(evaluation_id) REFERENCES
        evaluation (id) ON DELETE CASCADE,
    CONSTRAINT fk_evaluation_answer_document_id_document FOREIGN KEY(document_id) REFERENCES
        document (id)
);
CREATE INDEX ix_evaluation_answer_document_id ON evaluation_answer (document_id);
CREATE UNIQUE INDEX uq_evaluation_answer_once ON evaluation_answer (evaluation_id, path);

CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON evaluation_round
    FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON evaluation
    FOR EACH ROW EXECUTE FUNCTION place_row();
GRANT SELECT, INSERT, UPDATE ON criteria_set, evaluation_round, evaluation, evaluation_answer
TO binhyen_runtime;
-- room for rows that move with the map
ALTER TABLE evaluation_round SET (fillfactor = 85);
ALTER TABLE evaluation SET (fillfactor = 85);
