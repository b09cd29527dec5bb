"""What officers do for those who come in person, call or write: hand their tip in for them."""

from app.db.session import Session, act_as
from app.db.tables.tips import TipAssignment, TipChannel
from app.db.tables.units import UnitLevel
from app.domain.actor import Actor, Permission, operation
from app.domain.deadlines.days import today
from app.domain.records import service as records
from app.domain.records.service import Change
from app.domain.tips.intake import places
from app.domain.tips.intake.schemas import TipCreate, TipReceived
from app.domain.tips.intake.taking import Told, draw, take_in
from app.domain.tips.office import RUNTIME, Office
from app.domain.tips.protecting.receipts import as_written
from app.domain.tips.routing import Place, Route
from app.domain.tips.terms import RESOURCE
from app.domain.units import queries as units
from app.domain.units.errors import UnitNotFound
from app.domain.units.service import unit_closed

FIELDS = ("channel", "has_contact", "kind", "unit_id")


@operation(Permission.TIP_CREATE)
async def create_tip(
    session: Session, actor: Actor, data: TipCreate, office: Office
) -> TipReceived:
    """Hand in what somebody tells at the counter; the officer is assigned to it."""
    unit = await _unit(session, actor, data.unit)
    told = Told(
        data.text, data.unit, Route(unit, None), data.kind, TipChannel(data.channel), data.contact,
        by=actor.subject,
    )  # fmt: skip
    drawn = await draw(office, data.text)
    taken = await take_in(session, office, told, drawn)
    await act_as(session, RUNTIME)
    session.add(
        TipAssignment(
            tip_id=taken.id, subject=actor.subject, assigned_by=actor.subject, assigned_on=today()
        )
    )
    await session.flush()
    made = Change(RESOURCE, taken.id, unit.id, fields=FIELDS)
    await records.log_changes(session, actor, Permission.TIP_CREATE, [made])
    return TipReceived(id=taken.id, receipt=as_written(drawn.receipt), proof=taken.proof)


async def _unit(session: Session, actor: Actor, wanted: str) -> Place:
    """The unit that receives it: one whose tips the officer reaches, or what its village is in."""
    day = today()
    (lineage,) = await places.lineages(session, [wanted], day)
    unit = next((place for place in lineage if place.level is not UnitLevel.VILLAGE), None)
    if unit is None or not await places.is_reached(session, actor, unit.id):
        raise UnitNotFound(wanted=wanted, day=day.isoformat())
    if not lineage[0].stands_on(day):
        known = await units.find_units_by_id(session, [lineage[0].id], day)
        raise await unit_closed(session, known[lineage[0].id])
    return unit
