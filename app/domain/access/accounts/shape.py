"""What can be read of accounts, clients and grants; never anything that opens a door."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Text, case, cast, func
from sqlalchemy.dialects.postgresql import array

from app.db.shape import CHOICE, RANGE, Field, Filter, Link, Order, Row, Shape, columns
from app.db.tables.auth import Account, Client, ClientKind, Grant, GrantState
from app.domain.access.accounts import states
from app.domain.actor import Permission, Role
from app.domain.records.shape import allowed_actions, transitions
from app.domain.scope import BY_PLACE
from app.domain.units.shape import MAP_OF, UNIT

NEWEST = {"newest": Order(lambda row: [row.id], descending=True)}
OWN_UNIT = Link(lambda: UNIT, lambda row, unit, given: unit.id == row.unit_id, follows_parent=True)
ACCOUNTED = "created_at created_by changed_at changed_by"


def _texts(words: list[str]) -> Any:
    return cast(array(words), ARRAY(Text))


def _steps_of_holder(row: Row) -> Any:
    enabled, disabled = (_texts(states.COMING_IN.allowed(state)) for state in states.HolderState)
    return case((row.disabled_at.is_(None), enabled), else_=disabled)


def _is_known(name: str) -> Field:
    return Field(lambda row: getattr(row, name).is_not(None), bool)


def _disabled() -> Filter:
    return Filter(bool, test=lambda row, off, given: row.disabled_at.is_not(None) == off)


ACCOUNT: Shape = Shape(
    name="Account",
    table=Account,
    needs=Permission.ACCOUNT_READ,
    scope=BY_PLACE,
    terms=MAP_OF,
    id_type=UUID,
    orders=NEWEST,
    fields=columns(Account, f"id version login name unit_id disabled_at {ACCOUNTED}")
    | {
        "has_password": _is_known("password_hash"),
        "has_totp": _is_known("totp_confirmed_at"),
        "has_identity": _is_known("external_subject"),
        "allowed_actions": Field(_steps_of_holder, list[str]),
    },
    links={
        "unit": OWN_UNIT,
        "transitions": transitions(),
        "grants": Link(
            lambda: GRANT,
            lambda account, grant, given: grant.account_id == account.id,
            many=True,
            first=20,
            most=100,
        ),
    },
    filters={
        "login": Filter(str, lambda account: account.login, CHOICE),
        "unit_id": Filter(UUID, lambda account: account.unit_id, CHOICE),
        "disabled": _disabled(),
    },
)

CLIENT: Shape = Shape(
    name="Client",
    table=Client,
    needs=Permission.CLIENT_READ,
    scope=BY_PLACE,
    terms=MAP_OF,
    id_type=UUID,
    orders=NEWEST,
    fields=columns(
        Client, f"id version client_id name kind unit_id redirect_uris disabled_at {ACCOUNTED}"
    )
    | {
        "has_secret": _is_known("secret_hash"),
        "has_keys": Field(
            lambda client: func.coalesce(func.jsonb_typeof(client.keys) == "object", False), bool
        ),
        "allowed_actions": Field(_steps_of_holder, list[str]),
    },
    links={
        "unit": OWN_UNIT,
        "transitions": transitions(),
        "grants": Link(
            lambda: GRANT,
            lambda client, grant, given: grant.client_id == client.id,
            many=True,
            first=20,
            most=100,
        ),
    },
    filters={
        "client_id": Filter(str, lambda client: client.client_id, CHOICE),
        "kind": Filter(ClientKind, lambda client: client.kind, CHOICE),
        "unit_id": Filter(UUID, lambda client: client.unit_id, CHOICE),
        "disabled": _disabled(),
    },
)

GRANT: Shape = Shape(
    name="Grant",
    table=Grant,
    needs=Permission.GRANT_READ,
    scope=BY_PLACE,
    terms=MAP_OF,
    id_type=UUID,
    orders=NEWEST,
    fields=columns(
        Grant,
        "id version account_id client_id unit_id purposes state followed_from_id expires_at "
        + ACCOUNTED,
    )
    | {
        "role": Field(lambda grant: grant.role, Role),
        "allowed_actions": allowed_actions(states.HOLDING, GrantState),
    },
    links={
        "unit": OWN_UNIT,
        "transitions": transitions(),
        "followed_from": Link(
            lambda: UNIT,
            lambda grant, unit, given: unit.id == grant.followed_from_id,
            follows_parent=True,
        ),
        "account": Link(
            lambda: ACCOUNT,
            lambda grant, account, given: account.id == grant.account_id,
            follows_parent=True,  # who has rights here is known here, wherever he belongs
        ),
        "client": Link(
            lambda: CLIENT,
            lambda grant, client, given: client.id == grant.client_id,
            follows_parent=True,
        ),
    },
    filters={
        "role": Filter(Role, lambda grant: grant.role, CHOICE),
        "state": Filter(GrantState, lambda grant: grant.state, CHOICE),
        "unit_id": Filter(UUID, lambda grant: grant.unit_id, CHOICE),
        "account_id": Filter(UUID, lambda grant: grant.account_id, CHOICE),
        "client_id": Filter(UUID, lambda grant: grant.client_id, CHOICE),
        "expires_at": Filter(datetime, lambda grant: grant.expires_at, RANGE),
    },
)
