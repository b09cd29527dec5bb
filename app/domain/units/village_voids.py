"""Void villages that were entered in error: on the map they stood on no day; they stay readable."""

from typing import Any
from uuid import UUID

from sqlmodel import col, select

from app.db.base import Row, UnitScoped, Voidable, now
from app.db.session import Session
from app.db.tables.programme_models import ModelHost, ProgrammeModel
from app.db.tables.units import Unit, UnitLevel, UnitVersion
from app.domain.actor import ABOVE_VILLAGES, Actor, Permission, check_level, operation
from app.domain.records import kit as records
from app.domain.records import reference_queries
from app.domain.records.dependants import Find, by_key, by_test
from app.domain.records.errors import HasDependants, IsVoided
from app.domain.records.schemas import VoidInput
from app.domain.units import queries, void_queries
from app.domain.units.errors import NotAnEnteredVillage

FIELDS = ("map", *sorted(Voidable.model_fields))


@operation(Permission.UNIT_VOID)
async def void_village(
    session: Session, actor: Actor, id: UUID, data: VoidInput, expected: int | None
) -> UUID:
    """Void a village that was entered in error: it stood on no day, and stays readable."""
    await queries.lock_units_alone(session, [id])  # nothing is recorded for it meanwhile
    unit = await records.load(session, actor, Unit, id, expected, lock_map=False)
    check_level(actor, ABOVE_VILLAGES)
    version = await _find_entry(session, unit)
    resting = await reference_queries.list_dependants(session, actor, unit.id, list_rests())
    if resting.own or resting.elsewhere:
        raise HasDependants(resting.own, resting.elsewhere)
    parents = await void_queries.list_parents(session, unit.id)
    version.valid_to = version.valid_from
    for parent in parents:
        parent.valid_to = parent.valid_from
    version.voided_at, version.voided_by, version.void_reason = now(), actor.subject, data.reason
    await records.save(
        session, actor, Permission.UNIT_VOID, unit, FIELDS, also=[version, *parents],
        reason=data.reason,
    )  # fmt: skip
    await queries.date_units(session, [unit.id])
    return unit.id


async def _find_entry(session: Session, unit: Unit) -> UnitVersion:
    """Return the one version of a village that was entered, and that no change of the map knows."""
    versions = await void_queries.list_versions(session, unit.id)
    if voided_at := versions[0].voided_at:
        raise IsVoided(voided_on=voided_at.date().isoformat())
    known = await void_queries.has_successions(session, unit.id)
    entered = unit.level is UnitLevel.VILLAGE and versions[0].entered_in_id is not None
    if known or not entered or len(versions) > 1:
        raise NotAnEnteredVillage(name=versions[0].name)
    return versions[0]


def list_rests() -> list[Find]:
    """List how the records of every table that rest on a unit are found; tips go to communes."""
    tables: list[Any] = [table for table in UnitScoped.__subclasses__() if issubclass(table, Row)]
    of_unit = [table for table in tables if hasattr(table, "unit_id") and table is not ModelHost]
    found = [by_key(one, "unit_id") for one in of_unit]
    return [*found, by_test(ProgrammeModel, _is_hosted)]


def _is_hosted(unit: UUID) -> Any:
    """Test for models that are at work in a unit, whichever leads them."""
    hosted = select(ModelHost.model_id).where(ModelHost.unit_id == unit)
    led = col(ProgrammeModel.unit_id) == unit
    return col(ProgrammeModel.id).in_(hosted) & ~led
