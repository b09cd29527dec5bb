"""Access: accounts, clients, grants, sessions and their tokens."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Column, Index, LargeBinary, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from app.db.base import TIME, Row, UnitScoped, empty_list, text_enum

SECRET: Any = LargeBinary
SEEN_BY = ("province_id", "commune_id", "village_id")


class Account(Row, UnitScoped, table=True):
    """A person who signs in, by password or by an external identity provider."""

    __tablename__ = "account"
    __table_args__ = (
        CheckConstraint("(issuer IS NULL) = (external_subject IS NULL)", name="issuer_and_subject"),
        Index("uq_account_issuer_external_subject", "issuer", "external_subject", unique=True),
        *(Index(f"ix_account_{place}_id", place, "id") for place in SEEN_BY),
    )

    login: str = Field(max_length=100, unique=True)
    name: str = Field(max_length=200)
    unit_id: UUID = Field(foreign_key="unit.id", index=True)
    password_hash: str | None = None
    issuer: str | None = Field(default=None, max_length=300)
    external_subject: str | None = Field(default=None, max_length=300)
    totp_secret: bytes | None = Field(default=None, sa_type=SECRET)  # sealed by the settings' key
    totp_confirmed_at: datetime | None = Field(default=None, sa_type=TIME)
    totp_last_step: int | None = None  # a code opens once
    recovery_codes: bytes | None = Field(default=None, sa_type=SECRET)  # sealed digests
    failures: int = 0
    next_try_at: datetime | None = Field(default=None, sa_type=TIME)
    disabled_at: datetime | None = Field(default=None, sa_type=TIME)


class ClientKind(StrEnum):
    """Ability of a client to keep a secret."""

    CONFIDENTIAL = "confidential"  # a system: in its own name, by secret or by its own key
    PUBLIC = "public"  # an app or page in people's hands: code with PKCE only


class Client(Row, UnitScoped, table=True):
    """An OAuth client: an application, or a system that acts for no person."""

    __tablename__ = "client"
    __table_args__ = tuple(Index(f"ix_client_{place}_id", place, "id") for place in SEEN_BY)

    client_id: str = Field(max_length=100, unique=True)
    name: str = Field(max_length=200)
    kind: ClientKind = Field(default=ClientKind.CONFIDENTIAL, sa_type=text_enum(ClientKind))
    unit_id: UUID = Field(foreign_key="unit.id", index=True)
    secret_hash: str | None = None
    keys: dict[str, Any] | None = Field(default=None, sa_column=Column(JSONB))  # public JWK set
    redirect_uris: list[str] = Field(default_factory=empty_list, sa_type=ARRAY(Text))
    # what a superior opened: people of this unit besides its own, and permissions of trust
    opened_to_id: UUID | None = Field(default=None, foreign_key="unit.id")
    opened_scopes: list[str] = Field(
        default_factory=empty_list,
        sa_column=Column(ARRAY(Text), nullable=False, server_default=text("'{}'")),
    )
    disabled_at: datetime | None = Field(default=None, sa_type=TIME)


class GrantState(StrEnum):
    """State of a grant."""

    PROPOSED = "proposed"  # a second person has to confirm it
    ACTIVE = "active"
    WAITING = "waiting"  # its unit has ended: an administrator says where it goes
    REVOKED = "revoked"


class Grant(Row, UnitScoped, table=True):
    """One role for one unit, for declared purposes, of one account or one client."""

    __tablename__ = "role_grant"
    __resource__ = "grant"  # a word that SQL has taken
    __table_args__ = (
        CheckConstraint("(account_id IS NULL) <> (client_id IS NULL)", name="one_holder"),
        Index("ix_role_grant_account_id_state", "account_id", "state"),
        Index("ix_role_grant_client_id_state", "client_id", "state"),
        Index("ix_role_grant_unit_id_state", "unit_id", "state"),
        Index("ix_role_grant_province_id_id", "province_id", "id"),
        Index("ix_role_grant_commune_id_id", "commune_id", "id"),
        Index("ix_role_grant_village_id_id", "village_id", "id"),
    )

    account_id: UUID | None = Field(default=None, foreign_key="account.id")
    client_id: UUID | None = Field(default=None, foreign_key="client.id")
    role: str = Field(max_length=40)
    unit_id: UUID = Field(foreign_key="unit.id")
    purposes: list[str] = Field(default_factory=empty_list, sa_type=ARRAY(Text))
    state: GrantState = Field(default=GrantState.ACTIVE, sa_type=text_enum(GrantState))
    followed_from_id: UUID | None = Field(default=None, foreign_key="unit.id")
    expires_at: datetime | None = Field(default=None, sa_type=TIME)


class AuthSession(Row, table=True):
    """The session behind access tokens: they are valid for its version, until it ends."""

    __tablename__ = "auth_session"
    __table_args__ = (
        Index("ix_auth_session_account_id", "account_id"),
        Index("ix_auth_session_client_id", "client_id"),
    )

    account_id: UUID | None = Field(default=None, foreign_key="account.id")
    client_id: UUID | None = Field(default=None, foreign_key="client.id")
    unit_id: UUID | None = Field(default=None, foreign_key="unit.id")
    scope: str = ""  # as requested; never more than the grants give
    methods: list[str] = Field(
        default_factory=empty_list, sa_type=ARRAY(Text)
    )  # amr: pwd, otp, ext
    signed_in_at: datetime | None = Field(default=None, sa_type=TIME)
    used_at: datetime | None = Field(default=None, sa_type=TIME)
    expires_at: datetime = Field(sa_type=TIME, index=True)
    ended_at: datetime | None = Field(default=None, sa_type=TIME)
    end_reason: str | None = Field(default=None, max_length=40)


class AuthorizationCode(SQLModel, table=True):
    """An authorization code: one client, one use, one minute."""

    __tablename__ = "authorization_code"

    code_hash: bytes = Field(sa_column=Column(LargeBinary, primary_key=True))
    session_id: UUID = Field(foreign_key="auth_session.id", ondelete="CASCADE", index=True)
    redirect_uri: str
    challenge: str = Field(max_length=100)
    nonce: str | None = Field(default=None, max_length=300)
    expires_at: datetime = Field(sa_type=TIME, index=True)
    used_at: datetime | None = Field(default=None, sa_type=TIME)


class RefreshToken(SQLModel, table=True):
    """A refresh token; the tokens of one session are its family."""

    __tablename__ = "refresh_token"

    token_hash: bytes = Field(sa_column=Column(LargeBinary, primary_key=True))
    session_id: UUID = Field(foreign_key="auth_session.id", ondelete="CASCADE", index=True)
    parent_hash: bytes | None = Field(default=None, sa_type=SECRET)
    issued_at: datetime = Field(sa_type=TIME)
    expires_at: datetime = Field(sa_type=TIME, index=True)
    used_at: datetime | None = Field(default=None, sa_type=TIME)


class SpentAssertion(SQLModel, table=True):
    """The id of a client assertion that was accepted once and is refused afterwards."""

    __tablename__ = "spent_assertion"

    digest: bytes = Field(sa_column=Column(LargeBinary, primary_key=True))
    expires_at: datetime = Field(sa_type=TIME, index=True)
