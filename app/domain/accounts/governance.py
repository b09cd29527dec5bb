"""Tests in SQL of who may decide on accounts, clients and grants, by the rules of granting."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Text, and_, cast, false, func, not_, or_, select

from app.db.aliases import alias_table
from app.db.query.shape import Caller, Row, Test, is_one_of
from app.db.tables.auth import Account, Client, Grant, GrantState
from app.db.tables.units import Unit, UnitVersion
from app.domain.accounts.rules import HEIGHT, TERMS, RoleTerms
from app.domain.accounts.states import HolderState
from app.domain.actor import SECOND_PERSON_ROLES, Level
from app.domain.scope import BY_PLACE

HELD = (GrantState.PROPOSED, GrantState.ACTIVE, GrantState.WAITING)


def is_governed(grant: Row, caller: Caller) -> Test:
    """Test for grants of others that the caller may decide on."""
    oneself = func.coalesce(grant.account_id, grant.client_id)
    return and_(cast(oneself, Text) != caller.subject, _may_decide(grant, caller))


def may_confirm(grant: Row, caller: Caller) -> Test:
    """Test for grants that somebody else has proposed, to a holder who is enabled."""
    trusted = is_one_of(grant.role, sorted(SECOND_PERSON_ROLES))
    alone = and_(trusted, grant.changed_by == caller.subject)
    return and_(not_(alone), _is_enabled(grant), _stands(grant))


def may_follow(grant: Row, caller: Caller) -> Test:
    """Test for grants to a holder who is enabled."""
    return _is_enabled(grant)


def governed_holder(key: str) -> dict[str, Any]:
    """Return the rules on holders: those decide who may revoke all grants of the holder."""

    def is_governed_holder(holder: Row, caller: Caller) -> Test:
        grant: Row = alias_table(Grant)
        own = BY_PLACE[caller.level](grant, caller.unit)
        lasts = or_(grant.expires_at.is_(None), grant.expires_at > func.now())
        beyond = select(grant.id).where(
            getattr(grant, key) == holder.id, is_one_of(grant.state, HELD), lasts,
            not_(func.coalesce(and_(own, _may_decide(grant, caller)), false())),
        )  # fmt: skip
        others = cast(holder.id, Text) != caller.subject
        return and_(others, not_(beyond.correlate(holder).exists()))

    return {"conditions": {"": is_governed_holder}, "state_test": _is_in_state}


def _is_in_state(holder: Row, states: Collection[HolderState]) -> Test:
    tests = {
        HolderState.ENABLED: holder.disabled_at.is_(None),
        HolderState.DISABLED: holder.disabled_at.is_not(None),
    }
    return or_(*(tests[state] for state in states))


def _may_decide(grant: Row, caller: Caller) -> Test:
    """Test for grants of roles that administrators of the caller's level decide on."""
    own = HEIGHT[Level(caller.level)]
    below = [level for level, height in HEIGHT.items() if height > own]
    tests = [
        and_(grant.role == role.value, *_terms(terms, grant, below))
        for role, terms in TERMS.items()
        if caller.level in terms.by
    ]
    return or_(false(), *tests)


def _terms(terms: RoleTerms, grant: Row, below: list[Level]) -> list[Test]:
    tests = [_lies_below(grant.unit_id, below)] if terms.from_above else []
    if terms.over_holder:
        tests.append(or_(*(_lies_below(home, below) for home in _homes(grant))))
    return tests


def _lies_below(unit: Any, levels: list[Level]) -> Test:
    own: Row = alias_table(Unit)
    found = select(own.id).where(own.id == unit, is_one_of(own.level, levels))
    return found.correlate_except(own).exists()


def _homes(grant: Row) -> list[Any]:
    """Select the unit of the holder of a grant, an account or a client."""
    found = []
    for table, key in ((Account, grant.account_id), (Client, grant.client_id)):
        holder: Row = alias_table(table)
        home = select(holder.unit_id).where(holder.id == key)
        found.append(home.correlate_except(holder).scalar_subquery())
    return found


def _is_enabled(grant: Row) -> Test:
    tests = []
    for table, key in ((Account, grant.account_id), (Client, grant.client_id)):
        holder: Row = alias_table(table)
        enabled = select(holder.id).where(holder.id == key, holder.disabled_at.is_(None))
        tests.append(enabled.correlate_except(holder).exists())
    return or_(*tests)


def _stands(grant: Row) -> Test:
    version: Row = alias_table(UnitVersion)
    today: Any = func.today()
    found = select(version.unit_id).where(
        version.unit_id == grant.unit_id, version.valid_from <= today, version.valid_to > today
    )
    return found.correlate_except(version).exists()
