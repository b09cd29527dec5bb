CREATE TABLE reintegration_case (
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
    closed_on DATE,
    noticed_on DATE,
    expires_on DATE,
    expired_on DATE,
    case_number VARCHAR(20) NOT NULL,
    basis VARCHAR(32) NOT NULL,
    state VARCHAR(32) NOT NULL,
    closing_basis VARCHAR(32),
    notified_on DATE NOT NULL,
    released_on DATE NOT NULL,
    episode INTEGER NOT NULL,
    follows_id UUID,
    CONSTRAINT pk_reintegration_case PRIMARY KEY (id),
    CONSTRAINT ck_reintegration_case_closed_has_date CHECK ((state = 'closed') = (closed_on IS
        NOT NULL)),
    CONSTRAINT ck_reintegration_case_closed_has_basis CHECK ((closed_on IS NULL) =
        (closing_basis IS NULL)),
    CONSTRAINT ck_reintegration_case_closed_after_notified CHECK (closed_on >= notified_on),
    CONSTRAINT ck_reintegration_case_episode_counted CHECK (episode BETWEEN 1 AND 99),
    CONSTRAINT fk_reintegration_case_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id),
    CONSTRAINT ck_reintegration_case_casebasis CHECK (basis IN ('released', 'amnestied',
        'suspended_sentence', 'non_custodial')),
    CONSTRAINT ck_reintegration_case_casestate CHECK (state IN ('notified', 'verified',
        'intake', 'supporting', 'closed')),
    CONSTRAINT ck_reintegration_case_closingbasis CHECK (closing_basis IN ('expunged',
        'moved', 'emigrated', 'missing', 'deceased', 'imprisoned_again')),
    CONSTRAINT fk_reintegration_case_follows_id_reintegration_case FOREIGN KEY(follows_id)
        REFERENCES reintegration_case (id) ON DELETE SET NULL
);
CREATE INDEX ix_reintegration_case_commune_id_notified_on_id ON reintegration_case (commune_id,
    notified_on, id);
CREATE INDEX ix_reintegration_case_district_id_notified_on_id ON reintegration_case (district_id,
    notified_on, id);
CREATE INDEX ix_reintegration_case_expires_on ON reintegration_case (expires_on) WHERE expired_on
    IS NULL;
CREATE INDEX ix_reintegration_case_follows_id ON reintegration_case (follows_id);
CREATE INDEX ix_reintegration_case_province_id_notified_on_id ON reintegration_case (province_id,
    notified_on, id);
CREATE INDEX ix_reintegration_case_unit_id_notified_on_id ON reintegration_case (unit_id,
    notified_on, id);
CREATE INDEX ix_reintegration_case_village_id_notified_on_id ON reintegration_case (village_id,
    notified_on, id);
CREATE UNIQUE INDEX uq_reintegration_case_case_number ON reintegration_case (case_number);

CREATE TABLE reintegration_assignment (
    id UUID NOT NULL,
    subject VARCHAR NOT NULL,
    assigned_by VARCHAR NOT NULL,
    assigned_on DATE NOT NULL,
    ended_on DATE,
    case_id UUID NOT NULL,
    part VARCHAR(32) NOT NULL,
    CONSTRAINT pk_reintegration_assignment PRIMARY KEY (id),
    CONSTRAINT fk_reintegration_assignment_case_id_reintegration_case FOREIGN KEY(case_id)
        REFERENCES reintegration_case (id) ON DELETE CASCADE,
    CONSTRAINT ck_reintegration_assignment_casepart CHECK (part IN ('lead', 'worker', 'helper'))
);
CREATE INDEX ix_reintegration_assignment_subject ON reintegration_assignment (subject);
CREATE UNIQUE INDEX uq_reintegration_assignment_live ON reintegration_assignment (case_id,
    subject) WHERE ended_on IS NULL;

