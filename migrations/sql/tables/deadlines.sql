CREATE TABLE deadline_rule (
    id UUID NOT NULL,
    code VARCHAR(60) NOT NULL,
    edition INTEGER NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE NOT NULL,
    name_vi VARCHAR(300) NOT NULL,
    name_en VARCHAR(300) NOT NULL,
    trigger VARCHAR(60) NOT NULL,
    length INTEGER NOT NULL,
    measure VARCHAR(32) NOT NULL,
    rolls BOOLEAN NOT NULL,
    calendar_id UUID NOT NULL,
    suspension_allowed BOOLEAN NOT NULL,
    suspension_most_days INTEGER,
    basis VARCHAR(1000) NOT NULL,
    source VARCHAR(300) NOT NULL,
    certainty VARCHAR(32) NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL, created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL, changed_by VARCHAR DEFAULT 'system' NOT NULL,
    CONSTRAINT pk_deadline_rule PRIMARY KEY (id),
    CONSTRAINT fk_deadline_rule_calendar_id_calendar FOREIGN KEY (calendar_id) REFERENCES calendar
        (id),
    CONSTRAINT ck_deadline_rule_certainty CHECK (certainty IN ('verified', 'read', 'memory',
        'projected')),
    CONSTRAINT ck_deadline_rule_counts_are_positive CHECK (length > 0 AND edition > 0),
    CONSTRAINT ck_deadline_rule_ends_after_it_begins CHECK (valid_from < valid_to),
    CONSTRAINT ck_deadline_rule_hours_do_not_roll CHECK (measure <> 'hour' OR NOT rolls),
    CONSTRAINT ck_deadline_rule_measure CHECK (measure IN ('hour', 'calendar_day', 'working_day',
        'month')),
    CONSTRAINT ck_deadline_rule_most_days_are_positive CHECK (suspension_most_days > 0),
    CONSTRAINT ck_deadline_rule_most_days_of_what_is_allowed CHECK (suspension_allowed OR
        suspension_most_days IS NULL),
    CONSTRAINT one_edition_a_day EXCLUDE USING gist (code WITH =, daterange(valid_from, valid_to)
        WITH &&)
);
CREATE INDEX ix_deadline_rule_calendar_id ON deadline_rule (calendar_id);
CREATE UNIQUE INDEX uq_deadline_rule_code_edition ON deadline_rule (code, edition);

CREATE TABLE deadline (
    id UUID NOT NULL,
    resource VARCHAR(60) NOT NULL,
    resource_id UUID NOT NULL,
    unit_id UUID NOT NULL,
    rule_id UUID NOT NULL,
    rule_code VARCHAR(60) NOT NULL,
    state VARCHAR(32) NOT NULL,
    started_at TIMESTAMPTZ NOT NULL,
    ends_at TIMESTAMPTZ NOT NULL,
    due_at TIMESTAMPTZ NOT NULL,
    due_on DATE NOT NULL,
    acted_at TIMESTAMPTZ NOT NULL,
    extensions INTEGER NOT NULL,
    paused_at TIMESTAMPTZ,
    pause_ends_at TIMESTAMPTZ,
    paused_seconds INTEGER NOT NULL,
    remaining_seconds INTEGER,
    remaining_days INTEGER,
    met_at TIMESTAMPTZ,
    breached_at TIMESTAMPTZ,
    province_id UUID, district_id UUID, commune_id UUID, village_id UUID,
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL, created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL, changed_by VARCHAR DEFAULT 'system' NOT NULL,
    CONSTRAINT pk_deadline PRIMARY KEY (id),
    CONSTRAINT fk_deadline_rule_id_deadline_rule FOREIGN KEY (rule_id) REFERENCES deadline_rule
        (id),
    CONSTRAINT fk_deadline_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit (id),
    CONSTRAINT ck_deadline_breach_has_time CHECK ((state = 'breached') = (breached_at IS NOT NULL)),
    CONSTRAINT ck_deadline_deadlinestate CHECK (state IN ('running', 'paused', 'extended', 'met',
        'breached')),
    CONSTRAINT ck_deadline_met_has_time CHECK (state <> 'met' OR met_at IS NOT NULL),
    CONSTRAINT ck_deadline_paused_has_what_remains CHECK ((state = 'paused') = (paused_at IS NOT
        NULL) AND num_nonnulls(remaining_seconds, remaining_days) = CASE WHEN state = 'paused' THEN
        1 ELSE 0 END),
    CONSTRAINT ck_deadline_remains_something CHECK (remaining_seconds >= 0 AND remaining_days >= 0)
);
CREATE INDEX ix_deadline_commune_id_due ON deadline (commune_id, due_on, due_at, id) WHERE resource
    <> 'tip';
