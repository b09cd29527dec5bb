"""Operations on exemplars: create and change."""

from uuid import UUID

from app.db.session import Session
from app.db.tables.commendations import Commendation, Exemplar
from app.db.vietnamese import search_key
from app.domain.actor import Actor, Permission, operation
from app.domain.commendations import rules
from app.domain.commendations.schemas import ExemplarChange, ExemplarCreate
from app.domain.commendations.service import load
from app.domain.records import kit as records
from app.domain.units import service as units
from app.domain.units.shape import today


@operation(Permission.EXEMPLAR_WRITE)
async def create_exemplar(session: Session, actor: Actor, data: ExemplarCreate) -> UUID:
    """Create an exemplar: a collective, a model, a unit or a person of your units."""
    named = (data.unit, today())
    found = await units.open_units(session, actor, [named], own={named})
    said = data.model_dump(exclude={"unit"})
    exemplar = Exemplar(**said, unit_id=found[named], search_key="")
    await _check(session, actor, exemplar)
    exemplar.search_key = _words(exemplar)
    return await records.create(
        session, actor, Permission.EXEMPLAR_WRITE, exemplar, data.model_fields_set
    )


@operation(Permission.EXEMPLAR_WRITE)
async def change_exemplar(
    session: Session, actor: Actor, id: UUID, data: ExemplarChange, expected: int | None
) -> UUID:
    """Change an exemplar."""
    exemplar = await load(session, actor, Exemplar, id, expected)
    if changed := records.assign(exemplar, data.model_dump(exclude_unset=True)):
        await _check(session, actor, exemplar)
        exemplar.search_key = _words(exemplar)
        await records.save(session, actor, Permission.EXEMPLAR_WRITE, exemplar, changed)
    return exemplar.id


async def _check(session: Session, actor: Actor, exemplar: Exemplar) -> None:
    rules.check_subject(exemplar)
    if known := exemplar.commendation_id:
        await records.get(session, actor, Commendation, known, lock_map=False)


def _words(exemplar: Exemplar) -> str:
    """Return the search text of an exemplar; never a person's name."""
    return search_key(exemplar.subject_name or "", exemplar.description)
