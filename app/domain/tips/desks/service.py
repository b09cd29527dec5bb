"""What can be done with desks: say how a unit takes tips."""

from uuid import UUID

from app.db.session import Session
from app.db.tables.records import Act
from app.db.tables.tips import TipDesk
from app.db.tables.units import UnitLevel
from app.domain.actor import Actor, Permission, operation
from app.domain.errors import FieldError, InvalidFields
from app.domain.records import service as records
from app.domain.records.service import Change
from app.domain.tips.desks import queries
from app.domain.tips.desks.schemas import TipDeskEntry
from app.domain.units import queries as map_
from app.domain.units.errors import UnitNotFound
from app.domain.units.service import unit_closed
from app.domain.units.shape import today


class NoDeskInVillages(InvalidFields):
    def __init__(self) -> None:
        en = "A village takes no tips: they go to its commune, or to a unit above."
        vi = "Thôn, tổ dân phố không tiếp nhận tin: tin gửi tới cấp xã hoặc cấp trên."
        super().__init__(FieldError("/unit", "no_desk_in_villages", en, vi))


@operation(Permission.TIP_DESK_WRITE)
async def set_tip_desk(session: Session, actor: Actor, data: TipDeskEntry) -> UUID:
    """Say how a unit takes tips: whether it is remote, and by which decision."""
    unit = await _own_unit(session, actor, data.unit)
    if unit.level is UnitLevel.VILLAGE:
        raise NoDeskInVillages()
    said, desk = data.model_dump(exclude={"unit"}), await queries.desk_of(session, unit.id)
    if desk is None:
        by = actor.subject
        desk, act, fields = (
            TipDesk(unit_id=unit.id, created_by=by, changed_by=by, **said),
            Act.CREATE,
            sorted(said),
        )
        session.add(desk)
    else:
        act, fields = Act.CHANGE, records.apply_changes(desk, actor, said)
    if fields:
        await session.flush()
        change = Change("tip_desk", desk.id, unit.id, act, desk.version, fields)
        await records.log_changes(session, actor, Permission.TIP_DESK_WRITE, [change])
    return desk.id


async def _own_unit(session: Session, actor: Actor, name: str) -> map_.UnitOnDate:
    """An open unit of the actor's own."""
    day = today()
    await map_.hold_map(session)
    unit = (await map_.find_units(session, [(name, day)])).get((name, day))
    if unit is None or not await map_.within(session, actor, [unit.id]):
        raise UnitNotFound(wanted=name, day=day.isoformat())
    if not unit.stands_on(day):
        raise await unit_closed(session, unit)
    return unit
