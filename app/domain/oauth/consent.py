"""Consent: what an application may be allowed by the person who signs in, and for which unit."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from app.db.session import Session
from app.db.synchronous import SynchronousSession as Bare
from app.db.tables.auth import Client, Grant
from app.domain.actor import GRANTS, GUARDED, Permission, Role
from app.domain.oauth import queries
from app.domain.oauth.rules import requested_permissions


@dataclass(frozen=True, slots=True)
class Offer:
    """The permissions that a person may hand to an application."""

    application: str
    registered_by: str  # the unit that answers for it
    permissions: frozenset[Permission]

    @property
    def scope(self) -> str:
        return " ".join(sorted(self.permissions))


def limit_of(client: Client) -> frozenset[Permission]:
    """Return the permissions that people may hand to an application at all."""
    opened = frozenset(client.opened_scopes)
    return frozenset(one for one in Permission if one not in GUARDED or one in opened)


def unopened_scopes(client: Client, scope: str | None) -> list[str]:
    """List what a request names that nobody opened to the application."""
    wanted = requested_permissions(scope) or frozenset()
    return sorted(wanted - limit_of(client))


def serves(db: Bare, client: Client, unit: UUID) -> bool:
    """Return whether an application works for the people of a unit."""
    own = [one for one in (client.unit_id, client.opened_to_id) if one]
    return any(queries.lies_within(db, unit, one) for one in own)


async def served_units(session: Session, client: Client, units: Collection[UUID]) -> set[UUID]:
    """Return those of the units whose people the application works for."""

    def find(db: Bare) -> set[UUID]:
        return {unit for unit in units if serves(db, client, unit)}

    return await queries.run_sync(session, find)


async def make_offer(
    session: Session, client: Client, grants: Collection[Grant], scope: str
) -> Offer:
    """Work out what a person's roles, the request and the limits of the application leave."""
    granted = frozenset[Permission]().union(*(GRANTS[Role(grant.role)] for grant in grants))
    wanted = requested_permissions(scope)
    asked = granted if wanted is None else granted & wanted
    unit = await queries.run_sync(session, lambda db: queries.find_unit_name(db, client.unit_id))
    return Offer(client.name, unit, asked & limit_of(client))