CREATE TABLE reintegration_identity (
    sealed BYTEA NOT NULL,
    keys JSONB NOT NULL,
    case_id UUID NOT NULL,
    CONSTRAINT pk_reintegration_identity PRIMARY KEY (case_id),
    CONSTRAINT fk_reintegration_identity_case_id_reintegration_case FOREIGN KEY(case_id)
        REFERENCES reintegration_case (id) ON DELETE CASCADE
);

CREATE TABLE reintegration_need (
    id UUID NOT NULL,
    recorded_on DATE NOT NULL,
    recorded_by VARCHAR NOT NULL,
    case_id UUID NOT NULL,
    pathway VARCHAR(32) NOT NULL,
    status VARCHAR(32) NOT NULL,
    sealed BYTEA NOT NULL,
    keys JSONB NOT NULL,
    CONSTRAINT pk_reintegration_need PRIMARY KEY (id),
    CONSTRAINT fk_reintegration_need_case_id_reintegration_case FOREIGN KEY(case_id)
        REFERENCES reintegration_case (id) ON DELETE CASCADE,
    CONSTRAINT ck_reintegration_need_casepathway CHECK (pathway IN ('residence_papers',
        'work', 'training', 'loan', 'family', 'health_and_drugs', 'legal', 'stigma')),
    CONSTRAINT ck_reintegration_need_needstatus CHECK (status IN ('none_identified',
        'not_started', 'in_progress', 'met', 'declined'))
);
CREATE INDEX ix_reintegration_need_case_id_id ON reintegration_need (case_id, id);

CREATE TABLE reintegration_action (
    id UUID NOT NULL,
    recorded_on DATE NOT NULL,
    recorded_by VARCHAR NOT NULL,
    case_id UUID NOT NULL,
    pathway VARCHAR(32) NOT NULL,
    due_on DATE NOT NULL,
    outcome VARCHAR(32),
    ended_on DATE,
    sealed BYTEA NOT NULL,
    keys JSONB NOT NULL,
    CONSTRAINT pk_reintegration_action PRIMARY KEY (id),
    CONSTRAINT ck_reintegration_action_outcome_has_date CHECK ((outcome IS NULL) = (ended_on
        IS NULL)),
    CONSTRAINT fk_reintegration_action_case_id_reintegration_case FOREIGN KEY(case_id)
        REFERENCES reintegration_case (id) ON DELETE CASCADE,
    CONSTRAINT ck_reintegration_action_casepathway CHECK (pathway IN ('residence_papers',
        'work', 'training', 'loan', 'family', 'health_and_drugs', 'legal', 'stigma')),
    CONSTRAINT ck_reintegration_action_actionoutcome CHECK (outcome IN ('achieved',
        'partly_achieved', 'not_achieved'))
);
CREATE INDEX ix_reintegration_action_case_id_id ON reintegration_action (case_id, id);

CREATE TABLE reintegration_contact (
    id UUID NOT NULL,
    recorded_on DATE NOT NULL,
    recorded_by VARCHAR NOT NULL,
    case_id UUID NOT NULL,
    took_place_on DATE NOT NULL,
    way VARCHAR(32) NOT NULL,
    attendance VARCHAR(32) NOT NULL,
    sealed BYTEA NOT NULL,
    keys JSONB NOT NULL,
    CONSTRAINT pk_reintegration_contact PRIMARY KEY (id),
    CONSTRAINT fk_reintegration_contact_case_id_reintegration_case FOREIGN KEY(case_id)
        REFERENCES reintegration_case (id) ON DELETE CASCADE,
    CONSTRAINT ck_reintegration_contact_contactway CHECK (way IN ('visit', 'meeting', 'call',
        'report')),
    CONSTRAINT ck_reintegration_contact_attendance CHECK (attendance IN ('attended',
        'excused', 'absent'))
);
CREATE INDEX ix_reintegration_contact_case_id_id ON reintegration_contact (case_id, id);