CREATE INDEX ix_deadline_district_id_due ON deadline (district_id, due_on, due_at, id) WHERE
    resource <> 'tip';
CREATE INDEX ix_deadline_due ON deadline (due_on, due_at, id) WHERE resource <> 'tip';
CREATE INDEX ix_deadline_pause_ends_at ON deadline (pause_ends_at) WHERE state = 'paused' AND
    pause_ends_at IS NOT NULL;
CREATE INDEX ix_deadline_province_id_due ON deadline (province_id, due_on, due_at, id) WHERE
    resource <> 'tip';
CREATE INDEX ix_deadline_resource_id_id ON deadline (resource_id, id);
CREATE INDEX ix_deadline_rule_id ON deadline (rule_id);
CREATE INDEX ix_deadline_ticking ON deadline (due_at) WHERE state IN ('running', 'extended');
CREATE INDEX ix_deadline_unit_id ON deadline (unit_id);
CREATE INDEX ix_deadline_village_id_due ON deadline (village_id, due_on, due_at, id) WHERE resource
    <> 'tip';
CREATE UNIQUE INDEX uq_deadline_live ON deadline (resource, resource_id, rule_code) WHERE state IN
    ('running', 'paused', 'extended');

CREATE TABLE deadline_extension_step (
    id UUID NOT NULL,
    rule_id UUID NOT NULL,
    step INTEGER NOT NULL,
    length INTEGER NOT NULL,
    measure VARCHAR(32) NOT NULL,
    times INTEGER NOT NULL,
    authority VARCHAR(60) NOT NULL,
    basis VARCHAR(1000) NOT NULL,
    CONSTRAINT pk_deadline_extension_step PRIMARY KEY (id),
    CONSTRAINT fk_deadline_extension_step_rule_id_deadline_rule FOREIGN KEY (rule_id) REFERENCES
        deadline_rule (id) ON DELETE CASCADE,
    CONSTRAINT ck_deadline_extension_step_counts_are_positive CHECK (length > 0 AND times > 0 AND
        step > 0),
    CONSTRAINT ck_deadline_extension_step_measure CHECK (measure IN ('hour', 'calendar_day',
        'working_day', 'month'))
);
CREATE UNIQUE INDEX uq_deadline_extension_step_rule_id_step ON deadline_extension_step (rule_id,
    step);

CREATE TABLE deadline_event (
    id UUID NOT NULL,
    deadline_id UUID NOT NULL,
    number INTEGER NOT NULL,
    act VARCHAR(32) NOT NULL,
    occurred_at TIMESTAMPTZ NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    recorded_by VARCHAR NOT NULL,
    due_at TIMESTAMPTZ NOT NULL,
    length INTEGER,
    measure VARCHAR(32),
    authority VARCHAR(60),
    basis VARCHAR(1000),
    reason VARCHAR(1000),
    CONSTRAINT pk_deadline_event PRIMARY KEY (id),
    CONSTRAINT fk_deadline_event_deadline_id_deadline FOREIGN KEY (deadline_id) REFERENCES deadline
        (id),
    CONSTRAINT ck_deadline_event_deadlineact CHECK (act IN ('started', 'paused', 'resumed',
        'extended', 'met', 'breached', 'reckoned')),
    CONSTRAINT ck_deadline_event_measure CHECK (measure IN ('hour', 'calendar_day', 'working_day',
        'month'))
);
CREATE UNIQUE INDEX uq_deadline_event_deadline_id_number ON deadline_event (deadline_id, number);
