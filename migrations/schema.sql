-- The schema that the migrations build. Written by `./run schema`; a test compares.

-- Tables
CREATE TABLE account (
    id uuid NOT NULL,
    login character varying(100) NOT NULL,
    name character varying(200) NOT NULL,
    unit_id uuid NOT NULL,
    password_hash character varying,
    issuer character varying(300),
    external_subject character varying(300),
    totp_secret bytea,
    totp_confirmed_at timestamp with time zone,
    totp_last_step integer,
    failures integer NOT NULL,
    next_try_at timestamp with time zone,
    disabled_at timestamp with time zone,
    province_id uuid,
    district_id uuid,
    commune_id uuid,
    village_id uuid,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    recovery_codes bytea,
    CONSTRAINT ck_account_issuer_and_subject CHECK (((issuer IS NULL) = (external_subject IS NULL))),
    CONSTRAINT fk_account_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit(id),
    CONSTRAINT pk_account PRIMARY KEY (id),
    CONSTRAINT uq_account_login UNIQUE (login)
);
CREATE TABLE activity (
    voided_at timestamp with time zone,
    voided_by character varying,
    void_reason character varying(2000),
    province_id uuid,
    district_id uuid,
    commune_id uuid,
    village_id uuid,
    id uuid NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    unit_id uuid NOT NULL,
    kind character varying(32) NOT NULL,
    title character varying(300),
    state character varying(32) NOT NULL,
    precision character varying(32) NOT NULL,
    starts_on date,
    ends_on date,
    period_text character varying(100),
    campaign_id uuid,
    document_id uuid,
    forces text[] DEFAULT '{}'::text[] NOT NULL,
    topic character varying(300),
    is_night boolean,
    covers_resources boolean,
    dispute_kind character varying(32),
    is_successful boolean,
    has_relapsed boolean,
    is_voluntary boolean,
    minutes_number character varying(100),
    purpose character varying(300),
    legal_basis character varying(300),
    approved_by character varying(200),
    facility_kind character varying(32),
    drill_kind character varying(32),
    supersedes_id uuid,
    source character varying(300),
    reference character varying(100),
    entry_digest character varying(64),
    CONSTRAINT ck_activity_activitykind CHECK (((kind)::text = ANY ((ARRAY['mobilisation'::character varying, 'model_launch'::character varying, 'pledge'::character varying, 'training'::character varying, 'outreach'::character varying, 'village_meeting'::character varying, 'patrol'::character varying, 'mediation'::character varying, 'domestic_violence_support'::character varying, 'weapon_collection'::character varying, 'footage_extraction'::character varying, 'inspection'::character varying, 'residence_declaration'::character varying, 'drill'::character varying, 'fugitive_arrest'::character varying, 'social_support'::character varying, 'reintegration_support'::character varying, 'review_conference'::character varying])::text[]))),
    CONSTRAINT ck_activity_activitystate CHECK (((state)::text = ANY ((ARRAY['planned'::character varying, 'approved'::character varying, 'held'::character varying, 'reported'::character varying, 'verified'::character varying, 'cancelled'::character varying, 'superseded'::character varying])::text[]))),
    CONSTRAINT ck_activity_begins_before_it_ends CHECK ((starts_on <= ends_on)),
    CONSTRAINT ck_activity_disputekind CHECK (((dispute_kind)::text = ANY ((ARRAY['land'::character varying, 'neighbours'::character varying, 'family'::character varying, 'inheritance'::character varying, 'debt'::character varying, 'livestock'::character varying, 'environment'::character varying, 'other'::character varying])::text[]))),
    CONSTRAINT ck_activity_drillkind CHECK (((drill_kind)::text = ANY ((ARRAY['fire'::character varying, 'epidemic'::character varying, 'public_order'::character varying, 'natural_disaster'::character varying, 'other'::character varying])::text[]))),
    CONSTRAINT ck_activity_facilitykind CHECK (((facility_kind)::text = ANY ((ARRAY['conditional_business'::character varying, 'lodging'::character varying, 'karaoke'::character varying, 'fire_safety'::character varying, 'urban_order'::character varying, 'resources'::character varying, 'other'::character varying])::text[]))),
    CONSTRAINT ck_activity_held_has_days CHECK ((((state)::text = ANY ((ARRAY['planned'::character varying, 'approved'::character varying, 'cancelled'::character varying])::text[])) OR ((starts_on IS NOT NULL) AND (ends_on IS NOT NULL)))),
    CONSTRAINT ck_activity_never_after_itself CHECK ((supersedes_id <> id)),
    CONSTRAINT ck_activity_periodprecision CHECK ((("precision")::text = ANY ((ARRAY['day'::character varying, 'month'::character varying, 'quarter'::character varying, 'year'::character varying, 'approximate'::character varying, 'undated'::character varying])::text[]))),
    CONSTRAINT ck_activity_voided_has_reason CHECK ((((voided_at IS NULL) = (void_reason IS NULL)) AND ((voided_at IS NULL) = (voided_by IS NULL)))),
    CONSTRAINT fk_activity_campaign_id_campaign FOREIGN KEY (campaign_id) REFERENCES campaign(id),
    CONSTRAINT fk_activity_document_id_document FOREIGN KEY (document_id) REFERENCES document(id),
    CONSTRAINT fk_activity_supersedes_id_activity FOREIGN KEY (supersedes_id) REFERENCES activity(id),
    CONSTRAINT fk_activity_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit(id),
    CONSTRAINT pk_activity PRIMARY KEY (id)
);
CREATE TABLE activity_line (
    id uuid NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    activity_id uuid NOT NULL,
    measure character varying(60) NOT NULL,
    category character varying(60),
    counting_unit character varying(60) NOT NULL,
    value integer,
    qualifier character varying(32) NOT NULL,
    words character varying(300),
    day date NOT NULL,
    voided_at timestamp with time zone,
    CONSTRAINT ck_activity_line_qualifier CHECK (((qualifier)::text = ANY ((ARRAY['equal'::character varying, 'more_than'::character varying, 'almost'::character varying, 'at_least'::character varying, 'less_than'::character varying, 'at_most'::character varying, 'about'::character varying, 'unquantified'::character varying])::text[]))),
    CONSTRAINT ck_activity_line_unquantified_has_no_value CHECK ((((qualifier)::text = 'unquantified'::text) = (value IS NULL))),
    CONSTRAINT ck_activity_line_value_is_not_negative CHECK ((value >= 0)),
    CONSTRAINT fk_activity_line_activity_id_activity FOREIGN KEY (activity_id) REFERENCES activity(id) ON DELETE CASCADE,
    CONSTRAINT pk_activity_line PRIMARY KEY (id)
);
CREATE TABLE activity_part (
    id uuid NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    activity_id uuid NOT NULL,
    resource character varying(32) NOT NULL,
    part_id uuid NOT NULL,
    CONSTRAINT ck_activity_part_partresource CHECK (((resource)::text = ANY ((ARRAY['model'::character varying, 'team'::character varying, 'organisation'::character varying])::text[]))),
    CONSTRAINT fk_activity_part_activity_id_activity FOREIGN KEY (activity_id) REFERENCES activity(id) ON DELETE CASCADE,
    CONSTRAINT pk_activity_part PRIMARY KEY (id)
);
CREATE TABLE activity_unit (
    province_id uuid,
    district_id uuid,
    commune_id uuid,
    village_id uuid,
    id uuid NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    activity_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    ends_on date,
    CONSTRAINT fk_activity_unit_activity_id_activity FOREIGN KEY (activity_id) REFERENCES activity(id) ON DELETE CASCADE,
    CONSTRAINT fk_activity_unit_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit(id),
    CONSTRAINT pk_activity_unit PRIMARY KEY (id)
);
CREATE TABLE attachment (
    id uuid NOT NULL,
    document_id uuid NOT NULL,
    file_name character varying(200) NOT NULL,
    media_type character varying(100) NOT NULL,
    size integer NOT NULL,
    sha256 character varying(64) NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    CONSTRAINT ck_attachment_is_not_empty CHECK ((size > 0)),
    CONSTRAINT ck_attachment_sha256_is_one CHECK (((sha256)::text ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT fk_attachment_document_id_document FOREIGN KEY (document_id) REFERENCES document(id),
    CONSTRAINT pk_attachment PRIMARY KEY (id)
);
CREATE TABLE audit_entry (
    id uuid NOT NULL,
    recorded_at timestamp with time zone DEFAULT now() NOT NULL,
    act character varying(32) NOT NULL,
    operation character varying(80) NOT NULL,
    resource character varying(60) NOT NULL,
    resource_id uuid,
    version integer,
    fields text[] NOT NULL,
    reason character varying,
    detail character varying,
    subject character varying NOT NULL,
    client character varying(100) NOT NULL,
    session_id uuid,
    roles text[] NOT NULL,
    actor_unit_id uuid,
    purpose character varying(60),
    request_id character varying(64),
    unit_id uuid,
    province_id uuid,
    district_id uuid,
    commune_id uuid,
    village_id uuid,
    CONSTRAINT ck_audit_entry_act CHECK (((act)::text = ANY ((ARRAY['create'::character varying, 'change'::character varying, 'transition'::character varying, 'read'::character varying, 'security'::character varying])::text[]))),
    CONSTRAINT fk_audit_entry_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit(id),
    CONSTRAINT pk_audit_entry PRIMARY KEY (id)
);
CREATE TABLE audit_link (
    position bigint NOT NULL,
    entry_id uuid NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT fk_audit_link_entry_id_audit_entry FOREIGN KEY (entry_id) REFERENCES audit_entry(id),
    CONSTRAINT pk_audit_link PRIMARY KEY ("position"),
    CONSTRAINT uq_audit_link_entry_id UNIQUE (entry_id)
);
CREATE TABLE audit_seal (
    position bigint NOT NULL,
    entries integer NOT NULL,
    head bytea NOT NULL,
    signature bytea NOT NULL,
    key_id character varying(100) NOT NULL,
    sealed_at timestamp with time zone NOT NULL,
    CONSTRAINT fk_audit_seal_position_audit_link FOREIGN KEY ("position") REFERENCES audit_link("position"),
    CONSTRAINT pk_audit_seal PRIMARY KEY ("position")
);
CREATE TABLE audit_waiting (
    entry_id uuid NOT NULL,
    CONSTRAINT pk_audit_waiting PRIMARY KEY (entry_id)
);
CREATE TABLE auth_session (
    id uuid NOT NULL,
    account_id uuid,
    client_id uuid,
    unit_id uuid,
    scope character varying NOT NULL,
    methods text[] NOT NULL,
    signed_in_at timestamp with time zone,
    used_at timestamp with time zone,
    expires_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    end_reason character varying(40),
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    CONSTRAINT fk_auth_session_account_id_account FOREIGN KEY (account_id) REFERENCES account(id),
    CONSTRAINT fk_auth_session_client_id_client FOREIGN KEY (client_id) REFERENCES client(id),
    CONSTRAINT fk_auth_session_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit(id),
    CONSTRAINT pk_auth_session PRIMARY KEY (id)
);
CREATE TABLE authorization_code (
    code_hash bytea NOT NULL,
    session_id uuid NOT NULL,
    redirect_uri character varying NOT NULL,
    challenge character varying(100) NOT NULL,
    nonce character varying(300),
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    CONSTRAINT fk_authorization_code_session_id_auth_session FOREIGN KEY (session_id) REFERENCES auth_session(id) ON DELETE CASCADE,
    CONSTRAINT pk_authorization_code PRIMARY KEY (code_hash)
);
CREATE TABLE calendar (
    id uuid NOT NULL,
    code character varying(60) NOT NULL,
    name_vi character varying(300) NOT NULL,
    name_en character varying(300) NOT NULL,
    weekly_rest text[] NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    CONSTRAINT ck_calendar_rests_on_days_of_the_week CHECK (((weekly_rest <@ ARRAY['monday'::text, 'tuesday'::text, 'wednesday'::text, 'thursday'::text, 'friday'::text, 'saturday'::text, 'sunday'::text]) AND (cardinality(weekly_rest) < 7))),
    CONSTRAINT pk_calendar PRIMARY KEY (id),
    CONSTRAINT uq_calendar_code UNIQUE (code)
);
CREATE TABLE calendar_day (
    id uuid NOT NULL,
    calendar_id uuid NOT NULL,
    day date NOT NULL,
    kind character varying(32) NOT NULL,
    name_vi character varying(300) NOT NULL,
    name_en character varying(300) NOT NULL,
    basis character varying(500) NOT NULL,
    source character varying(300) NOT NULL,
    certainty character varying(32) NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    CONSTRAINT ck_calendar_day_certainty CHECK (((certainty)::text = ANY ((ARRAY['verified'::character varying, 'read'::character varying, 'memory'::character varying, 'projected'::character varying])::text[]))),
    CONSTRAINT ck_calendar_day_daykind CHECK (((kind)::text = ANY ((ARRAY['holiday'::character varying, 'working'::character varying])::text[]))),
    CONSTRAINT fk_calendar_day_calendar_id_calendar FOREIGN KEY (calendar_id) REFERENCES calendar(id),
    CONSTRAINT pk_calendar_day PRIMARY KEY (id)
);
CREATE TABLE campaign (
    voided_at timestamp with time zone,
    voided_by character varying,
    void_reason character varying(2000),
    province_id uuid,
    district_id uuid,
    commune_id uuid,
    village_id uuid,
    id uuid NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    unit_id uuid NOT NULL,
    title character varying(300) NOT NULL,
    purpose character varying(300),
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    document_id uuid,
    CONSTRAINT ck_campaign_begins_before_it_ends CHECK ((starts_on <= ends_on)),
    CONSTRAINT ck_campaign_voided_has_reason CHECK ((((voided_at IS NULL) = (void_reason IS NULL)) AND ((voided_at IS NULL) = (voided_by IS NULL)))),
    CONSTRAINT fk_campaign_document_id_document FOREIGN KEY (document_id) REFERENCES document(id),
    CONSTRAINT fk_campaign_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit(id),
    CONSTRAINT pk_campaign PRIMARY KEY (id)
);
CREATE TABLE change_feed (
    single boolean DEFAULT true NOT NULL,
    era uuid DEFAULT gen_random_uuid() NOT NULL,
    forgotten_until bigint DEFAULT 0 NOT NULL,
    CONSTRAINT ck_change_feed_one_row CHECK (single),
    CONSTRAINT pk_change_feed PRIMARY KEY (single)
);
CREATE TABLE client (
    id uuid NOT NULL,
    client_id character varying(100) NOT NULL,
    name character varying(200) NOT NULL,
    kind character varying(32) NOT NULL,
    unit_id uuid NOT NULL,
    secret_hash character varying,
    keys jsonb,
    redirect_uris text[] NOT NULL,
    disabled_at timestamp with time zone,
    province_id uuid,
    district_id uuid,
    commune_id uuid,
    village_id uuid,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    opened_to_id uuid,
    opened_scopes text[] DEFAULT '{}'::text[] NOT NULL,
    CONSTRAINT ck_client_clientkind CHECK (((kind)::text = ANY ((ARRAY['confidential'::character varying, 'public'::character varying])::text[]))),
    CONSTRAINT fk_client_opened_to_id_unit FOREIGN KEY (opened_to_id) REFERENCES unit(id),
    CONSTRAINT fk_client_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit(id),
    CONSTRAINT pk_client PRIMARY KEY (id),
    CONSTRAINT uq_client_client_id UNIQUE (client_id)
);
CREATE TABLE commendation (
    id uuid NOT NULL,
    unit_id uuid NOT NULL,
    recipient_kind character varying(32) NOT NULL,
    recipient_name character varying(300),
    recipient_label character varying(300),
    form character varying(32) NOT NULL,
    authority character varying(32) NOT NULL,
    level character varying(32) NOT NULL,
    achievement character varying(2000) NOT NULL,
    document_id uuid,
    awarded_on date,
    state character varying(32) NOT NULL,
    search_key character varying NOT NULL,
    province_id uuid,
    district_id uuid,
    commune_id uuid,
    village_id uuid,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    voided_at timestamp with time zone,
    voided_by character varying,
    void_reason character varying(2000),
    CONSTRAINT ck_commendation_awarded_by_a_document CHECK ((((state)::text <> ALL ((ARRAY['awarded'::character varying, 'revoked'::character varying])::text[])) OR ((awarded_on IS NOT NULL) AND (document_id IS NOT NULL)))),
    CONSTRAINT ck_commendation_commendationform CHECK (((form)::text = ANY ((ARRAY['merit_certificate'::character varying, 'commendation_letter'::character varying, 'recognition_certificate'::character varying, 'commemorative_medal'::character varying])::text[]))),
    CONSTRAINT ck_commendation_commendationstate CHECK (((state)::text = ANY ((ARRAY['nominated'::character varying, 'reviewed'::character varying, 'approved'::character varying, 'awarded'::character varying, 'declined'::character varying, 'revoked'::character varying])::text[]))),
    CONSTRAINT ck_commendation_commendingauthority CHECK (((authority)::text = ANY ((ARRAY['state'::character varying, 'government'::character varying, 'ministry'::character varying, 'provincial_peoples_committee'::character varying, 'provincial_police'::character varying, 'district_peoples_committee'::character varying, 'commune_peoples_committee'::character varying, 'commune_police'::character varying, 'organisation'::character varying])::text[]))),
    CONSTRAINT ck_commendation_persons_are_labels CHECK (
CASE
    WHEN ((recipient_kind)::text = 'individual'::text) THEN (recipient_name IS NULL)
    ELSE ((recipient_label IS NULL) AND (recipient_name IS NOT NULL))
END),
    CONSTRAINT ck_commendation_recipientkind CHECK (((recipient_kind)::text = ANY ((ARRAY['collective'::character varying, 'individual'::character varying, 'model'::character varying])::text[]))),
    CONSTRAINT ck_commendation_unitlevel CHECK (((level)::text = ANY ((ARRAY['national'::character varying, 'province'::character varying, 'district'::character varying, 'commune'::character varying, 'village'::character varying])::text[]))),
    CONSTRAINT ck_commendation_voided_has_reason CHECK ((((voided_at IS NULL) = (void_reason IS NULL)) AND ((voided_at IS NULL) = (voided_by IS NULL)))),
    CONSTRAINT fk_commendation_document_id_document FOREIGN KEY (document_id) REFERENCES document(id),
    CONSTRAINT fk_commendation_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit(id),
    CONSTRAINT pk_commendation PRIMARY KEY (id)
);
CREATE TABLE committee (
    id uuid NOT NULL,
    unit_id uuid NOT NULL,
    scope character varying(32) NOT NULL,
    model_code character varying(60),
    code character varying(60),
    name character varying(300) NOT NULL,
    chair_position character varying(200) NOT NULL,
    size integer NOT NULL,
    decision character varying(200),
    state character varying(32) NOT NULL,
    established_on date NOT NULL,
    since date NOT NULL,
    dissolved_on date,
    province_id uuid,
    district_id uuid,
    commune_id uuid,
    village_id uuid,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    voided_at timestamp with time zone,
    voided_by character varying,
    void_reason character varying(2000),
    member_positions text[] DEFAULT '{}'::text[] NOT NULL,
    name_key character varying,
    sort_key text COLLATE "C",
    search_key character varying,
    followed_from_id uuid,
    CONSTRAINT ck_committee_committeescope CHECK (((scope)::text = ANY ((ARRAY['crime_138'::character varying, 'movement'::character varying, 'model'::character varying])::text[]))),
    CONSTRAINT ck_committee_committeestate CHECK (((state)::text = ANY ((ARRAY['established'::character varying, 'reorganised'::character varying, 'dissolved'::character varying])::text[]))),
    CONSTRAINT ck_committee_dissolved_has_date CHECK ((((state)::text = 'dissolved'::text) = (dissolved_on IS NOT NULL))),
    CONSTRAINT ck_committee_ends_after_it_begins CHECK ((dissolved_on >= since)),
    CONSTRAINT ck_committee_has_members CHECK ((size >= 1)),
    CONSTRAINT ck_committee_made_up_after_it_begins CHECK ((since >= established_on)),
    CONSTRAINT ck_committee_of_one_model CHECK ((((scope)::text = 'model'::text) = (model_code IS NOT NULL))),
    CONSTRAINT ck_committee_voided_has_reason CHECK ((((voided_at IS NULL) = (void_reason IS NULL)) AND ((voided_at IS NULL) = (voided_by IS NULL)))),
    CONSTRAINT fk_committee_followed_from_id_unit FOREIGN KEY (followed_from_id) REFERENCES unit(id),
    CONSTRAINT fk_committee_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit(id),
    CONSTRAINT pk_committee PRIMARY KEY (id)
);
CREATE TABLE criteria_set (
    id uuid NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    unit_id uuid NOT NULL,
    code character varying(60) NOT NULL,
    edition integer NOT NULL,
    subject_kind character varying(32) NOT NULL,
    title_vi character varying(300) NOT NULL,
    title_en character varying(300) NOT NULL,
    basis character varying(300) NOT NULL,
    source character varying(300) NOT NULL,
    certainty character varying(32) NOT NULL,
    valid_from date NOT NULL,
    valid_to date NOT NULL,
    window_code character varying(60) NOT NULL,
    state character varying(32) NOT NULL,
    definition jsonb NOT NULL,
    content_hash character varying(64),
    extends_id uuid,
    change_note character varying(2000),
    CONSTRAINT ck_criteria_set_certainty CHECK (((certainty)::text = ANY ((ARRAY['verified'::character varying, 'read'::character varying, 'memory'::character varying, 'projected'::character varying])::text[]))),
    CONSTRAINT ck_criteria_set_edition_is_positive CHECK ((edition > 0)),
    CONSTRAINT ck_criteria_set_evaluatedkind CHECK (((subject_kind)::text = ANY ((ARRAY['residential_area'::character varying, 'commune'::character varying, 'agency'::character varying, 'enterprise'::character varying, 'school'::character varying, 'model'::character varying, 'team'::character varying])::text[]))),
    CONSTRAINT ck_criteria_set_holds_some_time CHECK ((valid_from < valid_to)),
    CONSTRAINT ck_criteria_set_published_has_hash CHECK ((((state)::text = 'draft'::text) = (content_hash IS NULL))),
    CONSTRAINT ck_criteria_set_setstate CHECK (((state)::text = ANY ((ARRAY['draft'::character varying, 'published'::character varying, 'superseded'::character varying])::text[]))),
    CONSTRAINT fk_criteria_set_extends_id_criteria_set FOREIGN KEY (extends_id) REFERENCES criteria_set(id),
    CONSTRAINT fk_criteria_set_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit(id),
    CONSTRAINT pk_criteria_set PRIMARY KEY (id)
);
CREATE TABLE data_import (
    id uuid NOT NULL,
    unit_id uuid NOT NULL,
    resource character varying(60) NOT NULL,
    create_permission character varying(60) NOT NULL,
    void_permission character varying(60) NOT NULL,
    media_type character varying(120) NOT NULL,
    sha256 character varying(64) NOT NULL,
    state character varying(32) NOT NULL,
    row_count integer NOT NULL,
    done_count integer NOT NULL,
    created_count integer NOT NULL,
    refused_count integer NOT NULL,
    voided_count integer NOT NULL,
    plan_hash character varying(64),
    skip_faults boolean NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    acting jsonb NOT NULL,
    province_id uuid,
    district_id uuid,
    commune_id uuid,
    village_id uuid,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    read_count integer NOT NULL,
    failure character varying(60),
    message_vi character varying,
    message_en character varying,
    CONSTRAINT ck_data_import_importstate CHECK (((state)::text = ANY ((ARRAY['reading'::character varying, 'checking'::character varying, 'previewed'::character varying, 'committing'::character varying, 'committed'::character varying, 'voiding'::character varying, 'voided'::character varying, 'failed'::character varying])::text[]))),
    CONSTRAINT fk_data_import_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit(id),
    CONSTRAINT pk_data_import PRIMARY KEY (id)
);
CREATE TABLE data_import_file (
    import_id uuid NOT NULL,
    content bytea,
    titles jsonb NOT NULL,
    CONSTRAINT fk_data_import_file_import_id_data_import FOREIGN KEY (import_id) REFERENCES data_import(id),
    CONSTRAINT pk_data_import_file PRIMARY KEY (import_id)
);
CREATE TABLE data_import_row (
    id uuid NOT NULL,
    import_id uuid NOT NULL,
    number integer NOT NULL,
    sheet character varying(200),
    row_number integer NOT NULL,
    state character varying(32) NOT NULL,
    record_id uuid,
    cells jsonb,
    columns jsonb,
    faults jsonb,
    field character varying,
    cell_column character varying,
    cell_value character varying,
    code character varying,
    message_vi character varying,
    message_en character varying,
    CONSTRAINT ck_data_import_row_importrowstate CHECK (((state)::text = ANY ((ARRAY['waiting'::character varying, 'ready'::character varying, 'refused'::character varying, 'created'::character varying, 'voided'::character varying])::text[]))),
    CONSTRAINT fk_data_import_row_import_id_data_import FOREIGN KEY (import_id) REFERENCES data_import(id),
    CONSTRAINT pk_data_import_row PRIMARY KEY (id)
);
CREATE TABLE deadline (
    id uuid NOT NULL,
    resource character varying(60) NOT NULL,
    resource_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    rule_id uuid NOT NULL,
    rule_code character varying(60) NOT NULL,
    state character varying(32) NOT NULL,
    started_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    due_on date NOT NULL,
    acted_at timestamp with time zone NOT NULL,
    extensions integer NOT NULL,
    paused_at timestamp with time zone,
    pause_ends_at timestamp with time zone,
    paused_seconds integer NOT NULL,
    remaining_seconds integer,
    remaining_days integer,
    met_at timestamp with time zone,
    breached_at timestamp with time zone,
    province_id uuid,
    district_id uuid,
    commune_id uuid,
    village_id uuid,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    CONSTRAINT ck_deadline_breach_has_time CHECK ((((state)::text = 'breached'::text) = (breached_at IS NOT NULL))),
    CONSTRAINT ck_deadline_deadlinestate CHECK (((state)::text = ANY ((ARRAY['running'::character varying, 'paused'::character varying, 'extended'::character varying, 'met'::character varying, 'breached'::character varying])::text[]))),
    CONSTRAINT ck_deadline_met_has_time CHECK ((((state)::text <> 'met'::text) OR (met_at IS NOT NULL))),
    CONSTRAINT ck_deadline_paused_has_what_remains CHECK (((((state)::text = 'paused'::text) = (paused_at IS NOT NULL)) AND (num_nonnulls(remaining_seconds, remaining_days) =
CASE
    WHEN ((state)::text = 'paused'::text) THEN 1
    ELSE 0
END))),
    CONSTRAINT ck_deadline_remains_something CHECK (((remaining_seconds >= 0) AND (remaining_days >= 0))),
    CONSTRAINT fk_deadline_rule_id_deadline_rule FOREIGN KEY (rule_id) REFERENCES deadline_rule(id),
    CONSTRAINT fk_deadline_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit(id),
    CONSTRAINT pk_deadline PRIMARY KEY (id)
);
CREATE TABLE deadline_event (
    id uuid NOT NULL,
    deadline_id uuid NOT NULL,
    number integer NOT NULL,
    act character varying(32) NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    recorded_by character varying NOT NULL,
    due_at timestamp with time zone NOT NULL,
    length integer,
    measure character varying(32),
    authority character varying(60),
    basis character varying(1000),
    reason character varying(1000),
    CONSTRAINT ck_deadline_event_deadlineact CHECK (((act)::text = ANY ((ARRAY['started'::character varying, 'paused'::character varying, 'resumed'::character varying, 'extended'::character varying, 'met'::character varying, 'breached'::character varying, 'reckoned'::character varying])::text[]))),
    CONSTRAINT ck_deadline_event_measure CHECK (((measure)::text = ANY ((ARRAY['hour'::character varying, 'calendar_day'::character varying, 'working_day'::character varying, 'month'::character varying])::text[]))),
    CONSTRAINT fk_deadline_event_deadline_id_deadline FOREIGN KEY (deadline_id) REFERENCES deadline(id),
    CONSTRAINT pk_deadline_event PRIMARY KEY (id)
);
CREATE TABLE deadline_extension_step (
    id uuid NOT NULL,
    rule_id uuid NOT NULL,
    step integer NOT NULL,
    length integer NOT NULL,
    measure character varying(32) NOT NULL,
    times integer NOT NULL,
    authority character varying(60) NOT NULL,
    basis character varying(1000) NOT NULL,
    CONSTRAINT ck_deadline_extension_step_counts_are_positive CHECK (((length > 0) AND (times > 0) AND (step > 0))),
    CONSTRAINT ck_deadline_extension_step_measure CHECK (((measure)::text = ANY ((ARRAY['hour'::character varying, 'calendar_day'::character varying, 'working_day'::character varying, 'month'::character varying])::text[]))),
    CONSTRAINT fk_deadline_extension_step_rule_id_deadline_rule FOREIGN KEY (rule_id) REFERENCES deadline_rule(id) ON DELETE CASCADE,
    CONSTRAINT pk_deadline_extension_step PRIMARY KEY (id)
);
CREATE TABLE deadline_rule (
    id uuid NOT NULL,
    code character varying(60) NOT NULL,
    edition integer NOT NULL,
    valid_from date NOT NULL,
    valid_to date NOT NULL,
    name_vi character varying(300) NOT NULL,
    name_en character varying(300) NOT NULL,
    trigger character varying(60) NOT NULL,
    length integer NOT NULL,
    measure character varying(32) NOT NULL,
    rolls boolean NOT NULL,
    calendar_id uuid NOT NULL,
    suspension_allowed boolean NOT NULL,
    suspension_most_days integer,
    basis character varying(1000) NOT NULL,
    source character varying(300) NOT NULL,
    certainty character varying(32) NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    CONSTRAINT ck_deadline_rule_certainty CHECK (((certainty)::text = ANY ((ARRAY['verified'::character varying, 'read'::character varying, 'memory'::character varying, 'projected'::character varying])::text[]))),
    CONSTRAINT ck_deadline_rule_counts_are_positive CHECK (((length > 0) AND (edition > 0))),
    CONSTRAINT ck_deadline_rule_ends_after_it_begins CHECK ((valid_from < valid_to)),
    CONSTRAINT ck_deadline_rule_hours_do_not_roll CHECK ((((measure)::text <> 'hour'::text) OR (NOT rolls))),
    CONSTRAINT ck_deadline_rule_measure CHECK (((measure)::text = ANY ((ARRAY['hour'::character varying, 'calendar_day'::character varying, 'working_day'::character varying, 'month'::character varying])::text[]))),
    CONSTRAINT ck_deadline_rule_most_days_are_positive CHECK ((suspension_most_days > 0)),
    CONSTRAINT ck_deadline_rule_most_days_of_what_is_allowed CHECK ((suspension_allowed OR (suspension_most_days IS NULL))),
    CONSTRAINT fk_deadline_rule_calendar_id_calendar FOREIGN KEY (calendar_id) REFERENCES calendar(id),
    CONSTRAINT one_edition_a_day EXCLUDE USING gist (code WITH =, daterange(valid_from, valid_to) WITH &&),
    CONSTRAINT pk_deadline_rule PRIMARY KEY (id)
);
CREATE TABLE demo_mark (
    marked_at timestamp with time zone NOT NULL,
    CONSTRAINT pk_demo_mark PRIMARY KEY (marked_at)
);
CREATE TABLE document (
    id uuid NOT NULL,
    unit_id uuid NOT NULL,
    kind character varying(32) NOT NULL,
    number character varying(30),
    symbol character varying(60),
    title character varying(1000) NOT NULL,
    issued_on date,
    issued_year integer,
    in_force_on date,
    issuer character varying(300) NOT NULL,
    issuer_eid character varying(35),
    signer_position character varying(300),
    level character varying(32) NOT NULL,
    period_from integer,
    period_to integer,
    state character varying(32) NOT NULL,
    source character varying(300),
    search_key character varying NOT NULL,
    province_id uuid,
    district_id uuid,
    commune_id uuid,
    village_id uuid,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    voided_at timestamp with time zone,
    voided_by character varying,
    void_reason character varying(2000),
    paper_key character varying,
    CONSTRAINT ck_document_documentkind CHECK (((kind)::text = ANY ((ARRAY['law'::character varying, 'decree'::character varying, 'circular'::character varying, 'resolution'::character varying, 'decision'::character varying, 'directive'::character varying, 'plan'::character varying, 'programme'::character varying, 'guidance'::character varying, 'report'::character varying, 'notice'::character varying, 'official_letter'::character varying, 'other'::character varying])::text[]))),
    CONSTRAINT ck_document_documentstate CHECK (((state)::text = ANY ((ARRAY['draft'::character varying, 'submitted'::character varying, 'signed'::character varying, 'issued'::character varying, 'amended'::character varying, 'replaced'::character varying, 'repealed'::character varying])::text[]))),
    CONSTRAINT ck_document_in_force_after_issue CHECK ((in_force_on >= issued_on)),
    CONSTRAINT ck_document_period_begins_before_it_ends CHECK (((period_from <= period_to) AND (period_from >= 1900) AND (period_to <= 2200))),
    CONSTRAINT ck_document_unitlevel CHECK (((level)::text = ANY ((ARRAY['national'::character varying, 'province'::character varying, 'district'::character varying, 'commune'::character varying, 'village'::character varying])::text[]))),
    CONSTRAINT ck_document_voided_has_reason CHECK ((((voided_at IS NULL) = (void_reason IS NULL)) AND ((voided_at IS NULL) = (voided_by IS NULL)))),
    CONSTRAINT ck_document_year_is_that_of_the_date CHECK ((NOT (issued_year IS DISTINCT FROM (EXTRACT(year FROM issued_on))::integer))),
    CONSTRAINT fk_document_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit(id),
    CONSTRAINT pk_document PRIMARY KEY (id)
);
CREATE TABLE document_link (
    id uuid NOT NULL,
    document_id uuid NOT NULL,
    earlier_id uuid NOT NULL,
    relation character varying(32) NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    CONSTRAINT ck_document_link_never_to_itself CHECK ((document_id <> earlier_id)),
    CONSTRAINT ck_document_link_relation CHECK (((relation)::text = ANY ((ARRAY['amends'::character varying, 'replaces'::character varying, 'repeals'::character varying])::text[]))),
    CONSTRAINT fk_document_link_document_id_document FOREIGN KEY (document_id) REFERENCES document(id) ON DELETE CASCADE,
    CONSTRAINT fk_document_link_earlier_id_document FOREIGN KEY (earlier_id) REFERENCES document(id),
    CONSTRAINT pk_document_link PRIMARY KEY (id)
);
CREATE TABLE evaluation (
    province_id uuid,
    district_id uuid,
    commune_id uuid,
    village_id uuid,
    id uuid NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    unit_id uuid NOT NULL,
    round_id uuid NOT NULL,
    set_id uuid NOT NULL,
    set_hash character varying(64) NOT NULL,
    subject_kind character varying(32) NOT NULL,
    subject_id uuid NOT NULL,
    state character varying(32) NOT NULL,
    result character varying(32),
    grade character varying(60),
    percent numeric(5,2),
    late_reason character varying(2000),
    submission integer DEFAULT 0 NOT NULL,
    decided_on date,
    follows_id uuid,
    continued_by_id uuid,
    decided_as character varying(200),
    CONSTRAINT ck_evaluation_continued_is_closed CHECK (((continued_by_id IS NULL) OR ((state)::text = 'closed'::text))),
    CONSTRAINT ck_evaluation_decided_has_a_result CHECK (((result IS NOT NULL) OR ((state)::text <> ALL ((ARRAY['decided'::character varying, 'published'::character varying, 'appealed'::character varying])::text[])))),
    CONSTRAINT ck_evaluation_evaluatedkind CHECK (((subject_kind)::text = ANY ((ARRAY['residential_area'::character varying, 'commune'::character varying, 'agency'::character varying, 'enterprise'::character varying, 'school'::character varying, 'model'::character varying, 'team'::character varying])::text[]))),
    CONSTRAINT ck_evaluation_evaluationresult CHECK (((result)::text = ANY ((ARRAY['met'::character varying, 'not_met'::character varying])::text[]))),
    CONSTRAINT ck_evaluation_evaluationstate CHECK (((state)::text = ANY ((ARRAY['registered'::character varying, 'self_assessed'::character varying, 'submitted'::character varying, 'returned'::character varying, 'verified'::character varying, 'decided'::character varying, 'published'::character varying, 'appealed'::character varying, 'closed'::character varying])::text[]))),
    CONSTRAINT ck_evaluation_result_has_a_day CHECK (((result IS NULL) = (decided_on IS NULL))),
    CONSTRAINT fk_evaluation_continued_by_id_evaluation FOREIGN KEY (continued_by_id) REFERENCES evaluation(id),
    CONSTRAINT fk_evaluation_follows_id_evaluation FOREIGN KEY (follows_id) REFERENCES evaluation(id),
    CONSTRAINT fk_evaluation_round_id_evaluation_round FOREIGN KEY (round_id) REFERENCES evaluation_round(id),
    CONSTRAINT fk_evaluation_set_id_criteria_set FOREIGN KEY (set_id) REFERENCES criteria_set(id),
    CONSTRAINT fk_evaluation_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit(id),
    CONSTRAINT pk_evaluation PRIMARY KEY (id)
);
CREATE TABLE evaluation_answer (
    id uuid NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    evaluation_id uuid NOT NULL,
    path character varying(121) NOT NULL,
    holds boolean,
    value numeric,
    part integer,
    whole integer,
    note character varying(2000),
    document_id uuid,
    cited_value numeric,
    cited_part integer,
    cited_whole integer,
    figure_id character varying(2000),
    reopened_reason character varying(2000),
    reopened_in integer,
    changed_in integer DEFAULT 1 NOT NULL,
    CONSTRAINT ck_evaluation_answer_part_is_within_the_whole CHECK (((part >= 0) AND (part <= whole))),
    CONSTRAINT ck_evaluation_answer_reopened_has_a_reason CHECK (((reopened_in IS NULL) = (reopened_reason IS NULL))),
    CONSTRAINT ck_evaluation_answer_share_is_whole CHECK (((part IS NULL) = (whole IS NULL))),
    CONSTRAINT fk_evaluation_answer_document_id_document FOREIGN KEY (document_id) REFERENCES document(id),
    CONSTRAINT fk_evaluation_answer_evaluation_id_evaluation FOREIGN KEY (evaluation_id) REFERENCES evaluation(id) ON DELETE CASCADE,
    CONSTRAINT pk_evaluation_answer PRIMARY KEY (id)
);
CREATE TABLE evaluation_round (
    province_id uuid,
    district_id uuid,
    commune_id uuid,
    village_id uuid,
    id uuid NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    unit_id uuid NOT NULL,
    set_id uuid NOT NULL,
    title character varying(300) NOT NULL,
    window_name character varying(80) NOT NULL,
    window_from date NOT NULL,
    window_to date NOT NULL,
    register_by date NOT NULL,
    decide_by date NOT NULL,
    verify_level character varying(32) NOT NULL,
    decide_level character varying(32) NOT NULL,
    delegated boolean DEFAULT false NOT NULL,
    delegation_basis character varying(300),
    state character varying(32) NOT NULL,
    decide_committee character varying(32),
    CONSTRAINT ck_evaluation_round_decide_committee CHECK (((decide_committee)::text = ANY ((ARRAY['crime_138'::character varying, 'movement'::character varying, 'model'::character varying])::text[]))),
    CONSTRAINT ck_evaluation_round_decide_level CHECK (((decide_level)::text = ANY ((ARRAY['national'::character varying, 'province'::character varying, 'district'::character varying, 'commune'::character varying, 'village'::character varying])::text[]))),
    CONSTRAINT ck_evaluation_round_delegation_has_a_basis CHECK ((delegated = (delegation_basis IS NOT NULL))),
    CONSTRAINT ck_evaluation_round_registers_before_it_decides CHECK ((register_by <= decide_by)),
    CONSTRAINT ck_evaluation_round_roundstate CHECK (((state)::text = ANY ((ARRAY['open'::character varying, 'closed'::character varying])::text[]))),
    CONSTRAINT ck_evaluation_round_unitlevel CHECK (((verify_level)::text = ANY ((ARRAY['national'::character varying, 'province'::character varying, 'district'::character varying, 'commune'::character varying, 'village'::character varying])::text[]))),
    CONSTRAINT ck_evaluation_round_window_begins_before_it_ends CHECK ((window_from <= window_to)),
    CONSTRAINT fk_evaluation_round_set_id_criteria_set FOREIGN KEY (set_id) REFERENCES criteria_set(id),
    CONSTRAINT fk_evaluation_round_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit(id),
    CONSTRAINT pk_evaluation_round PRIMARY KEY (id)
);
CREATE TABLE exemplar (
    id uuid NOT NULL,
    unit_id uuid NOT NULL,
    subject_kind character varying(32) NOT NULL,
    subject_name character varying(300),
    subject_label character varying(300),
    year integer NOT NULL,
    level character varying(32) NOT NULL,
    description character varying(4000) NOT NULL,
    commendation_id uuid,
    search_key character varying NOT NULL,
    province_id uuid,
    district_id uuid,
    commune_id uuid,
    village_id uuid,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    voided_at timestamp with time zone,
    voided_by character varying,
    void_reason character varying(2000),
    CONSTRAINT ck_exemplar_persons_are_labels CHECK (
CASE
    WHEN ((subject_kind)::text = 'person'::text) THEN (subject_name IS NULL)
    ELSE ((subject_label IS NULL) AND (subject_name IS NOT NULL))
END),
    CONSTRAINT ck_exemplar_subjectkind CHECK (((subject_kind)::text = ANY ((ARRAY['collective'::character varying, 'model'::character varying, 'unit'::character varying, 'person'::character varying])::text[]))),
    CONSTRAINT ck_exemplar_unitlevel CHECK (((level)::text = ANY ((ARRAY['national'::character varying, 'province'::character varying, 'district'::character varying, 'commune'::character varying, 'village'::character varying])::text[]))),
    CONSTRAINT ck_exemplar_voided_has_reason CHECK ((((voided_at IS NULL) = (void_reason IS NULL)) AND ((voided_at IS NULL) = (voided_by IS NULL)))),
    CONSTRAINT ck_exemplar_year_is_one CHECK (((year >= 1900) AND (year <= 2200))),
    CONSTRAINT fk_exemplar_commendation_id_commendation FOREIGN KEY (commendation_id) REFERENCES commendation(id),
    CONSTRAINT fk_exemplar_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit(id),
    CONSTRAINT pk_exemplar PRIMARY KEY (id)
);
CREATE TABLE export (
    id uuid NOT NULL,
    unit_id uuid NOT NULL,
    resource character varying(60) NOT NULL,
    format character varying(32) NOT NULL,
    filters text[] NOT NULL,
    fields text[] NOT NULL,
    order character varying(40) NOT NULL,
    labels boolean NOT NULL,
    state character varying(32) NOT NULL,
    row_count integer,
    size bigint,
    sha256 character varying(64),
    failure character varying(60),
    expires_at timestamp with time zone NOT NULL,
    acting jsonb NOT NULL,
    province_id uuid,
    district_id uuid,
    commune_id uuid,
    village_id uuid,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    CONSTRAINT ck_export_exportformat CHECK (((format)::text = ANY ((ARRAY['csv'::character varying, 'xlsx'::character varying, 'ndjson'::character varying])::text[]))),
    CONSTRAINT ck_export_exportstate CHECK (((state)::text = ANY ((ARRAY['waiting'::character varying, 'ready'::character varying, 'failed'::character varying, 'expired'::character varying])::text[]))),
    CONSTRAINT fk_export_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit(id),
    CONSTRAINT pk_export PRIMARY KEY (id)
);
CREATE TABLE former_committee (
    id uuid NOT NULL,
    committee_id uuid NOT NULL,
    chair_position character varying(200) NOT NULL,
    size integer NOT NULL,
    decision character varying(200),
    since date NOT NULL,
    until date NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    member_positions text[] DEFAULT '{}'::text[] NOT NULL,
    CONSTRAINT ck_former_committee_ends_after_it_begins CHECK ((since <= until)),
    CONSTRAINT fk_former_committee_committee_id_committee FOREIGN KEY (committee_id) REFERENCES committee(id) ON DELETE CASCADE,
    CONSTRAINT pk_former_committee PRIMARY KEY (id)
);
CREATE TABLE identity_request (
    id uuid NOT NULL,
    tip_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    requested_by character varying NOT NULL,
    requester_unit_id uuid NOT NULL,
    reason character varying(2000) NOT NULL,
    state character varying(32) NOT NULL,
    decided_by character varying,
    decider_unit_id uuid,
    decided_at timestamp with time zone,
    decision character varying(2000),
    opens_until timestamp with time zone,
    views integer NOT NULL,
    first_opened_on date,
    province_id uuid,
    district_id uuid,
    commune_id uuid,
    village_id uuid,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    CONSTRAINT ck_identity_request_identityrequeststate CHECK (((state)::text = ANY ((ARRAY['requested'::character varying, 'approved'::character varying, 'declined'::character varying, 'withdrawn'::character varying, 'expired'::character varying])::text[]))),
    CONSTRAINT fk_identity_request_decider_unit_id_unit FOREIGN KEY (decider_unit_id) REFERENCES unit(id),
    CONSTRAINT fk_identity_request_requester_unit_id_unit FOREIGN KEY (requester_unit_id) REFERENCES unit(id),
    CONSTRAINT fk_identity_request_tip_id_tip FOREIGN KEY (tip_id) REFERENCES tip(id) ON DELETE CASCADE,
    CONSTRAINT fk_identity_request_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit(id),
    CONSTRAINT pk_identity_request PRIMARY KEY (id)
);
CREATE TABLE incident (
    voided_at timestamp with time zone,
    voided_by character varying,
    void_reason character varying(2000),
    province_id uuid,
    district_id uuid,
    commune_id uuid,
    village_id uuid,
    id uuid NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    unit_id uuid NOT NULL,
    form character varying(32) NOT NULL,
    category character varying(60) NOT NULL,
    category_group character varying(60) NOT NULL,
    title character varying(300),
    spot character varying(200),
    incident_count integer,
    incident_qualifier character varying(32) NOT NULL,
    involved_count integer,
    involved_qualifier character varying(32) NOT NULL,
    deaths integer,
    injured integer,
    damage integer,
    precision character varying(32) NOT NULL,
    period_from date,
    period_to date,
    period_text character varying(100),
    occurred_at timestamp with time zone,
    compared_from date,
    compared_to date,
    reported_on date,
    state character varying(32) NOT NULL,
    result character varying(32),
    source character varying(300),
    reference character varying(100),
    entry_digest character varying(64),
    CONSTRAINT ck_incident_a_change_compares CHECK ((((compared_from IS NULL) = (compared_to IS NULL)) AND (compared_from <= compared_to) AND ((compared_from IS NULL) OR ((form)::text = 'change'::text)))),
    CONSTRAINT ck_incident_a_moment_is_of_a_day CHECK (((occurred_at IS NULL) OR (("precision")::text = 'day'::text))),
    CONSTRAINT ck_incident_a_single_one_is_one CHECK ((((form)::text <> 'single'::text) OR (incident_count = 1))),
    CONSTRAINT ck_incident_dated_has_both_days CHECK (
CASE
    WHEN (("precision")::text = 'undated'::text) THEN ((period_from IS NULL) AND (period_to IS NULL))
    ELSE ((period_from IS NOT NULL) AND (period_to IS NOT NULL))
END),
    CONSTRAINT ck_incident_incidentform CHECK (((form)::text = ANY ((ARRAY['single'::character varying, 'summary'::character varying, 'change'::character varying])::text[]))),
    CONSTRAINT ck_incident_incidentresult CHECK (((result)::text = ANY ((ARRAY['handed_over'::character varying, 'prosecuted'::character varying, 'fined'::character varying, 'reminded'::character varying, 'mediated'::character varying, 'repaired'::character varying, 'no_fault'::character varying, 'other'::character varying])::text[]))),
    CONSTRAINT ck_incident_incidentstate CHECK (((state)::text = ANY ((ARRAY['reported'::character varying, 'verifying'::character varying, 'confirmed'::character varying, 'unfounded'::character varying, 'resolved'::character varying, 'closed'::character varying])::text[]))),
    CONSTRAINT ck_incident_involved_qualifier CHECK (((involved_qualifier)::text = ANY ((ARRAY['equal'::character varying, 'more_than'::character varying, 'almost'::character varying, 'at_least'::character varying, 'less_than'::character varying, 'at_most'::character varying, 'about'::character varying, 'unquantified'::character varying])::text[]))),
    CONSTRAINT ck_incident_losses_are_numbers CHECK (((deaths >= 0) AND (injured >= 0) AND (damage >= 0))),
    CONSTRAINT ck_incident_only_a_change_is_negative CHECK ((((form)::text = 'change'::text) OR ((COALESCE(incident_count, 0) >= 0) AND (COALESCE(involved_count, 0) >= 0)))),
    CONSTRAINT ck_incident_period_begins_before_it_ends CHECK ((period_from <= period_to)),
    CONSTRAINT ck_incident_periodprecision CHECK ((("precision")::text = ANY ((ARRAY['day'::character varying, 'month'::character varying, 'quarter'::character varying, 'year'::character varying, 'approximate'::character varying, 'undated'::character varying])::text[]))),
    CONSTRAINT ck_incident_qualifier CHECK (((incident_qualifier)::text = ANY ((ARRAY['equal'::character varying, 'more_than'::character varying, 'almost'::character varying, 'at_least'::character varying, 'less_than'::character varying, 'at_most'::character varying, 'about'::character varying, 'unquantified'::character varying])::text[]))),
    CONSTRAINT ck_incident_resolved_has_result CHECK ((((state)::text = ANY ((ARRAY['resolved'::character varying, 'closed'::character varying])::text[])) = (result IS NOT NULL))),
    CONSTRAINT ck_incident_unquantified_has_no_number CHECK (((((incident_qualifier)::text = 'unquantified'::text) = (incident_count IS NULL)) AND (((involved_qualifier)::text = 'unquantified'::text) = (involved_count IS NULL)))),
    CONSTRAINT ck_incident_voided_has_reason CHECK ((((voided_at IS NULL) = (void_reason IS NULL)) AND ((voided_at IS NULL) = (voided_by IS NULL)))),
    CONSTRAINT fk_incident_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit(id),
    CONSTRAINT pk_incident PRIMARY KEY (id)
);
CREATE TABLE incident_link (
    id uuid NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    incident_id uuid NOT NULL,
    relation character varying(32) NOT NULL,
    resource character varying(32) NOT NULL,
    other_id uuid NOT NULL,
    CONSTRAINT ck_incident_link_incidentrelation CHECK (((relation)::text = ANY ((ARRAY['caused_by'::character varying, 'same_as'::character varying, 'follows'::character varying, 'reported_by'::character varying, 'mediated_by'::character varying, 'clarified_by'::character varying])::text[]))),
    CONSTRAINT ck_incident_link_linkedresource CHECK (((resource)::text = ANY ((ARRAY['incident'::character varying, 'tip'::character varying, 'activity'::character varying])::text[]))),
    CONSTRAINT ck_incident_link_never_to_itself CHECK ((other_id <> incident_id)),
    CONSTRAINT ck_incident_link_relation_fits_resource CHECK (((((relation)::text = ANY ((ARRAY['caused_by'::character varying, 'same_as'::character varying, 'follows'::character varying])::text[])) = ((resource)::text = 'incident'::text)) AND (((relation)::text = 'reported_by'::text) = ((resource)::text = 'tip'::text)))),
    CONSTRAINT fk_incident_link_incident_id_incident FOREIGN KEY (incident_id) REFERENCES incident(id) ON DELETE CASCADE,
    CONSTRAINT pk_incident_link PRIMARY KEY (id)
);
CREATE TABLE invitation (
    token_hash bytea NOT NULL,
    account_id uuid NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    CONSTRAINT fk_invitation_account_id_account FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE,
    CONSTRAINT pk_invitation PRIMARY KEY (token_hash)
);
CREATE TABLE job_fault (
    job_id bigint NOT NULL,
    error character varying(200) NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT fk_job_fault_job_id_procrastinate_jobs FOREIGN KEY (job_id) REFERENCES procrastinate_jobs(id) ON DELETE CASCADE,
    CONSTRAINT pk_job_fault PRIMARY KEY (job_id)
);
CREATE TABLE kept_answer (
    principal character varying NOT NULL,
    key_hash bytea NOT NULL,
    fingerprint bytea NOT NULL,
    status integer NOT NULL,
    headers jsonb NOT NULL,
    body bytea NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT pk_kept_answer PRIMARY KEY (principal, key_hash)
);
CREATE TABLE kept_receipt (
    key_hash bytea NOT NULL,
    fingerprint bytea NOT NULL,
    sealed bytea NOT NULL,
    tip_id uuid NOT NULL,
    expires_on date NOT NULL,
    CONSTRAINT fk_kept_receipt_tip_id_tip FOREIGN KEY (tip_id) REFERENCES tip(id) ON DELETE CASCADE,
    CONSTRAINT pk_kept_receipt PRIMARY KEY (key_hash)
);
CREATE TABLE model (
    id uuid NOT NULL,
    type_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    name character varying(300) NOT NULL,
    state character varying(32) NOT NULL,
    pilot boolean DEFAULT false NOT NULL,
    launched_on date,
    pledged_on date,
    households integer,
    residents integer,
    groups integer,
    replicated_from_id uuid,
    approval_document_id uuid,
    last_active_on date,
    failed_reviews integer DEFAULT 0 NOT NULL,
    at_work datemultirange DEFAULT '{}'::datemultirange NOT NULL,
    source character varying(100) NOT NULL,
    reference character varying(100),
    search_key character varying NOT NULL,
    province_id uuid,
    district_id uuid,
    commune_id uuid,
    village_id uuid,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    host_organisation_id uuid,
    voided_at timestamp with time zone,
    voided_by character varying,
    void_reason character varying(2000),
    name_key character varying,
    sort_key text COLLATE "C",
    CONSTRAINT ck_model_at_work_by_state CHECK (((((state)::text = ANY ((ARRAY['launched'::character varying, 'operating'::character varying, 'under_review'::character varying, 'replicated'::character varying])::text[])) = upper_inf(at_work)) AND (((state)::text = ANY ((ARRAY['retired'::character varying, 'suspended'::character varying])::text[])) OR ((launched_on IS NOT NULL) = ((state)::text = ANY ((ARRAY['launched'::character varying, 'operating'::character varying, 'under_review'::character varying, 'replicated'::character varying])::text[])))))),
    CONSTRAINT ck_model_counts_are_not_negative CHECK (((households >= 0) AND (residents >= 0) AND (groups >= 0) AND (failed_reviews >= 0))),
    CONSTRAINT ck_model_launched_has_date CHECK (
CASE
    WHEN (launched_on IS NULL) THEN (isempty(at_work) AND ((state)::text <> 'suspended'::text))
    ELSE ((launched_on <= COALESCE(lower(at_work), launched_on)) AND (last_active_on >= launched_on))
END),
    CONSTRAINT ck_model_modelstate CHECK (((state)::text = ANY ((ARRAY['proposed'::character varying, 'surveyed'::character varying, 'approved'::character varying, 'pilot'::character varying, 'launched'::character varying, 'operating'::character varying, 'under_review'::character varying, 'replicated'::character varying, 'suspended'::character varying, 'retired'::character varying])::text[]))),
    CONSTRAINT ck_model_no_copy_of_itself CHECK ((replicated_from_id <> id)),
    CONSTRAINT ck_model_voided_has_reason CHECK ((((voided_at IS NULL) = (void_reason IS NULL)) AND ((voided_at IS NULL) = (voided_by IS NULL)))),
    CONSTRAINT fk_model_host_organisation_id_organisation FOREIGN KEY (host_organisation_id) REFERENCES organisation(id),
    CONSTRAINT fk_model_replicated_from_id_model FOREIGN KEY (replicated_from_id) REFERENCES model(id),
    CONSTRAINT fk_model_type_id_model_type FOREIGN KEY (type_id) REFERENCES model_type(id),
    CONSTRAINT fk_model_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit(id),
    CONSTRAINT pk_model PRIMARY KEY (id)
);
CREATE TABLE model_host (
    id uuid NOT NULL,
    model_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    province_id uuid,
    district_id uuid,
    commune_id uuid,
    village_id uuid,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    CONSTRAINT fk_model_host_model_id_model FOREIGN KEY (model_id) REFERENCES model(id) ON DELETE CASCADE,
    CONSTRAINT fk_model_host_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit(id),
    CONSTRAINT pk_model_host PRIMARY KEY (id)
);
CREATE TABLE model_member (
    id uuid NOT NULL,
    model_id uuid NOT NULL,
    kind character varying(32) NOT NULL,
    name character varying(300),
    count integer NOT NULL,
    joined_on date NOT NULL,
    left_on date,
    merged_into_id uuid,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    organisation_id uuid,
    CONSTRAINT ck_model_member_counts_somebody CHECK ((count > 0)),
    CONSTRAINT ck_model_member_leaves_after_joining CHECK ((joined_on <= left_on)),
    CONSTRAINT ck_model_member_memberkind CHECK (((kind)::text = ANY ((ARRAY['household'::character varying, 'resident'::character varying, 'group'::character varying, 'organisation'::character varying, 'pledged_household'::character varying, 'core_person'::character varying, 'influential_person'::character varying])::text[]))),
    CONSTRAINT ck_model_member_nobody_named CHECK (((name IS NULL) OR ((kind)::text = ANY ((ARRAY['group'::character varying, 'organisation'::character varying])::text[])))),
    CONSTRAINT ck_model_member_organisations_are_partners CHECK (((organisation_id IS NULL) OR ((kind)::text = 'organisation'::text))),
    CONSTRAINT ck_model_member_what_is_merged_has_left CHECK (((merged_into_id IS NULL) OR (((kind)::text = 'group'::text) AND (left_on IS NOT NULL)))),
    CONSTRAINT fk_model_member_merged_into_id_model_member FOREIGN KEY (merged_into_id) REFERENCES model_member(id),
    CONSTRAINT fk_model_member_model_id_model FOREIGN KEY (model_id) REFERENCES model(id) ON DELETE CASCADE,
    CONSTRAINT fk_model_member_organisation_id_organisation FOREIGN KEY (organisation_id) REFERENCES organisation(id),
    CONSTRAINT pk_model_member PRIMARY KEY (id)
);
CREATE TABLE model_recognition (
    id uuid NOT NULL,
    type_id uuid,
    model_id uuid,
    unit_id uuid NOT NULL,
    level character varying(32) NOT NULL,
    year integer NOT NULL,
    recognised_on date,
    scope character varying(32) NOT NULL,
    decision character varying(300),
    document_id uuid,
    state character varying(32) NOT NULL,
    revoked_on date,
    province_id uuid,
    district_id uuid,
    commune_id uuid,
    village_id uuid,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    voided_at timestamp with time zone,
    voided_by character varying,
    void_reason character varying(2000),
    CONSTRAINT ck_model_recognition_day_lies_in_year CHECK ((EXTRACT(year FROM recognised_on) = (year)::numeric)),
    CONSTRAINT ck_model_recognition_of_a_type_or_of_a_model CHECK ((num_nonnulls(type_id, model_id) = 1)),
    CONSTRAINT ck_model_recognition_recognitionlevel CHECK (((level)::text = ANY ((ARRAY['commune'::character varying, 'province'::character varying, 'ministry'::character varying])::text[]))),
    CONSTRAINT ck_model_recognition_recognitionscope CHECK (((scope)::text = ANY ((ARRAY['commune'::character varying, 'province'::character varying, 'nationwide'::character varying])::text[]))),
    CONSTRAINT ck_model_recognition_recognitionstate CHECK (((state)::text = ANY ((ARRAY['in_force'::character varying, 'revoked'::character varying])::text[]))),
    CONSTRAINT ck_model_recognition_revoked_has_day CHECK ((((state)::text = 'revoked'::text) = (revoked_on IS NOT NULL))),
    CONSTRAINT ck_model_recognition_voided_has_reason CHECK ((((voided_at IS NULL) = (void_reason IS NULL)) AND ((voided_at IS NULL) = (voided_by IS NULL)))),
    CONSTRAINT fk_model_recognition_model_id_model FOREIGN KEY (model_id) REFERENCES model(id),
    CONSTRAINT fk_model_recognition_type_id_model_type FOREIGN KEY (type_id) REFERENCES model_type(id),
    CONSTRAINT fk_model_recognition_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit(id),
    CONSTRAINT pk_model_recognition PRIMARY KEY (id)
);
CREATE TABLE model_review (
    id uuid NOT NULL,
    model_id uuid NOT NULL,
    reviewed_on date NOT NULL,
    result character varying(32) NOT NULL,
    note character varying(2000),
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    CONSTRAINT ck_model_review_reviewresult CHECK (((result)::text = ANY ((ARRAY['passed'::character varying, 'failed'::character varying])::text[]))),
    CONSTRAINT fk_model_review_model_id_model FOREIGN KEY (model_id) REFERENCES model(id) ON DELETE CASCADE,
    CONSTRAINT pk_model_review PRIMARY KEY (id)
);
CREATE TABLE model_review_rule (
    id uuid NOT NULL,
    valid_from date NOT NULL,
    valid_to date NOT NULL,
    months_inactive integer NOT NULL,
    failed_reviews integer NOT NULL,
    basis character varying(500) NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    CONSTRAINT ck_model_review_rule_counts_are_positive CHECK (((months_inactive > 0) AND (failed_reviews > 0))),
    CONSTRAINT ck_model_review_rule_ends_after_it_begins CHECK ((valid_from < valid_to)),
    CONSTRAINT one_review_rule_a_day EXCLUDE USING gist (daterange(valid_from, valid_to) WITH &&),
    CONSTRAINT pk_model_review_rule PRIMARY KEY (id)
);
CREATE TABLE model_type (
    id uuid NOT NULL,
    code character varying(60) NOT NULL,
    name character varying(300) NOT NULL,
    aliases text[] DEFAULT '{}'::text[] NOT NULL,
    field character varying(32) DEFAULT 'security_order'::character varying NOT NULL,
    host_kind character varying(32) NOT NULL,
    principles text[] DEFAULT '{}'::text[] NOT NULL,
    description character varying,
    source character varying(500),
    sort_key text COLLATE "C" NOT NULL,
    search_key character varying NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    CONSTRAINT ck_model_type_hostkind CHECK (((host_kind)::text = ANY ((ARRAY['territory'::character varying, 'organisation'::character varying, 'school'::character varying, 'hospital'::character varying, 'clan'::character varying, 'religious_community'::character varying, 'online'::character varying, 'cross_territory'::character varying])::text[]))),
    CONSTRAINT ck_model_type_modelfield CHECK (((field)::text = ANY ((ARRAY['security_order'::character varying, 'fire_safety'::character varying, 'traffic_safety'::character varying, 'mediation'::character varying, 'reintegration'::character varying, 'youth'::character varying, 'family'::character varying, 'digital'::character varying, 'epidemic'::character varying])::text[]))),
    CONSTRAINT ck_model_type_principles_are_known CHECK ((principles <@ ARRAY['self_prevention'::text, 'self_management'::text, 'self_protection'::text, 'self_mediation'::text])),
    CONSTRAINT pk_model_type PRIMARY KEY (id),
    CONSTRAINT uq_model_type_code UNIQUE (code)
);
CREATE TABLE model_type_name (
    id uuid NOT NULL,
    type_id uuid NOT NULL,
    key character varying(1000) NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    CONSTRAINT fk_model_type_name_type_id_model_type FOREIGN KEY (type_id) REFERENCES model_type(id) ON DELETE CASCADE,
    CONSTRAINT pk_model_type_name PRIMARY KEY (id),
    CONSTRAINT uq_model_type_name_key UNIQUE (key)
);
CREATE TABLE organisation (
    province_id uuid,
    district_id uuid,
    commune_id uuid,
    village_id uuid,
    id uuid NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    unit_id uuid NOT NULL,
    kind character varying(32) NOT NULL,
    name character varying(300) NOT NULL,
    state character varying(32) NOT NULL,
    active_from date,
    active_to date,
    source character varying(300),
    search_key character varying NOT NULL,
    voided_at timestamp with time zone,
    voided_by character varying,
    void_reason character varying(2000),
    name_key character varying,
    sort_key text COLLATE "C",
    CONSTRAINT ck_organisation_closed_has_date CHECK ((((state)::text = 'closed'::text) = (active_to IS NOT NULL))),
    CONSTRAINT ck_organisation_closes_after_it_begins CHECK ((active_from <= active_to)),
    CONSTRAINT ck_organisation_organisationkind CHECK (((kind)::text = ANY ((ARRAY['agency'::character varying, 'enterprise'::character varying, 'school'::character varying, 'hospital'::character varying, 'parish'::character varying, 'clan'::character varying, 'lodging'::character varying, 'camera_group'::character varying, 'mass_organisation'::character varying, 'other'::character varying])::text[]))),
    CONSTRAINT ck_organisation_organisationstate CHECK (((state)::text = ANY ((ARRAY['active'::character varying, 'closed'::character varying])::text[]))),
    CONSTRAINT ck_organisation_voided_has_reason CHECK ((((voided_at IS NULL) = (void_reason IS NULL)) AND ((voided_at IS NULL) = (voided_by IS NULL)))),
    CONSTRAINT fk_organisation_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit(id),
    CONSTRAINT pk_organisation PRIMARY KEY (id)
);
CREATE TABLE organisation_identifier (
    id uuid NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    organisation_id uuid NOT NULL,
    system character varying(32) NOT NULL,
    code character varying(40) NOT NULL,
    valid_from date NOT NULL,
    valid_to date NOT NULL,
    CONSTRAINT ck_organisation_identifier_holds_some_time CHECK ((valid_from < valid_to)),
    CONSTRAINT ck_organisation_identifier_identifiersystem CHECK (((system)::text = ANY ((ARRAY['eid'::character varying, 'qcvn_102'::character varying, 'business_registration'::character varying])::text[]))),
    CONSTRAINT fk_organisation_identifier_organisation_id_organisation FOREIGN KEY (organisation_id) REFERENCES organisation(id) ON DELETE CASCADE,
    CONSTRAINT pk_organisation_identifier PRIMARY KEY (id)
);
CREATE TABLE outbox (
    id uuid NOT NULL,
    recorded_at timestamp with time zone DEFAULT now() NOT NULL,
    resource character varying(60) NOT NULL,
    resource_id uuid NOT NULL,
    act character varying(32) NOT NULL,
    version integer NOT NULL,
    fields text[] NOT NULL,
    unit_id uuid,
    transaction_id bigint DEFAULT ((pg_current_xact_id())::text)::bigint NOT NULL,
    province_id uuid,
    district_id uuid,
    commune_id uuid,
    village_id uuid,
    former_units uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    readers text[],
    CONSTRAINT ck_outbox_act CHECK (((act)::text = ANY ((ARRAY['create'::character varying, 'change'::character varying, 'transition'::character varying, 'read'::character varying, 'security'::character varying])::text[]))),
    CONSTRAINT fk_outbox_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit(id),
    CONSTRAINT pk_outbox PRIMARY KEY (id)
);
CREATE TABLE place_later (
    of_table regclass NOT NULL,
    row_id uuid NOT NULL,
    CONSTRAINT pk_place_later PRIMARY KEY (of_table, row_id)
);
CREATE TABLE quantity (
    id uuid NOT NULL,
    recorded_at timestamp with time zone DEFAULT now() NOT NULL,
    resource character varying(60) NOT NULL,
    resource_id uuid NOT NULL,
    field character varying(60) NOT NULL,
    valid_from date NOT NULL,
    value integer,
    recorded_by character varying NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT pk_quantity PRIMARY KEY (id)
);
CREATE TABLE rating_terms (
    id uuid NOT NULL,
    first_year integer NOT NULL,
    begin_month integer NOT NULL,
    begin_day integer NOT NULL,
    end_month integer NOT NULL,
    end_day integer NOT NULL,
    least_months integer NOT NULL,
    basis character varying(300) NOT NULL,
    certainty character varying(32) NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    CONSTRAINT ck_rating_terms_certainty CHECK (((certainty)::text = ANY ((ARRAY['verified'::character varying, 'read'::character varying, 'memory'::character varying, 'projected'::character varying])::text[]))),
    CONSTRAINT pk_rating_terms PRIMARY KEY (id),
    CONSTRAINT uq_rating_terms_first_year UNIQUE (first_year)
);
CREATE TABLE refresh_token (
    token_hash bytea NOT NULL,
    session_id uuid NOT NULL,
    parent_hash bytea,
    issued_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    CONSTRAINT fk_refresh_token_session_id_auth_session FOREIGN KEY (session_id) REFERENCES auth_session(id) ON DELETE CASCADE,
    CONSTRAINT pk_refresh_token PRIMARY KEY (token_hash)
);
CREATE TABLE reintegration_action (
    id uuid NOT NULL,
    recorded_on date NOT NULL,
    recorded_by character varying NOT NULL,
    case_id uuid NOT NULL,
    pathway character varying(32) NOT NULL,
    due_on date NOT NULL,
    outcome character varying(32),
    ended_on date,
    sealed bytea NOT NULL,
    keys jsonb NOT NULL,
    CONSTRAINT ck_reintegration_action_actionoutcome CHECK (((outcome)::text = ANY ((ARRAY['achieved'::character varying, 'partly_achieved'::character varying, 'not_achieved'::character varying])::text[]))),
    CONSTRAINT ck_reintegration_action_casepathway CHECK (((pathway)::text = ANY ((ARRAY['residence_papers'::character varying, 'work'::character varying, 'training'::character varying, 'loan'::character varying, 'family'::character varying, 'health_and_drugs'::character varying, 'legal'::character varying, 'stigma'::character varying])::text[]))),
    CONSTRAINT ck_reintegration_action_outcome_has_date CHECK (((outcome IS NULL) = (ended_on IS NULL))),
    CONSTRAINT fk_reintegration_action_case_id_reintegration_case FOREIGN KEY (case_id) REFERENCES reintegration_case(id) ON DELETE CASCADE,
    CONSTRAINT pk_reintegration_action PRIMARY KEY (id)
);
CREATE TABLE reintegration_assignment (
    id uuid NOT NULL,
    subject character varying NOT NULL,
    assigned_by character varying NOT NULL,
    assigned_on date NOT NULL,
    ended_on date,
    case_id uuid NOT NULL,
    part character varying(32) NOT NULL,
    CONSTRAINT ck_reintegration_assignment_casepart CHECK (((part)::text = ANY ((ARRAY['lead'::character varying, 'worker'::character varying, 'helper'::character varying])::text[]))),
    CONSTRAINT fk_reintegration_assignment_case_id_reintegration_case FOREIGN KEY (case_id) REFERENCES reintegration_case(id) ON DELETE CASCADE,
    CONSTRAINT pk_reintegration_assignment PRIMARY KEY (id)
);
CREATE TABLE reintegration_case (
    province_id uuid,
    district_id uuid,
    commune_id uuid,
    village_id uuid,
    id uuid NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    unit_id uuid NOT NULL,
    closed_on date,
    noticed_on date,
    expires_on date,
    expired_on date,
    case_number character varying(20) NOT NULL,
    basis character varying(32) NOT NULL,
    state character varying(32) NOT NULL,
    closing_basis character varying(32),
    notified_on date NOT NULL,
    released_on date NOT NULL,
    episode integer NOT NULL,
    follows_id uuid,
    is_minor boolean DEFAULT false NOT NULL,
    CONSTRAINT ck_reintegration_case_casebasis CHECK (((basis)::text = ANY ((ARRAY['released'::character varying, 'amnestied'::character varying, 'suspended_sentence'::character varying, 'non_custodial'::character varying])::text[]))),
    CONSTRAINT ck_reintegration_case_casestate CHECK (((state)::text = ANY ((ARRAY['notified'::character varying, 'verified'::character varying, 'intake'::character varying, 'supporting'::character varying, 'closed'::character varying])::text[]))),
    CONSTRAINT ck_reintegration_case_closed_after_notified CHECK ((closed_on >= notified_on)),
    CONSTRAINT ck_reintegration_case_closed_has_basis CHECK (((closed_on IS NULL) = (closing_basis IS NULL))),
    CONSTRAINT ck_reintegration_case_closed_has_date CHECK ((((state)::text = 'closed'::text) = (closed_on IS NOT NULL))),
    CONSTRAINT ck_reintegration_case_closingbasis CHECK (((closing_basis)::text = ANY ((ARRAY['expunged'::character varying, 'moved'::character varying, 'emigrated'::character varying, 'missing'::character varying, 'deceased'::character varying, 'imprisoned_again'::character varying])::text[]))),
    CONSTRAINT ck_reintegration_case_episode_counted CHECK (((episode >= 1) AND (episode <= 99))),
    CONSTRAINT fk_reintegration_case_follows_id_reintegration_case FOREIGN KEY (follows_id) REFERENCES reintegration_case(id) ON DELETE SET NULL,
    CONSTRAINT fk_reintegration_case_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit(id),
    CONSTRAINT pk_reintegration_case PRIMARY KEY (id)
);
CREATE TABLE reintegration_consent (
    id uuid NOT NULL,
    recorded_on date NOT NULL,
    recorded_by character varying NOT NULL,
    case_id uuid NOT NULL,
    scope character varying(32) NOT NULL,
    text_version character varying(40) NOT NULL,
    given_on date NOT NULL,
    ends_on date,
    revoked_on date,
    sealed bytea NOT NULL,
    keys jsonb NOT NULL,
    CONSTRAINT ck_reintegration_consent_consentscope CHECK (((scope)::text = ANY ((ARRAY['share_with_bank'::character varying, 'share_with_employer'::character varying, 'share_with_trainer'::character varying, 'share_with_organisation'::character varying, 'home_visits'::character varying])::text[]))),
    CONSTRAINT ck_reintegration_consent_ends_after_giving CHECK ((ends_on >= given_on)),
    CONSTRAINT ck_reintegration_consent_revoked_after_giving CHECK ((revoked_on >= given_on)),
    CONSTRAINT fk_reintegration_consent_case_id_reintegration_case FOREIGN KEY (case_id) REFERENCES reintegration_case(id) ON DELETE CASCADE,
    CONSTRAINT pk_reintegration_consent PRIMARY KEY (id)
);
CREATE TABLE reintegration_contact (
    id uuid NOT NULL,
    recorded_on date NOT NULL,
    recorded_by character varying NOT NULL,
    case_id uuid NOT NULL,
    took_place_on date NOT NULL,
    way character varying(32) NOT NULL,
    attendance character varying(32) NOT NULL,
    sealed bytea NOT NULL,
    keys jsonb NOT NULL,
    CONSTRAINT ck_reintegration_contact_attendance CHECK (((attendance)::text = ANY ((ARRAY['attended'::character varying, 'excused'::character varying, 'absent'::character varying])::text[]))),
    CONSTRAINT ck_reintegration_contact_contactway CHECK (((way)::text = ANY ((ARRAY['visit'::character varying, 'meeting'::character varying, 'call'::character varying, 'report'::character varying])::text[]))),
    CONSTRAINT fk_reintegration_contact_case_id_reintegration_case FOREIGN KEY (case_id) REFERENCES reintegration_case(id) ON DELETE CASCADE,
    CONSTRAINT pk_reintegration_contact PRIMARY KEY (id)
);
CREATE TABLE reintegration_episode (
    id uuid NOT NULL,
    release_month date NOT NULL,
    province_id uuid,
    months integer NOT NULL,
    reoffended boolean NOT NULL,
    CONSTRAINT ck_reintegration_episode_month_only CHECK ((release_month = date_trunc('month'::text, (release_month)::timestamp with time zone))),
    CONSTRAINT ck_reintegration_episode_months_counted CHECK ((months >= 0)),
    CONSTRAINT fk_reintegration_episode_province_id_unit FOREIGN KEY (province_id) REFERENCES unit(id),
    CONSTRAINT pk_reintegration_episode PRIMARY KEY (id)
);
CREATE TABLE reintegration_hold (
    id uuid NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    reason character varying(2000) NOT NULL,
    document_id uuid NOT NULL,
    released_on date,
    release_reason character varying(2000),
    case_id uuid NOT NULL,
    CONSTRAINT fk_reintegration_hold_case_id_reintegration_case FOREIGN KEY (case_id) REFERENCES reintegration_case(id) ON DELETE CASCADE,
    CONSTRAINT fk_reintegration_hold_document_id_document FOREIGN KEY (document_id) REFERENCES document(id),
    CONSTRAINT pk_reintegration_hold PRIMARY KEY (id)
);
CREATE TABLE reintegration_identity (
    sealed bytea NOT NULL,
    keys jsonb NOT NULL,
    case_id uuid NOT NULL,
    CONSTRAINT fk_reintegration_identity_case_id_reintegration_case FOREIGN KEY (case_id) REFERENCES reintegration_case(id) ON DELETE CASCADE,
    CONSTRAINT pk_reintegration_identity PRIMARY KEY (case_id)
);
CREATE TABLE reintegration_need (
    id uuid NOT NULL,
    recorded_on date NOT NULL,
    recorded_by character varying NOT NULL,
    case_id uuid NOT NULL,
    pathway character varying(32) NOT NULL,
    status character varying(32) NOT NULL,
    sealed bytea NOT NULL,
    keys jsonb NOT NULL,
    CONSTRAINT ck_reintegration_need_casepathway CHECK (((pathway)::text = ANY ((ARRAY['residence_papers'::character varying, 'work'::character varying, 'training'::character varying, 'loan'::character varying, 'family'::character varying, 'health_and_drugs'::character varying, 'legal'::character varying, 'stigma'::character varying])::text[]))),
    CONSTRAINT ck_reintegration_need_needstatus CHECK (((status)::text = ANY ((ARRAY['none_identified'::character varying, 'not_started'::character varying, 'in_progress'::character varying, 'met'::character varying, 'declined'::character varying])::text[]))),
    CONSTRAINT fk_reintegration_need_case_id_reintegration_case FOREIGN KEY (case_id) REFERENCES reintegration_case(id) ON DELETE CASCADE,
    CONSTRAINT pk_reintegration_need PRIMARY KEY (id)
);
CREATE TABLE reintegration_opening (
    province_id uuid,
    district_id uuid,
    commune_id uuid,
    village_id uuid,
    id uuid NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    unit_id uuid NOT NULL,
    case_id uuid NOT NULL,
    case_number character varying(20) NOT NULL,
    basis character varying(32) NOT NULL,
    state character varying(32) NOT NULL,
    opened_by character varying NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    opens_until timestamp with time zone NOT NULL,
    decided_by character varying,
    decided_at timestamp with time zone,
    sealed bytea NOT NULL,
    keys jsonb NOT NULL,
    CONSTRAINT ck_reintegration_opening_caseopeningbasis CHECK (((basis)::text = ANY ((ARRAY['worker_unreachable'::character varying, 'danger_to_life'::character varying, 'person_asks'::character varying, 'authority_asks'::character varying])::text[]))),
    CONSTRAINT ck_reintegration_opening_caseopeningstate CHECK (((state)::text = ANY ((ARRAY['unreviewed'::character varying, 'justified'::character varying, 'unjustified'::character varying])::text[]))),
    CONSTRAINT ck_reintegration_opening_ends_after_beginning CHECK ((opens_until >= opened_at)),
    CONSTRAINT ck_reintegration_opening_review_has_person CHECK ((((state)::text = 'unreviewed'::text) = (decided_by IS NULL))),
    CONSTRAINT ck_reintegration_opening_review_has_time CHECK (((decided_by IS NULL) = (decided_at IS NULL))),
    CONSTRAINT ck_reintegration_opening_second_person CHECK (((decided_by)::text <> (opened_by)::text)),
    CONSTRAINT fk_reintegration_opening_case_id_reintegration_case FOREIGN KEY (case_id) REFERENCES reintegration_case(id) ON DELETE CASCADE,
    CONSTRAINT fk_reintegration_opening_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit(id),
    CONSTRAINT pk_reintegration_opening PRIMARY KEY (id)
);
CREATE TABLE reintegration_request (
    id uuid NOT NULL,
    recorded_on date NOT NULL,
    recorded_by character varying NOT NULL,
    case_id uuid NOT NULL,
    kind character varying(32) NOT NULL,
    received_on date NOT NULL,
    answer character varying(32),
    answered_on date,
    sealed bytea NOT NULL,
    keys jsonb NOT NULL,
    CONSTRAINT ck_reintegration_request_answer_has_date CHECK (((answer IS NULL) = (answered_on IS NULL))),
    CONSTRAINT ck_reintegration_request_answered_after_receipt CHECK ((answered_on >= received_on)),
    CONSTRAINT ck_reintegration_request_personrequestanswer CHECK (((answer)::text = ANY ((ARRAY['granted'::character varying, 'partly_granted'::character varying, 'refused'::character varying])::text[]))),
    CONSTRAINT ck_reintegration_request_personrequestkind CHECK (((kind)::text = ANY ((ARRAY['copy'::character varying, 'correction'::character varying, 'objection'::character varying])::text[]))),
    CONSTRAINT fk_reintegration_request_case_id_reintegration_case FOREIGN KEY (case_id) REFERENCES reintegration_case(id) ON DELETE CASCADE,
    CONSTRAINT pk_reintegration_request PRIMARY KEY (id)
);
CREATE TABLE reintegration_support (
    id uuid NOT NULL,
    recorded_on date NOT NULL,
    recorded_by character varying NOT NULL,
    case_id uuid NOT NULL,
    kind character varying(32) NOT NULL,
    state character varying(32) NOT NULL,
    begins_on date NOT NULL,
    ends_on date,
    verified_on date,
    purpose character varying(32),
    amount integer,
    months integer,
    rule_code character varying(60),
    sealed bytea NOT NULL,
    keys jsonb NOT NULL,
    CONSTRAINT ck_reintegration_support_ends_after_beginning CHECK ((ends_on >= begins_on)),
    CONSTRAINT ck_reintegration_support_loan_has_terms CHECK (((((kind)::text = 'loan'::text) = (purpose IS NOT NULL)) AND (((kind)::text = 'loan'::text) = (amount IS NOT NULL)) AND (((kind)::text = 'loan'::text) = (months IS NOT NULL)))),
    CONSTRAINT ck_reintegration_support_loanpurpose CHECK (((purpose)::text = ANY ((ARRAY['production'::character varying, 'training'::character varying])::text[]))),
    CONSTRAINT ck_reintegration_support_supportkind CHECK (((kind)::text = ANY ((ARRAY['job'::character varying, 'training'::character varying, 'loan'::character varying, 'housing'::character varying, 'counselling'::character varying])::text[]))),
    CONSTRAINT ck_reintegration_support_supportstate CHECK (((state)::text = ANY ((ARRAY['arranged'::character varying, 'granted'::character varying, 'repaid'::character varying, 'overdue'::character varying, 'ended'::character varying])::text[]))),
    CONSTRAINT fk_reintegration_support_case_id_reintegration_case FOREIGN KEY (case_id) REFERENCES reintegration_case(id) ON DELETE CASCADE,
    CONSTRAINT pk_reintegration_support PRIMARY KEY (id)
);
CREATE TABLE reintegration_transfer (
    province_id uuid,
    district_id uuid,
    commune_id uuid,
    village_id uuid,
    id uuid NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    unit_id uuid NOT NULL,
    from_unit_id uuid NOT NULL,
    state character varying(32) NOT NULL,
    shared text[] NOT NULL,
    reason character varying(2000) NOT NULL,
    offered_on date NOT NULL,
    answer character varying(2000),
    answered_on date,
    case_id uuid NOT NULL,
    case_number character varying(20) NOT NULL,
    basis character varying(32) NOT NULL,
    CONSTRAINT ck_reintegration_transfer_casebasis CHECK (((basis)::text = ANY ((ARRAY['released'::character varying, 'amnestied'::character varying, 'suspended_sentence'::character varying, 'non_custodial'::character varying])::text[]))),
    CONSTRAINT ck_reintegration_transfer_transferstate CHECK (((state)::text = ANY ((ARRAY['offered'::character varying, 'accepted'::character varying, 'declined'::character varying, 'withdrawn'::character varying])::text[]))),
    CONSTRAINT fk_reintegration_transfer_case_id_reintegration_case FOREIGN KEY (case_id) REFERENCES reintegration_case(id) ON DELETE CASCADE,
    CONSTRAINT fk_reintegration_transfer_from_unit_id_unit FOREIGN KEY (from_unit_id) REFERENCES unit(id),
    CONSTRAINT fk_reintegration_transfer_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit(id),
    CONSTRAINT pk_reintegration_transfer PRIMARY KEY (id)
);
CREATE TABLE retention_rule (
    id uuid NOT NULL,
    of character varying(32) NOT NULL,
    valid_from date NOT NULL,
    months integer NOT NULL,
    days integer NOT NULL,
    basis character varying(1000) NOT NULL,
    source character varying(300) NOT NULL,
    certainty character varying(20) NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    CONSTRAINT ck_retention_rule_retentionof CHECK (((of)::text = ANY ((ARRAY['tip'::character varying, 'identity'::character varying, 'notice'::character varying, 'case'::character varying, 'minor_case'::character varying])::text[]))),
    CONSTRAINT pk_retention_rule PRIMARY KEY (id)
);
CREATE TABLE role_grant (
    id uuid NOT NULL,
    account_id uuid,
    client_id uuid,
    role character varying(40) NOT NULL,
    unit_id uuid NOT NULL,
    purposes text[] NOT NULL,
    state character varying(32) NOT NULL,
    followed_from_id uuid,
    expires_at timestamp with time zone,
    province_id uuid,
    district_id uuid,
    commune_id uuid,
    village_id uuid,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    CONSTRAINT ck_role_grant_grantstate CHECK (((state)::text = ANY ((ARRAY['proposed'::character varying, 'active'::character varying, 'waiting'::character varying, 'revoked'::character varying])::text[]))),
    CONSTRAINT ck_role_grant_one_holder CHECK (((account_id IS NULL) <> (client_id IS NULL))),
    CONSTRAINT fk_role_grant_account_id_account FOREIGN KEY (account_id) REFERENCES account(id),
    CONSTRAINT fk_role_grant_client_id_client FOREIGN KEY (client_id) REFERENCES client(id),
    CONSTRAINT fk_role_grant_followed_from_id_unit FOREIGN KEY (followed_from_id) REFERENCES unit(id),
    CONSTRAINT fk_role_grant_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit(id),
    CONSTRAINT pk_role_grant PRIMARY KEY (id)
);
CREATE TABLE service_rating (
    id uuid NOT NULL,
    member_id uuid NOT NULL,
    year integer NOT NULL,
    level character varying(32) NOT NULL,
    window_from date NOT NULL,
    window_to date NOT NULL,
    basis character varying(300) NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    CONSTRAINT ck_service_rating_servicelevel CHECK (((level)::text = ANY ((ARRAY['excellent'::character varying, 'good'::character varying, 'completed'::character varying, 'not_completed'::character varying])::text[]))),
    CONSTRAINT fk_service_rating_member_id_team_member FOREIGN KEY (member_id) REFERENCES team_member(id) ON DELETE CASCADE,
    CONSTRAINT pk_service_rating PRIMARY KEY (id)
);
CREATE TABLE spent_assertion (
    digest bytea NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT pk_spent_assertion PRIMARY KEY (digest)
);
CREATE TABLE spent_work (
    hash bytea NOT NULL,
    expires_on date NOT NULL,
    CONSTRAINT pk_spent_work PRIMARY KEY (hash)
);
CREATE TABLE stated_figure (
    voided_at timestamp with time zone,
    voided_by character varying,
    void_reason character varying(2000),
    province_id uuid,
    district_id uuid,
    commune_id uuid,
    village_id uuid,
    id uuid NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    unit_id uuid NOT NULL,
    measure character varying(60) NOT NULL,
    counting_unit character varying(60) NOT NULL,
    category character varying(60),
    level character varying(32),
    label character varying(300) NOT NULL,
    value numeric,
    qualifier character varying(32) NOT NULL,
    delta_only boolean DEFAULT false NOT NULL,
    compared_from date,
    compared_to date,
    period_from date,
    period_to date,
    precision character varying(32) NOT NULL,
    period_text character varying(100),
    subject_resource character varying(32),
    subject_id uuid,
    document_id uuid,
    source character varying(300),
    quote character varying(2000),
    reference character varying(100),
    value_text character varying(100),
    counting_unit_text character varying(100),
    place_text character varying(200),
    CONSTRAINT ck_stated_figure_a_change_compares CHECK ((((compared_from IS NULL) = (compared_to IS NULL)) AND (compared_from <= compared_to) AND ((compared_from IS NULL) OR delta_only))),
    CONSTRAINT ck_stated_figure_approximate_has_words CHECK (((("precision")::text <> 'approximate'::text) OR (period_text IS NOT NULL))),
    CONSTRAINT ck_stated_figure_dated_has_both_days CHECK (
CASE
    WHEN (("precision")::text = 'undated'::text) THEN ((period_from IS NULL) AND (period_to IS NULL))
    ELSE ((period_from IS NOT NULL) AND (period_to IS NOT NULL))
END),
    CONSTRAINT ck_stated_figure_has_a_source CHECK (((source IS NOT NULL) OR (document_id IS NOT NULL))),
    CONSTRAINT ck_stated_figure_only_a_change_is_negative CHECK (((value >= (0)::numeric) OR delta_only)),
    CONSTRAINT ck_stated_figure_period_begins_before_it_ends CHECK ((period_from <= period_to)),
    CONSTRAINT ck_stated_figure_periodprecision CHECK ((("precision")::text = ANY ((ARRAY['day'::character varying, 'month'::character varying, 'quarter'::character varying, 'year'::character varying, 'approximate'::character varying, 'undated'::character varying])::text[]))),
    CONSTRAINT ck_stated_figure_qualifier CHECK (((qualifier)::text = ANY ((ARRAY['equal'::character varying, 'more_than'::character varying, 'almost'::character varying, 'at_least'::character varying, 'less_than'::character varying, 'unquantified'::character varying, 'at_most'::character varying, 'about'::character varying])::text[]))),
    CONSTRAINT ck_stated_figure_subject_is_whole CHECK (((subject_resource IS NULL) = (subject_id IS NULL))),
    CONSTRAINT ck_stated_figure_subjectresource CHECK (((subject_resource)::text = ANY ((ARRAY['model'::character varying, 'model_type'::character varying, 'team'::character varying, 'document'::character varying, 'organisation'::character varying])::text[]))),
    CONSTRAINT ck_stated_figure_unitlevel CHECK (((level)::text = ANY ((ARRAY['national'::character varying, 'province'::character varying, 'district'::character varying, 'commune'::character varying, 'village'::character varying])::text[]))),
    CONSTRAINT ck_stated_figure_unquantified_has_no_value CHECK (((((qualifier)::text = 'unquantified'::text) OR (value_text IS NOT NULL)) = (value IS NULL))),
    CONSTRAINT ck_stated_figure_voided_has_reason CHECK ((((voided_at IS NULL) = (void_reason IS NULL)) AND ((voided_at IS NULL) = (voided_by IS NULL)))),
    CONSTRAINT fk_stated_figure_document_id_document FOREIGN KEY (document_id) REFERENCES document(id),
    CONSTRAINT fk_stated_figure_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit(id),
    CONSTRAINT pk_stated_figure PRIMARY KEY (id)
);
CREATE TABLE sync_conflict (
    id uuid NOT NULL,
    unit_id uuid NOT NULL,
    operation_id uuid NOT NULL,
    resource character varying(60) NOT NULL,
    record_id uuid NOT NULL,
    field character varying(60) NOT NULL,
    value_permission character varying(60) NOT NULL,
    change_permission character varying(60) NOT NULL,
    base jsonb,
    mine jsonb NOT NULL,
    theirs jsonb,
    base_version integer NOT NULL,
    their_version integer NOT NULL,
    client_time timestamp with time zone NOT NULL,
    state character varying(32) NOT NULL,
    choice character varying(32),
    province_id uuid,
    district_id uuid,
    commune_id uuid,
    village_id uuid,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    CONSTRAINT ck_sync_conflict_conflictchoice CHECK (((choice)::text = ANY ((ARRAY['theirs'::character varying, 'mine'::character varying, 'other'::character varying])::text[]))),
    CONSTRAINT ck_sync_conflict_conflictstate CHECK (((state)::text = ANY ((ARRAY['open'::character varying, 'resolved'::character varying])::text[]))),
    CONSTRAINT ck_sync_conflict_resolved_has_choice CHECK ((((state)::text = 'resolved'::text) = (choice IS NOT NULL))),
    CONSTRAINT fk_sync_conflict_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit(id),
    CONSTRAINT pk_sync_conflict PRIMARY KEY (id)
);
CREATE TABLE sync_operation (
    subject character varying NOT NULL,
    id uuid NOT NULL,
    digest bytea NOT NULL,
    received_at timestamp with time zone NOT NULL,
    result jsonb,
    CONSTRAINT pk_sync_operation PRIMARY KEY (subject, id)
);
CREATE TABLE target (
    voided_at timestamp with time zone,
    voided_by character varying,
    void_reason character varying(2000),
    province_id uuid,
    district_id uuid,
    commune_id uuid,
    village_id uuid,
    id uuid NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    unit_id uuid NOT NULL,
    parent_id uuid,
    title character varying(300) NOT NULL,
    indicator character varying(80) NOT NULL,
    filter character varying(300),
    shape character varying(32) NOT NULL,
    basis character varying(32),
    comparator character varying(32) NOT NULL,
    value numeric NOT NULL,
    period_from date NOT NULL,
    period_to date NOT NULL,
    window_name character varying(80),
    baseline_from date,
    baseline_to date,
    baseline_value numeric,
    baseline_source character varying(300),
    source character varying(300),
    CONSTRAINT ck_target_baseline_begins_before_it_ends CHECK ((baseline_from <= baseline_to)),
    CONSTRAINT ck_target_changebasis CHECK (((basis)::text = ANY ((ARRAY['relative'::character varying, 'percentage_point'::character varying])::text[]))),
    CONSTRAINT ck_target_growth_has_a_basis CHECK (((basis IS NULL) = ((shape)::text <> 'growth'::text))),
    CONSTRAINT ck_target_period_begins_before_it_ends CHECK ((period_from <= period_to)),
    CONSTRAINT ck_target_stated_baseline_has_a_source CHECK (((baseline_value IS NULL) = (baseline_source IS NULL))),
    CONSTRAINT ck_target_targetshape CHECK (((shape)::text = ANY ((ARRAY['relative_change'::character varying, 'ratio'::character varying, 'growth'::character varying, 'ceiling'::character varying])::text[]))),
    CONSTRAINT ck_target_targetside CHECK (((comparator)::text = ANY ((ARRAY['at_least'::character varying, 'at_most'::character varying])::text[]))),
    CONSTRAINT ck_target_voided_has_reason CHECK ((((voided_at IS NULL) = (void_reason IS NULL)) AND ((voided_at IS NULL) = (voided_by IS NULL)))),
    CONSTRAINT fk_target_parent_id_target FOREIGN KEY (parent_id) REFERENCES target(id),
    CONSTRAINT fk_target_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit(id),
    CONSTRAINT pk_target PRIMARY KEY (id)
);
CREATE TABLE target_value (
    id uuid NOT NULL,
    recorded_at timestamp with time zone DEFAULT now() NOT NULL,
    target_id uuid NOT NULL,
    value numeric NOT NULL,
    valid_from date NOT NULL,
    reason character varying(2000),
    recorded_by character varying NOT NULL,
    CONSTRAINT fk_target_value_target_id_target FOREIGN KEY (target_id) REFERENCES target(id),
    CONSTRAINT pk_target_value PRIMARY KEY (id)
);
CREATE TABLE task (
    voided_at timestamp with time zone,
    voided_by character varying,
    void_reason character varying(2000),
    province_id uuid,
    district_id uuid,
    commune_id uuid,
    village_id uuid,
    id uuid NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    unit_id uuid NOT NULL,
    title character varying(300) NOT NULL,
    position character varying(200),
    due_on date NOT NULL,
    document_id uuid NOT NULL,
    campaign_id uuid,
    state character varying(32) NOT NULL,
    done_on date,
    activity_id uuid,
    CONSTRAINT ck_task_an_activity_does_it CHECK (((activity_id IS NULL) OR ((state)::text = 'done'::text))),
    CONSTRAINT ck_task_done_has_a_day CHECK ((((state)::text = 'done'::text) = (done_on IS NOT NULL))),
    CONSTRAINT ck_task_taskstate CHECK (((state)::text = ANY ((ARRAY['open'::character varying, 'done'::character varying, 'cancelled'::character varying])::text[]))),
    CONSTRAINT ck_task_voided_has_reason CHECK ((((voided_at IS NULL) = (void_reason IS NULL)) AND ((voided_at IS NULL) = (voided_by IS NULL)))),
    CONSTRAINT fk_task_activity_id_activity FOREIGN KEY (activity_id) REFERENCES activity(id),
    CONSTRAINT fk_task_campaign_id_campaign FOREIGN KEY (campaign_id) REFERENCES campaign(id),
    CONSTRAINT fk_task_document_id_document FOREIGN KEY (document_id) REFERENCES document(id),
    CONSTRAINT fk_task_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit(id),
    CONSTRAINT pk_task PRIMARY KEY (id)
);
CREATE TABLE team (
    id uuid NOT NULL,
    kind character varying(32) NOT NULL,
    unit_id uuid NOT NULL,
    name character varying(300) NOT NULL,
    decision character varying(200),
    state character varying(32) NOT NULL,
    established_on date,
    dissolved_on date,
    counted_size integer,
    source character varying(100) NOT NULL,
    reference character varying(100),
    search_key character varying NOT NULL,
    province_id uuid,
    district_id uuid,
    commune_id uuid,
    village_id uuid,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    voided_at timestamp with time zone,
    voided_by character varying,
    void_reason character varying(2000),
    name_key character varying,
    sort_key text COLLATE "C",
    CONSTRAINT ck_team_dissolved_has_date CHECK ((((state)::text = 'dissolved'::text) = (dissolved_on IS NOT NULL))),
    CONSTRAINT ck_team_ends_after_it_begins CHECK ((dissolved_on >= established_on)),
    CONSTRAINT ck_team_established_has_date CHECK ((((state)::text = ANY ((ARRAY['proposed'::character varying, 'declined'::character varying])::text[])) = (established_on IS NULL))),
    CONSTRAINT ck_team_size_is_not_negative CHECK ((counted_size >= 0)),
    CONSTRAINT ck_team_teamkind CHECK (((kind)::text = ANY ((ARRAY['protection_team'::character varying, 'people_security_group'::character varying, 'mediation_group'::character varying, 'self_managed_group'::character varying, 'civil_defence'::character varying, 'ward_guard'::character varying, 'youth_shock'::character varying, 'patrol_group'::character varying, 'core_group'::character varying])::text[]))),
    CONSTRAINT ck_team_teamstate CHECK (((state)::text = ANY ((ARRAY['proposed'::character varying, 'declined'::character varying, 'established'::character varying, 'operating'::character varying, 'reorganised'::character varying, 'dissolved'::character varying])::text[]))),
    CONSTRAINT ck_team_voided_has_reason CHECK ((((voided_at IS NULL) = (void_reason IS NULL)) AND ((voided_at IS NULL) = (voided_by IS NULL)))),
    CONSTRAINT fk_team_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit(id),
    CONSTRAINT pk_team PRIMARY KEY (id)
);
CREATE TABLE team_equipment (
    id uuid NOT NULL,
    team_id uuid NOT NULL,
    kind character varying(100) NOT NULL,
    condition character varying(32) NOT NULL,
    count integer NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    CONSTRAINT ck_team_equipment_condition CHECK (((condition)::text = ANY ((ARRAY['good'::character varying, 'worn'::character varying, 'broken'::character varying])::text[]))),
    CONSTRAINT ck_team_equipment_there_is_some CHECK ((count > 0)),
    CONSTRAINT fk_team_equipment_team_id_team FOREIGN KEY (team_id) REFERENCES team(id) ON DELETE CASCADE,
    CONSTRAINT pk_team_equipment PRIMARY KEY (id)
);
CREATE TABLE team_member (
    id uuid NOT NULL,
    team_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    name character varying(100),
    role character varying(32) NOT NULL,
    state character varying(32) NOT NULL,
    origin_force character varying(32),
    size_rule_id uuid,
    province_id uuid,
    district_id uuid,
    commune_id uuid,
    village_id uuid,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    voided_at timestamp with time zone,
    voided_by character varying,
    void_reason character varying(2000),
    CONSTRAINT ck_team_member_memberstate CHECK (((state)::text = ANY ((ARRAY['applied'::character varying, 'selected'::character varying, 'recognised'::character varying, 'active'::character varying, 'resigned'::character varying, 'removed'::character varying, 'ended'::character varying])::text[]))),
    CONSTRAINT ck_team_member_only_the_gone_have_no_name CHECK (((name IS NOT NULL) OR ((state)::text = 'ended'::text))),
    CONSTRAINT ck_team_member_originforce CHECK (((origin_force)::text = ANY ((ARRAY['part_time_commune_police'::character varying, 'civil_defence'::character varying, 'ward_guard'::character varying, 'other_group'::character varying, 'none'::character varying])::text[]))),
    CONSTRAINT ck_team_member_teamrole CHECK (((role)::text = ANY ((ARRAY['leader'::character varying, 'deputy'::character varying, 'member'::character varying])::text[]))),
    CONSTRAINT ck_team_member_voided_has_reason CHECK ((((voided_at IS NULL) = (void_reason IS NULL)) AND ((voided_at IS NULL) = (voided_by IS NULL)))),
    CONSTRAINT fk_team_member_size_rule_id_team_size_rule FOREIGN KEY (size_rule_id) REFERENCES team_size_rule(id),
    CONSTRAINT fk_team_member_team_id_team FOREIGN KEY (team_id) REFERENCES team(id),
    CONSTRAINT fk_team_member_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit(id),
    CONSTRAINT pk_team_member PRIMARY KEY (id)
);
CREATE TABLE team_size_rule (
    id uuid NOT NULL,
    unit_id uuid NOT NULL,
    kind character varying(32) NOT NULL,
    least integer NOT NULL,
    most integer NOT NULL,
    deputies integer NOT NULL,
    valid_from date NOT NULL,
    valid_to date NOT NULL,
    basis character varying(300) NOT NULL,
    certainty character varying(32) NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    CONSTRAINT ck_team_size_rule_certainty CHECK (((certainty)::text = ANY ((ARRAY['verified'::character varying, 'read'::character varying, 'memory'::character varying, 'projected'::character varying])::text[]))),
    CONSTRAINT ck_team_size_rule_deputies_are_members CHECK (((deputies >= 0) AND (deputies < most))),
    CONSTRAINT ck_team_size_rule_ends_after_it_begins CHECK ((valid_from <= valid_to)),
    CONSTRAINT ck_team_size_rule_least_is_not_above_most CHECK ((("least" >= 1) AND ("least" <= most))),
    CONSTRAINT ck_team_size_rule_teamkind CHECK (((kind)::text = ANY ((ARRAY['protection_team'::character varying, 'people_security_group'::character varying, 'mediation_group'::character varying, 'self_managed_group'::character varying, 'civil_defence'::character varying, 'ward_guard'::character varying, 'youth_shock'::character varying, 'patrol_group'::character varying, 'core_group'::character varying])::text[]))),
    CONSTRAINT fk_team_size_rule_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit(id),
    CONSTRAINT one_rule_a_day EXCLUDE USING gist (unit_id WITH =, kind WITH =, daterange(valid_from, valid_to) WITH &&),
    CONSTRAINT pk_team_size_rule PRIMARY KEY (id)
);
CREATE TABLE team_term (
    id uuid NOT NULL,
    team_id uuid NOT NULL,
    member_id uuid NOT NULL,
    role character varying(32) NOT NULL,
    since date NOT NULL,
    until date NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    voided_at timestamp with time zone,
    CONSTRAINT ck_team_term_ends_after_it_begins CHECK ((since <= until)),
    CONSTRAINT ck_team_term_teamrole CHECK (((role)::text = ANY ((ARRAY['leader'::character varying, 'deputy'::character varying, 'member'::character varying])::text[]))),
    CONSTRAINT fk_team_term_member_id_team_member FOREIGN KEY (member_id) REFERENCES team_member(id) ON DELETE CASCADE,
    CONSTRAINT fk_team_term_team_id_team FOREIGN KEY (team_id) REFERENCES team(id),
    CONSTRAINT one_leader_a_day EXCLUDE USING gist (team_id WITH =, daterange(since, until) WITH &&) WHERE ((((role)::text = 'leader'::text) AND (voided_at IS NULL))),
    CONSTRAINT one_role_a_day EXCLUDE USING gist (member_id WITH =, daterange(since, until) WITH &&),
    CONSTRAINT pk_team_term PRIMARY KEY (id)
);
CREATE TABLE team_training (
    id uuid NOT NULL,
    member_id uuid NOT NULL,
    course character varying(200) NOT NULL,
    days integer NOT NULL,
    held_on date NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    CONSTRAINT ck_team_training_lasts CHECK ((days > 0)),
    CONSTRAINT fk_team_training_member_id_team_member FOREIGN KEY (member_id) REFERENCES team_member(id) ON DELETE CASCADE,
    CONSTRAINT pk_team_training PRIMARY KEY (id)
);
CREATE TABLE tip (
    id uuid NOT NULL,
    unit_id uuid NOT NULL,
    received_unit_id uuid NOT NULL,
    about_officials boolean NOT NULL,
    received_on date NOT NULL,
    channel character varying(32) NOT NULL,
    kind character varying(32) NOT NULL,
    category character varying(32),
    state character varying(32) NOT NULL,
    has_contact boolean NOT NULL,
    shared text[] NOT NULL,
    kept_back uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    is_useful boolean,
    outcome character varying(32),
    resolved_on date,
    resolved_in_time boolean,
    informed_on date,
    closed_on date,
    due_on date DEFAULT '9999-01-01'::date NOT NULL,
    clock character varying(60),
    overdue boolean DEFAULT false NOT NULL,
    noticed_on date,
    expires_on date,
    expired_on date,
    province_id uuid,
    district_id uuid,
    commune_id uuid,
    village_id uuid,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    excluded bytea[] DEFAULT '{}'::bytea[] NOT NULL,
    urgency smallint DEFAULT 1 NOT NULL,
    local_result character varying(32),
    suspension_basis character varying(32),
    downgraded_on date,
    reopened_on date,
    CONSTRAINT ck_tip_closed_after_received CHECK ((closed_on >= received_on)),
    CONSTRAINT ck_tip_closed_has_date CHECK ((((state)::text = 'closed'::text) = (closed_on IS NOT NULL))),
    CONSTRAINT ck_tip_localresult CHECK (((local_result)::text = ANY ((ARRAY['reconciled'::character varying, 'reminded'::character varying, 'fined'::character varying, 'repaired'::character varying, 'explained'::character varying, 'not_confirmed'::character varying, 'other'::character varying])::text[]))),
    CONSTRAINT ck_tip_suspensionbasis CHECK (((suspension_basis)::text = ANY ((ARRAY['expert_opinion'::character varying, 'missing_material'::character varying, 'force_majeure'::character varying])::text[]))),
    CONSTRAINT ck_tip_tipcategory CHECK (((category)::text = ANY ((ARRAY['life_and_health'::character varying, 'property'::character varying, 'drugs'::character varying, 'gambling'::character varying, 'fraud'::character varying, 'domestic_violence'::character varying, 'children'::character varying, 'weapons'::character varying, 'traffic'::character varying, 'fire'::character varying, 'resources'::character varying, 'residence'::character varying, 'corruption'::character varying, 'security'::character varying, 'public_order'::character varying, 'other'::character varying])::text[]))),
    CONSTRAINT ck_tip_tipchannel CHECK (((channel)::text = ANY ((ARRAY['online'::character varying, 'in_person'::character varying, 'phone'::character varying, 'post'::character varying, 'other'::character varying])::text[]))),
    CONSTRAINT ck_tip_tipkind CHECK (((kind)::text = ANY ((ARRAY['crime_denunciation'::character varying, 'crime_report'::character varying, 'prosecution_proposal'::character varying, 'violation_info'::character varying, 'feedback'::character varying, 'unknown'::character varying])::text[]))),
    CONSTRAINT ck_tip_tipoutcome CHECK (((outcome)::text = ANY ((ARRAY['prosecuted'::character varying, 'not_prosecuted'::character varying, 'handled_locally'::character varying, 'forwarded'::character varying])::text[]))),
    CONSTRAINT ck_tip_tipstate CHECK (((state)::text = ANY ((ARRAY['received'::character varying, 'recorded'::character varying, 'triaged'::character varying, 'transferred'::character varying, 'with_investigator'::character varying, 'suspended'::character varying, 'handled_locally'::character varying, 'forwarded'::character varying, 'decided_prosecute'::character varying, 'decided_not'::character varying, 'informant_notified'::character varying, 'closed'::character varying])::text[]))),
    CONSTRAINT ck_tip_urgent_or_not CHECK ((urgency = ANY (ARRAY[0, 1]))),
    CONSTRAINT fk_tip_received_unit_id_unit FOREIGN KEY (received_unit_id) REFERENCES unit(id),
    CONSTRAINT fk_tip_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit(id),
    CONSTRAINT pk_tip PRIMARY KEY (id)
);
CREATE TABLE tip_assignment (
    id uuid NOT NULL,
    tip_id uuid NOT NULL,
    subject character varying NOT NULL,
    assigned_by character varying NOT NULL,
    assigned_on date NOT NULL,
    ended_on date,
    CONSTRAINT fk_tip_assignment_tip_id_tip FOREIGN KEY (tip_id) REFERENCES tip(id) ON DELETE CASCADE,
    CONSTRAINT pk_tip_assignment PRIMARY KEY (id)
);
CREATE TABLE tip_attachment (
    id uuid NOT NULL,
    tip_id uuid NOT NULL,
    media_type character varying(60) NOT NULL,
    size integer NOT NULL,
    sha256 character varying(64) NOT NULL,
    sent_on date NOT NULL,
    keys jsonb NOT NULL,
    CONSTRAINT fk_tip_attachment_tip_id_tip FOREIGN KEY (tip_id) REFERENCES tip(id) ON DELETE CASCADE,
    CONSTRAINT pk_tip_attachment PRIMARY KEY (id)
);
CREATE TABLE tip_count (
    position bigint NOT NULL,
    event character varying(32) NOT NULL,
    unit_id uuid NOT NULL,
    month date NOT NULL,
    day date NOT NULL,
    leaf bytea NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT ck_tip_count_countedevent CHECK (((event)::text = ANY ((ARRAY['received'::character varying, 'answered'::character varying, 'late'::character varying])::text[]))),
    CONSTRAINT fk_tip_count_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit(id),
    CONSTRAINT pk_tip_count PRIMARY KEY ("position"),
    CONSTRAINT uq_tip_count_leaf UNIQUE (leaf)
);
CREATE TABLE tip_desk (
    id uuid NOT NULL,
    unit_id uuid NOT NULL,
    remote boolean NOT NULL,
    basis character varying(500),
    province_id uuid,
    district_id uuid,
    commune_id uuid,
    village_id uuid,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    CONSTRAINT fk_tip_desk_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit(id),
    CONSTRAINT pk_tip_desk PRIMARY KEY (id)
);
CREATE TABLE tip_hold (
    id uuid NOT NULL,
    tip_id uuid NOT NULL,
    reason character varying(2000) NOT NULL,
    document_id uuid NOT NULL,
    released_on date,
    release_reason character varying(2000),
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    CONSTRAINT fk_tip_hold_document_id_document FOREIGN KEY (document_id) REFERENCES document(id),
    CONSTRAINT fk_tip_hold_tip_id_tip FOREIGN KEY (tip_id) REFERENCES tip(id) ON DELETE CASCADE,
    CONSTRAINT pk_tip_hold PRIMARY KEY (id)
);
CREATE TABLE tip_identity (
    sealed bytea NOT NULL,
    keys jsonb NOT NULL,
    tip_id uuid NOT NULL,
    CONSTRAINT fk_tip_identity_tip_id_tip FOREIGN KEY (tip_id) REFERENCES tip(id) ON DELETE CASCADE,
    CONSTRAINT pk_tip_identity PRIMARY KEY (tip_id)
);
CREATE TABLE tip_likeness (
    tip_id uuid NOT NULL,
    place smallint NOT NULL,
    value bigint NOT NULL,
    CONSTRAINT fk_tip_likeness_tip_id_tip FOREIGN KEY (tip_id) REFERENCES tip(id) ON DELETE CASCADE,
    CONSTRAINT pk_tip_likeness PRIMARY KEY (tip_id, place)
);
CREATE TABLE tip_link (
    tip_id uuid NOT NULL,
    other_id uuid NOT NULL,
    linked_by character varying NOT NULL,
    linked_on date NOT NULL,
    note character varying(500),
    CONSTRAINT ck_tip_link_named_once CHECK ((tip_id < other_id)),
    CONSTRAINT fk_tip_link_other_id_tip FOREIGN KEY (other_id) REFERENCES tip(id) ON DELETE CASCADE,
    CONSTRAINT fk_tip_link_tip_id_tip FOREIGN KEY (tip_id) REFERENCES tip(id) ON DELETE CASCADE,
    CONSTRAINT pk_tip_link PRIMARY KEY (tip_id, other_id)
);
CREATE TABLE tip_message (
    id uuid NOT NULL,
    tip_id uuid NOT NULL,
    number integer NOT NULL,
    from_informant boolean NOT NULL,
    sent_on date NOT NULL,
    sent_by character varying,
    sealed bytea NOT NULL,
    keys jsonb NOT NULL,
    CONSTRAINT fk_tip_message_tip_id_tip FOREIGN KEY (tip_id) REFERENCES tip(id) ON DELETE CASCADE,
    CONSTRAINT pk_tip_message PRIMARY KEY (id)
);
CREATE TABLE tip_receipt (
    lookup bytea NOT NULL,
    tip_id uuid NOT NULL,
    public_key bytea NOT NULL,
    private_key bytea NOT NULL,
    CONSTRAINT fk_tip_receipt_tip_id_tip FOREIGN KEY (tip_id) REFERENCES tip(id) ON DELETE CASCADE,
    CONSTRAINT pk_tip_receipt PRIMARY KEY (lookup),
    CONSTRAINT uq_tip_receipt_tip_id UNIQUE (tip_id)
);
CREATE TABLE tip_redaction (
    id uuid NOT NULL,
    tip_id uuid NOT NULL,
    begin integer NOT NULL,
    end integer NOT NULL,
    reason character varying(500) NOT NULL,
    permanent boolean NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    CONSTRAINT fk_tip_redaction_tip_id_tip FOREIGN KEY (tip_id) REFERENCES tip(id) ON DELETE CASCADE,
    CONSTRAINT pk_tip_redaction PRIMARY KEY (id)
);
CREATE TABLE tip_stub (
    id uuid NOT NULL,
    tip_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    to_unit_id uuid NOT NULL,
    received_on date NOT NULL,
    moved_on date NOT NULL,
    state character varying(32) NOT NULL,
    outcome character varying(32),
    province_id uuid,
    district_id uuid,
    commune_id uuid,
    village_id uuid,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    CONSTRAINT ck_tip_stub_tipoutcome CHECK (((outcome)::text = ANY ((ARRAY['prosecuted'::character varying, 'not_prosecuted'::character varying, 'handled_locally'::character varying, 'forwarded'::character varying])::text[]))),
    CONSTRAINT ck_tip_stub_tipstate CHECK (((state)::text = ANY ((ARRAY['received'::character varying, 'recorded'::character varying, 'triaged'::character varying, 'transferred'::character varying, 'with_investigator'::character varying, 'suspended'::character varying, 'handled_locally'::character varying, 'forwarded'::character varying, 'decided_prosecute'::character varying, 'decided_not'::character varying, 'informant_notified'::character varying, 'closed'::character varying])::text[]))),
    CONSTRAINT fk_tip_stub_tip_id_tip FOREIGN KEY (tip_id) REFERENCES tip(id) ON DELETE CASCADE,
    CONSTRAINT fk_tip_stub_to_unit_id_unit FOREIGN KEY (to_unit_id) REFERENCES unit(id),
    CONSTRAINT fk_tip_stub_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit(id),
    CONSTRAINT pk_tip_stub PRIMARY KEY (id)
);
CREATE TABLE tip_text (
    sealed bytea NOT NULL,
    keys jsonb NOT NULL,
    tip_id uuid NOT NULL,
    CONSTRAINT fk_tip_text_tip_id_tip FOREIGN KEY (tip_id) REFERENCES tip(id) ON DELETE CASCADE,
    CONSTRAINT pk_tip_text PRIMARY KEY (tip_id)
);
CREATE TABLE tip_transfer (
    id uuid NOT NULL,
    tip_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    from_unit_id uuid NOT NULL,
    state character varying(32) NOT NULL,
    kind character varying(32) NOT NULL,
    category character varying(32),
    received_on date NOT NULL,
    shared text[] NOT NULL,
    reason character varying(2000) NOT NULL,
    offered_on date NOT NULL,
    answer character varying(2000),
    answered_on date,
    province_id uuid,
    district_id uuid,
    commune_id uuid,
    village_id uuid,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    CONSTRAINT ck_tip_transfer_tipcategory CHECK (((category)::text = ANY ((ARRAY['life_and_health'::character varying, 'property'::character varying, 'drugs'::character varying, 'gambling'::character varying, 'fraud'::character varying, 'domestic_violence'::character varying, 'children'::character varying, 'weapons'::character varying, 'traffic'::character varying, 'fire'::character varying, 'resources'::character varying, 'residence'::character varying, 'corruption'::character varying, 'security'::character varying, 'public_order'::character varying, 'other'::character varying])::text[]))),
    CONSTRAINT ck_tip_transfer_tipkind CHECK (((kind)::text = ANY ((ARRAY['crime_denunciation'::character varying, 'crime_report'::character varying, 'prosecution_proposal'::character varying, 'violation_info'::character varying, 'feedback'::character varying, 'unknown'::character varying])::text[]))),
    CONSTRAINT ck_tip_transfer_transferstate CHECK (((state)::text = ANY ((ARRAY['offered'::character varying, 'accepted'::character varying, 'declined'::character varying, 'withdrawn'::character varying])::text[]))),
    CONSTRAINT fk_tip_transfer_from_unit_id_unit FOREIGN KEY (from_unit_id) REFERENCES unit(id),
    CONSTRAINT fk_tip_transfer_tip_id_tip FOREIGN KEY (tip_id) REFERENCES tip(id) ON DELETE CASCADE,
    CONSTRAINT fk_tip_transfer_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit(id),
    CONSTRAINT pk_tip_transfer PRIMARY KEY (id)
);
CREATE TABLE transition (
    id uuid NOT NULL,
    recorded_at timestamp with time zone DEFAULT now() NOT NULL,
    resource character varying(60) NOT NULL,
    resource_id uuid NOT NULL,
    action character varying(40) NOT NULL,
    from_state character varying(40) NOT NULL,
    to_state character varying(40) NOT NULL,
    effective_on date NOT NULL,
    reason character varying,
    document_id uuid,
    recorded_by character varying NOT NULL,
    client character varying(100) NOT NULL,
    CONSTRAINT pk_transition PRIMARY KEY (id)
);
CREATE TABLE transition_document (
    id uuid NOT NULL,
    recorded_at timestamp with time zone DEFAULT now() NOT NULL,
    transition_id uuid NOT NULL,
    document_id uuid NOT NULL,
    role character varying(32) NOT NULL,
    CONSTRAINT ck_transition_document_documentrole CHECK (((role)::text = ANY ((ARRAY['plan'::character varying, 'launch_decision'::character varying, 'pledge'::character varying, 'approval'::character varying])::text[]))),
    CONSTRAINT fk_transition_document_transition_id_transition FOREIGN KEY (transition_id) REFERENCES transition(id),
    CONSTRAINT pk_transition_document PRIMARY KEY (id)
);
CREATE TABLE unit (
    id uuid NOT NULL,
    province_id uuid,
    district_id uuid,
    commune_id uuid,
    village_id uuid,
    level character varying(32) NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    CONSTRAINT ck_unit_unitlevel CHECK (((level)::text = ANY ((ARRAY['national'::character varying, 'province'::character varying, 'district'::character varying, 'commune'::character varying, 'village'::character varying])::text[]))),
    CONSTRAINT pk_unit PRIMARY KEY (id)
);
CREATE TABLE unit_parent (
    id uuid NOT NULL,
    unit_id uuid NOT NULL,
    hierarchy character varying(32) NOT NULL,
    parent_id uuid NOT NULL,
    valid_from date NOT NULL,
    valid_to date NOT NULL,
    CONSTRAINT ck_unit_parent_ends_after_it_begins CHECK ((valid_from <= valid_to)),
    CONSTRAINT ck_unit_parent_hierarchy CHECK (((hierarchy)::text = ANY ((ARRAY['administrative'::character varying, 'police'::character varying])::text[]))),
    CONSTRAINT fk_unit_parent_parent_id_unit FOREIGN KEY (parent_id) REFERENCES unit(id),
    CONSTRAINT fk_unit_parent_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit(id),
    CONSTRAINT one_parent_a_day EXCLUDE USING gist (unit_id WITH =, hierarchy WITH =, daterange(valid_from, valid_to) WITH &&),
    CONSTRAINT pk_unit_parent PRIMARY KEY (id)
);
CREATE TABLE unit_place (
    unit_id uuid NOT NULL,
    valid_from date NOT NULL,
    valid_to date NOT NULL,
    province_id uuid,
    district_id uuid,
    commune_id uuid,
    village_id uuid,
    CONSTRAINT ck_unit_place_lasts_a_day CHECK ((valid_from < valid_to)),
    CONSTRAINT fk_unit_place_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit(id),
    CONSTRAINT one_place_a_day EXCLUDE USING gist (unit_id WITH =, daterange(valid_from, valid_to) WITH &&),
    CONSTRAINT pk_unit_place PRIMARY KEY (unit_id, valid_from)
);
CREATE TABLE unit_reorganisation (
    id uuid NOT NULL,
    kind character varying(32) NOT NULL,
    state character varying(32) NOT NULL,
    title character varying(300) NOT NULL,
    decision character varying(200),
    effective_on date NOT NULL,
    unit_id uuid NOT NULL,
    plan jsonb NOT NULL,
    committed_at timestamp with time zone,
    reverses_id uuid,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    CONSTRAINT ck_unit_reorganisation_committed_has_time CHECK ((((state)::text = ANY ((ARRAY['draft'::character varying, 'withdrawn'::character varying])::text[])) = (committed_at IS NULL))),
    CONSTRAINT ck_unit_reorganisation_reorganisationkind CHECK (((kind)::text = ANY ((ARRAY['reorganisation'::character varying, 'correction'::character varying, 'reversal'::character varying])::text[]))),
    CONSTRAINT ck_unit_reorganisation_reorganisationstate CHECK (((state)::text = ANY ((ARRAY['committed'::character varying, 'reversed'::character varying, 'draft'::character varying, 'withdrawn'::character varying])::text[]))),
    CONSTRAINT fk_unit_reorganisation_reverses_id_unit_reorganisation FOREIGN KEY (reverses_id) REFERENCES unit_reorganisation(id),
    CONSTRAINT fk_unit_reorganisation_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit(id),
    CONSTRAINT pk_unit_reorganisation PRIMARY KEY (id)
);
CREATE TABLE unit_succession (
    id uuid NOT NULL,
    from_id uuid NOT NULL,
    to_id uuid NOT NULL,
    effective_on date NOT NULL,
    share numeric(7,6),
    is_main boolean NOT NULL,
    derived boolean NOT NULL,
    decision character varying,
    reorganisation_id uuid,
    CONSTRAINT ck_unit_succession_share_is_a_part CHECK (((share > (0)::numeric) AND (share <= (1)::numeric))),
    CONSTRAINT fk_unit_succession_from_id_unit FOREIGN KEY (from_id) REFERENCES unit(id),
    CONSTRAINT fk_unit_succession_reorganisation_id_unit_reorganisation FOREIGN KEY (reorganisation_id) REFERENCES unit_reorganisation(id),
    CONSTRAINT fk_unit_succession_to_id_unit FOREIGN KEY (to_id) REFERENCES unit(id),
    CONSTRAINT pk_unit_succession PRIMARY KEY (id)
);
CREATE TABLE unit_version (
    id uuid NOT NULL,
    unit_id uuid NOT NULL,
    level character varying(32) NOT NULL,
    kind character varying(32) NOT NULL,
    code character varying(20),
    name character varying(200) NOT NULL,
    full_name character varying(250) NOT NULL,
    aliases text[] NOT NULL,
    sort_key text COLLATE "C" NOT NULL,
    search_key character varying NOT NULL,
    valid_from date NOT NULL,
    valid_to date NOT NULL,
    latitude double precision,
    longitude double precision,
    area_km2 double precision,
    voided_at timestamp with time zone,
    voided_by character varying,
    void_reason character varying(2000),
    name_key character varying,
    entered_in_id uuid,
    CONSTRAINT ck_unit_version_ends_after_it_begins CHECK ((valid_from <= valid_to)),
    CONSTRAINT ck_unit_version_unitkind CHECK (((kind)::text = ANY ((ARRAY['country'::character varying, 'province'::character varying, 'city'::character varying, 'district'::character varying, 'urban_district'::character varying, 'town'::character varying, 'provincial_city'::character varying, 'commune'::character varying, 'ward'::character varying, 'township'::character varying, 'special_zone'::character varying, 'village'::character varying, 'hamlet'::character varying, 'residential_group'::character varying, 'quarter'::character varying])::text[]))),
    CONSTRAINT ck_unit_version_unitlevel CHECK (((level)::text = ANY ((ARRAY['national'::character varying, 'province'::character varying, 'district'::character varying, 'commune'::character varying, 'village'::character varying])::text[]))),
    CONSTRAINT ck_unit_version_voided_has_reason CHECK ((((voided_at IS NULL) = (void_reason IS NULL)) AND ((voided_at IS NULL) = (voided_by IS NULL)))),
    CONSTRAINT fk_unit_version_entered_in_id_unit FOREIGN KEY (entered_in_id) REFERENCES unit(id),
    CONSTRAINT fk_unit_version_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit(id),
    CONSTRAINT one_unit_a_code_a_day EXCLUDE USING gist (code WITH =, daterange(valid_from, valid_to) WITH &&) WHERE ((code IS NOT NULL)),
    CONSTRAINT one_version_a_day EXCLUDE USING gist (unit_id WITH =, daterange(valid_from, valid_to) WITH &&),
    CONSTRAINT one_village_a_name_a_day EXCLUDE USING gist (entered_in_id WITH =, kind WITH =, name_key WITH =, daterange(valid_from, valid_to) WITH &&) WHERE ((entered_in_id IS NOT NULL)),
    CONSTRAINT pk_unit_version PRIMARY KEY (id)
);
CREATE TABLE unknown_login (
    name bytea NOT NULL,
    failures integer NOT NULL,
    next_try_at timestamp with time zone,
    tried_at timestamp with time zone NOT NULL,
    CONSTRAINT pk_unknown_login PRIMARY KEY (name)
);
CREATE TABLE webhook_delivery (
    id uuid NOT NULL,
    recorded_at timestamp with time zone DEFAULT now() NOT NULL,
    seq bigint NOT NULL,
    endpoint_id uuid NOT NULL,
    event character varying(32) NOT NULL,
    event_key character varying(120) NOT NULL,
    happened_at timestamp with time zone NOT NULL,
    resource character varying(60),
    resource_id uuid,
    resource_version integer,
    more jsonb NOT NULL,
    state character varying(32) NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    last_attempt_at timestamp with time zone,
    next_attempt_at timestamp with time zone,
    delivered_at timestamp with time zone,
    status_code integer,
    failure character varying(60),
    is_next boolean DEFAULT true NOT NULL,
    CONSTRAINT ck_webhook_delivery_deliverystate CHECK (((state)::text = ANY ((ARRAY['waiting'::character varying, 'delivered'::character varying, 'failed'::character varying])::text[]))),
    CONSTRAINT ck_webhook_delivery_waiting_has_time CHECK ((((state)::text = 'waiting'::text) = (next_attempt_at IS NOT NULL))),
    CONSTRAINT ck_webhook_delivery_webhookevent CHECK (((event)::text = ANY ((ARRAY['created'::character varying, 'changed'::character varying, 'transitioned'::character varying, 'voided'::character varying, 'purged'::character varying, 'scope_gained'::character varying, 'scope_lost'::character varying, 'scope_changed'::character varying, 'urgent_tip'::character varying, 'near_deadline'::character varying, 'test'::character varying])::text[]))),
    CONSTRAINT fk_webhook_delivery_endpoint_id_webhook_endpoint FOREIGN KEY (endpoint_id) REFERENCES webhook_endpoint(id),
    CONSTRAINT pk_webhook_delivery PRIMARY KEY (id)
);
CREATE TABLE webhook_endpoint (
    id uuid NOT NULL,
    unit_id uuid NOT NULL,
    name character varying(300) NOT NULL,
    url character varying(500) NOT NULL,
    events text[] NOT NULL,
    resources text[] NOT NULL,
    state character varying(32) NOT NULL,
    disabled_by character varying(32),
    public_key character varying(60) NOT NULL,
    client character varying(100) NOT NULL,
    sealed_keys character varying NOT NULL,
    former_keys character varying,
    former_keys_until timestamp with time zone,
    acting jsonb NOT NULL,
    era uuid NOT NULL,
    position bigint NOT NULL,
    position_id uuid NOT NULL,
    rights character varying(40) NOT NULL,
    near_checked_at timestamp with time zone,
    refusals integer DEFAULT 0 NOT NULL,
    paused_until timestamp with time zone,
    accepted_at timestamp with time zone,
    province_id uuid,
    district_id uuid,
    commune_id uuid,
    village_id uuid,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by character varying DEFAULT 'system'::character varying NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_by character varying DEFAULT 'system'::character varying NOT NULL,
    due_at timestamp with time zone,
    CONSTRAINT ck_webhook_endpoint_disablecause CHECK (((disabled_by)::text = ANY ((ARRAY['owner'::character varying, 'gone'::character varying, 'unreachable'::character varying, 'rights_ended'::character varying])::text[]))),
    CONSTRAINT ck_webhook_endpoint_disabled_has_cause CHECK ((((state)::text = 'disabled'::text) = (disabled_by IS NOT NULL))),
    CONSTRAINT ck_webhook_endpoint_endpointstate CHECK (((state)::text = ANY ((ARRAY['active'::character varying, 'disabled'::character varying])::text[]))),
    CONSTRAINT fk_webhook_endpoint_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit(id),
    CONSTRAINT pk_webhook_endpoint PRIMARY KEY (id)
);

-- Indexes
CREATE INDEX ix_account_commune_id_id ON public.account USING btree (commune_id, id);
CREATE INDEX ix_account_province_id_id ON public.account USING btree (province_id, id);
CREATE INDEX ix_account_unit_id ON public.account USING btree (unit_id);
CREATE INDEX ix_account_village_id_id ON public.account USING btree (village_id, id);
CREATE INDEX ix_activity_campaign_id_id ON public.activity USING btree (campaign_id, id);
CREATE INDEX ix_activity_changed_at_id ON public.activity USING btree (changed_at, id);
CREATE INDEX ix_activity_commune_id_ends_on_id ON public.activity USING btree (commune_id, ends_on, id);
CREATE INDEX ix_activity_commune_id_id ON public.activity USING btree (commune_id, id) INCLUDE (voided_at);
CREATE INDEX ix_activity_commune_id_state_id ON public.activity USING btree (commune_id, state, id);
CREATE INDEX ix_activity_district_id_id ON public.activity USING btree (district_id, id) INCLUDE (voided_at);
CREATE INDEX ix_activity_document_id_id ON public.activity USING btree (document_id, id);
CREATE INDEX ix_activity_ends_on_id ON public.activity USING btree (ends_on, id) INCLUDE (kind, state, voided_at);
CREATE INDEX ix_activity_facility_kind_id ON public.activity USING btree (facility_kind, id);
CREATE INDEX ix_activity_kind_id ON public.activity USING btree (kind, id);
CREATE INDEX ix_activity_line_measure_day_activity_id ON public.activity_line USING btree (measure, day, activity_id) INCLUDE (category, value, qualifier, voided_at);
CREATE INDEX ix_activity_part_part_id_activity_id ON public.activity_part USING btree (part_id, activity_id);
CREATE INDEX ix_activity_province_id_ends_on_id ON public.activity USING btree (province_id, ends_on, id);
CREATE INDEX ix_activity_province_id_id ON public.activity USING btree (province_id, id) INCLUDE (voided_at);
CREATE INDEX ix_activity_province_id_state_id ON public.activity USING btree (province_id, state, id);
CREATE INDEX ix_activity_reference_id ON public.activity USING btree (reference, id);
CREATE INDEX ix_activity_starts_on_id ON public.activity USING btree (starts_on, id);
CREATE INDEX ix_activity_state_id ON public.activity USING btree (state, id);
CREATE INDEX ix_activity_unit_commune_id_activity_id ON public.activity_unit USING btree (commune_id, activity_id);
CREATE INDEX ix_activity_unit_district_id_activity_id ON public.activity_unit USING btree (district_id, activity_id);
CREATE INDEX ix_activity_unit_id_id ON public.activity USING btree (unit_id, id);
CREATE INDEX ix_activity_unit_province_id_activity_id ON public.activity_unit USING btree (province_id, activity_id);
CREATE INDEX ix_activity_unit_unit_id_activity_id ON public.activity_unit USING btree (unit_id, activity_id);
CREATE INDEX ix_activity_unit_unit_id_ends_on ON public.activity_unit USING btree (unit_id, ends_on) INCLUDE (activity_id);
CREATE INDEX ix_activity_unit_village_id_activity_id ON public.activity_unit USING btree (village_id, activity_id);
CREATE INDEX ix_activity_village_id_id ON public.activity USING btree (village_id, id) INCLUDE (voided_at);
CREATE INDEX ix_attachment_document_id_id ON public.attachment USING btree (document_id, id);
CREATE INDEX ix_attachment_sha256_id ON public.attachment USING btree (sha256, id);
CREATE INDEX ix_audit_entry_commune_id_id ON public.audit_entry USING btree (commune_id, id);
CREATE INDEX ix_audit_entry_district_id_id ON public.audit_entry USING btree (district_id, id);
CREATE INDEX ix_audit_entry_province_id_id ON public.audit_entry USING btree (province_id, id);
CREATE INDEX ix_audit_entry_recorded_at ON public.audit_entry USING brin (recorded_at);
CREATE INDEX ix_audit_entry_resource_and_id ON public.audit_entry USING btree (resource, id);
CREATE INDEX ix_audit_entry_resource_id_id ON public.audit_entry USING btree (resource_id, id);
CREATE INDEX ix_audit_entry_subject_id ON public.audit_entry USING btree (subject, id);
CREATE INDEX ix_audit_entry_unit_id_id ON public.audit_entry USING btree (unit_id, id);
CREATE INDEX ix_audit_entry_village_id_id ON public.audit_entry USING btree (village_id, id);
CREATE INDEX ix_auth_session_account_id ON public.auth_session USING btree (account_id);
CREATE INDEX ix_auth_session_client_id ON public.auth_session USING btree (client_id);
CREATE INDEX ix_auth_session_expires_at ON public.auth_session USING btree (expires_at);
CREATE INDEX ix_authorization_code_expires_at ON public.authorization_code USING btree (expires_at);
CREATE INDEX ix_authorization_code_session_id ON public.authorization_code USING btree (session_id);
CREATE INDEX ix_campaign_changed_at_id ON public.campaign USING btree (changed_at, id);
CREATE INDEX ix_campaign_commune_id_id ON public.campaign USING btree (commune_id, id) INCLUDE (voided_at);
CREATE INDEX ix_campaign_district_id_id ON public.campaign USING btree (district_id, id) INCLUDE (voided_at);
CREATE INDEX ix_campaign_document_id_id ON public.campaign USING btree (document_id, id);
CREATE INDEX ix_campaign_ends_on_id ON public.campaign USING btree (ends_on, id);
CREATE INDEX ix_campaign_province_id_id ON public.campaign USING btree (province_id, id) INCLUDE (voided_at);
CREATE INDEX ix_campaign_starts_on_id ON public.campaign USING btree (starts_on, id);
CREATE INDEX ix_campaign_unit_id_id ON public.campaign USING btree (unit_id, id);
CREATE INDEX ix_campaign_village_id_id ON public.campaign USING btree (village_id, id) INCLUDE (voided_at);
CREATE INDEX ix_client_commune_id_id ON public.client USING btree (commune_id, id);
CREATE INDEX ix_client_province_id_id ON public.client USING btree (province_id, id);
CREATE INDEX ix_client_unit_id ON public.client USING btree (unit_id);
CREATE INDEX ix_client_village_id_id ON public.client USING btree (village_id, id);
CREATE INDEX ix_commendation_awarded_on_id ON public.commendation USING btree (awarded_on, id);
CREATE INDEX ix_commendation_changed_at_id ON public.commendation USING btree (changed_at, id);
CREATE INDEX ix_commendation_commune_id_id ON public.commendation USING btree (commune_id, id) INCLUDE (voided_at);
CREATE INDEX ix_commendation_district_id_id ON public.commendation USING btree (district_id, id) INCLUDE (voided_at);
CREATE INDEX ix_commendation_document_id_id ON public.commendation USING btree (document_id, id);
CREATE INDEX ix_commendation_province_id_id ON public.commendation USING btree (province_id, id) INCLUDE (voided_at);
CREATE INDEX ix_commendation_search_key ON public.commendation USING gin (search_key gin_trgm_ops);
CREATE INDEX ix_commendation_state_id ON public.commendation USING btree (state, id);
CREATE INDEX ix_commendation_unit_id_id ON public.commendation USING btree (unit_id, id);
CREATE INDEX ix_commendation_village_id_id ON public.commendation USING btree (village_id, id) INCLUDE (voided_at);
CREATE INDEX ix_committee_changed_at_id ON public.committee USING btree (changed_at, id);
CREATE INDEX ix_committee_code_id ON public.committee USING btree (code, id);
CREATE INDEX ix_committee_commune_id_id ON public.committee USING btree (commune_id, id) INCLUDE (voided_at);
CREATE INDEX ix_committee_district_id_id ON public.committee USING btree (district_id, id) INCLUDE (voided_at);
CREATE INDEX ix_committee_name_id ON public.committee USING btree (COALESCE(sort_key, ''::text), id);
CREATE INDEX ix_committee_province_id_id ON public.committee USING btree (province_id, id) INCLUDE (voided_at);
CREATE INDEX ix_committee_scope_id ON public.committee USING btree (scope, id);
CREATE INDEX ix_committee_search_key ON public.committee USING gin (search_key gin_trgm_ops);
CREATE INDEX ix_committee_state_id ON public.committee USING btree (state, id);
CREATE INDEX ix_committee_unit_id_id ON public.committee USING btree (unit_id, id);
CREATE INDEX ix_committee_village_id_id ON public.committee USING btree (village_id, id) INCLUDE (voided_at);
CREATE INDEX ix_criteria_set_changed_at_id ON public.criteria_set USING btree (changed_at, id);
CREATE INDEX ix_criteria_set_code_id ON public.criteria_set USING btree (code, id);
CREATE INDEX ix_criteria_set_extends_id ON public.criteria_set USING btree (extends_id);
CREATE INDEX ix_criteria_set_state_id ON public.criteria_set USING btree (state, id);
CREATE INDEX ix_criteria_set_subject_kind_id ON public.criteria_set USING btree (subject_kind, id);
CREATE INDEX ix_data_import_commune_id_id ON public.data_import USING btree (commune_id, id);
CREATE INDEX ix_data_import_district_id_id ON public.data_import USING btree (district_id, id);
CREATE INDEX ix_data_import_expires_at ON public.data_import USING btree (expires_at);
CREATE INDEX ix_data_import_province_id_id ON public.data_import USING btree (province_id, id);
CREATE INDEX ix_data_import_row_import_id_state_number ON public.data_import_row USING btree (import_id, state, number);
CREATE INDEX ix_data_import_unit_id_id ON public.data_import USING btree (unit_id, id);
CREATE INDEX ix_data_import_village_id_id ON public.data_import USING btree (village_id, id);
CREATE INDEX ix_deadline_commune_id_due ON public.deadline USING btree (commune_id, due_on, due_at, id) WHERE ((resource)::text <> 'tip'::text);
CREATE INDEX ix_deadline_district_id_due ON public.deadline USING btree (district_id, due_on, due_at, id) WHERE ((resource)::text <> 'tip'::text);
CREATE INDEX ix_deadline_due ON public.deadline USING btree (due_on, due_at, id) WHERE ((resource)::text <> 'tip'::text);
CREATE INDEX ix_deadline_pause_ends_at ON public.deadline USING btree (pause_ends_at) WHERE (((state)::text = 'paused'::text) AND (pause_ends_at IS NOT NULL));
CREATE INDEX ix_deadline_province_id_due ON public.deadline USING btree (province_id, due_on, due_at, id) WHERE ((resource)::text <> 'tip'::text);
CREATE INDEX ix_deadline_resource_id_id ON public.deadline USING btree (resource_id, id);
CREATE INDEX ix_deadline_rule_calendar_id ON public.deadline_rule USING btree (calendar_id);
CREATE INDEX ix_deadline_rule_id ON public.deadline USING btree (rule_id);
CREATE INDEX ix_deadline_ticking ON public.deadline USING btree (due_at) WHERE ((state)::text = ANY ((ARRAY['running'::character varying, 'extended'::character varying])::text[]));
CREATE INDEX ix_deadline_unit_id ON public.deadline USING btree (unit_id);
CREATE INDEX ix_deadline_village_id_due ON public.deadline USING btree (village_id, due_on, due_at, id) WHERE ((resource)::text <> 'tip'::text);
CREATE INDEX ix_document_changed_at_id ON public.document USING btree (changed_at, id);
CREATE INDEX ix_document_commune_id_id ON public.document USING btree (commune_id, id) INCLUDE (voided_at);
CREATE INDEX ix_document_district_id_id ON public.document USING btree (district_id, id) INCLUDE (voided_at);
CREATE INDEX ix_document_issued_on_id ON public.document USING btree (issued_on, id);
CREATE INDEX ix_document_kind_id ON public.document USING btree (kind, id);
CREATE INDEX ix_document_link_earlier_id_id ON public.document_link USING btree (earlier_id, id);
CREATE INDEX ix_document_province_id_id ON public.document USING btree (province_id, id) INCLUDE (voided_at);
CREATE INDEX ix_document_search_key ON public.document USING gin (search_key gin_trgm_ops);
CREATE INDEX ix_document_unit_id_id ON public.document USING btree (unit_id, id);
CREATE INDEX ix_document_village_id_id ON public.document USING btree (village_id, id) INCLUDE (voided_at);
CREATE INDEX ix_evaluation_answer_document_id ON public.evaluation_answer USING btree (document_id);
CREATE INDEX ix_evaluation_changed_at_id ON public.evaluation USING btree (changed_at, id);
CREATE INDEX ix_evaluation_commune_id_id ON public.evaluation USING btree (commune_id, id);
CREATE INDEX ix_evaluation_continued_by_id ON public.evaluation USING btree (continued_by_id);
CREATE INDEX ix_evaluation_district_id_id ON public.evaluation USING btree (district_id, id);
CREATE INDEX ix_evaluation_follows_id ON public.evaluation USING btree (follows_id);
CREATE INDEX ix_evaluation_grade_id ON public.evaluation USING btree (grade, id);
CREATE INDEX ix_evaluation_province_id_id ON public.evaluation USING btree (province_id, id);
CREATE INDEX ix_evaluation_result_id ON public.evaluation USING btree (result, id);
CREATE INDEX ix_evaluation_round_changed_at_id ON public.evaluation_round USING btree (changed_at, id);
CREATE INDEX ix_evaluation_round_commune_id_id ON public.evaluation_round USING btree (commune_id, id);
CREATE INDEX ix_evaluation_round_district_id_id ON public.evaluation_round USING btree (district_id, id);
CREATE INDEX ix_evaluation_round_id_id ON public.evaluation USING btree (round_id, id);
CREATE INDEX ix_evaluation_round_province_id_id ON public.evaluation_round USING btree (province_id, id);
CREATE INDEX ix_evaluation_round_set_id_id ON public.evaluation_round USING btree (set_id, id);
CREATE INDEX ix_evaluation_round_state_id ON public.evaluation_round USING btree (state, id);
CREATE INDEX ix_evaluation_round_unit_id_id ON public.evaluation_round USING btree (unit_id, id);
CREATE INDEX ix_evaluation_round_village_id_id ON public.evaluation_round USING btree (village_id, id);
CREATE INDEX ix_evaluation_round_window_name_id ON public.evaluation_round USING btree (window_name, id);
CREATE INDEX ix_evaluation_set_id_id ON public.evaluation USING btree (set_id, id);
CREATE INDEX ix_evaluation_state_id ON public.evaluation USING btree (state, id);
CREATE INDEX ix_evaluation_subject_id_id ON public.evaluation USING btree (subject_id, id);
CREATE INDEX ix_evaluation_subject_kind_id ON public.evaluation USING btree (subject_kind, id);
CREATE INDEX ix_evaluation_unit_id_id ON public.evaluation USING btree (unit_id, id);
CREATE INDEX ix_evaluation_village_id_id ON public.evaluation USING btree (village_id, id);
CREATE INDEX ix_exemplar_changed_at_id ON public.exemplar USING btree (changed_at, id);
CREATE INDEX ix_exemplar_commendation_id ON public.exemplar USING btree (commendation_id);
CREATE INDEX ix_exemplar_commune_id_id ON public.exemplar USING btree (commune_id, id) INCLUDE (voided_at);
CREATE INDEX ix_exemplar_district_id_id ON public.exemplar USING btree (district_id, id) INCLUDE (voided_at);
CREATE INDEX ix_exemplar_province_id_id ON public.exemplar USING btree (province_id, id) INCLUDE (voided_at);
CREATE INDEX ix_exemplar_search_key ON public.exemplar USING gin (search_key gin_trgm_ops);
CREATE INDEX ix_exemplar_unit_id_id ON public.exemplar USING btree (unit_id, id);
CREATE INDEX ix_exemplar_village_id_id ON public.exemplar USING btree (village_id, id) INCLUDE (voided_at);
CREATE INDEX ix_exemplar_year_id ON public.exemplar USING btree (year, id);
CREATE INDEX ix_export_commune_id_id ON public.export USING btree (commune_id, id);
CREATE INDEX ix_export_created_by_id ON public.export USING btree (created_by, id);
CREATE INDEX ix_export_district_id_id ON public.export USING btree (district_id, id);
CREATE INDEX ix_export_province_id_id ON public.export USING btree (province_id, id);
CREATE INDEX ix_export_state_expires_at ON public.export USING btree (state, expires_at);
CREATE INDEX ix_export_unit_id_id ON public.export USING btree (unit_id, id);
CREATE INDEX ix_export_village_id_id ON public.export USING btree (village_id, id);
CREATE INDEX ix_former_committee_committee_id ON public.former_committee USING btree (committee_id);
CREATE INDEX ix_identity_request_commune_id_id ON public.identity_request USING btree (commune_id, id);
CREATE INDEX ix_identity_request_district_id_id ON public.identity_request USING btree (district_id, id);
CREATE INDEX ix_identity_request_province_id_id ON public.identity_request USING btree (province_id, id);
CREATE INDEX ix_identity_request_unit_id_id ON public.identity_request USING btree (unit_id, id);
CREATE INDEX ix_identity_request_village_id_id ON public.identity_request USING btree (village_id, id);
CREATE INDEX ix_incident_category_group_id ON public.incident USING btree (category_group, id);
CREATE INDEX ix_incident_category_id ON public.incident USING btree (category, id);
CREATE INDEX ix_incident_changed_at_id ON public.incident USING btree (changed_at, id);
CREATE INDEX ix_incident_commune_id_id ON public.incident USING btree (commune_id, id) INCLUDE (voided_at);
CREATE INDEX ix_incident_commune_id_period_from_id ON public.incident USING btree (commune_id, period_from, id);
CREATE INDEX ix_incident_commune_id_state_id ON public.incident USING btree (commune_id, state, id);
CREATE INDEX ix_incident_district_id_id ON public.incident USING btree (district_id, id) INCLUDE (voided_at);
CREATE INDEX ix_incident_form_id ON public.incident USING btree (form, id);
CREATE INDEX ix_incident_link_incident_id_id ON public.incident_link USING btree (incident_id, id);
CREATE INDEX ix_incident_link_other_id_id ON public.incident_link USING btree (other_id, id);
CREATE INDEX ix_incident_period_from_id ON public.incident USING btree (period_from, id);
CREATE INDEX ix_incident_period_to_id ON public.incident USING btree (period_to, id);
CREATE INDEX ix_incident_province_id_id ON public.incident USING btree (province_id, id) INCLUDE (voided_at);
CREATE INDEX ix_incident_province_id_period_from_id ON public.incident USING btree (province_id, period_from, id);
CREATE INDEX ix_incident_province_id_state_id ON public.incident USING btree (province_id, state, id);
CREATE INDEX ix_incident_reference_id ON public.incident USING btree (reference, id);
CREATE INDEX ix_incident_reported_on_id ON public.incident USING btree (reported_on, id) WHERE (reported_on IS NOT NULL);
CREATE INDEX ix_incident_result_id ON public.incident USING btree (result, id) WHERE (result IS NOT NULL);
CREATE INDEX ix_incident_state_id ON public.incident USING btree (state, id);
CREATE INDEX ix_incident_unit_id_category_period_from ON public.incident USING btree (unit_id, category, period_from);
CREATE INDEX ix_incident_unit_id_id ON public.incident USING btree (unit_id, id);
CREATE INDEX ix_incident_unit_id_period_to ON public.incident USING btree (unit_id, period_to);
CREATE INDEX ix_incident_village_id_id ON public.incident USING btree (village_id, id) INCLUDE (voided_at);
CREATE INDEX ix_invitation_account_id ON public.invitation USING btree (account_id);
CREATE INDEX ix_invitation_expires_at ON public.invitation USING btree (expires_at);
CREATE INDEX ix_kept_answer_expires_at ON public.kept_answer USING btree (expires_at);
CREATE INDEX ix_model_approval_document_id ON public.model USING btree (approval_document_id);
CREATE INDEX ix_model_changed_at_id ON public.model USING btree (changed_at, id);
CREATE INDEX ix_model_failed_reviews ON public.model USING btree (id) WHERE (failed_reviews > 0);
CREATE INDEX ix_model_host_commune_id_model_id ON public.model_host USING btree (commune_id, model_id);
CREATE INDEX ix_model_host_district_id_model_id ON public.model_host USING btree (district_id, model_id);
CREATE INDEX ix_model_host_organisation_id_id ON public.model USING btree (host_organisation_id, id);
CREATE INDEX ix_model_host_province_id_model_id ON public.model_host USING btree (province_id, model_id);
CREATE INDEX ix_model_host_unit_id_model_id ON public.model_host USING btree (unit_id, model_id);
CREATE INDEX ix_model_host_village_id_model_id ON public.model_host USING btree (village_id, model_id);
CREATE INDEX ix_model_last_active_on ON public.model USING btree (last_active_on, id) WHERE ((state)::text = ANY ((ARRAY['launched'::character varying, 'operating'::character varying, 'under_review'::character varying, 'replicated'::character varying])::text[]));
CREATE INDEX ix_model_launched_on_id ON public.model USING btree (launched_on, id);
CREATE INDEX ix_model_member_merged_into_id_id ON public.model_member USING btree (merged_into_id, id);
CREATE INDEX ix_model_member_model_id_id ON public.model_member USING btree (model_id, id);
CREATE INDEX ix_model_member_organisation_id ON public.model_member USING btree (organisation_id);
CREATE INDEX ix_model_name_id ON public.model USING btree (COALESCE(sort_key, ''::text), id);
CREATE INDEX ix_model_recognition_commune_id_id ON public.model_recognition USING btree (commune_id, id);
CREATE INDEX ix_model_recognition_document_id ON public.model_recognition USING btree (document_id);
CREATE INDEX ix_model_recognition_model_id_id ON public.model_recognition USING btree (model_id, id);
CREATE INDEX ix_model_recognition_province_id_id ON public.model_recognition USING btree (province_id, id);
CREATE INDEX ix_model_recognition_type_id_id ON public.model_recognition USING btree (type_id, id);
CREATE INDEX ix_model_recognition_unit_id_id ON public.model_recognition USING btree (unit_id, id);
CREATE INDEX ix_model_recognition_village_id_id ON public.model_recognition USING btree (village_id, id);
CREATE INDEX ix_model_replicated_from_id_id ON public.model USING btree (replicated_from_id, id);
CREATE INDEX ix_model_review_model_id_reviewed_on ON public.model_review USING btree (model_id, reviewed_on);
CREATE INDEX ix_model_search_key ON public.model USING gin (search_key gin_trgm_ops);
CREATE INDEX ix_model_state_id ON public.model USING btree (state, id);
CREATE INDEX ix_model_type_id_id ON public.model USING btree (type_id, id);
CREATE INDEX ix_model_type_name_type_id ON public.model_type_name USING btree (type_id);
CREATE INDEX ix_model_type_sort_key_id ON public.model_type USING btree (sort_key, id);
CREATE INDEX ix_model_unit_id ON public.model USING btree (unit_id);
CREATE INDEX ix_organisation_active_from_id ON public.organisation USING btree (active_from, id);
CREATE INDEX ix_organisation_changed_at_id ON public.organisation USING btree (changed_at, id);
CREATE INDEX ix_organisation_commune_id_id ON public.organisation USING btree (commune_id, id) INCLUDE (voided_at);
CREATE INDEX ix_organisation_district_id_id ON public.organisation USING btree (district_id, id) INCLUDE (voided_at);
CREATE INDEX ix_organisation_identifier_code_system ON public.organisation_identifier USING btree (code, system);
CREATE INDEX ix_organisation_identifier_organisation_id ON public.organisation_identifier USING btree (organisation_id);
CREATE INDEX ix_organisation_kind_id ON public.organisation USING btree (kind, id);
CREATE INDEX ix_organisation_name_id ON public.organisation USING btree (COALESCE(sort_key, ''::text), id);
CREATE INDEX ix_organisation_province_id_id ON public.organisation USING btree (province_id, id) INCLUDE (voided_at);
CREATE INDEX ix_organisation_search_key ON public.organisation USING gin (search_key gin_trgm_ops);
CREATE INDEX ix_organisation_state_id ON public.organisation USING btree (state, id);
CREATE INDEX ix_organisation_unit_id_id ON public.organisation USING btree (unit_id, id);
CREATE INDEX ix_organisation_village_id_id ON public.organisation USING btree (village_id, id) INCLUDE (voided_at);
CREATE INDEX ix_outbox_resource_id_version ON public.outbox USING btree (resource_id, version);
CREATE INDEX ix_outbox_transaction_id_id ON public.outbox USING btree (transaction_id, id);
CREATE INDEX ix_quantity_field_valid_from ON public.quantity USING btree (field, valid_from, resource_id) WHERE ((superseded_at IS NULL) AND (valid_from > '-infinity'::date));
CREATE INDEX ix_quantity_resource_id_id ON public.quantity USING btree (resource_id, id);
CREATE INDEX ix_refresh_token_expires_at ON public.refresh_token USING btree (expires_at);
CREATE INDEX ix_refresh_token_session_id ON public.refresh_token USING btree (session_id);
CREATE INDEX ix_reintegration_action_case_id_id ON public.reintegration_action USING btree (case_id, id);
CREATE INDEX ix_reintegration_assignment_subject ON public.reintegration_assignment USING btree (subject);
CREATE INDEX ix_reintegration_case_commune_id_notified_on_id ON public.reintegration_case USING btree (commune_id, notified_on, id);
CREATE INDEX ix_reintegration_case_district_id_notified_on_id ON public.reintegration_case USING btree (district_id, notified_on, id);
CREATE INDEX ix_reintegration_case_expires_on ON public.reintegration_case USING btree (expires_on) WHERE (expired_on IS NULL);
CREATE INDEX ix_reintegration_case_follows_id ON public.reintegration_case USING btree (follows_id);
CREATE INDEX ix_reintegration_case_province_id_notified_on_id ON public.reintegration_case USING btree (province_id, notified_on, id);
CREATE INDEX ix_reintegration_case_unit_id_notified_on_id ON public.reintegration_case USING btree (unit_id, notified_on, id);
CREATE INDEX ix_reintegration_case_village_id_notified_on_id ON public.reintegration_case USING btree (village_id, notified_on, id);
CREATE INDEX ix_reintegration_consent_case_id_id ON public.reintegration_consent USING btree (case_id, id);
CREATE INDEX ix_reintegration_contact_case_id_id ON public.reintegration_contact USING btree (case_id, id);
CREATE INDEX ix_reintegration_episode_release_month ON public.reintegration_episode USING btree (release_month);
CREATE INDEX ix_reintegration_need_case_id_id ON public.reintegration_need USING btree (case_id, id);
CREATE INDEX ix_reintegration_opening_case_id_id ON public.reintegration_opening USING btree (case_id, id);
CREATE INDEX ix_reintegration_opening_commune_id_opened_at_id ON public.reintegration_opening USING btree (commune_id, opened_at, id);
CREATE INDEX ix_reintegration_opening_district_id_opened_at_id ON public.reintegration_opening USING btree (district_id, opened_at, id);
CREATE INDEX ix_reintegration_opening_opened_by_opens_until ON public.reintegration_opening USING btree (opened_by, opens_until);
CREATE INDEX ix_reintegration_opening_province_id_opened_at_id ON public.reintegration_opening USING btree (province_id, opened_at, id);
CREATE INDEX ix_reintegration_opening_unit_id_opened_at_id ON public.reintegration_opening USING btree (unit_id, opened_at, id);
CREATE INDEX ix_reintegration_opening_village_id_opened_at_id ON public.reintegration_opening USING btree (village_id, opened_at, id);
CREATE INDEX ix_reintegration_request_case_id_id ON public.reintegration_request USING btree (case_id, id);
CREATE INDEX ix_reintegration_support_case_id_id ON public.reintegration_support USING btree (case_id, id);
CREATE INDEX ix_reintegration_transfer_case_id_id ON public.reintegration_transfer USING btree (case_id, id);
CREATE INDEX ix_reintegration_transfer_commune_id_id ON public.reintegration_transfer USING btree (commune_id, id);
CREATE INDEX ix_reintegration_transfer_district_id_id ON public.reintegration_transfer USING btree (district_id, id);
CREATE INDEX ix_reintegration_transfer_province_id_id ON public.reintegration_transfer USING btree (province_id, id);
CREATE INDEX ix_reintegration_transfer_unit_id_id ON public.reintegration_transfer USING btree (unit_id, id);
CREATE INDEX ix_reintegration_transfer_village_id_id ON public.reintegration_transfer USING btree (village_id, id);
CREATE INDEX ix_role_grant_account_id_state ON public.role_grant USING btree (account_id, state);
CREATE INDEX ix_role_grant_client_id_state ON public.role_grant USING btree (client_id, state);
CREATE INDEX ix_role_grant_commune_id_id ON public.role_grant USING btree (commune_id, id);
CREATE INDEX ix_role_grant_province_id_id ON public.role_grant USING btree (province_id, id);
CREATE INDEX ix_role_grant_unit_id_state ON public.role_grant USING btree (unit_id, state);
CREATE INDEX ix_role_grant_village_id_id ON public.role_grant USING btree (village_id, id);
CREATE INDEX ix_spent_assertion_expires_at ON public.spent_assertion USING btree (expires_at);
CREATE INDEX ix_stated_figure_category_id ON public.stated_figure USING btree (category, id);
CREATE INDEX ix_stated_figure_changed_at_id ON public.stated_figure USING btree (changed_at, id);
CREATE INDEX ix_stated_figure_commune_id_id ON public.stated_figure USING btree (commune_id, id) INCLUDE (voided_at);
CREATE INDEX ix_stated_figure_district_id_id ON public.stated_figure USING btree (district_id, id) INCLUDE (voided_at);
CREATE INDEX ix_stated_figure_document_id_id ON public.stated_figure USING btree (document_id, id);
CREATE INDEX ix_stated_figure_measure_id ON public.stated_figure USING btree (measure, id);
CREATE INDEX ix_stated_figure_period_from_id ON public.stated_figure USING btree (period_from, id);
CREATE INDEX ix_stated_figure_period_to_id ON public.stated_figure USING btree (period_to, id);
CREATE INDEX ix_stated_figure_province_id_id ON public.stated_figure USING btree (province_id, id) INCLUDE (voided_at);
CREATE INDEX ix_stated_figure_qualifier_id ON public.stated_figure USING btree (qualifier, id);
CREATE INDEX ix_stated_figure_reference_id ON public.stated_figure USING btree (reference, id);
CREATE INDEX ix_stated_figure_subject_id_id ON public.stated_figure USING btree (subject_id, id);
CREATE INDEX ix_stated_figure_unit_id_id ON public.stated_figure USING btree (unit_id, id);
CREATE INDEX ix_stated_figure_village_id_id ON public.stated_figure USING btree (village_id, id) INCLUDE (voided_at);
CREATE INDEX ix_sync_conflict_commune_id_id ON public.sync_conflict USING btree (commune_id, id);
CREATE INDEX ix_sync_conflict_district_id_id ON public.sync_conflict USING btree (district_id, id);
CREATE INDEX ix_sync_conflict_province_id_id ON public.sync_conflict USING btree (province_id, id);
CREATE INDEX ix_sync_conflict_record_id_field ON public.sync_conflict USING btree (record_id, field);
CREATE INDEX ix_sync_conflict_unit_id_id ON public.sync_conflict USING btree (unit_id, id);
CREATE INDEX ix_sync_conflict_village_id_id ON public.sync_conflict USING btree (village_id, id);
CREATE INDEX ix_sync_operation_received_at ON public.sync_operation USING btree (received_at);
CREATE INDEX ix_target_changed_at_id ON public.target USING btree (changed_at, id);
CREATE INDEX ix_target_commune_id_id ON public.target USING btree (commune_id, id) INCLUDE (voided_at);
CREATE INDEX ix_target_district_id_id ON public.target USING btree (district_id, id) INCLUDE (voided_at);
CREATE INDEX ix_target_indicator_id ON public.target USING btree (indicator, id);
CREATE INDEX ix_target_parent_id_id ON public.target USING btree (parent_id, id);
CREATE INDEX ix_target_period_from_id ON public.target USING btree (period_from, id);
CREATE INDEX ix_target_period_to_id ON public.target USING btree (period_to, id);
CREATE INDEX ix_target_province_id_id ON public.target USING btree (province_id, id) INCLUDE (voided_at);
CREATE INDEX ix_target_shape_id ON public.target USING btree (shape, id);
CREATE INDEX ix_target_unit_id_id ON public.target USING btree (unit_id, id);
CREATE INDEX ix_target_value_target_id_id ON public.target_value USING btree (target_id, id);
CREATE INDEX ix_target_village_id_id ON public.target USING btree (village_id, id) INCLUDE (voided_at);
CREATE INDEX ix_task_activity_id_id ON public.task USING btree (activity_id, id);
CREATE INDEX ix_task_campaign_id_id ON public.task USING btree (campaign_id, id);
CREATE INDEX ix_task_changed_at_id ON public.task USING btree (changed_at, id);
CREATE INDEX ix_task_commune_id_due_on_id ON public.task USING btree (commune_id, due_on, id);
CREATE INDEX ix_task_commune_id_id ON public.task USING btree (commune_id, id) INCLUDE (voided_at);
CREATE INDEX ix_task_district_id_id ON public.task USING btree (district_id, id) INCLUDE (voided_at);
CREATE INDEX ix_task_document_id_id ON public.task USING btree (document_id, id);
CREATE INDEX ix_task_due_on_id ON public.task USING btree (due_on, id);
CREATE INDEX ix_task_province_id_due_on_id ON public.task USING btree (province_id, due_on, id);
CREATE INDEX ix_task_province_id_id ON public.task USING btree (province_id, id) INCLUDE (voided_at);
CREATE INDEX ix_task_state_due_on_id ON public.task USING btree (state, due_on, id);
CREATE INDEX ix_task_unit_id_id ON public.task USING btree (unit_id, id);
CREATE INDEX ix_task_village_id_id ON public.task USING btree (village_id, id) INCLUDE (voided_at);
CREATE INDEX ix_team_changed_at_id ON public.team USING btree (changed_at, id);
CREATE INDEX ix_team_commune_id_id ON public.team USING btree (commune_id, id) INCLUDE (voided_at);
CREATE INDEX ix_team_district_id_id ON public.team USING btree (district_id, id) INCLUDE (voided_at);
CREATE INDEX ix_team_established_on_id ON public.team USING btree (established_on, id);
CREATE INDEX ix_team_kind_id ON public.team USING btree (kind, id);
CREATE INDEX ix_team_member_changed_at_id ON public.team_member USING btree (changed_at, id);
CREATE INDEX ix_team_member_commune_id_id ON public.team_member USING btree (commune_id, id) INCLUDE (voided_at);
CREATE INDEX ix_team_member_district_id_id ON public.team_member USING btree (district_id, id) INCLUDE (voided_at);
CREATE INDEX ix_team_member_origin_force_id ON public.team_member USING btree (origin_force, id);
CREATE INDEX ix_team_member_province_id_id ON public.team_member USING btree (province_id, id) INCLUDE (voided_at);
CREATE INDEX ix_team_member_team_id_id ON public.team_member USING btree (team_id, id);
CREATE INDEX ix_team_member_unit_id ON public.team_member USING btree (unit_id);
CREATE INDEX ix_team_member_village_id_id ON public.team_member USING btree (village_id, id) INCLUDE (voided_at);
CREATE INDEX ix_team_name_id ON public.team USING btree (COALESCE(sort_key, ''::text), id);
CREATE INDEX ix_team_province_id_id ON public.team USING btree (province_id, id) INCLUDE (voided_at);
CREATE INDEX ix_team_search_key ON public.team USING gin (search_key gin_trgm_ops);
CREATE INDEX ix_team_size_rule_unit_id_kind ON public.team_size_rule USING btree (unit_id, kind);
CREATE INDEX ix_team_state_id ON public.team USING btree (state, id);
CREATE INDEX ix_team_term_member_id ON public.team_term USING btree (member_id);
CREATE INDEX ix_team_term_team_id ON public.team_term USING btree (team_id) INCLUDE (since, until, voided_at);
CREATE INDEX ix_team_unit_id_id ON public.team USING btree (unit_id, id) INCLUDE (kind, established_on, dissolved_on, voided_at);
CREATE INDEX ix_team_village_id_id ON public.team USING btree (village_id, id) INCLUDE (voided_at);
CREATE INDEX ix_tip_assignment_subject ON public.tip_assignment USING btree (subject);
CREATE INDEX ix_tip_attachment_tip_id ON public.tip_attachment USING btree (tip_id);
CREATE INDEX ix_tip_commune_id_received_on_id ON public.tip USING btree (commune_id, received_on, id);
CREATE INDEX ix_tip_commune_id_urgency_due_on_id ON public.tip USING btree (commune_id, urgency, due_on, id);
CREATE INDEX ix_tip_count_unit_id ON public.tip_count USING btree (unit_id);
CREATE INDEX ix_tip_desk_commune_id_id ON public.tip_desk USING btree (commune_id, id);
CREATE INDEX ix_tip_desk_district_id_id ON public.tip_desk USING btree (district_id, id);
CREATE INDEX ix_tip_desk_province_id_id ON public.tip_desk USING btree (province_id, id);
CREATE INDEX ix_tip_desk_unit_id_id ON public.tip_desk USING btree (unit_id, id);
CREATE INDEX ix_tip_desk_village_id_id ON public.tip_desk USING btree (village_id, id);
CREATE INDEX ix_tip_district_id_received_on_id ON public.tip USING btree (district_id, received_on, id);
CREATE INDEX ix_tip_district_id_urgency_due_on_id ON public.tip USING btree (district_id, urgency, due_on, id);
CREATE INDEX ix_tip_expires_on ON public.tip USING btree (expires_on) WHERE (expired_on IS NULL);
CREATE INDEX ix_tip_likeness_place_value ON public.tip_likeness USING btree (place, value);
CREATE INDEX ix_tip_link_other_id ON public.tip_link USING btree (other_id);
CREATE UNIQUE INDEX ix_tip_message_tip_id_number ON public.tip_message USING btree (tip_id, number);
CREATE INDEX ix_tip_overdue ON public.tip USING btree (due_on) WHERE (NOT overdue);
CREATE INDEX ix_tip_province_id_received_on_id ON public.tip USING btree (province_id, received_on, id);
CREATE INDEX ix_tip_province_id_urgency_due_on_id ON public.tip USING btree (province_id, urgency, due_on, id);
CREATE INDEX ix_tip_received_unit_id_received_on ON public.tip USING btree (received_unit_id, received_on) INCLUDE (id, resolved_on, resolved_in_time);
CREATE INDEX ix_tip_redaction_tip_id_id ON public.tip_redaction USING btree (tip_id, id);
CREATE INDEX ix_tip_stub_commune_id_id ON public.tip_stub USING btree (commune_id, id);
CREATE INDEX ix_tip_stub_district_id_id ON public.tip_stub USING btree (district_id, id);
CREATE INDEX ix_tip_stub_province_id_id ON public.tip_stub USING btree (province_id, id);
CREATE INDEX ix_tip_stub_tip_id ON public.tip_stub USING btree (tip_id);
CREATE INDEX ix_tip_stub_unit_id_id ON public.tip_stub USING btree (unit_id, id);
CREATE INDEX ix_tip_stub_village_id_id ON public.tip_stub USING btree (village_id, id);
CREATE INDEX ix_tip_transfer_commune_id_id ON public.tip_transfer USING btree (commune_id, id);
CREATE INDEX ix_tip_transfer_district_id_id ON public.tip_transfer USING btree (district_id, id);
CREATE INDEX ix_tip_transfer_province_id_id ON public.tip_transfer USING btree (province_id, id);
CREATE INDEX ix_tip_transfer_tip_id_id ON public.tip_transfer USING btree (tip_id, id);
CREATE INDEX ix_tip_transfer_unit_id_id ON public.tip_transfer USING btree (unit_id, id);
CREATE INDEX ix_tip_transfer_village_id_id ON public.tip_transfer USING btree (village_id, id);
CREATE INDEX ix_tip_unit_id_received_on_id ON public.tip USING btree (unit_id, received_on, id);
CREATE INDEX ix_tip_unit_id_urgency_due_on_id ON public.tip USING btree (unit_id, urgency, due_on, id);
CREATE INDEX ix_transition_document_document_id ON public.transition_document USING btree (document_id);
CREATE INDEX ix_transition_document_id ON public.transition USING btree (document_id) WHERE (document_id IS NOT NULL);
CREATE INDEX ix_transition_document_transition_id_id ON public.transition_document USING btree (transition_id, id);
CREATE INDEX ix_transition_resource_id_id ON public.transition USING btree (resource_id, id);
CREATE INDEX ix_unit_parent_parent_id_hierarchy ON public.unit_parent USING btree (parent_id, hierarchy);
CREATE INDEX ix_unit_parent_unit_id ON public.unit_parent USING btree (unit_id);
CREATE INDEX ix_unit_place_commune_id ON public.unit_place USING btree (commune_id) INCLUDE (valid_from, valid_to, unit_id, commune_id, village_id);
CREATE INDEX ix_unit_place_district_id ON public.unit_place USING btree (district_id) INCLUDE (valid_from, valid_to, unit_id, commune_id, village_id);
CREATE INDEX ix_unit_place_province_id ON public.unit_place USING btree (province_id) INCLUDE (valid_from, valid_to, unit_id, commune_id, village_id);
CREATE INDEX ix_unit_place_village_id ON public.unit_place USING btree (village_id) INCLUDE (valid_from, valid_to, unit_id, commune_id, village_id);
CREATE INDEX ix_unit_reorganisation_unit_id ON public.unit_reorganisation USING btree (unit_id);
CREATE INDEX ix_unit_succession_to_id ON public.unit_succession USING btree (to_id);
CREATE INDEX ix_unit_version_code ON public.unit_version USING btree (code);
CREATE INDEX ix_unit_version_code_unit_id ON public.unit_version USING btree (COALESCE(code, ''::character varying), unit_id);
CREATE INDEX ix_unit_version_level_code_unit_id ON public.unit_version USING btree (level, COALESCE(code, ''::character varying), unit_id);
CREATE INDEX ix_unit_version_level_sort_key_unit_id ON public.unit_version USING btree (level, sort_key, unit_id);
CREATE INDEX ix_unit_version_level_valid ON public.unit_version USING btree (level, valid_to, valid_from) INCLUDE (unit_id, kind);
CREATE INDEX ix_unit_version_search_key ON public.unit_version USING gin (search_key gin_trgm_ops);
CREATE INDEX ix_unit_version_sort_key_unit_id ON public.unit_version USING btree (sort_key, unit_id);
CREATE INDEX ix_unit_version_unit_id ON public.unit_version USING btree (unit_id);
CREATE INDEX ix_unknown_login_tried_at ON public.unknown_login USING btree (tried_at);
CREATE INDEX ix_webhook_delivery_before ON public.webhook_delivery USING btree (endpoint_id, COALESCE(resource_id, endpoint_id), seq) WHERE ((state)::text = 'waiting'::text);
CREATE INDEX ix_webhook_delivery_due ON public.webhook_delivery USING btree (endpoint_id, next_attempt_at, seq) WHERE (((state)::text = 'waiting'::text) AND is_next);
CREATE INDEX ix_webhook_delivery_endpoint_id_id ON public.webhook_delivery USING btree (endpoint_id, id);
CREATE INDEX ix_webhook_delivery_recorded_at ON public.webhook_delivery USING btree (recorded_at);
CREATE INDEX ix_webhook_endpoint_commune_id_id ON public.webhook_endpoint USING btree (commune_id, id);
CREATE INDEX ix_webhook_endpoint_created_by_id ON public.webhook_endpoint USING btree (created_by, id);
CREATE INDEX ix_webhook_endpoint_district_id_id ON public.webhook_endpoint USING btree (district_id, id);
CREATE INDEX ix_webhook_endpoint_due ON public.webhook_endpoint USING btree (due_at) WHERE ((state)::text = 'active'::text);
CREATE INDEX ix_webhook_endpoint_province_id_id ON public.webhook_endpoint USING btree (province_id, id);
CREATE INDEX ix_webhook_endpoint_state_id ON public.webhook_endpoint USING btree (state, id);
CREATE INDEX ix_webhook_endpoint_unit_id_id ON public.webhook_endpoint USING btree (unit_id, id);
CREATE INDEX ix_webhook_endpoint_village_id_id ON public.webhook_endpoint USING btree (village_id, id);
CREATE UNIQUE INDEX uq_account_issuer_external_subject ON public.account USING btree (issuer, external_subject);
CREATE UNIQUE INDEX uq_activity_line_once ON public.activity_line USING btree (activity_id, measure);
CREATE UNIQUE INDEX uq_activity_part_once ON public.activity_part USING btree (activity_id, part_id);
CREATE UNIQUE INDEX uq_activity_supersedes_id ON public.activity USING btree (supersedes_id);
CREATE UNIQUE INDEX uq_activity_unit_activity_id_unit_id ON public.activity_unit USING btree (activity_id, unit_id);
CREATE UNIQUE INDEX uq_attachment_document_id_sha256_file_name ON public.attachment USING btree (document_id, sha256, file_name);
CREATE UNIQUE INDEX uq_calendar_day_calendar_id_day ON public.calendar_day USING btree (calendar_id, day);
CREATE UNIQUE INDEX uq_committee_name ON public.committee USING btree (unit_id, scope, name_key) WHERE (((state)::text <> 'dissolved'::text) AND (voided_at IS NULL));
CREATE UNIQUE INDEX uq_criteria_set_edition ON public.criteria_set USING btree (unit_id, code, edition);
CREATE UNIQUE INDEX uq_criteria_set_in_force ON public.criteria_set USING btree (unit_id, code) WHERE ((state)::text = 'published'::text);
CREATE UNIQUE INDEX uq_data_import_row_import_id_number ON public.data_import_row USING btree (import_id, number);
CREATE UNIQUE INDEX uq_deadline_event_deadline_id_number ON public.deadline_event USING btree (deadline_id, number);
CREATE UNIQUE INDEX uq_deadline_extension_step_rule_id_step ON public.deadline_extension_step USING btree (rule_id, step);
CREATE UNIQUE INDEX uq_deadline_live ON public.deadline USING btree (resource, resource_id, rule_code) WHERE ((state)::text = ANY ((ARRAY['running'::character varying, 'paused'::character varying, 'extended'::character varying])::text[]));
CREATE UNIQUE INDEX uq_deadline_rule_code_edition ON public.deadline_rule USING btree (code, edition);
CREATE UNIQUE INDEX uq_document_link_document_id_earlier_id ON public.document_link USING btree (document_id, earlier_id);
CREATE UNIQUE INDEX uq_document_paper ON public.document USING btree (issuer_eid, paper_key, issued_year) WHERE (voided_at IS NULL);
CREATE UNIQUE INDEX uq_evaluation_answer_once ON public.evaluation_answer USING btree (evaluation_id, path);
CREATE UNIQUE INDEX uq_evaluation_once ON public.evaluation USING btree (round_id, subject_id) WHERE ((state)::text <> 'closed'::text);
CREATE UNIQUE INDEX uq_evaluation_round_once ON public.evaluation_round USING btree (unit_id, set_id, window_name);
CREATE UNIQUE INDEX uq_identity_request_open ON public.identity_request USING btree (tip_id, requested_by) WHERE ((state)::text = ANY ((ARRAY['requested'::character varying, 'approved'::character varying])::text[]));
CREATE UNIQUE INDEX uq_incident_link_once ON public.incident_link USING btree (incident_id, relation, other_id);
CREATE UNIQUE INDEX uq_incident_summary_once ON public.incident USING btree (unit_id, category, period_from, period_to, form, compared_from, compared_to) NULLS NOT DISTINCT WHERE (((form)::text <> 'single'::text) AND (voided_at IS NULL));
CREATE UNIQUE INDEX uq_model_host_model_id_unit_id ON public.model_host USING btree (model_id, unit_id);
CREATE UNIQUE INDEX uq_model_source_reference ON public.model USING btree (source, reference) WHERE (voided_at IS NULL);
CREATE UNIQUE INDEX uq_organisation_name ON public.organisation USING btree (unit_id, kind, name_key) WHERE (((state)::text = 'active'::text) AND (voided_at IS NULL));
CREATE UNIQUE INDEX uq_quantity_resource_id_field_valid_from ON public.quantity USING btree (resource_id, field, valid_from) INCLUDE (value) WHERE (superseded_at IS NULL);
CREATE UNIQUE INDEX uq_reintegration_assignment_live ON public.reintegration_assignment USING btree (case_id, subject) WHERE (ended_on IS NULL);
CREATE UNIQUE INDEX uq_reintegration_case_case_number ON public.reintegration_case USING btree (case_number);
CREATE UNIQUE INDEX uq_reintegration_hold_live ON public.reintegration_hold USING btree (case_id) WHERE (released_on IS NULL);
CREATE UNIQUE INDEX uq_reintegration_transfer_open ON public.reintegration_transfer USING btree (case_id) WHERE ((state)::text = 'offered'::text);
CREATE UNIQUE INDEX uq_retention_rule_of_valid_from ON public.retention_rule USING btree (of, valid_from);
CREATE UNIQUE INDEX uq_service_rating_yearly ON public.service_rating USING btree (member_id, year);
CREATE UNIQUE INDEX uq_stated_figure_once ON public.stated_figure USING btree (unit_id, measure, label, category, period_from, period_to, source, document_id) NULLS NOT DISTINCT WHERE (voided_at IS NULL);
CREATE UNIQUE INDEX uq_team_equipment_one_line ON public.team_equipment USING btree (team_id, kind, condition);
CREATE UNIQUE INDEX uq_team_name ON public.team USING btree (unit_id, kind, name_key) WHERE (((state)::text <> ALL ((ARRAY['declined'::character varying, 'dissolved'::character varying])::text[])) AND (voided_at IS NULL));
CREATE UNIQUE INDEX uq_team_source_reference ON public.team USING btree (source, reference) WHERE (voided_at IS NULL);
CREATE UNIQUE INDEX uq_team_training_once ON public.team_training USING btree (member_id, course, held_on);
CREATE UNIQUE INDEX uq_tip_assignment_live ON public.tip_assignment USING btree (tip_id, subject) WHERE (ended_on IS NULL);
CREATE UNIQUE INDEX uq_tip_desk_unit_id ON public.tip_desk USING btree (unit_id);
CREATE UNIQUE INDEX uq_tip_hold_live ON public.tip_hold USING btree (tip_id) WHERE (released_on IS NULL);
CREATE UNIQUE INDEX uq_tip_transfer_open ON public.tip_transfer USING btree (tip_id) WHERE ((state)::text = 'offered'::text);
CREATE UNIQUE INDEX uq_unit_succession_edge ON public.unit_succession USING btree (from_id, to_id, effective_on);
CREATE UNIQUE INDEX uq_webhook_delivery_endpoint_id_event_key ON public.webhook_delivery USING btree (endpoint_id, event_key);

-- Views
CREATE VIEW reintegration_cohort AS
 SELECT e.unit_id,
    e.release_month,
    f.follow_up,
        CASE
            WHEN (e.months >= f.follow_up) THEN 'not_reoffended'::text
            WHEN e.reoffended THEN 'reoffended'::text
            WHEN e.ended THEN 'censored'::text
            ELSE 'not_yet'::text
        END AS outcome,
    count(*) AS returns
   FROM (( SELECT c.unit_id,
            (date_trunc('month'::text, (c.released_on)::timestamp with time zone))::date AS release_month,
            (GREATEST((0)::numeric, ((EXTRACT(year FROM age((COALESCE(c.closed_on, today()))::timestamp with time zone, (c.released_on)::timestamp with time zone)) * (12)::numeric) + EXTRACT(month FROM age((COALESCE(c.closed_on, today()))::timestamp with time zone, (c.released_on)::timestamp with time zone)))))::integer AS months,
            COALESCE(((c.closing_basis)::text = 'imprisoned_again'::text), false) AS reoffended,
            (c.closed_on IS NOT NULL) AS ended
           FROM reintegration_case c
          WHERE ((c.expired_on IS NULL) AND (c.released_on <= today()))
        UNION ALL
         SELECT p.province_id,
            p.release_month,
            p.months,
            p.reoffended,
            true
           FROM reintegration_episode p
          WHERE (p.province_id IS NOT NULL)) e
     CROSS JOIN ( VALUES (6), (12), (24), (36)) f(follow_up))
  GROUP BY e.unit_id, e.release_month, f.follow_up,
        CASE
            WHEN (e.months >= f.follow_up) THEN 'not_reoffended'::text
            WHEN e.reoffended THEN 'reoffended'::text
            WHEN e.ended THEN 'censored'::text
            ELSE 'not_yet'::text
        END;
CREATE VIEW reintegration_support_tally AS
 SELECT p.unit_id,
    lower(d.days) AS since,
    upper(d.days) AS until,
    d.has_job,
    d.is_stable,
    (1)::bigint AS people
   FROM (( SELECT c.unit_id,
            datemultirange(daterange(t.since, c.closed_on)) AS supported,
            COALESCE(( SELECT range_agg(daterange(s.begins_on, s.ends_on)) AS range_agg
                   FROM reintegration_support s
                  WHERE ((s.case_id = c.id) AND ((s.kind)::text = 'job'::text) AND (s.verified_on IS NOT NULL) AND ((s.ends_on IS NULL) OR (s.ends_on > s.begins_on)))), '{}'::datemultirange) AS job,
            (COALESCE(n.papers, '{}'::datemultirange) * COALESCE(n.work, '{}'::datemultirange)) AS stable
           FROM ((reintegration_case c
             CROSS JOIN LATERAL ( SELECT min(x.effective_on) AS since
                   FROM transition x
                  WHERE (((x.resource)::text = 'reintegration_case'::text) AND (x.resource_id = c.id) AND ((x.to_state)::text = 'supporting'::text))) t)
             CROSS JOIN LATERAL ( SELECT range_agg(daterange(u.since, u.until)) FILTER (WHERE ((u.pathway)::text = 'residence_papers'::text)) AS papers,
                    range_agg(daterange(u.since, u.until)) FILTER (WHERE ((u.pathway)::text = 'work'::text)) AS work
                   FROM ( SELECT o.pathway,
                            o.status,
                            o.recorded_on AS since,
                            lead(o.recorded_on) OVER (PARTITION BY o.pathway ORDER BY o.id) AS until
                           FROM reintegration_need o
                          WHERE (o.case_id = c.id)) u
                  WHERE (((u.status)::text = ANY ((ARRAY['met'::character varying, 'none_identified'::character varying])::text[])) AND ((u.until IS NULL) OR (u.until > u.since)))) n)
          WHERE ((c.expired_on IS NULL) AND ((c.closed_on IS NULL) OR (c.closed_on > t.since)) AND (t.since IS NOT NULL))) p
     CROSS JOIN LATERAL ( SELECT unnest(((p.supported * p.job) * p.stable)) AS unnest,
            true AS "?column?",
            true AS "?column?"
        UNION ALL
         SELECT unnest(((p.supported * p.job) - p.stable)) AS unnest,
            true,
            false
        UNION ALL
         SELECT unnest(((p.supported * p.stable) - p.job)) AS unnest,
            false,
            true
        UNION ALL
         SELECT unnest(((p.supported - p.job) - p.stable)) AS unnest,
            false,
            false) d(days, has_job, is_stable));
CREATE VIEW tip_service_tally AS
 SELECT received_unit_id AS unit_id,
    received_on,
        CASE
            WHEN ((resolved_on IS NOT NULL) AND COALESCE(resolved_in_time, false)) THEN 'resolved_in_time'::text
            WHEN (resolved_on IS NOT NULL) THEN 'resolved_late'::text
            WHEN (EXISTS ( SELECT
               FROM deadline d
              WHERE (((d.resource)::text = 'tip'::text) AND (d.resource_id = t.id) AND (d.met_at IS NULL) AND ((d.breached_at IS NOT NULL) OR (((d.state)::text = ANY ((ARRAY['running'::character varying, 'extended'::character varying])::text[])) AND (d.due_at <= now())))))) THEN 'overdue'::text
            ELSE 'not_yet_due'::text
        END AS status,
    (1)::bigint AS tips
   FROM tip t;
CREATE VIEW tip_tally AS
 SELECT received_unit_id AS unit_id,
    received_on,
    kind,
    category,
    channel,
    is_useful,
    outcome,
    (1)::bigint AS tips
   FROM tip t;
CREATE VIEW unit_dated AS
 SELECT v.unit_id AS id,
    u.version,
    v.level,
    v.kind,
    v.code,
    v.name,
    v.full_name,
    v.aliases,
    v.sort_key,
    v.search_key,
    v.valid_from,
        CASE
            WHEN (v.voided_at IS NULL) THEN v.valid_to
            ELSE 'infinity'::date
        END AS valid_to,
    v.latitude,
    v.longitude,
    v.area_km2,
    u.province_id,
    u.district_id,
    u.commune_id,
    u.village_id,
    v.voided_at,
    v.voided_by,
    v.void_reason
   FROM (unit_version v
     LEFT JOIN unit u ON ((u.id = v.unit_id)));

-- Functions
CREATE OR REPLACE FUNCTION public.actor_origins()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
SELECT CASE WHEN nullif(current_setting('binhyen.unit', true), '') IS NOT NULL THEN
  public.unit_origins(array_append(
    public.subject_units(current_setting('binhyen.subject', true)),
    current_setting('binhyen.unit', true)::uuid)) END
$function$
;
CREATE OR REPLACE FUNCTION public.announce_unit_move()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
  INSERT INTO public.outbox
    (id, recorded_at, resource, resource_id, act, version, fields, unit_id, former_units)
  VALUES (gen_random_uuid(), now(), 'unit_place', NEW.id, 'change', NEW.version, '{place}', NEW.id,
    array_remove(ARRAY[OLD.province_id, OLD.district_id, OLD.commune_id, OLD.village_id], NULL));
  RETURN NULL;
END $function$
;
CREATE OR REPLACE FUNCTION public.audit_wait()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
  INSERT INTO public.audit_waiting SELECT id FROM fresh;
  RETURN NULL;
END $function$
;
CREATE OR REPLACE FUNCTION public.case_to_open(number text)
 RETURNS TABLE(id uuid, unit_id uuid, closed boolean, has_part boolean, opens_until timestamp with time zone)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
  who text := nullif(current_setting('binhyen.subject', true), '');
  roles text[] := string_to_array(current_setting('binhyen.roles', true), ' ');
BEGIN
  IF NOT coalesce(roles && '{case_worker}', false) OR who IS NULL THEN RETURN; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(number || who, 7300031));
  RETURN QUERY SELECT c.id, c.unit_id, c.state = 'closed', public.has_part_in_case(c.id),
    (SELECT max(o.opens_until) FROM public.reintegration_opening o
     WHERE o.case_id = c.id AND o.opened_by = who AND o.opens_until > public.request_time())
  FROM public.reintegration_case c
  WHERE c.case_number = number AND c.expired_on IS NULL AND public.serves_case(c.id)
    AND public.lies_in_own_place(c.unit_id, c.province_id, c.district_id, c.commune_id);
END $function$
;
CREATE OR REPLACE FUNCTION public.cases_in_support()
 RETURNS TABLE(id uuid, unit_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
SELECT c.id, c.unit_id FROM public.reintegration_case c
WHERE c.state = 'supporting' AND c.expired_on IS NULL ORDER BY c.id
$function$
;
CREATE OR REPLACE FUNCTION public.claim_key(principal text, key bytea, moment timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended(principal || encode(key, 'hex'), 7300004)) THEN
    RAISE EXCEPTION 'the key is in use' USING ERRCODE = 'BY002';
  END IF;
  IF EXISTS (SELECT FROM public.kept_answer k WHERE k.principal = claim_key.principal
             AND k.key_hash = claim_key.key AND k.expires_at > claim_key.moment) THEN
    RAISE EXCEPTION 'an answer is kept under the key' USING ERRCODE = 'BY003';
  END IF;
END
$function$
;
CREATE OR REPLACE FUNCTION public.clock_of_tip()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE first record;
BEGIN
  SELECT due_on, rule_code INTO first FROM public.deadline
  WHERE resource = 'tip' AND resource_id = NEW.resource_id AND met_at IS NULL
  ORDER BY due_on, id LIMIT 1;
  UPDATE public.tip SET due_on = coalesce(first.due_on, '9999-01-01'), clock = first.rule_code,
    overdue = overdue AND due_on IS NOT DISTINCT FROM first.due_on
  WHERE id = NEW.resource_id;
  RETURN NULL;
END $function$
;
CREATE OR REPLACE FUNCTION public.count_misplaced(day date, only_units uuid[])
 RETURNS TABLE(name text, many bigint)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
  counted record;
  places jsonb := (SELECT coalesce(jsonb_agg(to_jsonb(p)), '[]')
                   FROM public.unit_places(day, only_units) p);
  hidden uuid[] := ARRAY(SELECT m.tip_id FROM public.excluded_moves(day, only_units) m);
  apart text;
BEGIN
  FOR counted IN
    SELECT c.oid::regclass AS of_table, array_agg(a.attname::text) AS has
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
      AND NOT c.relispartition AND NOT a.attisdropped
    GROUP BY c.oid, c.relname
    HAVING array_agg(a.attname::text)
      @> '{created_by,unit_id,province_id,district_id,commune_id,village_id}'
    ORDER BY c.relname
  LOOP
    apart := CASE
      WHEN counted.of_table = 'public.tip'::regclass THEN 'r.id <> ALL ($2)'
      WHEN 'tip_id' = ANY (counted.has) THEN 'r.tip_id <> ALL ($2)'
      WHEN counted.has @> '{resource,resource_id}' THEN
        '(r.resource <> ''tip'' OR r.resource_id <> ALL ($2))'
      ELSE 'true' END;
    EXECUTE format(
      'SELECT count(*) FROM %s r JOIN jsonb_to_recordset($1) AS p(unit_id uuid, province_id uuid, '
      'district_id uuid, commune_id uuid, village_id uuid) ON p.unit_id = r.unit_id '
      'WHERE (r.province_id, r.district_id, r.commune_id, r.village_id) IS DISTINCT FROM '
      '(p.province_id, p.district_id, p.commune_id, p.village_id) AND %s',
      counted.of_table, apart) INTO many USING places, hidden;
    name := counted.of_table::text;
    RETURN NEXT;
  END LOOP;
END $function$
;
CREATE OR REPLACE FUNCTION public.date_activity_units()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  UPDATE activity_unit SET ends_on = NEW.ends_on
  WHERE activity_id = NEW.id AND ends_on IS DISTINCT FROM NEW.ends_on;
  RETURN NULL;
END $function$
;
CREATE OR REPLACE FUNCTION public.date_units(only_units uuid[] DEFAULT NULL::uuid[])
 RETURNS void
 LANGUAGE plpgsql
AS $function$
BEGIN
  WITH fresh AS MATERIALIZED (
    SELECT * FROM dated_places(only_units)
  ), gone AS (
    DELETE FROM unit_place p WHERE (only_units IS NULL OR p.unit_id = ANY (only_units))
      AND NOT EXISTS (
        SELECT FROM fresh f WHERE (f.unit_id, f.valid_from) = (p.unit_id, p.valid_from)
        AND (f.valid_to, f.province_id, f.district_id, f.commune_id, f.village_id)
          IS NOT DISTINCT FROM
          (p.valid_to, p.province_id, p.district_id, p.commune_id, p.village_id))
    RETURNING p.unit_id
  )
  INSERT INTO unit_place (unit_id, valid_from, valid_to, province_id, district_id, commune_id,
    village_id)
  SELECT f.* FROM fresh f
  WHERE (SELECT count(*) FROM gone) >= 0  -- these first: they would overlap
    AND NOT EXISTS (
      SELECT FROM unit_place p WHERE (f.unit_id, f.valid_from) = (p.unit_id, p.valid_from)
      AND (f.valid_to, f.province_id, f.district_id, f.commune_id, f.village_id)
        IS NOT DISTINCT FROM
        (p.valid_to, p.province_id, p.district_id, p.commune_id, p.village_id));
END $function$
;
CREATE OR REPLACE FUNCTION public.dated_places(only_units uuid[] DEFAULT NULL::uuid[])
 RETURNS TABLE(unit_id uuid, valid_from date, valid_to date, province_id uuid, district_id uuid, commune_id uuid, village_id uuid)
 LANGUAGE sql
 STABLE
AS $function$
WITH RECURSIVE asked(id) AS MATERIALIZED (
  SELECT unnest(coalesce(only_units, ARRAY(SELECT u.id FROM unit u)))
), reach(id) AS (
  SELECT a.id FROM asked a
  UNION
  SELECT n.id FROM reach r CROSS JOIN LATERAL (
    SELECT p.parent_id AS id FROM unit_parent p
    WHERE p.unit_id = r.id AND p.hierarchy = 'administrative'
    UNION ALL SELECT e.to_id FROM unit_succession e WHERE e.from_id = r.id
    UNION ALL SELECT e.from_id FROM unit_succession e WHERE e.to_id = r.id) n
), node AS MATERIALIZED (
  SELECT r.id, coalesce(range_agg(daterange(v.valid_from, v.valid_to)), '{}') AS stands,
    coalesce(min(v.valid_from), 'infinity') AS begun
  FROM reach r LEFT JOIN unit_version v ON v.unit_id = r.id GROUP BY r.id
), way AS MATERIALIZED (
  SELECT n.id AS node, p.parent_id AS next, n.stands * daterange(p.valid_from,
    lead(p.valid_from, 1, 'infinity') OVER (PARTITION BY n.id ORDER BY p.valid_from)
  )::datemultirange AS days
  FROM node n JOIN unit_parent p ON p.unit_id = n.id
  WHERE p.hierarchy = 'administrative' AND p.valid_from < p.valid_to
  UNION ALL
  SELECT n.id, e.to_id, daterange(e.effective_on, coalesce(min(e.effective_on) OVER (
    PARTITION BY n.id ORDER BY e.effective_on GROUPS BETWEEN 1 FOLLOWING AND 1 FOLLOWING),
    'infinity'))::datemultirange - n.stands
  FROM node n JOIN unit_succession e ON e.from_id = n.id
  UNION ALL
  SELECT n.id, e.from_id,
    daterange('-infinity', least(e.effective_on, n.begun))::datemultirange - n.stands
  FROM node n JOIN unit_succession e ON e.to_id = n.id
), walk(unit_id, node, days) AS (
  SELECT a.id, a.id, '{[-infinity,infinity)}'::datemultirange FROM asked a
  UNION
  SELECT w.unit_id, y.next, w.days * y.days FROM walk w JOIN way y ON y.node = w.node
  WHERE NOT isempty(w.days * y.days)
), met AS MATERIALIZED (
  SELECT w.unit_id, u.level, w.node, unnest(range_agg(w.days * n.stands)) AS days
  FROM walk w JOIN node n ON n.id = w.node JOIN unit u ON u.id = w.node
  GROUP BY w.unit_id, u.level, w.node
), cut AS (
  SELECT a.id AS unit_id, '-infinity'::date AS day FROM asked a
  UNION SELECT m.unit_id, lower(m.days) FROM met m
  UNION SELECT m.unit_id, upper(m.days) FROM met m WHERE upper(m.days) < 'infinity'
), period AS (
  SELECT c.unit_id, c.day AS since,
    lead(c.day, 1, 'infinity') OVER (PARTITION BY c.unit_id ORDER BY c.day) AS until
  FROM cut c
), placed AS (
  SELECT p.unit_id, p.since, p.until,
    CASE count(*) FILTER (WHERE m.level = 'province')
      WHEN 1 THEN (array_agg(m.node) FILTER (WHERE m.level = 'province'))[1] END AS province,
    CASE count(*) FILTER (WHERE m.level = 'district')
      WHEN 1 THEN (array_agg(m.node) FILTER (WHERE m.level = 'district'))[1] END AS district,
    CASE count(*) FILTER (WHERE m.level = 'commune')
      WHEN 1 THEN (array_agg(m.node) FILTER (WHERE m.level = 'commune'))[1] END AS commune,
    CASE count(*) FILTER (WHERE m.level = 'village')
      WHEN 1 THEN (array_agg(m.node) FILTER (WHERE m.level = 'village'))[1] END AS village
  FROM period p LEFT JOIN met m ON m.unit_id = p.unit_id AND m.days @> p.since
  GROUP BY p.unit_id, p.since, p.until
), turn AS (
  SELECT p.*, row_number() OVER own - row_number() OVER alike AS spell FROM placed p
  WINDOW own AS (PARTITION BY p.unit_id ORDER BY p.since),
    alike AS (PARTITION BY p.unit_id, p.province, p.district, p.commune, p.village
              ORDER BY p.since)
)
SELECT t.unit_id, min(t.since), max(t.until), t.province, t.district, t.commune, t.village
FROM turn t GROUP BY t.unit_id, t.spell, t.province, t.district, t.commune, t.village
$function$
;
CREATE OR REPLACE FUNCTION public.ended_unit_of(holder text, unit uuid DEFAULT NULL::uuid)
 RETURNS json
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
SELECT json_build_object('name', v.full_name, 'ended_on', v.valid_to, 'successors', coalesce((
    SELECT json_agg(json_build_object(
      'id', s.unit_id, 'code', s.code, 'name', s.full_name, 'is_main', s.is_main))
    FROM public.standing_successors(ARRAY[g.unit_id]) s), '[]'::json))
FROM public.role_grant g JOIN public.unit_version v ON v.unit_id = g.unit_id
WHERE g.state = 'waiting' AND holder IN (g.account_id::text, g.client_id::text)
  AND (unit IS NULL OR g.unit_id = unit) AND v.valid_to <= public.today()
ORDER BY v.valid_to DESC, g.id LIMIT 1
$function$
;
CREATE OR REPLACE FUNCTION public.enter_request(subject text, level text, unit text, roles text, exclusion_key text, at timestamp with time zone, session uuid, version integer)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
  PERFORM set_config('binhyen.subject', subject, true), set_config('binhyen.level', level, true),
    set_config('binhyen.unit', unit, true), set_config('binhyen.roles', roles, true),
    set_config('binhyen.exclusion_key', exclusion_key, true),
    set_config('binhyen.at', at::text, true);
  IF NOT EXISTS (SELECT FROM public.auth_session s WHERE s.id = enter_request.session
                 AND s.version = enter_request.version AND s.ended_at IS NULL) THEN
    RAISE EXCEPTION 'the session has ended' USING ERRCODE = 'BY001';
  END IF;
END
$function$
;
CREATE OR REPLACE FUNCTION public.excluded_moves(day date, only_units uuid[] DEFAULT NULL::uuid[])
 RETURNS TABLE(tip_id uuid, to_unit uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
WITH held AS MATERIALIZED (
  SELECT t.id, t.excluded, t.unit_id FROM public.tip t
  WHERE t.excluded <> '{}' AND t.expired_on IS NULL
    AND (only_units IS NULL OR t.unit_id = ANY (only_units))
), place AS MATERIALIZED (
  SELECT p.unit_id, v.height, v.unit, public.unit_origins(ARRAY[v.unit], day) AS origins
  FROM public.unit_places(day, ARRAY(SELECT DISTINCT h.unit_id FROM held h)) p
  CROSS JOIN LATERAL (VALUES (1, p.commune_id), (2, p.district_id), (3, p.province_id))
    AS v(height, unit)
  WHERE v.unit IS NOT NULL
), step AS (
  SELECT h.id, p.height, p.unit, public.is_excluded(h.id, h.excluded, p.origins) AS barred,
    row_number() OVER (PARTITION BY h.id ORDER BY p.height) AS number
  FROM held h JOIN place p ON p.unit_id = h.unit_id
)
SELECT s.id, coalesce(
  (SELECT o.unit FROM step o WHERE o.id = s.id AND NOT o.barred ORDER BY o.height LIMIT 1),
  (SELECT c.id FROM public.unit c WHERE c.level = 'national' LIMIT 1))
FROM step s WHERE s.number = 1 AND s.barred
$function$
;
CREATE OR REPLACE FUNCTION public.forget_changes(before timestamp with time zone)
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
  last bigint;
  gone bigint;
BEGIN
  SELECT transaction_id - 1 INTO last FROM public.outbox WHERE recorded_at >= before
    ORDER BY transaction_id, id LIMIT 1;
  last := least(coalesce(last, 9223372036854775807),
                pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1);
  UPDATE public.change_feed SET forgotten_until = greatest(forgotten_until, coalesce((
    SELECT max(transaction_id) FROM public.outbox WHERE transaction_id <= last), 0));
  DELETE FROM public.outbox WHERE transaction_id <= last;
  GET DIAGNOSTICS gone = ROW_COUNT;
  RETURN gone;
END $function$
;
CREATE OR REPLACE FUNCTION public.has_part_in_case(wanted uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
SELECT string_to_array(current_setting('binhyen.roles', true), ' ') && '{case_worker}'::text[]
  AND EXISTS (
    SELECT FROM public.reintegration_assignment a
    JOIN public.reintegration_case c ON c.id = a.case_id
    WHERE a.case_id = wanted AND a.ended_on IS NULL
      AND (NOT c.is_minor OR 
        string_to_array(current_setting('binhyen.roles', true), ' ') && '{minor_worker}'::text[])
      AND a.subject = nullif(current_setting('binhyen.subject', true), '')
      AND public.lies_in_own_place(c.unit_id, c.province_id, c.district_id, c.commune_id))
$function$
;
CREATE OR REPLACE FUNCTION public.is_case_handover_late(wanted uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
SELECT EXISTS (
  SELECT FROM public.deadline d
  WHERE d.resource = 'reintegration_case' AND d.resource_id = wanted
    AND d.rule_code = 'reintegration_handover' AND d.met_at IS NULL AND d.due_on < public.today())
$function$
;
CREATE OR REPLACE FUNCTION public.is_case_orphaned(wanted uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
SELECT NOT EXISTS (
  SELECT FROM public.reintegration_assignment a
  JOIN public.reintegration_case c ON c.id = a.case_id
  JOIN public.account p ON p.id::text = a.subject AND p.disabled_at IS NULL
  JOIN public.role_grant g ON g.account_id = p.id AND g.role = 'case_worker'
    AND g.state = 'active' AND (g.expires_at IS NULL OR g.expires_at > now())
    AND g.unit_id IN (c.unit_id, c.commune_id, c.district_id, c.province_id)
  WHERE a.case_id = wanted AND a.ended_on IS NULL AND a.part <> 'helper'
    AND (NOT c.is_minor OR EXISTS (
      SELECT FROM public.role_grant m WHERE m.account_id = p.id AND m.role = 'minor_worker'
        AND m.state = 'active' AND (m.expires_at IS NULL OR m.expires_at > now())
        AND m.unit_id IN (c.unit_id, c.commune_id, c.district_id, c.province_id))))
$function$
;
CREATE OR REPLACE FUNCTION public.is_excluded(tip uuid, digests bytea[], origins uuid[])
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
SELECT CASE
  WHEN cardinality(digests) = 0 THEN false
  WHEN origins IS NULL OR coalesce(current_setting('binhyen.exclusion_key', true), '') = '' THEN true
  ELSE EXISTS (
    SELECT FROM unnest(origins) AS unit
    WHERE sha256(decode(current_setting('binhyen.exclusion_key', true), 'hex')
                 || uuid_send(tip) || uuid_send(unit)) = ANY (digests)
      OR sha256(uuid_send(tip) || uuid_send(unit)) = ANY (digests))
END
$function$
;
CREATE OR REPLACE FUNCTION public.is_tip_excluded(of_tip uuid, origins uuid[])
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
SELECT coalesce((
  SELECT public.is_excluded(t.id, t.excluded, origins) FROM public.tip t WHERE t.id = of_tip), false)
$function$
;
CREATE OR REPLACE FUNCTION public.keep_back()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
  NEW.kept_back := NEW.kept_back
    || ARRAY(SELECT id FROM public.tip_message WHERE tip_id = NEW.id
             AND NOT 'messages' = ANY (NEW.shared) AND id <> ALL (NEW.kept_back))
    || ARRAY(SELECT id FROM public.tip_attachment WHERE tip_id = NEW.id
             AND NOT 'attachments' = ANY (NEW.shared) AND id <> ALL (NEW.kept_back));
  RETURN NEW;
END $function$
;
CREATE OR REPLACE FUNCTION public.keep_deadline_event()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF TG_OP = 'DELETE' AND current_user = 'binhyen_keeper' THEN RETURN OLD; END IF;
  RAISE EXCEPTION 'deadline_event is only ever added to';
END $function$
;
CREATE OR REPLACE FUNCTION public.keep_first_quantities()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
DECLARE said jsonb := to_jsonb(NEW);
BEGIN
  INSERT INTO quantity (id, recorded_at, resource, resource_id, field, valid_from, value,
    recorded_by)
  SELECT gen_random_uuid(), NEW.created_at, TG_TABLE_NAME, NEW.id, given.field, '-infinity',
    CASE given.value WHEN 'true' THEN 1 ELSE given.value::int END, NEW.created_by
  FROM (SELECT f AS field, said ->> f AS value FROM unnest(TG_ARGV) f) given
  WHERE given.value <> 'false';
  RETURN NULL;
END $function$
;
CREATE OR REPLACE FUNCTION public.keep_map(held boolean)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF NOT held THEN
    RAISE EXCEPTION 'the map of this province is being changed' USING ERRCODE = 'MAP01';
  END IF;
END $function$
;
CREATE OR REPLACE FUNCTION public.lies_in_own_place(unit_id uuid, province_id uuid, district_id uuid, commune_id uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
SELECT coalesce(CASE current_setting('binhyen.level', true)
  WHEN 'national' THEN unit_id WHEN 'province' THEN province_id
  WHEN 'district' THEN district_id WHEN 'commune' THEN commune_id END
  = nullif(current_setting('binhyen.unit', true), '')::uuid, false)
$function$
;
CREATE OR REPLACE FUNCTION public.lock_named_units(wanted text[], days date[])
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
DECLARE
  held uuid[];
  found uuid[];
BEGIN
  LOOP
    found := ARRAY(SELECT DISTINCT unit_ref(w.name, w.day)
                   FROM unnest(wanted, days) AS w(name, day) ORDER BY 1);
    EXIT WHEN found IS NOT DISTINCT FROM held;
    IF NOT lock_units(found) THEN
      RETURN false;
    END IF;
    held := found;
  END LOOP;
  RETURN true;
END $function$
;
CREATE OR REPLACE FUNCTION public.lock_province(province uuid)
 RETURNS boolean
 LANGUAGE sql
AS $function$
SELECT pg_try_advisory_xact_lock_shared(7300002)
  AND pg_try_advisory_xact_lock_shared(7300002, hashtext(coalesce(province::text, '')))
$function$
;
CREATE OR REPLACE FUNCTION public.lock_provinces(provinces uuid[])
 RETURNS void
 LANGUAGE plpgsql
 SET lock_timeout TO '5s'
AS $function$
DECLARE lock_key integer;
BEGIN
  PERFORM pg_advisory_xact_lock_shared(7300002);
  FOR lock_key IN
    SELECT DISTINCT hashtext(coalesce(p::text, '')) FROM unnest(provinces) p ORDER BY 1
  LOOP
    PERFORM pg_advisory_xact_lock(7300002, lock_key);
  END LOOP;
END $function$
;
CREATE OR REPLACE FUNCTION public.lock_units(units uuid[])
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
DECLARE
  held uuid[];
  found uuid[];
BEGIN
  LOOP
    found := ARRAY(SELECT DISTINCT province_id FROM unit WHERE id = ANY (units) ORDER BY 1);
    EXIT WHEN found IS NOT DISTINCT FROM held;
    IF EXISTS (SELECT FROM unnest(found) p WHERE NOT lock_province(p)) THEN
      RETURN false;
    END IF;
    held := found;
  END LOOP;
  RETURN true;
END $function$
;
CREATE OR REPLACE FUNCTION public.may_assign_case(wanted uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
SELECT public.has_part_in_case(wanted) OR EXISTS (
  SELECT FROM public.reintegration_case c
  WHERE c.id = wanted
    AND public.lies_in_own_place(c.unit_id, c.province_id, c.district_id, c.commune_id)
    AND (
      string_to_array(current_setting('binhyen.roles', true), ' ') && '{case_worker}'::text[]
        AND c.created_by = current_setting('binhyen.subject', true)
        AND NOT EXISTS (SELECT FROM public.reintegration_assignment a WHERE a.case_id = wanted)
      OR string_to_array(current_setting('binhyen.roles', true), ' ') && '{approver}'::text[]
        AND public.is_case_orphaned(wanted)))
$function$
;
CREATE OR REPLACE FUNCTION public.may_open_case(wanted uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
SELECT string_to_array(current_setting('binhyen.roles', true), ' ') && '{case_worker}'::text[]
  AND EXISTS (
    SELECT FROM public.reintegration_case c
    WHERE c.id = wanted AND c.state <> 'closed' AND c.expired_on IS NULL AND public.serves_case(c.id)
      AND public.lies_in_own_place(c.unit_id, c.province_id, c.district_id, c.commune_id))
$function$
;
CREATE OR REPLACE FUNCTION public.name_opening()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE openings text;
BEGIN
  SELECT string_agg(o.id::text, ' ' ORDER BY o.id) INTO openings
  FROM public.reintegration_opening o
  WHERE o.opened_by = NEW.subject AND o.opens_until > public.request_time()
    AND (NEW.resource_id IS NULL OR o.case_id = NEW.resource_id)
    AND NOT EXISTS (
      SELECT FROM public.reintegration_assignment a
      WHERE a.case_id = o.case_id AND a.subject = NEW.subject AND a.ended_on IS NULL);
  IF openings IS NOT NULL THEN
    NEW.detail := concat_ws(' ', NEW.detail, 'openings=' || openings);
  END IF;
  RETURN NEW;
END $function$
;
CREATE OR REPLACE FUNCTION public.opening_of_case(wanted uuid)
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
SELECT o.id FROM public.reintegration_opening o
JOIN public.reintegration_case c ON c.id = o.case_id
WHERE o.case_id = wanted AND o.opens_until > public.request_time()
  AND o.opened_by = nullif(current_setting('binhyen.subject', true), '')
  AND string_to_array(current_setting('binhyen.roles', true), ' ') && '{case_worker}'::text[]
  AND c.state <> 'closed' AND c.expired_on IS NULL AND public.serves_case(c.id)
  AND public.lies_in_own_place(c.unit_id, c.province_id, c.district_id, c.commune_id)
ORDER BY o.opens_until DESC LIMIT 1
$function$
;
CREATE OR REPLACE FUNCTION public.place_late()
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
  late record;
  entered uuid;
  done integer := 0;
  tips boolean := false;
  knows boolean := coalesce(current_setting('binhyen.exclusion_key', true), '') <> '';
BEGIN
  FOR late IN
    SELECT * FROM public.place_later ORDER BY of_table, row_id FOR UPDATE SKIP LOCKED
  LOOP
    EXECUTE format('SELECT unit_id FROM %s WHERE id = $1', late.of_table)
      INTO entered USING late.row_id;
    CONTINUE WHEN NOT public.lock_units(ARRAY[entered]);
    CONTINUE WHEN NOT knows AND late.of_table = 'public.tip'::regclass AND EXISTS (
      SELECT FROM public.tip t WHERE t.id = late.row_id AND t.excluded <> '{}');
    EXECUTE format(
      'UPDATE %s r SET province_id = u.province_id, district_id = u.district_id, '
      'commune_id = u.commune_id, village_id = u.village_id FROM public.unit u '
      'WHERE r.id = $1 AND u.id = r.unit_id', late.of_table) USING late.row_id;
    DELETE FROM public.place_later
      WHERE of_table = late.of_table AND row_id = late.row_id;
    done := done + 1;
    tips := tips OR late.of_table = 'public.tip'::regclass;
  END LOOP;
  IF tips AND knows THEN
    PERFORM public.reroute_tips();
  END IF;
  RETURN done;
END $function$
;
CREATE OR REPLACE FUNCTION public.place_records(only_units uuid[])
 RETURNS TABLE(name text, moved bigint)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE placed regclass;
BEGIN
  FOR placed IN
    SELECT c.oid FROM pg_class c JOIN pg_trigger t ON t.tgrelid = c.oid
    WHERE t.tgfoid = 'public.place_row'::regproc AND c.relnamespace = 'public'::regnamespace
      AND NOT c.relispartition ORDER BY c.relname
  LOOP
    EXECUTE format(
      'UPDATE %s r SET province_id = u.province_id, district_id = u.district_id, '
      'commune_id = u.commune_id, village_id = u.village_id FROM public.unit u '
      'WHERE r.unit_id = u.id AND u.id = ANY ($1) AND '
      '(r.province_id, r.district_id, r.commune_id, r.village_id) IS DISTINCT FROM '
      '(u.province_id, u.district_id, u.commune_id, u.village_id)', placed) USING only_units;
    GET DIAGNOSTICS moved = ROW_COUNT;
    name := placed::text;
    RETURN NEXT;
  END LOOP;
  PERFORM public.reroute_tips();
END $function$
;
CREATE OR REPLACE FUNCTION public.place_row()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
DECLARE
  held boolean := false;
  lies uuid;
  waits boolean := coalesce(current_setting('binhyen.place_later', true), '') <> 'on';
BEGIN
  LOOP
    SELECT province_id, district_id, commune_id, village_id
    INTO NEW.province_id, NEW.district_id, NEW.commune_id, NEW.village_id
    FROM unit WHERE id = NEW.unit_id;
    EXIT WHEN held AND lies IS NOT DISTINCT FROM NEW.province_id;
    lies := NEW.province_id;
    held := lock_province(lies);
    CONTINUE WHEN held;
    IF TG_TABLE_NAME = 'audit_entry' THEN
      waits := waits AND NEW.act NOT IN ('read', 'security');
    END IF;
    PERFORM keep_map(NOT waits);
    PERFORM place_row_later(TG_RELID, NEW.id);
    EXIT;
  END LOOP;
  RETURN NEW;
END $function$
;
CREATE OR REPLACE FUNCTION public.place_row_later(placed regclass, row_id uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
INSERT INTO public.place_later (of_table, row_id) VALUES (placed, row_id) ON CONFLICT DO NOTHING
$function$
;
CREATE OR REPLACE FUNCTION public.place_units(only_units uuid[] DEFAULT NULL::uuid[])
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
DECLARE moved integer;
BEGIN
  PERFORM date_units(only_units);
  UPDATE unit u SET province_id = p.province_id, district_id = p.district_id,
                    commune_id = p.commune_id, village_id = p.village_id
  FROM unit_place p
  WHERE u.id = p.unit_id AND p.valid_from <= today() AND p.valid_to > today()
    AND (only_units IS NULL OR u.id = ANY (only_units))
    AND (u.province_id, u.district_id, u.commune_id, u.village_id)
      IS DISTINCT FROM (p.province_id, p.district_id, p.commune_id, p.village_id);
  GET DIAGNOSTICS moved = ROW_COUNT;
  RETURN moved;
END $function$
;
CREATE OR REPLACE FUNCTION public.protect_by_place(of_table regclass, for_roles text[], commands text[] DEFAULT '{SELECT}'::text[])
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE command text;
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', of_table);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', of_table);
  FOREACH command IN ARRAY commands LOOP
    EXECUTE format($policy$
      CREATE POLICY %I ON %s FOR %s TO binhyen_runtime USING (
        (SELECT string_to_array(current_setting('binhyen.roles', true), ' ') && %L::text[])
        AND CASE (SELECT current_setting('binhyen.level', true))
          WHEN 'national' THEN true
          WHEN 'province' THEN province_id =
            (SELECT nullif(current_setting('binhyen.unit', true), '')::uuid)
          WHEN 'district' THEN district_id =
            (SELECT nullif(current_setting('binhyen.unit', true), '')::uuid)
          WHEN 'commune' THEN commune_id =
            (SELECT nullif(current_setting('binhyen.unit', true), '')::uuid)
          WHEN 'village' THEN village_id =
            (SELECT nullif(current_setting('binhyen.unit', true), '')::uuid)
          ELSE false END)
    $policy$, 'by_place_' || lower(command), of_table, command, for_roles);
  END LOOP;
  EXECUTE format('CREATE POLICY seen_by_owner ON %s FOR SELECT TO CURRENT_USER USING (true)',
                 of_table);
  EXECUTE format('CREATE POLICY placed_by_owner ON %s FOR UPDATE TO CURRENT_USER USING (true)',
                 of_table);
END $function$
;
CREATE OR REPLACE FUNCTION public.protect_tips(of_table regclass, commands text[])
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE command text;
BEGIN
  FOREACH command IN ARRAY commands LOOP
    EXECUTE format($policy$
      CREATE POLICY %I ON %s FOR %s TO binhyen_runtime USING (
        (SELECT string_to_array(current_setting('binhyen.roles', true), ' ')
                && '{tip_officer,investigator}'::text[])
        AND CASE (SELECT current_setting('binhyen.level', true))
          WHEN 'national' THEN unit_id =
            (SELECT nullif(current_setting('binhyen.unit', true), '')::uuid)
          WHEN 'province' THEN province_id =
            (SELECT nullif(current_setting('binhyen.unit', true), '')::uuid)
          WHEN 'district' THEN district_id =
            (SELECT nullif(current_setting('binhyen.unit', true), '')::uuid)
          WHEN 'commune' THEN commune_id =
            (SELECT nullif(current_setting('binhyen.unit', true), '')::uuid)
          ELSE false END)
    $policy$, 'by_place_' || lower(command), of_table, command);
  END LOOP;
END $function$
;
CREATE OR REPLACE FUNCTION public.request_time()
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE
AS $function$ SELECT coalesce(nullif(current_setting('binhyen.at', true), '')::timestamptz, now()) $function$
;
CREATE OR REPLACE FUNCTION public.reroute_tips()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
  moved record;
  who text := coalesce(nullif(current_setting('binhyen.subject', true), ''), 'system');
  acting uuid := nullif(current_setting('binhyen.unit', true), '')::uuid;
BEGIN
  PERFORM FROM public.tip WHERE excluded <> '{}' AND expired_on IS NULL LIMIT 1;
  IF NOT FOUND THEN RETURN; END IF;
  IF coalesce(current_setting('binhyen.exclusion_key', true), '') = '' THEN
    RAISE EXCEPTION 'tips name excluded units, and this transaction has no key to them'
    USING ERRCODE = 'insufficient_privilege';
  END IF;
  FOR moved IN
    SELECT t.id, m.to_unit, t.state, t.version + 1 AS version
    FROM public.excluded_moves(public.today()) m JOIN public.tip t ON t.id = m.tip_id
    ORDER BY t.id FOR UPDATE OF t
  LOOP
    UPDATE public.tip SET unit_id = moved.to_unit, version = moved.version, changed_at = now(),
      changed_by = 'system' WHERE id = moved.id;
    UPDATE public.deadline SET unit_id = moved.to_unit
      WHERE resource = 'tip' AND resource_id = moved.id;
    UPDATE public.identity_request SET unit_id = moved.to_unit WHERE tip_id = moved.id;
    UPDATE public.tip_assignment SET ended_on = public.today()
      WHERE tip_id = moved.id AND ended_on IS NULL;
    UPDATE public.tip_transfer SET state = 'withdrawn', answered_on = public.today(),
      version = version + 1, changed_at = now(), changed_by = 'system'
      WHERE tip_id = moved.id AND state = 'offered';
    INSERT INTO public.transition (id, resource, resource_id, action, from_state, to_state,
      effective_on, recorded_by, client)
    VALUES (gen_random_uuid(), 'tip', moved.id, 'reroute', moved.state, moved.state,
      public.today(), 'system', 'binhyen');
    INSERT INTO public.outbox (id, recorded_at, resource, resource_id, act, version, fields, unit_id)
    VALUES (gen_random_uuid(), now(), 'tip', moved.id, 'change', moved.version, '{unit_id}',
      moved.to_unit);
    INSERT INTO public.audit_entry (id, act, operation, resource, resource_id, fields, detail,
      subject, client, roles, actor_unit_id, unit_id)
    VALUES (gen_random_uuid(), 'change', 'reorganisation:commit', 'tip', moved.id, '{unit_id}',
      'rerouted: excluded unit', who, 'binhyen', '{}', acting, moved.to_unit);
  END LOOP;
END $function$
;
CREATE OR REPLACE FUNCTION public.serves_case(wanted uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
SELECT EXISTS (
  SELECT FROM public.reintegration_case c WHERE c.id = wanted AND (NOT c.is_minor
    OR string_to_array(current_setting('binhyen.roles', true), ' ') && '{minor_worker}'::text[]))
$function$
;
CREATE OR REPLACE FUNCTION public.standing_successors(ended uuid[])
 RETURNS TABLE(from_id uuid, unit_id uuid, code text, name text, full_name text, is_main boolean)
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
WITH RECURSIVE line(origin, id, main) AS (
  SELECT e.from_id, e.to_id, e.is_main FROM public.unit_succession e
  WHERE e.from_id = ANY (ended) AND e.effective_on <= public.today()
  UNION
  SELECT l.origin, e.to_id, l.main AND e.is_main
  FROM line l JOIN public.unit_succession e ON e.from_id = l.id
  WHERE e.effective_on <= public.today() AND NOT EXISTS (
    SELECT FROM public.unit_version v
    WHERE v.unit_id = l.id AND v.valid_from <= public.today() AND v.valid_to > public.today())
)
SELECT l.origin, v.unit_id, v.code, v.name, v.full_name, bool_or(l.main)
FROM line l JOIN public.unit_version v ON v.unit_id = l.id
  AND v.valid_from <= public.today() AND v.valid_to > public.today()
WHERE v.unit_id <> l.origin
GROUP BY l.origin, v.unit_id, v.code, v.name, v.full_name, v.sort_key
ORDER BY l.origin, bool_or(l.main) DESC, v.sort_key, v.unit_id
$function$
;
CREATE OR REPLACE FUNCTION public.standing_unit(wanted uuid)
 RETURNS uuid
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
SELECT CASE
  WHEN EXISTS (
    SELECT FROM public.unit_version v
    WHERE v.unit_id = wanted AND v.valid_from <= public.today() AND v.valid_to > public.today())
  THEN wanted
  ELSE (
    SELECT h.unit_id FROM (
      SELECT s.unit_id, s.is_main, count(*) OVER () AS heirs
      FROM public.standing_successors(ARRAY[wanted]) s) h
    WHERE h.is_main OR h.heirs = 1 ORDER BY h.is_main DESC LIMIT 1)
END
$function$
;
CREATE OR REPLACE FUNCTION public.subject_units(subject text)
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
WITH holder AS (
  SELECT CASE WHEN subject ~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$'
              THEN subject::uuid END AS id
)
SELECT public.unit_heirs(coalesce(array_agg(own.unit_id), '{}')) FROM holder h CROSS JOIN LATERAL (
  SELECT a.unit_id FROM public.account a WHERE a.id = h.id
  UNION SELECT c.unit_id FROM public.client c WHERE c.id = h.id
  UNION SELECT g.unit_id FROM public.role_grant g
  WHERE (g.account_id = h.id OR g.client_id = h.id) AND g.state IN ('active', 'waiting')
    AND (g.expires_at IS NULL OR g.expires_at > now())
) own
$function$
;
CREATE OR REPLACE FUNCTION public.take_case(transfer uuid, moved date)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
  offer public.reintegration_transfer;
  who text := nullif(current_setting('binhyen.subject', true), '');
  roles text[] := string_to_array(current_setting('binhyen.roles', true), ' ');
  target uuid;
BEGIN
  SELECT * INTO offer FROM public.reintegration_transfer
    WHERE id = transfer AND state = 'offered' FOR UPDATE;
  IF NOT coalesce(roles && '{case_worker}', false) OR who IS NULL
    OR NOT public.serves_case(offer.case_id) OR NOT public.lies_in_own_place(
      offer.unit_id, offer.province_id, offer.district_id, offer.commune_id) THEN
    RETURN false;
  END IF;
  target := public.standing_unit(offer.unit_id);
  UPDATE public.reintegration_case SET unit_id = target
    WHERE id = offer.case_id AND unit_id = offer.from_unit_id AND state <> 'closed'
      AND expired_on IS NULL AND public.standing_unit(unit_id) IS DISTINCT FROM target
      AND target IS NOT NULL;
  IF NOT FOUND THEN RETURN false; END IF;
  UPDATE public.reintegration_assignment SET ended_on = moved
    WHERE case_id = offer.case_id AND ended_on IS NULL;
  INSERT INTO public.reintegration_assignment
    (id, case_id, subject, part, assigned_by, assigned_on)
    VALUES (gen_random_uuid(), offer.case_id, who, 'lead', who, moved);
  RETURN true;
END $function$
;
CREATE OR REPLACE FUNCTION public.take_tip(transfer uuid, moved date)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
  offer public.tip_transfer;
  own uuid := nullif(current_setting('binhyen.unit', true), '')::uuid;
  who text := coalesce(nullif(current_setting('binhyen.subject', true), ''), 'system');
  roles text[] := string_to_array(current_setting('binhyen.roles', true), ' ');
  place uuid;
  target uuid;
BEGIN
  SELECT * INTO offer FROM public.tip_transfer WHERE id = transfer AND state = 'offered' FOR UPDATE;
  place := CASE current_setting('binhyen.level', true)
    WHEN 'national' THEN offer.unit_id WHEN 'province' THEN offer.province_id
    WHEN 'district' THEN offer.district_id WHEN 'commune' THEN offer.commune_id END;
  IF NOT coalesce(place = own AND roles && '{tip_officer,investigator}', false)
     OR public.is_tip_excluded(offer.tip_id, public.actor_origins())
     OR public.is_tip_excluded(offer.tip_id,
       public.unit_origins(public.unit_heirs(ARRAY[offer.unit_id]))) THEN
    RETURN false;
  END IF;
  target := public.standing_unit(offer.unit_id);
  UPDATE public.tip SET unit_id = target, shared = offer.shared
    WHERE id = offer.tip_id AND unit_id = offer.from_unit_id AND state = 'triaged'
      AND expired_on IS NULL AND public.standing_unit(unit_id) IS DISTINCT FROM target
      AND target IS NOT NULL;
  IF NOT FOUND THEN RETURN false; END IF;
  UPDATE public.identity_request SET unit_id = target WHERE tip_id = offer.tip_id;
  INSERT INTO public.tip_stub
    (id, created_by, changed_by, tip_id, unit_id, to_unit_id, received_on, moved_on, state)
    VALUES (gen_random_uuid(), who, who, offer.tip_id, offer.from_unit_id, target,
      offer.received_on, moved, 'transferred');
  RETURN true;
END $function$
;
CREATE OR REPLACE FUNCTION public.tell_overdue_tips(day date)
 RETURNS integer
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  WITH late AS (
    UPDATE public.tip SET overdue = true WHERE due_on < day AND NOT overdue
    RETURNING id, version, unit_id
  ), told AS (
    INSERT INTO public.outbox
      (id, recorded_at, resource, resource_id, act, version, fields, unit_id)
    SELECT gen_random_uuid(), day::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh', 'tip', id,
      'change', version, '{overdue}', unit_id FROM late
    RETURNING 1
  ) SELECT count(*)::integer FROM told
$function$
;
CREATE OR REPLACE FUNCTION public.tell_stubs()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
  UPDATE public.tip_stub SET state = NEW.state, outcome = NEW.outcome, version = version + 1,
    changed_at = NEW.changed_at, changed_by = NEW.changed_by
  WHERE tip_id = NEW.id AND (state, outcome) IS DISTINCT FROM (NEW.state, NEW.outcome);
  RETURN NULL;
END $function$
;
CREATE OR REPLACE FUNCTION public.tip_of_receipt()
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  SELECT tip_id FROM public.tip_receipt
  WHERE lookup = decode(nullif(current_setting('binhyen.receipt', true), ''), 'hex')
$function$
;
CREATE OR REPLACE FUNCTION public.tip_still_kept()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
  PERFORM FROM public.tip WHERE id = NEW.tip_id AND expired_on IS NULL FOR KEY SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the tip has expired' USING ERRCODE = 'unique_violation';
  END IF;
  RETURN NEW;
END $function$
;
CREATE OR REPLACE FUNCTION public.tip_tallies(of_unit uuid, first date, last date, at timestamp with time zone)
 RETURNS TABLE(commune_id uuid, month date, received bigint, resolved_in_time bigint, resolved_late bigint, overdue bigint, not_yet_due bigint, downgraded bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
SELECT s.commune_id, s.month, count(*),
  count(*) FILTER (WHERE s.resolved AND s.in_time),
  count(*) FILTER (WHERE s.resolved AND NOT s.in_time),
  count(*) FILTER (WHERE NOT s.resolved AND s.breached),
  count(*) FILTER (WHERE NOT s.resolved AND NOT s.breached),
  count(*) FILTER (WHERE s.downgraded)
FROM (
  SELECT u.commune_id, date_trunc('month', t.received_on)::date AS month,
    t.downgraded_on IS NOT NULL AS downgraded,
    t.resolved_on IS NOT NULL AS resolved, coalesce(t.resolved_in_time, false) AS in_time,
    EXISTS (
      SELECT FROM public.deadline d
      WHERE d.resource = 'tip' AND d.resource_id = t.id AND d.met_at IS NULL
        AND (d.breached_at IS NOT NULL OR d.state IN ('running', 'extended') AND d.due_at <= at)
    ) AS breached
  FROM public.tip t JOIN public.unit u ON u.id = t.received_unit_id
  WHERE t.received_on BETWEEN first AND last
    AND (of_unit IN (u.province_id, u.district_id, u.commune_id, u.village_id)
         OR (SELECT level = 'national' FROM public.unit WHERE id = of_unit))
) s GROUP BY s.commune_id, s.month
$function$
;
CREATE OR REPLACE FUNCTION public.today()
 RETURNS date
 LANGUAGE sql
 STABLE
AS $function$ SELECT (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date $function$
;
CREATE OR REPLACE FUNCTION public.unit_ancestors(of_unit uuid, in_hierarchy text, day date)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE ROWS 4
AS $function$
WITH RECURSIVE up(id) AS (
  SELECT unit_parent_at(of_unit, in_hierarchy, day)
  UNION
  SELECT unit_parent_at(up.id, in_hierarchy, day) FROM up WHERE up.id IS NOT NULL
) SELECT id FROM up WHERE id IS NOT NULL
$function$
;
CREATE OR REPLACE FUNCTION public.unit_descendants(of_unit uuid, in_hierarchy text, day date)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE
AS $function$
WITH RECURSIVE down(id) AS (
  SELECT of_unit WHERE of_unit IS NOT NULL
  UNION
  SELECT p.unit_id FROM down JOIN unit_parent p ON p.parent_id = down.id
  WHERE p.hierarchy = in_hierarchy AND p.valid_from <= day AND p.valid_to > day
) SELECT id FROM down
$function$
;
CREATE OR REPLACE FUNCTION public.unit_heirs(units uuid[])
 RETURNS uuid[]
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
WITH RECURSIVE reach(id) AS (
  SELECT unnest(units)
  UNION
  SELECT e.to_id FROM reach r JOIN public.unit_succession e ON e.from_id = r.id
  WHERE e.effective_on <= public.today()
)
SELECT coalesce(array_agg(id), '{}') FROM reach
$function$
;
CREATE OR REPLACE FUNCTION public.unit_origins(units uuid[], day date DEFAULT today())
 RETURNS uuid[]
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
WITH RECURSIVE reach(id) AS (
  SELECT unnest(units)
  UNION
  SELECT n.id FROM reach r CROSS JOIN LATERAL (
    (SELECT p.parent_id AS id FROM public.unit_parent p
     WHERE p.unit_id = r.id AND p.hierarchy = 'administrative'
       AND p.valid_from <= day AND p.valid_from < p.valid_to
     ORDER BY p.valid_from DESC LIMIT 1)
    UNION ALL
    SELECT e.from_id FROM public.unit_succession e WHERE e.to_id = r.id AND e.effective_on <= day
  ) n
)
SELECT coalesce(array_agg(u.id), '{}') FROM reach r JOIN public.unit u ON u.id = r.id
WHERE u.level <> 'national'
$function$
;
CREATE OR REPLACE FUNCTION public.unit_parent_at(of_unit uuid, in_hierarchy text, day date)
 RETURNS uuid
 LANGUAGE sql
 STABLE
AS $function$
SELECT parent_id FROM unit_parent
WHERE unit_id = of_unit AND hierarchy = in_hierarchy AND valid_from <= day AND valid_from < valid_to
ORDER BY valid_from DESC LIMIT 1
$function$
;
CREATE OR REPLACE FUNCTION public.unit_places(day date, only_units uuid[] DEFAULT NULL::uuid[])
 RETURNS TABLE(unit_id uuid, province_id uuid, district_id uuid, commune_id uuid, village_id uuid)
 LANGUAGE sql
 STABLE
AS $function$
WITH RECURSIVE walk(unit_id, node, stands) AS (
  SELECT u.id, u.id, s.stands FROM unit u CROSS JOIN LATERAL (
    SELECT coalesce(bool_or(v.valid_from <= day AND v.valid_to > day), false) AS stands
    FROM unit_version v WHERE v.unit_id = u.id) s
  WHERE only_units IS NULL OR u.id = ANY (only_units)
  UNION
  SELECT w.unit_id, n.node, s.stands FROM walk w
  CROSS JOIN LATERAL (
    (SELECT p.parent_id AS node FROM unit_parent p
     WHERE w.stands AND p.unit_id = w.node AND p.hierarchy = 'administrative'
       AND p.valid_from <= day AND p.valid_from < p.valid_to
     ORDER BY p.valid_from DESC LIMIT 1)
    UNION ALL
    SELECT e.to_id FROM unit_succession e
    WHERE NOT w.stands AND e.from_id = w.node AND e.effective_on = (
      SELECT max(l.effective_on) FROM unit_succession l
      WHERE l.from_id = w.node AND l.effective_on <= day)
    UNION ALL
    SELECT e.from_id FROM unit_succession e
    WHERE NOT w.stands AND e.to_id = w.node AND e.effective_on > day
      AND NOT EXISTS (
        SELECT FROM unit_version v WHERE v.unit_id = w.node AND v.valid_from <= day)
  ) n
  CROSS JOIN LATERAL (
    SELECT coalesce(bool_or(v.valid_from <= day AND v.valid_to > day), false) AS stands
    FROM unit_version v WHERE v.unit_id = n.node) s
  WHERE n.node IS NOT NULL
), met AS (
  SELECT w.unit_id, u.level, CASE WHEN count(*) = 1 THEN (array_agg(w.node))[1] END AS node
  FROM walk w JOIN unit u ON u.id = w.node WHERE w.stands GROUP BY w.unit_id, u.level
)
SELECT s.id,
  (array_agg(m.node) FILTER (WHERE m.level = 'province'))[1],
  (array_agg(m.node) FILTER (WHERE m.level = 'district'))[1],
  (array_agg(m.node) FILTER (WHERE m.level = 'commune'))[1],
  (array_agg(m.node) FILTER (WHERE m.level = 'village'))[1]
FROM unit s LEFT JOIN met m ON m.unit_id = s.id
WHERE only_units IS NULL OR s.id = ANY (only_units)
GROUP BY s.id
$function$
;
CREATE OR REPLACE FUNCTION public.unit_ref(given text, day date)
 RETURNS uuid
 LANGUAGE sql
 STABLE
AS $function$
SELECT CASE
  WHEN given ~* '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' THEN given::uuid
  ELSE (SELECT unit_id FROM unit_version
        WHERE code = given AND valid_from <= day AND valid_to > day) END
$function$
;
CREATE OR REPLACE FUNCTION public.units_named(pattern text, day date)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE ROWS 100
AS $function$
WITH RECURSIVE found(id) AS (
  SELECT unit_id FROM unit_version
  WHERE search_key LIKE pattern AND valid_from <= day AND valid_from < valid_to
  UNION
  SELECT e.to_id FROM found f JOIN unit_succession e ON e.from_id = f.id
  WHERE e.effective_on <= day
) SELECT id FROM found
$function$
;
CREATE OR REPLACE FUNCTION public.visible_imports()
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
SELECT i.id FROM public.data_import i,
  (SELECT coalesce(current_setting('binhyen.subject', true), '') AS subject,
     nullif(current_setting('binhyen.unit', true), '')::uuid AS unit,
     current_setting('binhyen.level', true) AS level,
     'unit_admin' = ANY (string_to_array(current_setting('binhyen.roles', true), ' ')) AS admin
  ) caller
WHERE CASE WHEN subject = '' THEN i.expires_at < now()
  ELSE (i.created_by = subject OR admin) AND CASE level
    WHEN 'national' THEN true WHEN 'province' THEN i.province_id = unit
    WHEN 'district' THEN i.district_id = unit WHEN 'commune' THEN i.commune_id = unit
    WHEN 'village' THEN i.village_id = unit ELSE false END
  END
$function$
;

-- Triggers
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON public.account FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER date_activity_units AFTER UPDATE OF ends_on ON public.activity FOR EACH ROW WHEN ((new.ends_on IS DISTINCT FROM old.ends_on)) EXECUTE FUNCTION date_activity_units();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON public.activity FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON public.activity_unit FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER audit_wait AFTER INSERT ON public.audit_entry REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION audit_wait();
CREATE TRIGGER name_opening BEFORE INSERT ON public.audit_entry FOR EACH ROW WHEN ((((new.act)::text = 'read'::text) AND ((new.resource)::text = ANY ((ARRAY['reintegration_case'::character varying, 'reintegration_identity'::character varying])::text[])))) EXECUTE FUNCTION name_opening();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON public.audit_entry FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON public.campaign FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON public.client FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON public.commendation FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON public.committee FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON public.data_import FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER clock_of_tip AFTER INSERT OR UPDATE OF due_on, met_at ON public.deadline FOR EACH ROW WHEN (((new.resource)::text = 'tip'::text)) EXECUTE FUNCTION clock_of_tip();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON public.deadline FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER keep_deadline_event BEFORE DELETE OR UPDATE ON public.deadline_event FOR EACH ROW EXECUTE FUNCTION keep_deadline_event();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON public.document FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON public.evaluation FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON public.evaluation_round FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON public.exemplar FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON public.export FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON public.identity_request FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON public.incident FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER keep_first_quantities AFTER INSERT ON public.model FOR EACH ROW EXECUTE FUNCTION keep_first_quantities('households', 'residents', 'groups', 'pilot');
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON public.model FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON public.model_host FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON public.model_recognition FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON public.organisation FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON public.outbox FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON public.reintegration_case FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON public.reintegration_opening FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON public.reintegration_transfer FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON public.role_grant FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON public.stated_figure FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON public.sync_conflict FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON public.target FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON public.task FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER keep_first_quantities AFTER INSERT ON public.team FOR EACH ROW EXECUTE FUNCTION keep_first_quantities('counted_size');
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON public.team FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON public.team_member FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER keep_back BEFORE UPDATE OF unit_id, shared ON public.tip FOR EACH ROW WHEN (((new.unit_id <> old.unit_id) OR (new.shared <> old.shared))) EXECUTE FUNCTION keep_back();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON public.tip FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER tell_stubs AFTER UPDATE OF state, outcome ON public.tip FOR EACH ROW EXECUTE FUNCTION tell_stubs();
CREATE TRIGGER tip_still_kept BEFORE INSERT ON public.tip_attachment FOR EACH ROW EXECUTE FUNCTION tip_still_kept();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON public.tip_desk FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER tip_still_kept BEFORE INSERT ON public.tip_message FOR EACH ROW EXECUTE FUNCTION tip_still_kept();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON public.tip_stub FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON public.tip_transfer FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER announce_unit_move AFTER UPDATE ON public.unit FOR EACH ROW WHEN (((old.province_id IS NOT NULL) AND ((((old.province_id IS DISTINCT FROM new.province_id) OR (old.district_id IS DISTINCT FROM new.district_id)) OR (old.commune_id IS DISTINCT FROM new.commune_id)) OR (old.village_id IS DISTINCT FROM new.village_id)))) EXECUTE FUNCTION announce_unit_move();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON public.webhook_endpoint FOR EACH ROW EXECUTE FUNCTION place_row();

-- Row-level security
ALTER TABLE audit_entry ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE data_import_file ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE data_import_row ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE identity_request ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE reintegration_action ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE reintegration_assignment ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE reintegration_case ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE reintegration_consent ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE reintegration_contact ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE reintegration_episode ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE reintegration_hold ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE reintegration_identity ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE reintegration_need ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE reintegration_opening ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE reintegration_request ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE reintegration_support ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE reintegration_transfer ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE tip ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE tip_assignment ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE tip_attachment ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE tip_hold ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE tip_identity ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE tip_likeness ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE tip_link ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE tip_message ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE tip_receipt ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE tip_redaction ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE tip_stub ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE tip_text ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE tip_transfer ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

-- Policies
CREATE POLICY by_place_select ON audit_entry AS PERMISSIVE FOR SELECT TO binhyen_runtime
    USING ((( SELECT (string_to_array(current_setting('binhyen.roles'::text, true), ' '::text) && '{auditor}'::text[])) AND
CASE ( SELECT current_setting('binhyen.level'::text, true) AS current_setting)
    WHEN 'national'::text THEN true
    WHEN 'province'::text THEN (province_id = ( SELECT (NULLIF(current_setting('binhyen.unit'::text, true), ''::text))::uuid AS "nullif"))
    WHEN 'district'::text THEN (district_id = ( SELECT (NULLIF(current_setting('binhyen.unit'::text, true), ''::text))::uuid AS "nullif"))
    WHEN 'commune'::text THEN (commune_id = ( SELECT (NULLIF(current_setting('binhyen.unit'::text, true), ''::text))::uuid AS "nullif"))
    WHEN 'village'::text THEN (village_id = ( SELECT (NULLIF(current_setting('binhyen.unit'::text, true), ''::text))::uuid AS "nullif"))
    ELSE false
END));
CREATE POLICY exported ON audit_entry AS PERMISSIVE FOR SELECT TO binhyen_auditor
    USING (true);
CREATE POLICY in_own_name ON audit_entry AS PERMISSIVE FOR INSERT TO public
    WITH CHECK (
CASE
    WHEN (NULLIF(current_setting('binhyen.subject'::text, true), ''::text) IS NULL) THEN ((session_id IS NULL) OR ((act)::text = 'security'::text))
    ELSE ((subject)::text = current_setting('binhyen.subject'::text, true))
END);
CREATE POLICY own_acts_in_villages ON audit_entry AS RESTRICTIVE FOR SELECT TO binhyen_runtime
    USING (((( SELECT current_setting('binhyen.level'::text, true) AS current_setting) IS DISTINCT FROM 'village'::text) OR ((subject)::text = ( SELECT current_setting('binhyen.subject'::text, true) AS current_setting))));
CREATE POLICY placed_by_owner ON audit_entry AS PERMISSIVE FOR UPDATE TO OWNER
    USING (true);
CREATE POLICY sealed ON audit_entry AS PERMISSIVE FOR SELECT TO binhyen_sealer
    USING (true);
CREATE POLICY seen_by_owner ON audit_entry AS PERMISSIVE FOR SELECT TO OWNER
    USING (true);
CREATE POLICY owner_all ON data_import_file AS PERMISSIVE FOR ALL TO OWNER
    USING (true);
CREATE POLICY with_import ON data_import_file AS PERMISSIVE FOR ALL TO binhyen_runtime
    USING ((import_id IN ( SELECT visible_imports() AS visible_imports)));
CREATE POLICY owner_all ON data_import_row AS PERMISSIVE FOR ALL TO OWNER
    USING (true);
CREATE POLICY with_import ON data_import_row AS PERMISSIVE FOR ALL TO binhyen_runtime
    USING ((import_id IN ( SELECT visible_imports() AS visible_imports)));
CREATE POLICY by_place_select ON identity_request AS PERMISSIVE FOR SELECT TO binhyen_runtime
    USING ((( SELECT (string_to_array(current_setting('binhyen.roles'::text, true), ' '::text) && '{tip_officer,investigator,identity_custodian}'::text[])) AND
CASE ( SELECT current_setting('binhyen.level'::text, true) AS current_setting)
    WHEN 'national'::text THEN true
    WHEN 'province'::text THEN (province_id = ( SELECT (NULLIF(current_setting('binhyen.unit'::text, true), ''::text))::uuid AS "nullif"))
    WHEN 'district'::text THEN (district_id = ( SELECT (NULLIF(current_setting('binhyen.unit'::text, true), ''::text))::uuid AS "nullif"))
    WHEN 'commune'::text THEN (commune_id = ( SELECT (NULLIF(current_setting('binhyen.unit'::text, true), ''::text))::uuid AS "nullif"))
    WHEN 'village'::text THEN (village_id = ( SELECT (NULLIF(current_setting('binhyen.unit'::text, true), ''::text))::uuid AS "nullif"))
    ELSE false
END AND (NOT is_tip_excluded(tip_id, ( SELECT actor_origins() AS actor_origins)))));
CREATE POLICY by_place_update ON identity_request AS PERMISSIVE FOR UPDATE TO binhyen_runtime
    USING ((( SELECT (string_to_array(current_setting('binhyen.roles'::text, true), ' '::text) && '{tip_officer,investigator,identity_custodian}'::text[])) AND
CASE ( SELECT current_setting('binhyen.level'::text, true) AS current_setting)
    WHEN 'national'::text THEN true
    WHEN 'province'::text THEN (province_id = ( SELECT (NULLIF(current_setting('binhyen.unit'::text, true), ''::text))::uuid AS "nullif"))
    WHEN 'district'::text THEN (district_id = ( SELECT (NULLIF(current_setting('binhyen.unit'::text, true), ''::text))::uuid AS "nullif"))
    WHEN 'commune'::text THEN (commune_id = ( SELECT (NULLIF(current_setting('binhyen.unit'::text, true), ''::text))::uuid AS "nullif"))
    WHEN 'village'::text THEN (village_id = ( SELECT (NULLIF(current_setting('binhyen.unit'::text, true), ''::text))::uuid AS "nullif"))
    ELSE false
END AND (NOT is_tip_excluded(tip_id, ( SELECT actor_origins() AS actor_origins)))));
CREATE POLICY keeper_all ON identity_request AS PERMISSIVE FOR ALL TO binhyen_keeper
    USING (true);
CREATE POLICY own_select ON identity_request AS PERMISSIVE FOR SELECT TO binhyen_informant
    USING ((tip_id = ( SELECT tip_of_receipt() AS tip_of_receipt)));
CREATE POLICY owner_insert ON identity_request AS PERMISSIVE FOR INSERT TO OWNER
    WITH CHECK (true);
CREATE POLICY owner_select ON identity_request AS PERMISSIVE FOR SELECT TO OWNER
    USING (true);
CREATE POLICY owner_update ON identity_request AS PERMISSIVE FOR UPDATE TO OWNER
    USING (true);
CREATE POLICY placed_by_owner ON identity_request AS PERMISSIVE FOR UPDATE TO OWNER
    USING (true);
CREATE POLICY seen_by_owner ON identity_request AS PERMISSIVE FOR SELECT TO OWNER
    USING (true);
CREATE POLICY seen_insert ON identity_request AS PERMISSIVE FOR INSERT TO binhyen_runtime
    WITH CHECK ((EXISTS ( SELECT
   FROM tip
  WHERE (tip.id = identity_request.tip_id))));
CREATE POLICY vault_all ON identity_request AS PERMISSIVE FOR ALL TO binhyen_vault
    USING (true);
CREATE POLICY keeper_all ON reintegration_action AS PERMISSIVE FOR ALL TO binhyen_keeper
    USING (true);
CREATE POLICY opened_select ON reintegration_action AS PERMISSIVE FOR SELECT TO binhyen_runtime
    USING ((opening_of_case(case_id) IS NOT NULL));
CREATE POLICY own_insert ON reintegration_action AS PERMISSIVE FOR INSERT TO binhyen_runtime
    WITH CHECK (has_part_in_case(case_id));
CREATE POLICY own_select ON reintegration_action AS PERMISSIVE FOR SELECT TO binhyen_runtime
    USING (has_part_in_case(case_id));
CREATE POLICY own_update ON reintegration_action AS PERMISSIVE FOR UPDATE TO binhyen_runtime
    USING (has_part_in_case(case_id));
CREATE POLICY keeper_all ON reintegration_assignment AS PERMISSIVE FOR ALL TO binhyen_keeper
    USING (true);
CREATE POLICY opened_select ON reintegration_assignment AS PERMISSIVE FOR SELECT TO binhyen_runtime
    USING ((opening_of_case(case_id) IS NOT NULL));
CREATE POLICY own_insert ON reintegration_assignment AS PERMISSIVE FOR INSERT TO binhyen_runtime
    WITH CHECK (may_assign_case(case_id));
CREATE POLICY own_select ON reintegration_assignment AS PERMISSIVE FOR SELECT TO binhyen_runtime
    USING ((has_part_in_case(case_id) OR may_assign_case(case_id)));
CREATE POLICY own_update ON reintegration_assignment AS PERMISSIVE FOR UPDATE TO binhyen_runtime
    USING ((has_part_in_case(case_id) OR may_assign_case(case_id)));
CREATE POLICY owner_insert ON reintegration_assignment AS PERMISSIVE FOR INSERT TO OWNER
    WITH CHECK (true);
CREATE POLICY owner_select ON reintegration_assignment AS PERMISSIVE FOR SELECT TO OWNER
    USING (true);
CREATE POLICY owner_update ON reintegration_assignment AS PERMISSIVE FOR UPDATE TO OWNER
    USING (true);
CREATE POLICY keeper_all ON reintegration_case AS PERMISSIVE FOR ALL TO binhyen_keeper
    USING (true);
CREATE POLICY opened_select ON reintegration_case AS PERMISSIVE FOR SELECT TO binhyen_runtime
    USING ((opening_of_case(id) IS NOT NULL));
CREATE POLICY own_insert ON reintegration_case AS PERMISSIVE FOR INSERT TO binhyen_runtime
    WITH CHECK (((string_to_array(current_setting('binhyen.roles'::text, true), ' '::text) && '{case_worker}'::text[]) AND ((NOT is_minor) OR (string_to_array(current_setting('binhyen.roles'::text, true), ' '::text) && '{minor_worker}'::text[])) AND lies_in_own_place(unit_id, province_id, district_id, commune_id)));
CREATE POLICY own_select ON reintegration_case AS PERMISSIVE FOR SELECT TO binhyen_runtime
    USING (has_part_in_case(id));
CREATE POLICY own_update ON reintegration_case AS PERMISSIVE FOR UPDATE TO binhyen_runtime
    USING (has_part_in_case(id));
CREATE POLICY owner_insert ON reintegration_case AS PERMISSIVE FOR INSERT TO OWNER
    WITH CHECK (true);
CREATE POLICY owner_select ON reintegration_case AS PERMISSIVE FOR SELECT TO OWNER
    USING (true);
CREATE POLICY owner_update ON reintegration_case AS PERMISSIVE FOR UPDATE TO OWNER
    USING (true);
CREATE POLICY unattended_select ON reintegration_case AS PERMISSIVE FOR SELECT TO binhyen_runtime
    USING (((string_to_array(current_setting('binhyen.roles'::text, true), ' '::text) && '{approver}'::text[]) AND lies_in_own_place(unit_id, province_id, district_id, commune_id) AND (is_case_orphaned(id) OR is_case_handover_late(id))));
CREATE POLICY unattended_update ON reintegration_case AS PERMISSIVE FOR UPDATE TO binhyen_runtime
    USING (((string_to_array(current_setting('binhyen.roles'::text, true), ' '::text) && '{approver}'::text[]) AND lies_in_own_place(unit_id, province_id, district_id, commune_id) AND (is_case_orphaned(id) OR is_case_handover_late(id))));
CREATE POLICY keeper_all ON reintegration_consent AS PERMISSIVE FOR ALL TO binhyen_keeper
    USING (true);
CREATE POLICY opened_select ON reintegration_consent AS PERMISSIVE FOR SELECT TO binhyen_runtime
    USING ((opening_of_case(case_id) IS NOT NULL));
CREATE POLICY own_insert ON reintegration_consent AS PERMISSIVE FOR INSERT TO binhyen_runtime
    WITH CHECK (has_part_in_case(case_id));
CREATE POLICY own_select ON reintegration_consent AS PERMISSIVE FOR SELECT TO binhyen_runtime
    USING (has_part_in_case(case_id));
CREATE POLICY own_update ON reintegration_consent AS PERMISSIVE FOR UPDATE TO binhyen_runtime
    USING (has_part_in_case(case_id));
CREATE POLICY keeper_all ON reintegration_contact AS PERMISSIVE FOR ALL TO binhyen_keeper
    USING (true);
CREATE POLICY opened_select ON reintegration_contact AS PERMISSIVE FOR SELECT TO binhyen_runtime
    USING ((opening_of_case(case_id) IS NOT NULL));
CREATE POLICY own_insert ON reintegration_contact AS PERMISSIVE FOR INSERT TO binhyen_runtime
    WITH CHECK (has_part_in_case(case_id));
CREATE POLICY own_select ON reintegration_contact AS PERMISSIVE FOR SELECT TO binhyen_runtime
    USING (has_part_in_case(case_id));
CREATE POLICY own_update ON reintegration_contact AS PERMISSIVE FOR UPDATE TO binhyen_runtime
    USING (has_part_in_case(case_id));
CREATE POLICY keeper_all ON reintegration_episode AS PERMISSIVE FOR ALL TO binhyen_keeper
    USING (true);
CREATE POLICY owner_select ON reintegration_episode AS PERMISSIVE FOR SELECT TO OWNER
    USING (true);
CREATE POLICY keeper_all ON reintegration_hold AS PERMISSIVE FOR ALL TO binhyen_keeper
    USING (true);
CREATE POLICY own_insert ON reintegration_hold AS PERMISSIVE FOR INSERT TO binhyen_runtime
    WITH CHECK (has_part_in_case(case_id));
CREATE POLICY own_select ON reintegration_hold AS PERMISSIVE FOR SELECT TO binhyen_runtime
    USING (has_part_in_case(case_id));
CREATE POLICY own_update ON reintegration_hold AS PERMISSIVE FOR UPDATE TO binhyen_runtime
    USING (has_part_in_case(case_id));
CREATE POLICY keeper_all ON reintegration_identity AS PERMISSIVE FOR ALL TO binhyen_keeper
    USING (true);
CREATE POLICY opened_select ON reintegration_identity AS PERMISSIVE FOR SELECT TO binhyen_runtime
    USING ((opening_of_case(case_id) IS NOT NULL));
CREATE POLICY own_insert ON reintegration_identity AS PERMISSIVE FOR INSERT TO binhyen_runtime
    WITH CHECK (has_part_in_case(case_id));
CREATE POLICY own_select ON reintegration_identity AS PERMISSIVE FOR SELECT TO binhyen_runtime
    USING (has_part_in_case(case_id));
CREATE POLICY own_update ON reintegration_identity AS PERMISSIVE FOR UPDATE TO binhyen_runtime
    USING (has_part_in_case(case_id));
CREATE POLICY keeper_all ON reintegration_need AS PERMISSIVE FOR ALL TO binhyen_keeper
    USING (true);
CREATE POLICY opened_select ON reintegration_need AS PERMISSIVE FOR SELECT TO binhyen_runtime
    USING ((opening_of_case(case_id) IS NOT NULL));
CREATE POLICY own_insert ON reintegration_need AS PERMISSIVE FOR INSERT TO binhyen_runtime
    WITH CHECK (has_part_in_case(case_id));
CREATE POLICY own_select ON reintegration_need AS PERMISSIVE FOR SELECT TO binhyen_runtime
    USING (has_part_in_case(case_id));
CREATE POLICY own_update ON reintegration_need AS PERMISSIVE FOR UPDATE TO binhyen_runtime
    USING (has_part_in_case(case_id));
CREATE POLICY owner_select ON reintegration_need AS PERMISSIVE FOR SELECT TO OWNER
    USING (true);
CREATE POLICY keeper_all ON reintegration_opening AS PERMISSIVE FOR ALL TO binhyen_keeper
    USING (true);
CREATE POLICY own_insert ON reintegration_opening AS PERMISSIVE FOR INSERT TO binhyen_runtime
    WITH CHECK ((((opened_by)::text = current_setting('binhyen.subject'::text, true)) AND ((state)::text = 'unreviewed'::text) AND (opens_until <= (opened_at + '03:00:00'::interval)) AND may_open_case(case_id)));
CREATE POLICY own_select ON reintegration_opening AS PERMISSIVE FOR SELECT TO binhyen_runtime
    USING (((string_to_array(current_setting('binhyen.roles'::text, true), ' '::text) && '{case_worker}'::text[]) AND lies_in_own_place(unit_id, province_id, district_id, commune_id) AND (((opened_by)::text = current_setting('binhyen.subject'::text, true)) OR has_part_in_case(case_id))));
CREATE POLICY owner_insert ON reintegration_opening AS PERMISSIVE FOR INSERT TO OWNER
    WITH CHECK (true);
CREATE POLICY owner_select ON reintegration_opening AS PERMISSIVE FOR SELECT TO OWNER
    USING (true);
CREATE POLICY owner_update ON reintegration_opening AS PERMISSIVE FOR UPDATE TO OWNER
    USING (true);
CREATE POLICY reviewed_update ON reintegration_opening AS PERMISSIVE FOR UPDATE TO binhyen_runtime
    USING (((string_to_array(current_setting('binhyen.roles'::text, true), ' '::text) && '{approver}'::text[]) AND ((current_setting('binhyen.level'::text, true) = 'national'::text) OR lies_in_own_place(unit_id, province_id, district_id, commune_id))));
CREATE POLICY watched_select ON reintegration_opening AS PERMISSIVE FOR SELECT TO binhyen_runtime
    USING (((string_to_array(current_setting('binhyen.roles'::text, true), ' '::text) && '{approver,auditor}'::text[]) AND ((current_setting('binhyen.level'::text, true) = 'national'::text) OR lies_in_own_place(unit_id, province_id, district_id, commune_id))));
CREATE POLICY keeper_all ON reintegration_request AS PERMISSIVE FOR ALL TO binhyen_keeper
    USING (true);
CREATE POLICY own_insert ON reintegration_request AS PERMISSIVE FOR INSERT TO binhyen_runtime
    WITH CHECK (has_part_in_case(case_id));
CREATE POLICY own_select ON reintegration_request AS PERMISSIVE FOR SELECT TO binhyen_runtime
    USING (has_part_in_case(case_id));
CREATE POLICY own_update ON reintegration_request AS PERMISSIVE FOR UPDATE TO binhyen_runtime
    USING (has_part_in_case(case_id));
CREATE POLICY keeper_all ON reintegration_support AS PERMISSIVE FOR ALL TO binhyen_keeper
    USING (true);
CREATE POLICY opened_select ON reintegration_support AS PERMISSIVE FOR SELECT TO binhyen_runtime
    USING ((opening_of_case(case_id) IS NOT NULL));
CREATE POLICY own_insert ON reintegration_support AS PERMISSIVE FOR INSERT TO binhyen_runtime
    WITH CHECK (has_part_in_case(case_id));
CREATE POLICY own_select ON reintegration_support AS PERMISSIVE FOR SELECT TO binhyen_runtime
    USING (has_part_in_case(case_id));
CREATE POLICY own_update ON reintegration_support AS PERMISSIVE FOR UPDATE TO binhyen_runtime
    USING (has_part_in_case(case_id));
CREATE POLICY owner_select ON reintegration_support AS PERMISSIVE FOR SELECT TO OWNER
    USING (true);
CREATE POLICY keeper_all ON reintegration_transfer AS PERMISSIVE FOR ALL TO binhyen_keeper
    USING (true);
CREATE POLICY offered_select ON reintegration_transfer AS PERMISSIVE FOR SELECT TO binhyen_runtime
    USING ((has_part_in_case(case_id) OR ((string_to_array(current_setting('binhyen.roles'::text, true), ' '::text) && '{case_worker}'::text[]) AND lies_in_own_place(unit_id, province_id, district_id, commune_id) AND serves_case(case_id))));
CREATE POLICY offered_update ON reintegration_transfer AS PERMISSIVE FOR UPDATE TO binhyen_runtime
    USING ((has_part_in_case(case_id) OR ((string_to_array(current_setting('binhyen.roles'::text, true), ' '::text) && '{case_worker}'::text[]) AND lies_in_own_place(unit_id, province_id, district_id, commune_id) AND serves_case(case_id))));
CREATE POLICY own_insert ON reintegration_transfer AS PERMISSIVE FOR INSERT TO binhyen_runtime
    WITH CHECK (has_part_in_case(case_id));
CREATE POLICY owner_insert ON reintegration_transfer AS PERMISSIVE FOR INSERT TO OWNER
    WITH CHECK (true);
CREATE POLICY owner_select ON reintegration_transfer AS PERMISSIVE FOR SELECT TO OWNER
    USING (true);
CREATE POLICY owner_update ON reintegration_transfer AS PERMISSIVE FOR UPDATE TO OWNER
    USING (true);
CREATE POLICY by_place_select ON tip AS PERMISSIVE FOR SELECT TO binhyen_runtime
    USING ((( SELECT (string_to_array(current_setting('binhyen.roles'::text, true), ' '::text) && '{tip_officer,investigator}'::text[])) AND
CASE ( SELECT current_setting('binhyen.level'::text, true) AS current_setting)
    WHEN 'national'::text THEN (unit_id = ( SELECT (NULLIF(current_setting('binhyen.unit'::text, true), ''::text))::uuid AS "nullif"))
    WHEN 'province'::text THEN (province_id = ( SELECT (NULLIF(current_setting('binhyen.unit'::text, true), ''::text))::uuid AS "nullif"))
    WHEN 'district'::text THEN (district_id = ( SELECT (NULLIF(current_setting('binhyen.unit'::text, true), ''::text))::uuid AS "nullif"))
    WHEN 'commune'::text THEN (commune_id = ( SELECT (NULLIF(current_setting('binhyen.unit'::text, true), ''::text))::uuid AS "nullif"))
    ELSE false
END AND ((excluded = '{}'::bytea[]) OR (NOT is_excluded(id, excluded, ( SELECT actor_origins() AS actor_origins))))));
CREATE POLICY by_place_update ON tip AS PERMISSIVE FOR UPDATE TO binhyen_runtime
    USING ((( SELECT (string_to_array(current_setting('binhyen.roles'::text, true), ' '::text) && '{tip_officer,investigator}'::text[])) AND
CASE ( SELECT current_setting('binhyen.level'::text, true) AS current_setting)
    WHEN 'national'::text THEN (unit_id = ( SELECT (NULLIF(current_setting('binhyen.unit'::text, true), ''::text))::uuid AS "nullif"))
    WHEN 'province'::text THEN (province_id = ( SELECT (NULLIF(current_setting('binhyen.unit'::text, true), ''::text))::uuid AS "nullif"))
    WHEN 'district'::text THEN (district_id = ( SELECT (NULLIF(current_setting('binhyen.unit'::text, true), ''::text))::uuid AS "nullif"))
    WHEN 'commune'::text THEN (commune_id = ( SELECT (NULLIF(current_setting('binhyen.unit'::text, true), ''::text))::uuid AS "nullif"))
    ELSE false
END AND ((excluded = '{}'::bytea[]) OR (NOT is_excluded(id, excluded, ( SELECT actor_origins() AS actor_origins))))));
CREATE POLICY keeper_all ON tip AS PERMISSIVE FOR ALL TO binhyen_keeper
    USING (true);
CREATE POLICY own_select ON tip AS PERMISSIVE FOR SELECT TO binhyen_informant
    USING ((id = ( SELECT tip_of_receipt() AS tip_of_receipt)));
CREATE POLICY owner_insert ON tip AS PERMISSIVE FOR INSERT TO OWNER
    WITH CHECK (true);
CREATE POLICY owner_select ON tip AS PERMISSIVE FOR SELECT TO OWNER
    USING (true);
CREATE POLICY owner_update ON tip AS PERMISSIVE FOR UPDATE TO OWNER
    USING (true);
CREATE POLICY taken_in_insert ON tip AS PERMISSIVE FOR INSERT TO binhyen_intake
    WITH CHECK (true);
CREATE POLICY vault_all ON tip AS PERMISSIVE FOR ALL TO binhyen_vault
    USING (true);
CREATE POLICY keeper_all ON tip_assignment AS PERMISSIVE FOR ALL TO binhyen_keeper
    USING (true);
CREATE POLICY owner_select ON tip_assignment AS PERMISSIVE FOR SELECT TO OWNER
    USING (true);
CREATE POLICY owner_update ON tip_assignment AS PERMISSIVE FOR UPDATE TO OWNER
    USING (true);
CREATE POLICY seen_insert ON tip_assignment AS PERMISSIVE FOR INSERT TO binhyen_runtime
    WITH CHECK (((EXISTS ( SELECT
   FROM tip
  WHERE (tip.id = tip_assignment.tip_id))) AND (NOT is_tip_excluded(tip_id, unit_origins(subject_units((subject)::text))))));
CREATE POLICY seen_select ON tip_assignment AS PERMISSIVE FOR SELECT TO binhyen_runtime
    USING ((EXISTS ( SELECT
   FROM tip
  WHERE (tip.id = tip_assignment.tip_id))));
CREATE POLICY seen_update ON tip_assignment AS PERMISSIVE FOR UPDATE TO binhyen_runtime
    USING ((EXISTS ( SELECT
   FROM tip
  WHERE (tip.id = tip_assignment.tip_id))));
CREATE POLICY vault_all ON tip_assignment AS PERMISSIVE FOR ALL TO binhyen_vault
    USING (true);
CREATE POLICY assigned_select ON tip_attachment AS PERMISSIVE FOR SELECT TO binhyen_runtime
    USING ((EXISTS ( SELECT
   FROM tip_assignment a
  WHERE ((a.tip_id = tip_attachment.tip_id) AND (a.ended_on IS NULL) AND ((a.subject)::text = ( SELECT current_setting('binhyen.subject'::text, true) AS current_setting))))));
CREATE POLICY keeper_all ON tip_attachment AS PERMISSIVE FOR ALL TO binhyen_keeper
    USING (true);
CREATE POLICY own_select ON tip_attachment AS PERMISSIVE FOR SELECT TO binhyen_informant
    USING ((tip_id = ( SELECT tip_of_receipt() AS tip_of_receipt)));
CREATE POLICY owner_keeps_back ON tip_attachment AS PERMISSIVE FOR SELECT TO OWNER
    USING (true);
CREATE POLICY taken_in_insert ON tip_attachment AS PERMISSIVE FOR INSERT TO binhyen_intake
    WITH CHECK (true);
CREATE POLICY keeper_all ON tip_hold AS PERMISSIVE FOR ALL TO binhyen_keeper
    USING (true);
CREATE POLICY seen_insert ON tip_hold AS PERMISSIVE FOR INSERT TO binhyen_runtime
    WITH CHECK ((EXISTS ( SELECT
   FROM tip
  WHERE (tip.id = tip_hold.tip_id))));
CREATE POLICY seen_select ON tip_hold AS PERMISSIVE FOR SELECT TO binhyen_runtime
    USING ((EXISTS ( SELECT
   FROM tip
  WHERE (tip.id = tip_hold.tip_id))));
CREATE POLICY seen_update ON tip_hold AS PERMISSIVE FOR UPDATE TO binhyen_runtime
    USING ((EXISTS ( SELECT
   FROM tip
  WHERE (tip.id = tip_hold.tip_id))));
CREATE POLICY keeper_all ON tip_identity AS PERMISSIVE FOR ALL TO binhyen_keeper
    USING (true);
CREATE POLICY taken_in_insert ON tip_identity AS PERMISSIVE FOR INSERT TO binhyen_intake
    WITH CHECK (true);
CREATE POLICY vault_all ON tip_identity AS PERMISSIVE FOR ALL TO binhyen_vault
    USING (true);
CREATE POLICY assigned_update ON tip_likeness AS PERMISSIVE FOR UPDATE TO binhyen_runtime
    USING ((EXISTS ( SELECT
   FROM tip_assignment a
  WHERE ((a.tip_id = tip_likeness.tip_id) AND (a.ended_on IS NULL) AND ((a.subject)::text = ( SELECT current_setting('binhyen.subject'::text, true) AS current_setting))))));
CREATE POLICY keeper_all ON tip_likeness AS PERMISSIVE FOR ALL TO binhyen_keeper
    USING (true);
CREATE POLICY seen_select ON tip_likeness AS PERMISSIVE FOR SELECT TO binhyen_runtime
    USING ((EXISTS ( SELECT
   FROM tip
  WHERE (tip.id = tip_likeness.tip_id))));
CREATE POLICY taken_in_insert ON tip_likeness AS PERMISSIVE FOR INSERT TO binhyen_intake
    WITH CHECK (true);
CREATE POLICY keeper_all ON tip_link AS PERMISSIVE FOR ALL TO binhyen_keeper
    USING (true);
CREATE POLICY seen_delete ON tip_link AS PERMISSIVE FOR DELETE TO binhyen_runtime
    USING (((EXISTS ( SELECT
   FROM tip
  WHERE (tip.id = tip_link.tip_id))) AND (EXISTS ( SELECT
   FROM tip
  WHERE (tip.id = tip_link.other_id)))));
CREATE POLICY seen_insert ON tip_link AS PERMISSIVE FOR INSERT TO binhyen_runtime
    WITH CHECK (((EXISTS ( SELECT
   FROM tip
  WHERE (tip.id = tip_link.tip_id))) AND (EXISTS ( SELECT
   FROM tip
  WHERE (tip.id = tip_link.other_id)))));
CREATE POLICY seen_select ON tip_link AS PERMISSIVE FOR SELECT TO binhyen_runtime
    USING (((EXISTS ( SELECT
   FROM tip
  WHERE (tip.id = tip_link.tip_id))) AND (EXISTS ( SELECT
   FROM tip
  WHERE (tip.id = tip_link.other_id)))));
CREATE POLICY assigned_insert ON tip_message AS PERMISSIVE FOR INSERT TO binhyen_runtime
    WITH CHECK ((EXISTS ( SELECT
   FROM tip_assignment a
  WHERE ((a.tip_id = tip_message.tip_id) AND (a.ended_on IS NULL) AND ((a.subject)::text = ( SELECT current_setting('binhyen.subject'::text, true) AS current_setting))))));
CREATE POLICY assigned_select ON tip_message AS PERMISSIVE FOR SELECT TO binhyen_runtime
    USING ((EXISTS ( SELECT
   FROM tip_assignment a
  WHERE ((a.tip_id = tip_message.tip_id) AND (a.ended_on IS NULL) AND ((a.subject)::text = ( SELECT current_setting('binhyen.subject'::text, true) AS current_setting))))));
CREATE POLICY keeper_all ON tip_message AS PERMISSIVE FOR ALL TO binhyen_keeper
    USING (true);
CREATE POLICY own_select ON tip_message AS PERMISSIVE FOR SELECT TO binhyen_informant
    USING ((tip_id = ( SELECT tip_of_receipt() AS tip_of_receipt)));
CREATE POLICY owner_keeps_back ON tip_message AS PERMISSIVE FOR SELECT TO OWNER
    USING (true);
CREATE POLICY taken_in_insert ON tip_message AS PERMISSIVE FOR INSERT TO binhyen_intake
    WITH CHECK (true);
CREATE POLICY keeper_all ON tip_receipt AS PERMISSIVE FOR ALL TO binhyen_keeper
    USING (true);
CREATE POLICY own_select ON tip_receipt AS PERMISSIVE FOR SELECT TO binhyen_informant
    USING ((tip_id = ( SELECT tip_of_receipt() AS tip_of_receipt)));
CREATE POLICY owner_select ON tip_receipt AS PERMISSIVE FOR SELECT TO OWNER
    USING (true);
CREATE POLICY seen_select ON tip_receipt AS PERMISSIVE FOR SELECT TO binhyen_runtime
    USING ((EXISTS ( SELECT
   FROM tip
  WHERE (tip.id = tip_receipt.tip_id))));
CREATE POLICY taken_in_insert ON tip_receipt AS PERMISSIVE FOR INSERT TO binhyen_intake
    WITH CHECK (true);
CREATE POLICY assigned_insert ON tip_redaction AS PERMISSIVE FOR INSERT TO binhyen_runtime
    WITH CHECK ((EXISTS ( SELECT
   FROM tip_assignment a
  WHERE ((a.tip_id = tip_redaction.tip_id) AND (a.ended_on IS NULL) AND ((a.subject)::text = ( SELECT current_setting('binhyen.subject'::text, true) AS current_setting))))));
CREATE POLICY assigned_select ON tip_redaction AS PERMISSIVE FOR SELECT TO binhyen_runtime
    USING ((EXISTS ( SELECT
   FROM tip_assignment a
  WHERE ((a.tip_id = tip_redaction.tip_id) AND (a.ended_on IS NULL) AND ((a.subject)::text = ( SELECT current_setting('binhyen.subject'::text, true) AS current_setting))))));
CREATE POLICY keeper_all ON tip_redaction AS PERMISSIVE FOR ALL TO binhyen_keeper
    USING (true);
CREATE POLICY by_place_select ON tip_stub AS PERMISSIVE FOR SELECT TO binhyen_runtime
    USING ((( SELECT (string_to_array(current_setting('binhyen.roles'::text, true), ' '::text) && '{tip_officer,investigator}'::text[])) AND
CASE ( SELECT current_setting('binhyen.level'::text, true) AS current_setting)
    WHEN 'national'::text THEN (unit_id = ( SELECT (NULLIF(current_setting('binhyen.unit'::text, true), ''::text))::uuid AS "nullif"))
    WHEN 'province'::text THEN (province_id = ( SELECT (NULLIF(current_setting('binhyen.unit'::text, true), ''::text))::uuid AS "nullif"))
    WHEN 'district'::text THEN (district_id = ( SELECT (NULLIF(current_setting('binhyen.unit'::text, true), ''::text))::uuid AS "nullif"))
    WHEN 'commune'::text THEN (commune_id = ( SELECT (NULLIF(current_setting('binhyen.unit'::text, true), ''::text))::uuid AS "nullif"))
    ELSE false
END AND (NOT is_tip_excluded(tip_id, ( SELECT actor_origins() AS actor_origins)))));
CREATE POLICY keeper_all ON tip_stub AS PERMISSIVE FOR ALL TO binhyen_keeper
    USING (true);
CREATE POLICY owner_insert ON tip_stub AS PERMISSIVE FOR INSERT TO OWNER
    WITH CHECK (true);
CREATE POLICY owner_select ON tip_stub AS PERMISSIVE FOR SELECT TO OWNER
    USING (true);
CREATE POLICY owner_update ON tip_stub AS PERMISSIVE FOR UPDATE TO OWNER
    USING (true);
CREATE POLICY seen_update ON tip_stub AS PERMISSIVE FOR UPDATE TO binhyen_runtime
    USING ((EXISTS ( SELECT
   FROM tip
  WHERE (tip.id = tip_stub.tip_id))));
CREATE POLICY assigned_select ON tip_text AS PERMISSIVE FOR SELECT TO binhyen_runtime
    USING ((EXISTS ( SELECT
   FROM tip_assignment a
  WHERE ((a.tip_id = tip_text.tip_id) AND (a.ended_on IS NULL) AND ((a.subject)::text = ( SELECT current_setting('binhyen.subject'::text, true) AS current_setting))))));
CREATE POLICY assigned_update ON tip_text AS PERMISSIVE FOR UPDATE TO binhyen_runtime
    USING ((EXISTS ( SELECT
   FROM tip_assignment a
  WHERE ((a.tip_id = tip_text.tip_id) AND (a.ended_on IS NULL) AND ((a.subject)::text = ( SELECT current_setting('binhyen.subject'::text, true) AS current_setting))))));
CREATE POLICY keeper_all ON tip_text AS PERMISSIVE FOR ALL TO binhyen_keeper
    USING (true);
CREATE POLICY own_select ON tip_text AS PERMISSIVE FOR SELECT TO binhyen_informant
    USING ((tip_id = ( SELECT tip_of_receipt() AS tip_of_receipt)));
CREATE POLICY taken_in_insert ON tip_text AS PERMISSIVE FOR INSERT TO binhyen_intake
    WITH CHECK (true);
CREATE POLICY by_place_select ON tip_transfer AS PERMISSIVE FOR SELECT TO binhyen_runtime
    USING ((( SELECT (string_to_array(current_setting('binhyen.roles'::text, true), ' '::text) && '{tip_officer,investigator}'::text[])) AND
CASE ( SELECT current_setting('binhyen.level'::text, true) AS current_setting)
    WHEN 'national'::text THEN (unit_id = ( SELECT (NULLIF(current_setting('binhyen.unit'::text, true), ''::text))::uuid AS "nullif"))
    WHEN 'province'::text THEN (province_id = ( SELECT (NULLIF(current_setting('binhyen.unit'::text, true), ''::text))::uuid AS "nullif"))
    WHEN 'district'::text THEN (district_id = ( SELECT (NULLIF(current_setting('binhyen.unit'::text, true), ''::text))::uuid AS "nullif"))
    WHEN 'commune'::text THEN (commune_id = ( SELECT (NULLIF(current_setting('binhyen.unit'::text, true), ''::text))::uuid AS "nullif"))
    ELSE false
END AND (NOT is_tip_excluded(tip_id, ( SELECT actor_origins() AS actor_origins)))));
CREATE POLICY by_place_update ON tip_transfer AS PERMISSIVE FOR UPDATE TO binhyen_runtime
    USING ((( SELECT (string_to_array(current_setting('binhyen.roles'::text, true), ' '::text) && '{tip_officer,investigator}'::text[])) AND
CASE ( SELECT current_setting('binhyen.level'::text, true) AS current_setting)
    WHEN 'national'::text THEN (unit_id = ( SELECT (NULLIF(current_setting('binhyen.unit'::text, true), ''::text))::uuid AS "nullif"))
    WHEN 'province'::text THEN (province_id = ( SELECT (NULLIF(current_setting('binhyen.unit'::text, true), ''::text))::uuid AS "nullif"))
    WHEN 'district'::text THEN (district_id = ( SELECT (NULLIF(current_setting('binhyen.unit'::text, true), ''::text))::uuid AS "nullif"))
    WHEN 'commune'::text THEN (commune_id = ( SELECT (NULLIF(current_setting('binhyen.unit'::text, true), ''::text))::uuid AS "nullif"))
    ELSE false
END AND (NOT is_tip_excluded(tip_id, ( SELECT actor_origins() AS actor_origins)))));
CREATE POLICY keeper_all ON tip_transfer AS PERMISSIVE FOR ALL TO binhyen_keeper
    USING (true);
CREATE POLICY owner_insert ON tip_transfer AS PERMISSIVE FOR INSERT TO OWNER
    WITH CHECK (true);
CREATE POLICY owner_select ON tip_transfer AS PERMISSIVE FOR SELECT TO OWNER
    USING (true);
CREATE POLICY owner_update ON tip_transfer AS PERMISSIVE FOR UPDATE TO OWNER
    USING (true);
CREATE POLICY seen_insert ON tip_transfer AS PERMISSIVE FOR INSERT TO binhyen_runtime
    WITH CHECK (((EXISTS ( SELECT
   FROM tip
  WHERE (tip.id = tip_transfer.tip_id))) AND (NOT is_tip_excluded(tip_id, unit_origins(unit_heirs(ARRAY[unit_id]))))));
CREATE POLICY seen_select ON tip_transfer AS PERMISSIVE FOR SELECT TO binhyen_runtime
    USING ((EXISTS ( SELECT
   FROM tip
  WHERE (tip.id = tip_transfer.tip_id))));
CREATE POLICY seen_update ON tip_transfer AS PERMISSIVE FOR UPDATE TO binhyen_runtime
    USING ((EXISTS ( SELECT
   FROM tip
  WHERE (tip.id = tip_transfer.tip_id))));

-- Privileges
GRANT EXECUTE ON FUNCTION actor_origins() TO binhyen_runtime;
GRANT EXECUTE ON FUNCTION case_to_open(number text) TO binhyen_runtime;
GRANT EXECUTE ON FUNCTION cases_in_support() TO binhyen_runtime;
GRANT EXECUTE ON FUNCTION claim_key(principal text, key bytea, moment timestamp with time zone) TO PUBLIC;
GRANT EXECUTE ON FUNCTION count_misplaced(day date, only_units uuid[]) TO binhyen_runtime;
GRANT EXECUTE ON FUNCTION date_activity_units() TO PUBLIC;
GRANT EXECUTE ON FUNCTION date_units(only_units uuid[]) TO PUBLIC;
GRANT EXECUTE ON FUNCTION dated_places(only_units uuid[]) TO PUBLIC;
GRANT EXECUTE ON FUNCTION ended_unit_of(holder text, unit uuid) TO PUBLIC;
GRANT EXECUTE ON FUNCTION enter_request(subject text, level text, unit text, roles text, exclusion_key text, at timestamp with time zone, session uuid, version integer) TO PUBLIC;
GRANT EXECUTE ON FUNCTION forget_changes(before timestamp with time zone) TO binhyen_runtime;
GRANT EXECUTE ON FUNCTION has_part_in_case(wanted uuid) TO binhyen_runtime;
GRANT EXECUTE ON FUNCTION is_case_handover_late(wanted uuid) TO binhyen_runtime;
GRANT EXECUTE ON FUNCTION is_case_orphaned(wanted uuid) TO binhyen_runtime;
GRANT EXECUTE ON FUNCTION is_excluded(tip uuid, digests bytea[], origins uuid[]) TO PUBLIC;
GRANT EXECUTE ON FUNCTION is_tip_excluded(of_tip uuid, origins uuid[]) TO binhyen_runtime;
GRANT EXECUTE ON FUNCTION keep_deadline_event() TO PUBLIC;
GRANT EXECUTE ON FUNCTION keep_first_quantities() TO PUBLIC;
GRANT EXECUTE ON FUNCTION keep_map(held boolean) TO PUBLIC;
GRANT EXECUTE ON FUNCTION lies_in_own_place(unit_id uuid, province_id uuid, district_id uuid, commune_id uuid) TO PUBLIC;
GRANT EXECUTE ON FUNCTION lock_named_units(wanted text[], days date[]) TO PUBLIC;
GRANT EXECUTE ON FUNCTION lock_province(province uuid) TO PUBLIC;
GRANT EXECUTE ON FUNCTION lock_provinces(provinces uuid[]) TO PUBLIC;
GRANT EXECUTE ON FUNCTION lock_units(units uuid[]) TO PUBLIC;
GRANT EXECUTE ON FUNCTION may_assign_case(wanted uuid) TO binhyen_runtime;
GRANT EXECUTE ON FUNCTION may_open_case(wanted uuid) TO binhyen_runtime;
GRANT EXECUTE ON FUNCTION opening_of_case(wanted uuid) TO binhyen_runtime;
GRANT EXECUTE ON FUNCTION place_late() TO binhyen_runtime;
GRANT EXECUTE ON FUNCTION place_records(only_units uuid[]) TO binhyen_runtime;
GRANT EXECUTE ON FUNCTION place_row() TO PUBLIC;
GRANT EXECUTE ON FUNCTION place_row_later(placed regclass, row_id uuid) TO binhyen_informant;
GRANT EXECUTE ON FUNCTION place_row_later(placed regclass, row_id uuid) TO binhyen_intake;
GRANT EXECUTE ON FUNCTION place_row_later(placed regclass, row_id uuid) TO binhyen_keeper;
GRANT EXECUTE ON FUNCTION place_row_later(placed regclass, row_id uuid) TO binhyen_runtime;
GRANT EXECUTE ON FUNCTION place_row_later(placed regclass, row_id uuid) TO binhyen_vault;
GRANT EXECUTE ON FUNCTION place_units(only_units uuid[]) TO PUBLIC;
GRANT EXECUTE ON FUNCTION request_time() TO PUBLIC;
GRANT EXECUTE ON FUNCTION serves_case(wanted uuid) TO binhyen_runtime;
GRANT EXECUTE ON FUNCTION standing_successors(ended uuid[]) TO PUBLIC;
GRANT EXECUTE ON FUNCTION standing_unit(wanted uuid) TO PUBLIC;
GRANT EXECUTE ON FUNCTION subject_units(subject text) TO binhyen_runtime;
GRANT EXECUTE ON FUNCTION take_case(transfer uuid, moved date) TO binhyen_runtime;
GRANT EXECUTE ON FUNCTION take_tip(transfer uuid, moved date) TO binhyen_runtime;
GRANT EXECUTE ON FUNCTION tell_overdue_tips(day date) TO binhyen_runtime;
GRANT EXECUTE ON FUNCTION tip_of_receipt() TO binhyen_informant;
GRANT EXECUTE ON FUNCTION tip_tallies(of_unit uuid, first date, last date, at timestamp with time zone) TO binhyen_runtime;
GRANT EXECUTE ON FUNCTION today() TO PUBLIC;
GRANT EXECUTE ON FUNCTION unit_ancestors(of_unit uuid, in_hierarchy text, day date) TO PUBLIC;
GRANT EXECUTE ON FUNCTION unit_descendants(of_unit uuid, in_hierarchy text, day date) TO PUBLIC;
GRANT EXECUTE ON FUNCTION unit_heirs(units uuid[]) TO PUBLIC;
GRANT EXECUTE ON FUNCTION unit_origins(units uuid[], day date) TO PUBLIC;
GRANT EXECUTE ON FUNCTION unit_parent_at(of_unit uuid, in_hierarchy text, day date) TO PUBLIC;
GRANT EXECUTE ON FUNCTION unit_places(day date, only_units uuid[]) TO PUBLIC;
GRANT EXECUTE ON FUNCTION unit_ref(given text, day date) TO PUBLIC;
GRANT EXECUTE ON FUNCTION units_named(pattern text, day date) TO PUBLIC;
GRANT EXECUTE ON FUNCTION visible_imports() TO PUBLIC;
GRANT USAGE ON SCHEMA public TO binhyen_auditor;
GRANT USAGE ON SCHEMA public TO binhyen_informant;
GRANT USAGE ON SCHEMA public TO binhyen_intake;
GRANT USAGE ON SCHEMA public TO binhyen_keeper;
GRANT USAGE ON SCHEMA public TO binhyen_runtime;
GRANT USAGE ON SCHEMA public TO binhyen_sealer;
GRANT USAGE ON SCHEMA public TO binhyen_vault;
GRANT USAGE ON SCHEMA public TO PUBLIC;
GRANT INSERT, SELECT, UPDATE ON account TO binhyen_runtime;
GRANT INSERT, SELECT, UPDATE ON activity TO binhyen_runtime;
GRANT DELETE, INSERT, SELECT, UPDATE ON activity_line TO binhyen_runtime;
GRANT DELETE, INSERT, SELECT, UPDATE ON activity_part TO binhyen_runtime;
GRANT DELETE, INSERT, SELECT, UPDATE ON activity_unit TO binhyen_runtime;
GRANT INSERT, SELECT, UPDATE ON attachment TO binhyen_runtime;
GRANT SELECT ON audit_entry TO binhyen_auditor;
GRANT INSERT ON audit_entry TO binhyen_keeper;
GRANT INSERT, SELECT ON audit_entry TO binhyen_runtime;
GRANT SELECT ON audit_entry TO binhyen_sealer;
GRANT INSERT ON audit_entry TO binhyen_vault;
GRANT SELECT ON audit_link TO binhyen_auditor;
GRANT SELECT ON audit_link TO binhyen_runtime;
GRANT INSERT, SELECT ON audit_link TO binhyen_sealer;
GRANT SELECT ON audit_seal TO binhyen_auditor;
GRANT SELECT ON audit_seal TO binhyen_runtime;
GRANT INSERT, SELECT ON audit_seal TO binhyen_sealer;
GRANT SELECT ON audit_waiting TO binhyen_auditor;
GRANT SELECT ON audit_waiting TO binhyen_runtime;
GRANT DELETE, SELECT ON audit_waiting TO binhyen_sealer;
GRANT DELETE, INSERT, SELECT, UPDATE ON auth_session TO binhyen_runtime;
GRANT DELETE, INSERT, SELECT, UPDATE ON authorization_code TO binhyen_runtime;
GRANT SELECT ON calendar TO binhyen_intake;
GRANT INSERT, SELECT, UPDATE ON calendar TO binhyen_runtime;
GRANT SELECT ON calendar_day TO binhyen_intake;
GRANT INSERT, SELECT, UPDATE ON calendar_day TO binhyen_runtime;
GRANT INSERT, SELECT, UPDATE ON campaign TO binhyen_runtime;
GRANT SELECT ON change_feed TO binhyen_runtime;
GRANT INSERT, SELECT, UPDATE ON client TO binhyen_runtime;
GRANT INSERT, SELECT, UPDATE ON commendation TO binhyen_runtime;
GRANT INSERT, SELECT, UPDATE ON committee TO binhyen_runtime;
GRANT INSERT, SELECT, UPDATE ON criteria_set TO binhyen_runtime;
GRANT INSERT, SELECT, UPDATE ON data_import TO binhyen_runtime;
GRANT INSERT, SELECT, UPDATE ON data_import_file TO binhyen_runtime;
GRANT INSERT, SELECT, UPDATE ON data_import_row TO binhyen_runtime;
GRANT INSERT ON deadline TO binhyen_intake;
GRANT DELETE, SELECT ON deadline TO binhyen_keeper;
GRANT INSERT, SELECT, UPDATE ON deadline TO binhyen_runtime;
GRANT INSERT ON deadline_event TO binhyen_intake;
GRANT DELETE, SELECT ON deadline_event TO binhyen_keeper;
GRANT INSERT, SELECT ON deadline_event TO binhyen_runtime;
GRANT SELECT ON deadline_extension_step TO binhyen_intake;
GRANT INSERT, SELECT ON deadline_extension_step TO binhyen_runtime;
GRANT SELECT ON deadline_rule TO binhyen_intake;
GRANT INSERT, SELECT, UPDATE ON deadline_rule TO binhyen_runtime;
GRANT INSERT, SELECT ON demo_mark TO binhyen_runtime;
GRANT INSERT, SELECT, UPDATE ON document TO binhyen_runtime;
GRANT DELETE, INSERT, SELECT, UPDATE ON document_link TO binhyen_runtime;
GRANT INSERT, SELECT, UPDATE ON evaluation TO binhyen_runtime;
GRANT INSERT, SELECT, UPDATE ON evaluation_answer TO binhyen_runtime;
GRANT INSERT, SELECT, UPDATE ON evaluation_round TO binhyen_runtime;
GRANT INSERT, SELECT, UPDATE ON exemplar TO binhyen_runtime;
GRANT INSERT, SELECT, UPDATE ON export TO binhyen_runtime;
GRANT INSERT, SELECT, UPDATE ON former_committee TO binhyen_runtime;
GRANT SELECT ON identity_request TO binhyen_informant;
GRANT DELETE, SELECT ON identity_request TO binhyen_keeper;
GRANT INSERT, SELECT, UPDATE ON identity_request TO binhyen_runtime;
GRANT SELECT, UPDATE ON identity_request TO binhyen_vault;
GRANT INSERT, SELECT, UPDATE ON incident TO binhyen_runtime;
GRANT DELETE, INSERT, SELECT ON incident_link TO binhyen_runtime;
GRANT INSERT, SELECT, UPDATE ON invitation TO binhyen_runtime;
GRANT DELETE, INSERT, SELECT, UPDATE ON job_fault TO binhyen_runtime;
GRANT DELETE, INSERT, SELECT, UPDATE ON kept_answer TO binhyen_runtime;
GRANT INSERT ON kept_receipt TO binhyen_intake;
GRANT DELETE, SELECT ON kept_receipt TO binhyen_keeper;
GRANT DELETE, SELECT ON kept_receipt TO binhyen_runtime;
GRANT INSERT, SELECT, UPDATE ON model TO binhyen_runtime;
GRANT DELETE, INSERT, SELECT, UPDATE ON model_host TO binhyen_runtime;
GRANT INSERT, SELECT, UPDATE ON model_member TO binhyen_runtime;
GRANT INSERT, SELECT, UPDATE ON model_recognition TO binhyen_runtime;
GRANT INSERT, SELECT, UPDATE ON model_review TO binhyen_runtime;
GRANT INSERT, SELECT, UPDATE ON model_review_rule TO binhyen_runtime;
GRANT INSERT, SELECT, UPDATE ON model_type TO binhyen_runtime;
GRANT DELETE, INSERT, SELECT, UPDATE ON model_type_name TO binhyen_runtime;
GRANT INSERT, SELECT, UPDATE ON organisation TO binhyen_runtime;
GRANT INSERT, SELECT, UPDATE ON organisation_identifier TO binhyen_runtime;
GRANT INSERT ON outbox TO binhyen_intake;
GRANT DELETE, INSERT, SELECT ON outbox TO binhyen_keeper;
GRANT INSERT, SELECT ON outbox TO binhyen_runtime;
GRANT INSERT ON outbox TO binhyen_vault;
GRANT INSERT, SELECT ON quantity TO binhyen_runtime;
GRANT UPDATE ON quantity (superseded_at) TO binhyen_runtime;
GRANT SELECT ON rating_terms TO binhyen_runtime;
GRANT DELETE, INSERT, SELECT, UPDATE ON refresh_token TO binhyen_runtime;
GRANT DELETE, SELECT ON reintegration_action TO binhyen_keeper;
GRANT INSERT, SELECT, UPDATE ON reintegration_action TO binhyen_runtime;
GRANT DELETE, SELECT ON reintegration_assignment TO binhyen_keeper;
GRANT INSERT, SELECT, UPDATE ON reintegration_assignment TO binhyen_runtime;
GRANT DELETE, SELECT, UPDATE ON reintegration_case TO binhyen_keeper;
GRANT INSERT, SELECT, UPDATE ON reintegration_case TO binhyen_runtime;
GRANT SELECT ON reintegration_cohort TO binhyen_runtime;
GRANT DELETE, SELECT ON reintegration_consent TO binhyen_keeper;
GRANT INSERT, SELECT, UPDATE ON reintegration_consent TO binhyen_runtime;
GRANT DELETE, SELECT ON reintegration_contact TO binhyen_keeper;
GRANT INSERT, SELECT, UPDATE ON reintegration_contact TO binhyen_runtime;
GRANT INSERT, SELECT ON reintegration_episode TO binhyen_keeper;
GRANT SELECT ON reintegration_hold TO binhyen_keeper;
GRANT INSERT, SELECT, UPDATE ON reintegration_hold TO binhyen_runtime;
GRANT DELETE, SELECT ON reintegration_identity TO binhyen_keeper;
GRANT INSERT, SELECT, UPDATE ON reintegration_identity TO binhyen_runtime;
GRANT DELETE, SELECT ON reintegration_need TO binhyen_keeper;
GRANT INSERT, SELECT, UPDATE ON reintegration_need TO binhyen_runtime;
GRANT DELETE, SELECT ON reintegration_opening TO binhyen_keeper;
GRANT INSERT, SELECT, UPDATE ON reintegration_opening TO binhyen_runtime;
GRANT DELETE, SELECT ON reintegration_request TO binhyen_keeper;
GRANT INSERT, SELECT, UPDATE ON reintegration_request TO binhyen_runtime;
GRANT DELETE, SELECT ON reintegration_support TO binhyen_keeper;
GRANT INSERT, SELECT, UPDATE ON reintegration_support TO binhyen_runtime;
GRANT SELECT ON reintegration_support_tally TO binhyen_runtime;
GRANT DELETE, SELECT ON reintegration_transfer TO binhyen_keeper;
GRANT INSERT, SELECT, UPDATE ON reintegration_transfer TO binhyen_runtime;
GRANT SELECT ON retention_rule TO binhyen_keeper;
GRANT INSERT, SELECT, UPDATE ON retention_rule TO binhyen_runtime;
GRANT INSERT, SELECT, UPDATE ON role_grant TO binhyen_runtime;
GRANT INSERT, SELECT, UPDATE ON service_rating TO binhyen_runtime;
GRANT DELETE, INSERT, SELECT, UPDATE ON spent_assertion TO binhyen_runtime;
GRANT INSERT ON spent_work TO binhyen_intake;
GRANT DELETE, SELECT ON spent_work TO binhyen_runtime;
GRANT INSERT, SELECT, UPDATE ON stated_figure TO binhyen_runtime;
GRANT INSERT, SELECT, UPDATE ON sync_conflict TO binhyen_runtime;
GRANT DELETE, INSERT, SELECT, UPDATE ON sync_operation TO binhyen_runtime;
GRANT INSERT, SELECT, UPDATE ON target TO binhyen_runtime;
GRANT INSERT, SELECT ON target_value TO binhyen_runtime;
GRANT INSERT, SELECT, UPDATE ON task TO binhyen_runtime;
GRANT INSERT, SELECT, UPDATE ON team TO binhyen_runtime;
GRANT DELETE, INSERT, SELECT, UPDATE ON team_equipment TO binhyen_runtime;
GRANT INSERT, SELECT, UPDATE ON team_member TO binhyen_runtime;
GRANT INSERT, SELECT, UPDATE ON team_size_rule TO binhyen_runtime;
GRANT INSERT, SELECT, UPDATE ON team_term TO binhyen_runtime;
GRANT INSERT, SELECT, UPDATE ON team_training TO binhyen_runtime;
GRANT SELECT ON tip TO binhyen_informant;
GRANT INSERT ON tip TO binhyen_intake;
GRANT SELECT, UPDATE ON tip TO binhyen_keeper;
GRANT SELECT, UPDATE ON tip TO binhyen_runtime;
GRANT SELECT ON tip TO binhyen_vault;
GRANT DELETE, SELECT ON tip_assignment TO binhyen_keeper;
GRANT INSERT, SELECT, UPDATE ON tip_assignment TO binhyen_runtime;
GRANT SELECT ON tip_assignment TO binhyen_vault;
GRANT SELECT ON tip_attachment TO binhyen_informant;
GRANT INSERT ON tip_attachment TO binhyen_intake;
GRANT DELETE, SELECT ON tip_attachment TO binhyen_keeper;
GRANT SELECT ON tip_attachment TO binhyen_runtime;
GRANT INSERT, SELECT ON tip_count TO binhyen_intake;
GRANT INSERT, SELECT ON tip_count TO binhyen_runtime;
GRANT SELECT ON tip_desk TO binhyen_intake;
GRANT INSERT, SELECT, UPDATE ON tip_desk TO binhyen_runtime;
GRANT SELECT ON tip_hold TO binhyen_keeper;
GRANT INSERT, SELECT, UPDATE ON tip_hold TO binhyen_runtime;
GRANT INSERT ON tip_identity TO binhyen_intake;
GRANT DELETE, SELECT ON tip_identity TO binhyen_keeper;
GRANT SELECT ON tip_identity TO binhyen_vault;
GRANT INSERT ON tip_likeness TO binhyen_intake;
GRANT DELETE, SELECT ON tip_likeness TO binhyen_keeper;
GRANT SELECT, UPDATE ON tip_likeness TO binhyen_runtime;
GRANT DELETE, SELECT ON tip_link TO binhyen_keeper;
GRANT DELETE, INSERT, SELECT ON tip_link TO binhyen_runtime;
GRANT SELECT ON tip_message TO binhyen_informant;
GRANT INSERT ON tip_message TO binhyen_intake;
GRANT DELETE, SELECT ON tip_message TO binhyen_keeper;
GRANT INSERT, SELECT ON tip_message TO binhyen_runtime;
GRANT SELECT ON tip_receipt TO binhyen_informant;
GRANT INSERT ON tip_receipt TO binhyen_intake;
GRANT DELETE, SELECT ON tip_receipt TO binhyen_keeper;
GRANT SELECT ON tip_receipt (public_key) TO binhyen_runtime;
GRANT SELECT ON tip_receipt (tip_id) TO binhyen_runtime;
GRANT DELETE, SELECT ON tip_redaction TO binhyen_keeper;
GRANT INSERT, SELECT ON tip_redaction TO binhyen_runtime;
GRANT SELECT ON tip_service_tally TO binhyen_runtime;
GRANT SELECT ON tip_stub TO binhyen_keeper;
GRANT SELECT, UPDATE ON tip_stub TO binhyen_runtime;
GRANT SELECT ON tip_tally TO binhyen_runtime;
GRANT SELECT ON tip_text TO binhyen_informant;
GRANT INSERT ON tip_text TO binhyen_intake;
GRANT DELETE, SELECT ON tip_text TO binhyen_keeper;
GRANT SELECT, UPDATE ON tip_text TO binhyen_runtime;
GRANT DELETE, SELECT ON tip_transfer TO binhyen_keeper;
GRANT INSERT, SELECT, UPDATE ON tip_transfer TO binhyen_runtime;
GRANT INSERT ON transition TO binhyen_keeper;
GRANT INSERT, SELECT ON transition TO binhyen_runtime;
GRANT INSERT ON transition TO binhyen_vault;
GRANT INSERT ON transition_document TO binhyen_keeper;
GRANT INSERT, SELECT ON transition_document TO binhyen_runtime;
GRANT INSERT ON transition_document TO binhyen_vault;
GRANT SELECT ON unit TO binhyen_intake;
GRANT SELECT ON unit TO binhyen_keeper;
GRANT INSERT, SELECT, UPDATE ON unit TO binhyen_runtime;
GRANT SELECT ON unit TO binhyen_vault;
GRANT SELECT ON unit_dated TO binhyen_intake;
GRANT SELECT ON unit_dated TO binhyen_runtime;
GRANT SELECT ON unit_parent TO binhyen_intake;
GRANT INSERT, SELECT, UPDATE ON unit_parent TO binhyen_runtime;
GRANT SELECT ON unit_place TO binhyen_intake;
GRANT DELETE, INSERT, SELECT, UPDATE ON unit_place TO binhyen_runtime;
GRANT INSERT, SELECT, UPDATE ON unit_reorganisation TO binhyen_runtime;
GRANT SELECT ON unit_succession TO binhyen_intake;
GRANT DELETE, INSERT, SELECT, UPDATE ON unit_succession TO binhyen_runtime;
GRANT SELECT ON unit_version TO binhyen_intake;
GRANT INSERT, SELECT, UPDATE ON unit_version TO binhyen_runtime;
GRANT DELETE, INSERT, SELECT, UPDATE ON unknown_login TO binhyen_runtime;
GRANT DELETE, INSERT, SELECT, UPDATE ON webhook_delivery TO binhyen_runtime;
GRANT INSERT, SELECT, UPDATE ON webhook_endpoint TO binhyen_runtime;
