"""Shapes of accounts, clients and grants; secrets are never readable."""

from uuid import UUID

from sqlalchemy import func

from app.db.query.shape import CHOICE, Field, Filter, Shape, columns
from app.db.tables.auth import Account, Client, Grant
from app.domain.accounts import states
from app.domain.accounts.governance import (
    governed_holder,
    is_governed,
    may_confirm,
    may_follow,
)
from app.domain.actor import Permission, Role
from app.domain.records.actions import actions
from app.domain.records.shape import (
    LOGGED,
    NEWEST,
    choices,
    parent,
    part,
    ranges,
    transitions,
)
from app.domain.scope import BY_PLACE
from app.domain.units.shape import MAP_OF, OWN_UNIT, UNIT


def _is_known(name: str) -> Field:
    return Field(lambda row: getattr(row, name).is_not(None), bool)


def _is_disabled() -> Filter:
    return Filter(bool, test=lambda row, off, given: row.disabled_at.is_not(None) == off)


ACCOUNT: Shape = Shape(
    name="Account",
    table=Account,
    needs=Permission.ACCOUNT_READ,
    scope=BY_PLACE,
    terms=MAP_OF,
    id_type=UUID,
    orders=NEWEST,
    fields=columns(Account, f"id version login name unit_id disabled_at {LOGGED}")
    | {
        "has_password": _is_known("password_hash"),
        "has_totp": _is_known("totp_confirmed_at"),
        "has_identity": _is_known("external_subject"),
    }
    | actions(states.HOLDER_LIFE, Permission.ACCOUNT_WRITE, **governed_holder("account_id")),
    links={
        "unit": OWN_UNIT,
        "transitions": transitions(),
        "grants": part(lambda: GRANT, "account_id", follows_parent=False),
    },
    filters={
        **choices(Account, "login unit_id"),
        "disabled": _is_disabled(),
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
        Client,
        "id version client_id name kind unit_id redirect_uris opened_to_id opened_scopes "
        f"disabled_at {LOGGED}",
    )
    | {
        "has_secret": _is_known("secret_hash"),
        "has_keys": Field(
            lambda client: func.coalesce(func.jsonb_typeof(client.keys) == "object", False), bool
        ),
    }
    | actions(states.HOLDER_LIFE, Permission.CLIENT_WRITE, **governed_holder("client_id")),
    links={
        "unit": OWN_UNIT,
        "opened_to": parent(UNIT, "opened_to_id"),
        "transitions": transitions(),
        "grants": part(lambda: GRANT, "client_id", follows_parent=False),
    },
    filters={
        **choices(Client, "client_id kind unit_id"),
        "disabled": _is_disabled(),
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
        + LOGGED,
    )
    | {
        "role": Field(lambda grant: grant.role, Role),
    }
    | actions(
        states.GRANT_LIFE,
        Permission.GRANT_WRITE,
        conditions={"": is_governed, "confirm": may_confirm, "follow": may_follow},
    ),
    links={
        "unit": OWN_UNIT,
        "transitions": transitions(),
        "followed_from": parent(UNIT, "followed_from_id"),
        # who has rights here is known here, wherever they belong
        "account": parent(ACCOUNT, "account_id"),
        "client": parent(CLIENT, "client_id"),
    },
    filters={
        "role": Filter(Role, lambda grant: grant.role, CHOICE),
        **choices(Grant, "state unit_id account_id client_id"),
        **ranges(Grant, "expires_at"),
    },
)
