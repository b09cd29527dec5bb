CREATE TABLE spent_assertion (
    digest BYTEA NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT pk_spent_assertion PRIMARY KEY (digest)
);
CREATE INDEX ix_spent_assertion_expires_at ON spent_assertion (expires_at);

CREATE TABLE account (
    id UUID NOT NULL,
    login VARCHAR(100) NOT NULL,
    name VARCHAR(200) NOT NULL,
    unit_id UUID NOT NULL,
    password_hash VARCHAR,
    issuer VARCHAR(300),
    external_subject VARCHAR(300),
    totp_secret BYTEA,
    totp_confirmed_at TIMESTAMPTZ,
    totp_last_step INTEGER,
    failures INTEGER NOT NULL,
    next_try_at TIMESTAMPTZ,
    disabled_at TIMESTAMPTZ,
    province_id UUID, district_id UUID, commune_id UUID, village_id UUID,
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL, created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL, changed_by VARCHAR DEFAULT 'system' NOT NULL,
    CONSTRAINT pk_account PRIMARY KEY (id),
    CONSTRAINT uq_account_login UNIQUE (login),
    CONSTRAINT fk_account_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit (id),
    CONSTRAINT ck_account_issuer_and_subject CHECK ((issuer IS NULL) = (external_subject IS NULL))
);
CREATE INDEX ix_account_commune_id_id ON account (commune_id, id);
CREATE INDEX ix_account_province_id_id ON account (province_id, id);
CREATE INDEX ix_account_unit_id ON account (unit_id);
CREATE INDEX ix_account_village_id_id ON account (village_id, id);
CREATE UNIQUE INDEX uq_account_issuer_external_subject ON account (issuer, external_subject);

CREATE TABLE client (
    id UUID NOT NULL,
    client_id VARCHAR(100) NOT NULL,
    name VARCHAR(200) NOT NULL,
    kind VARCHAR(32) NOT NULL,
    unit_id UUID NOT NULL,
    secret_hash VARCHAR,
    keys JSONB,
    redirect_uris TEXT[] NOT NULL,
    disabled_at TIMESTAMPTZ,
    province_id UUID, district_id UUID, commune_id UUID, village_id UUID,
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL, created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL, changed_by VARCHAR DEFAULT 'system' NOT NULL,
    CONSTRAINT pk_client PRIMARY KEY (id),
    CONSTRAINT uq_client_client_id UNIQUE (client_id),
    CONSTRAINT fk_client_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit (id),
    CONSTRAINT ck_client_clientkind CHECK (kind IN ('confidential', 'public'))
);
CREATE INDEX ix_client_commune_id_id ON client (commune_id, id);
CREATE INDEX ix_client_province_id_id ON client (province_id, id);
CREATE INDEX ix_client_unit_id ON client (unit_id);
CREATE INDEX ix_client_village_id_id ON client (village_id, id);

CREATE TABLE auth_session (
    id UUID NOT NULL,
    account_id UUID,
    client_id UUID,
    unit_id UUID,
    scope VARCHAR NOT NULL,
    methods TEXT[] NOT NULL,
    signed_in_at TIMESTAMPTZ,
    used_at TIMESTAMPTZ,
    expires_at TIMESTAMPTZ NOT NULL,
    ended_at TIMESTAMPTZ,
    end_reason VARCHAR(40),
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL, created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL, changed_by VARCHAR DEFAULT 'system' NOT NULL,
    CONSTRAINT pk_auth_session PRIMARY KEY (id),
    CONSTRAINT fk_auth_session_account_id_account FOREIGN KEY (account_id) REFERENCES account (id),
    CONSTRAINT fk_auth_session_client_id_client FOREIGN KEY (client_id) REFERENCES client (id),
    CONSTRAINT fk_auth_session_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit (id)
);
CREATE INDEX ix_auth_session_account_id ON auth_session (account_id);
CREATE INDEX ix_auth_session_client_id ON auth_session (client_id);
CREATE INDEX ix_auth_session_expires_at ON auth_session (expires_at);

CREATE TABLE role_grant (
    id UUID NOT NULL,
    account_id UUID,
    client_id UUID,
    role VARCHAR(40) NOT NULL,
    unit_id UUID NOT NULL,
    purposes TEXT[] NOT NULL,
    state VARCHAR(32) NOT NULL,
    followed_from_id UUID,
    expires_at TIMESTAMPTZ,
    province_id UUID, district_id UUID, commune_id UUID, village_id UUID,
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMPTZ DEFAULT now() NOT NULL, created_by VARCHAR DEFAULT 'system' NOT NULL,
    changed_at TIMESTAMPTZ DEFAULT now() NOT NULL, changed_by VARCHAR DEFAULT 'system' NOT NULL,
    CONSTRAINT pk_role_grant PRIMARY KEY (id),
    CONSTRAINT fk_role_grant_account_id_account FOREIGN KEY (account_id) REFERENCES account (id),
    CONSTRAINT fk_role_grant_client_id_client FOREIGN KEY (client_id) REFERENCES client (id),
    CONSTRAINT fk_role_grant_followed_from_id_unit FOREIGN KEY (followed_from_id) REFERENCES unit
        (id),
    CONSTRAINT fk_role_grant_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit (id),
    CONSTRAINT ck_role_grant_grantstate CHECK (state IN ('active', 'waiting', 'revoked')),
    CONSTRAINT ck_role_grant_one_holder CHECK ((account_id IS NULL) <> (client_id IS NULL))
);
CREATE INDEX ix_role_grant_account_id_state ON role_grant (account_id, state);
CREATE INDEX ix_role_grant_client_id_state ON role_grant (client_id, state);
CREATE INDEX ix_role_grant_commune_id_id ON role_grant (commune_id, id);
CREATE INDEX ix_role_grant_province_id_id ON role_grant (province_id, id);
CREATE INDEX ix_role_grant_unit_id_state ON role_grant (unit_id, state);
CREATE INDEX ix_role_grant_village_id_id ON role_grant (village_id, id);

CREATE TABLE authorization_code (
    code_hash BYTEA NOT NULL,
    session_id UUID NOT NULL,
    redirect_uri VARCHAR NOT NULL,
    challenge VARCHAR(100) NOT NULL,
    nonce VARCHAR(300),
    expires_at TIMESTAMPTZ NOT NULL,
    used_at TIMESTAMPTZ,
    CONSTRAINT pk_authorization_code PRIMARY KEY (code_hash),
    CONSTRAINT fk_authorization_code_session_id_auth_session FOREIGN KEY (session_id) REFERENCES
        auth_session (id) ON DELETE CASCADE
);
CREATE INDEX ix_authorization_code_expires_at ON authorization_code (expires_at);
CREATE INDEX ix_authorization_code_session_id ON authorization_code (session_id);

CREATE TABLE refresh_token (
    token_hash BYTEA NOT NULL,
    session_id UUID NOT NULL,
    parent_hash BYTEA,
    issued_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    used_at TIMESTAMPTZ,
    CONSTRAINT pk_refresh_token PRIMARY KEY (token_hash),
    CONSTRAINT fk_refresh_token_session_id_auth_session FOREIGN KEY (session_id) REFERENCES
        auth_session (id) ON DELETE CASCADE
);
CREATE INDEX ix_refresh_token_expires_at ON refresh_token (expires_at);
CREATE INDEX ix_refresh_token_session_id ON refresh_token (session_id);
