"""Every SQL statement on organisations, apart from those of the shapes."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import text
from sqlmodel import col, select

from app.db.session import Session, execute
from app.db.tables.organisations import IdentifierSystem, Organisation, OrganisationIdentifier
from app.domain.actor import Actor
from app.domain.organisations.shape import VISIBLE


async def list_visible(
    session: Session, actor: Actor, ids: Iterable[UUID]
) -> dict[UUID, Organisation]:
    """Find organisations that the actor may read, by id."""
    if not (wanted := set(ids)):
        return {}
    seen = VISIBLE[actor.level](Organisation, actor.unit_id)
    stands = col(Organisation.voided_at).is_(None)
    statement = select(Organisation).where(col(Organisation.id).in_(wanted), seen, stands)
    found = await session.exec(statement)
    return {organisation.id: organisation for organisation in found}


async def lock_code(session: Session, system: IdentifierSystem, code: str) -> None:
    """Let nobody else give this identifier until the transaction ends."""
    claimed = "SELECT pg_advisory_xact_lock(hashtextextended(:system || ' ' || :code, 7300051))"
    await execute(session, text(claimed), {"system": system.value, "code": code})


async def find_holder(
    session: Session, system: IdentifierSystem, code: str, since: date, until: date
) -> OrganisationIdentifier | None:
    """Find who has an identifier within a span of days."""
    one = OrganisationIdentifier
    gone = select(Organisation.id).where(col(Organisation.voided_at).is_not(None))
    statement = select(one).where(
        one.system == system, one.code == code, one.valid_from < until, one.valid_to > since,
        col(one.organisation_id).not_in(gone),
    )  # fmt: skip
    return (await session.exec(statement)).first()


async def find_identifier(
    session: Session, organisation: UUID, id: UUID
) -> OrganisationIdentifier | None:
    """Find an identifier of an organisation, by its own id."""
    one = OrganisationIdentifier
    statement = select(one).where(one.id == id, one.organisation_id == organisation)
    return (await session.exec(statement)).one_or_none()