CREATE TABLE reintegration_support (
    id UUID NOT NULL,
    recorded_on DATE NOT NULL,
    recorded_by VARCHAR NOT NULL,
    case_id UUID NOT NULL,
    kind VARCHAR(32) NOT NULL,
    state VARCHAR(32) NOT NULL,
    begins_on DATE NOT NULL,
    ends_on DATE,
    verified_on DATE,
    purpose VARCHAR(32),
    amount INTEGER,
    months INTEGER,
    rule_code VARCHAR(60),
    sealed BYTEA NOT NULL,
    keys JSONB NOT NULL,
    CONSTRAINT pk_reintegration_support PRIMARY KEY (id),
    CONSTRAINT ck_reintegration_support_loan_has_terms CHECK ((kind = 'loan') = (purpose IS
        NOT NULL) AND (kind = 'loan') = (amount IS NOT NULL) AND (kind = 'loan') = (months IS NOT
        NULL)),
    CONSTRAINT ck_reintegration_support_ends_after_beginning CHECK (ends_on >= begins_on),
    CONSTRAINT fk_reintegration_support_case_id_reintegration_case FOREIGN KEY(case_id)
        REFERENCES reintegration_case (id) ON DELETE CASCADE,
    CONSTRAINT ck_reintegration_support_supportkind CHECK (kind IN ('job', 'training', 'loan',
        'housing', 'counselling')),
    CONSTRAINT ck_reintegration_support_supportstate CHECK (state IN ('arranged', 'granted',
        'repaid', 'overdue', 'ended')),
    CONSTRAINT ck_reintegration_support_loanpurpose CHECK (purpose IN ('production', 'training'))
);
CREATE INDEX ix_reintegration_support_case_id_id ON reintegration_support (case_id, id);

CREATE TABLE reintegration_consent (
    id UUID NOT NULL,
    recorded_on DATE NOT NULL,
    recorded_by VARCHAR NOT NULL,
    case_id UUID NOT NULL,
    scope VARCHAR(32) NOT NULL,
    text_version VARCHAR(40) NOT NULL,
    given_on DATE NOT NULL,
    ends_on DATE,
    revoked_on DATE,
    sealed BYTEA NOT NULL,
    keys JSONB NOT NULL,
    CONSTRAINT pk_reintegration_consent PRIMARY KEY (id),
    CONSTRAINT ck_reintegration_consent_ends_after_giving CHECK (ends_on >= given_on),
    CONSTRAINT ck_reintegration_consent_revoked_after_giving CHECK (revoked_on >= given_on),
    CONSTRAINT fk_reintegration_consent_case_id_reintegration_case FOREIGN KEY(case_id)
        REFERENCES reintegration_case (id) ON DELETE CASCADE,
    CONSTRAINT ck_reintegration_consent_consentscope CHECK (scope IN ('share_with_bank',
        'share_with_employer', 'share_with_trainer', 'share_with_organisation', 'home_visits'))
);
CREATE INDEX ix_reintegration_consent_case_id_id ON reintegration_consent (case_id, id);

CREATE TABLE reintegration_request (
    id UUID NOT NULL,
    recorded_on DATE NOT NULL,
    recorded_by VARCHAR NOT NULL,
    case_id UUID NOT NULL,
    kind VARCHAR(32) NOT NULL,
    received_on DATE NOT NULL,
    answer VARCHAR(32),
    answered_on DATE,
    sealed BYTEA NOT NULL,
    keys JSONB NOT NULL,
    CONSTRAINT pk_reintegration_request PRIMARY KEY (id),
    CONSTRAINT ck_reintegration_request_answer_has_date CHECK ((answer IS NULL) = (answered_on
        IS NULL)),
    CONSTRAINT ck_reintegration_request_answered_after_receipt CHECK (answered_on >= received_on),
    CONSTRAINT fk_reintegration_request_case_id_reintegration_case FOREIGN KEY(case_id)
        REFERENCES reintegration_case (id) ON DELETE CASCADE,
    CONSTRAINT ck_reintegration_request_personrequestkind CHECK (kind IN ('copy',
        'correction', 'objection')),
    CONSTRAINT ck_reintegration_request_personrequestanswer CHECK (answer IN ('granted',
        'partly_granted', 'refused'))
);
CREATE INDEX ix_reintegration_request_case_id_id ON reintegration_request (case_id, id);

