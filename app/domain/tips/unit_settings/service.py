"""Operations on the settings of units."""

from uuid import UUID

from app.db.session import Session
from app.db.tables.tips import TipUnitSettings
from app.db.tables.units import UnitLevel
from app.domain.actor import Actor, Permission, operation
from app.domain.errors import FieldError, InvalidFields
from app.domain.records import kit as records
from app.domain.records.map_locks import lock_named
from app.domain.tips.unit_settings import queries
from app.domain.tips.unit_settings.schemas import TipDeskEntry
from app.domain.units import queries as map_
from app.domain.units.errors import UnitNotFound
from app.domain.units.service import unit_closed
from app.domain.units.shape import today


class VillageTakesNoTips(InvalidFields):
    def __init__(self) -> None:
        en = "A village takes no tips: they go to its commune, or to a unit above."
        vi = "Thôn, tổ dân phố không tiếp nhận tin: tin gửi tới cấp xã hoặc cấp trên."
        super().__init__(FieldError("/unit", "no_desk_in_villages", en, vi))


@operation(Permission.TIP_DESK_WRITE)
async def set_tip_desk(session: Session, actor: Actor, data: TipDeskEntry) -> UUID:
    """Set how a unit receives tips: whether it is remote, and by which decision."""
    unit = await _find_own_unit(session, actor, data.unit)
    if unit.level is UnitLevel.VILLAGE:
        raise VillageTakesNoTips()
    values = data.model_dump(exclude={"unit"})
    settings = await queries.lock_settings(session, unit.id)
    if settings is None:
        settings, fields = TipUnitSettings(unit_id=unit.id, **values), sorted(values)
    else:
        fields = records.assign(settings, values)
    if fields:
        await records.save(session, actor, Permission.TIP_DESK_WRITE, settings, fields)
    return settings.id


async def _find_own_unit(session: Session, actor: Actor, name: str) -> map_.UnitOnDate:
    """Find an open unit in the actor's scope."""
    day = today()
    await lock_named(session, [(name, day)])
    unit = (await map_.find_units(session, [(name, day)])).get((name, day))
    if unit is None or not await map_.within(session, actor, [unit.id]):
        raise UnitNotFound(wanted=name, day=day.isoformat())
    if not unit.stands_on(day):
        raise await unit_closed(session, unit)
    return unit
