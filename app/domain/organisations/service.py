"""Operations on organisations: create, change, close, reopen; their identifiers."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from app.db.base import INFINITY
from app.db.session import Session
from app.db.tables.organisations import Organisation, OrganisationIdentifier
from app.db.vietnamese import search_key
from app.domain.actor import Actor, Permission, operation
from app.domain.organisations import queries, rules
from app.domain.organisations.errors import (
    IdentifierHasEnded,
    IdentifierNotFound,
    IdentifierTaken,
)
from app.domain.organisations.schemas import (
    IdentifierAdd,
    IdentifierEnd,
    OrganisationChange,
    OrganisationCreate,
    OrganisationTransition,
)
from app.domain.records import kit as records
from app.domain.records.errors import build_not_found
from app.domain.units import service as units
from app.domain.units.shape import today

WRITE = Permission.ORGANISATION_WRITE


@operation(WRITE)
async def create_organisation(session: Session, actor: Actor, data: OrganisationCreate) -> UUID:
    """Create an organisation of one of your units."""
    rules.check_beginning(data.active_from, today=today())
    named = (data.unit, data.unit_on or data.active_from or today())
    unit = (await units.open_units(session, actor, [named], own={named}))[named]
    organisation = Organisation(
        **data.model_dump(exclude={"unit", "unit_on"}),
        unit_id=unit,
        search_key=search_key(data.name),
    )
    return await records.create(session, actor, WRITE, organisation, data.model_fields_set)


@operation(WRITE)
async def change_organisation(
    session: Session, actor: Actor, id: UUID, data: OrganisationChange, expected: int | None
) -> UUID:
    """Correct an organisation."""
    organisation = await records.load(session, actor, Organisation, id, expected)
    if changed := records.assign(organisation, data.model_dump(exclude_unset=True)):
        rules.check_change(organisation, today=today())
        organisation.search_key = search_key(organisation.name)
        await records.save(session, actor, WRITE, organisation, changed)
    return organisation.id


@operation(Permission.ORGANISATION_TRANSITION)
async def transition_organisation(
    session: Session, actor: Actor, id: UUID, data: OrganisationTransition, expected: int | None
) -> UUID:
    """Apply a transition to an organisation: close it, or reopen it."""
    organisation = await records.load(session, actor, Organisation, id, expected)
    step = rules.apply_transition(organisation, data, today=today())
    fields = ["active_to", "state"]
    needs = Permission.ORGANISATION_TRANSITION
    return await records.save(session, actor, needs, organisation, fields, step)


@operation(WRITE)
async def add_organisation_identifier(
    session: Session, actor: Actor, id: UUID, data: IdentifierAdd, expected: int | None
) -> UUID:
    """Add an identifier that an organisation has from a day on."""
    organisation = await records.load(session, actor, Organisation, id, expected)
    code = rules.clean_code(data.system, data.code)
    rules.check_span(data.valid_from, data.valid_to)
    until = data.valid_to or INFINITY
    await queries.lock_code(session, data.system, code)
    if held := await queries.find_holder(session, data.system, code, data.valid_from, until):
        raise IdentifierTaken(
            identifier=code, system=data.system, since=held.valid_from.isoformat()
        )
    made = OrganisationIdentifier(
        organisation_id=organisation.id, system=data.system, code=code,
        valid_from=data.valid_from, valid_to=until,
    )  # fmt: skip
    return await records.save(session, actor, WRITE, organisation, ["identifiers"], also=[made])


@operation(WRITE)
async def end_organisation_identifier(
    session: Session, actor: Actor, id: UUID, identifier: UUID, data: IdentifierEnd,
    expected: int | None,
) -> UUID:  # fmt: skip
    """End an identifier of an organisation."""
    organisation = await records.load(session, actor, Organisation, id, expected)
    held = await queries.find_identifier(session, organisation.id, identifier)
    if held is None:
        raise IdentifierNotFound(wanted=str(identifier))
    if held.valid_to != INFINITY:
        raise IdentifierHasEnded(valid_to=held.valid_to.isoformat())
    rules.check_span(held.valid_from, data.valid_to)
    held.valid_to = data.valid_to
    return await records.save(session, actor, WRITE, organisation, ["identifiers"], also=[held])


async def find_active(
    session: Session, actor: Actor, wanted: Collection[tuple[UUID, date]]
) -> dict[UUID, Organisation]:
    """Return organisations that the actor may refer to; refuse others, and closed ones."""
    found = await queries.list_visible(session, actor, (id for id, _ in wanted))
    for id, day in wanted:
        if id not in found:
            raise build_not_found(Organisation)
        rules.check_active(found[id], day)
    return found
