CREATE TABLE unknown_login (
    name BYTEA NOT NULL,
    failures INTEGER NOT NULL,
    next_try_at TIMESTAMPTZ,
    tried_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT pk_unknown_login PRIMARY KEY (name)
);
CREATE INDEX ix_unknown_login_tried_at ON unknown_login (tried_at);

CREATE TABLE invitation (
    token_hash BYTEA NOT NULL,
    account_id UUID NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    used_at TIMESTAMPTZ,
    CONSTRAINT pk_invitation PRIMARY KEY (token_hash),
    CONSTRAINT fk_invitation_account_id_account FOREIGN KEY (account_id) REFERENCES account (id) ON
        DELETE CASCADE
);
CREATE INDEX ix_invitation_account_id ON invitation (account_id);
CREATE INDEX ix_invitation_expires_at ON invitation (expires_at);
