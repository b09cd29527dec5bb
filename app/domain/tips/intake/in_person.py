"""Registration of tips by officers, for people who come in person, call or write."""

from uuid import UUID

from app.db.session import Session, act_as
from app.db.tables.tips import TipAssignment, TipChannel
from app.db.tables.units import UnitLevel
from app.domain.actor import Actor, Permission, operation
from app.domain.confidential.roles import RUNTIME
from app.domain.deadlines.days import today
from app.domain.records import kit as records
from app.domain.records.service import Change, log_changes
from app.domain.tips.context import TipContext
from app.domain.tips.crypto.receipts import format_receipt
from app.domain.tips.deadlines import RESOURCE
from app.domain.tips.exclusion_queries import is_subject_barred
from app.domain.tips.intake import unit_lookup
from app.domain.tips.intake.builder import Statement
from app.domain.tips.intake.choice import choose_tip_route
from app.domain.tips.intake.create import insert_tip, prepare_tip
from app.domain.tips.intake.limits import check_came_on
from app.domain.tips.intake.schemas import TipCreate, TipRegistered
from app.domain.tips.routes import Route, RoutingUnit
from app.domain.units import queries as units
from app.domain.units.errors import UnitNotFound
from app.domain.units.service import unit_closed

FIELDS = ("channel", "has_contact", "kind", "unit_id")


@operation(Permission.TIP_CREATE)
async def create_tip(
    session: Session, actor: Actor, data: TipCreate, context: TipContext
) -> TipRegistered:
    """Enter a tip for somebody; the officer is assigned to it."""
    check_came_on(data.received_on, today())
    unit = await _find_unit(session, actor, data.unit)
    route = await choose_tip_route(session, str(unit.id), data, pointer="/unit")
    statement = Statement(
        data.text, data.unit, route, data.kind, TipChannel(data.channel), data.contact,
        data.not_to, data.about_officials_of, actor.subject, data.urgent, data.received_on,
    )  # fmt: skip
    prepared = await prepare_tip(context, data.text)
    created = await insert_tip(session, context, statement, prepared)
    await act_as(session, RUNTIME)
    if await _may_open(session, actor, created.id, route):
        await _assign(session, actor, created.id)
    made = Change(RESOURCE, created.id, route.to.id, fields=FIELDS)
    await log_changes(session, actor, Permission.TIP_CREATE, [made])
    return TipRegistered(
        id=created.id, receipt=format_receipt(prepared.receipt), proof=created.proof
    )


async def _may_open(session: Session, actor: Actor, tip: UUID, route: Route) -> bool:
    """Return whether the officer who enters a tip is among those who may have it."""
    if not route.excluded:
        return True
    barred = await is_subject_barred(session, tip, actor.subject, [actor.unit_id])
    return not barred and await unit_lookup.is_in_tip_scope(session, actor, route.to.id)


async def _assign(session: Session, actor: Actor, tip: UUID) -> None:
    """Assign the officer, who has heard it anyway."""
    assignment = TipAssignment(
        tip_id=tip, subject=actor.subject, assigned_by=actor.subject, assigned_on=today()
    )
    await records.write(session, assignment)


async def _find_unit(session: Session, actor: Actor, wanted: str) -> RoutingUnit:
    """Find the receiving unit in the officer's scope; for a village, what it lies in."""
    day = today()
    (lineage,) = await unit_lookup.find_lineages(session, [wanted], day)
    unit = next((one for one in lineage if one.level is not UnitLevel.VILLAGE), None)
    if unit is None or not await unit_lookup.is_in_tip_scope(session, actor, unit.id):
        raise UnitNotFound(wanted=wanted, day=day.isoformat())
    if not lineage[0].stands_on(day):
        known = await units.find_units_by_id(session, [lineage[0].id], day)
        raise await unit_closed(session, known[lineage[0].id])
    return unit
