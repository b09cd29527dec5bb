CREATE TABLE calendar (
    id UUID NOT NULL,
    code VARCHAR(60) NOT NULL,
    name_vi VARCHAR(300) NOT NULL,
    name_en VARCHAR(300) NOT NULL,
    weekly_rest TEXT[] NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL, created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL, changed_by VARCHAR DEFAULT 'system' NOT NULL,
    CONSTRAINT pk_calendar PRIMARY KEY (id),
    CONSTRAINT uq_calendar_code UNIQUE (code),
    CONSTRAINT ck_calendar_rests_on_days_of_the_week CHECK (weekly_rest <@ ARRAY['monday',
        'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] AND
        cardinality(weekly_rest) < 7)
);

CREATE TABLE calendar_day (
    id UUID NOT NULL,
    calendar_id UUID NOT NULL,
    day DATE NOT NULL,
    kind VARCHAR(32) NOT NULL,
    name_vi VARCHAR(300) NOT NULL,
    name_en VARCHAR(300) NOT NULL,
    basis VARCHAR(500) NOT NULL,
    source VARCHAR(300) NOT NULL,
    certainty VARCHAR(32) NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL, created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL, changed_by VARCHAR DEFAULT 'system' NOT NULL,
    CONSTRAINT pk_calendar_day PRIMARY KEY (id),
    CONSTRAINT fk_calendar_day_calendar_id_calendar FOREIGN KEY (calendar_id) REFERENCES calendar
        (id),
    CONSTRAINT ck_calendar_day_certainty CHECK (certainty IN ('verified', 'read', 'memory',
        'projected')),
    CONSTRAINT ck_calendar_day_daykind CHECK (kind IN ('holiday', 'working'))
);
CREATE UNIQUE INDEX uq_calendar_day_calendar_id_day ON calendar_day (calendar_id, day);