CREATE TABLE reintegration_transfer (
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
    from_unit_id UUID NOT NULL,
    state VARCHAR(32) NOT NULL,
    shared TEXT[] NOT NULL,
    reason VARCHAR(2000) NOT NULL,
    offered_on DATE NOT NULL,
    answer VARCHAR(2000),
    answered_on DATE,
    case_id UUID NOT NULL,
    case_number VARCHAR(20) NOT NULL,
    basis VARCHAR(32) NOT NULL,
    CONSTRAINT pk_reintegration_transfer PRIMARY KEY (id),
    CONSTRAINT fk_reintegration_transfer_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id),
    CONSTRAINT fk_reintegration_transfer_from_unit_id_unit FOREIGN KEY(from_unit_id)
        REFERENCES unit (id),
    CONSTRAINT ck_reintegration_transfer_transferstate CHECK (state IN ('offered', 'accepted',
        'declined', 'withdrawn')),
    CONSTRAINT fk_reintegration_transfer_case_id_reintegration_case FOREIGN KEY(case_id)
        REFERENCES reintegration_case (id) ON DELETE CASCADE,
    CONSTRAINT ck_reintegration_transfer_casebasis CHECK (basis IN ('released', 'amnestied',
        'suspended_sentence', 'non_custodial'))
);
CREATE INDEX ix_reintegration_transfer_case_id_id ON reintegration_transfer (case_id, id);
CREATE INDEX ix_reintegration_transfer_commune_id_id ON reintegration_transfer (commune_id, id);
CREATE INDEX ix_reintegration_transfer_district_id_id ON reintegration_transfer (district_id, id);
CREATE INDEX ix_reintegration_transfer_province_id_id ON reintegration_transfer (province_id, id);
CREATE INDEX ix_reintegration_transfer_unit_id_id ON reintegration_transfer (unit_id, id);
CREATE INDEX ix_reintegration_transfer_village_id_id ON reintegration_transfer (village_id, id);
CREATE UNIQUE INDEX uq_reintegration_transfer_open ON reintegration_transfer (case_id) WHERE state
    = 'offered';

CREATE TABLE reintegration_hold (
    id UUID NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL,
    created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL,
    changed_by VARCHAR DEFAULT 'system' NOT NULL,
    reason VARCHAR(2000) NOT NULL,
    document_id UUID NOT NULL,
    released_on DATE,
    release_reason VARCHAR(2000),
    case_id UUID NOT NULL,
    CONSTRAINT pk_reintegration_hold PRIMARY KEY (id),
    CONSTRAINT fk_reintegration_hold_document_id_document FOREIGN KEY(document_id) REFERENCES
        document (id),
    CONSTRAINT fk_reintegration_hold_case_id_reintegration_case FOREIGN KEY(case_id)
        REFERENCES reintegration_case (id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX uq_reintegration_hold_live ON reintegration_hold (case_id) WHERE released_on
    IS NULL;

CREATE TABLE reintegration_episode (
    id UUID NOT NULL,
    release_month DATE NOT NULL,
    province_id UUID,
    months INTEGER NOT NULL,
    reoffended BOOLEAN NOT NULL,
    CONSTRAINT pk_reintegration_episode PRIMARY KEY (id),
    CONSTRAINT ck_reintegration_episode_month_only CHECK (release_month = date_trunc('month',
        release_month)),
    CONSTRAINT ck_reintegration_episode_months_counted CHECK (months >= 0),
    CONSTRAINT fk_reintegration_episode_province_id_unit FOREIGN KEY(province_id) REFERENCES
        unit (id)
);
CREATE INDEX ix_reintegration_episode_release_month ON reintegration_episode (release_month);
