CREATE TABLE rating_terms (
    id UUID NOT NULL,
    first_year INTEGER NOT NULL,
    begin_month INTEGER NOT NULL,
    begin_day INTEGER NOT NULL,
    end_month INTEGER NOT NULL,
    end_day INTEGER NOT NULL,
    least_months INTEGER NOT NULL,
    basis VARCHAR(300) NOT NULL,
    certainty VARCHAR(32) NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL, created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL, changed_by VARCHAR DEFAULT 'system' NOT NULL,
    CONSTRAINT pk_rating_terms PRIMARY KEY (id),
    CONSTRAINT uq_rating_terms_first_year UNIQUE (first_year),
    CONSTRAINT ck_rating_terms_certainty CHECK (certainty IN ('verified', 'read', 'memory',
        'projected'))
);

CREATE TABLE team_member (
    id UUID NOT NULL,
    team_id UUID NOT NULL,
    unit_id UUID NOT NULL,
    name VARCHAR(100),
    role VARCHAR(32) NOT NULL,
    state VARCHAR(32) NOT NULL,
    origin_force VARCHAR(32),
    size_rule_id UUID,
    province_id UUID, district_id UUID, commune_id UUID, village_id UUID,
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL, created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL, changed_by VARCHAR DEFAULT 'system' NOT NULL,
    CONSTRAINT pk_team_member PRIMARY KEY (id),
    CONSTRAINT fk_team_member_size_rule_id_team_size_rule FOREIGN KEY (size_rule_id) REFERENCES
        team_size_rule (id),
    CONSTRAINT fk_team_member_team_id_team FOREIGN KEY (team_id) REFERENCES team (id),
    CONSTRAINT fk_team_member_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit (id),
    CONSTRAINT ck_team_member_memberstate CHECK (state IN ('applied', 'selected', 'recognised',
        'active', 'resigned', 'removed', 'ended')),
    CONSTRAINT ck_team_member_only_the_gone_have_no_name CHECK (name IS NOT NULL OR state =
        'ended'),
    CONSTRAINT ck_team_member_originforce CHECK (origin_force IN ('part_time_commune_police',
        'civil_defence', 'ward_guard', 'other_group', 'none')),
    CONSTRAINT ck_team_member_teamrole CHECK (role IN ('leader', 'deputy', 'member'))
);
CREATE INDEX ix_team_member_commune_id_id ON team_member (commune_id, id);
CREATE INDEX ix_team_member_district_id_id ON team_member (district_id, id);
CREATE INDEX ix_team_member_province_id_id ON team_member (province_id, id);
CREATE INDEX ix_team_member_team_id_id ON team_member (team_id, id);
CREATE INDEX ix_team_member_unit_id ON team_member (unit_id);
CREATE INDEX ix_team_member_village_id_id ON team_member (village_id, id);

CREATE TABLE service_rating (
    id UUID NOT NULL,
    member_id UUID NOT NULL,
    year INTEGER NOT NULL,
    level VARCHAR(32) NOT NULL,
    window_from DATE NOT NULL,
    window_to DATE NOT NULL,
    basis VARCHAR(300) NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL, created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL, changed_by VARCHAR DEFAULT 'system' NOT NULL,
    CONSTRAINT pk_service_rating PRIMARY KEY (id),
    CONSTRAINT fk_service_rating_member_id_team_member FOREIGN KEY (member_id) REFERENCES
        team_member (id) ON DELETE CASCADE,
    CONSTRAINT ck_service_rating_servicelevel CHECK (level IN ('excellent', 'good', 'completed',
        'not_completed'))
);
CREATE UNIQUE INDEX uq_service_rating_yearly ON service_rating (member_id, year);

CREATE TABLE team_term (
    id UUID NOT NULL,
    team_id UUID NOT NULL,
    member_id UUID NOT NULL,
    role VARCHAR(32) NOT NULL,
    since DATE NOT NULL,
    until DATE NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL, created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL, changed_by VARCHAR DEFAULT 'system' NOT NULL,
    CONSTRAINT pk_team_term PRIMARY KEY (id),
    CONSTRAINT fk_team_term_member_id_team_member FOREIGN KEY (member_id) REFERENCES team_member
        (id) ON DELETE CASCADE,
    CONSTRAINT fk_team_term_team_id_team FOREIGN KEY (team_id) REFERENCES team (id),
    CONSTRAINT ck_team_term_ends_after_it_begins CHECK (since <= until),
    CONSTRAINT ck_team_term_teamrole CHECK (role IN ('leader', 'deputy', 'member')),
    CONSTRAINT one_leader_a_day EXCLUDE USING gist (team_id WITH =, daterange(since, until) WITH
        &&) WHERE (role = 'leader'),
    CONSTRAINT one_role_a_day EXCLUDE USING gist (member_id WITH =, daterange(since, until) WITH
        &&)
);
CREATE INDEX ix_team_term_member_id ON team_term (member_id);
CREATE INDEX ix_team_term_team_id ON team_term (team_id);

CREATE TABLE team_training (
    id UUID NOT NULL,
    member_id UUID NOT NULL,
    course VARCHAR(200) NOT NULL,
    days INTEGER NOT NULL,
    held_on DATE NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL, created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL, changed_by VARCHAR DEFAULT 'system' NOT NULL,
    CONSTRAINT pk_team_training PRIMARY KEY (id),
    CONSTRAINT fk_team_training_member_id_team_member FOREIGN KEY (member_id) REFERENCES
        team_member (id) ON DELETE CASCADE,
    CONSTRAINT ck_team_training_lasts CHECK (days > 0)
);
CREATE UNIQUE INDEX uq_team_training_once ON team_training (member_id, course, held_on);
