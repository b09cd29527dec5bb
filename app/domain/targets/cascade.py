"""The cascade of a target: its parts for lower units, each with a value of its own."""

from decimal import Decimal
from uuid import UUID

from app.db.session import Session
from app.db.tables.targets import Target
from app.domain.actor import Actor, Permission, operation
from app.domain.records import kit as records
from app.domain.records.kit import Edit
from app.domain.targets import checks, queries
from app.domain.targets.errors import NotBelow, UnitHasPart
from app.domain.targets.schemas import TargetCascade, TargetPart
from app.domain.targets.service import build_value, complete_baseline
from app.domain.units import service as units
from app.domain.units.shape import today

SAME = (
    "title", "indicator", "filter", "shape", "basis", "comparator", "period_from", "period_to",
    "window_name", "source",
)  # fmt: skip
COMPARED_DAYS = ("baseline_from", "baseline_to")


@operation(Permission.TARGET_WRITE)
async def cascade_target(
    session: Session, actor: Actor, id: UUID, data: TargetCascade, expected: int | None
) -> UUID:
    """Hand parts of a target to lower units; a sum that differs is a question, not a fault."""
    target = await records.load(session, actor, Target, id, expected)
    day = min(target.period_to, today())  # on which the units stood
    named = [(part.unit, day) for part in data.parts]
    found = await units.open_units(session, actor, named, own=set(named))
    below = await queries.list_below(session, target.unit_id, set(found.values()), day)
    taken = {part.unit_id for part in await queries.list_parts(session, target.id)}
    edits = [Edit(target, ["parts"])]
    for part, name in zip(data.parts, named, strict=True):
        unit = found[name]
        if unit not in below:
            raise NotBelow(unit=part.unit)
        if unit in taken:
            raise UnitHasPart(unit=part.unit)
        taken.add(unit)
        own = _build_part(target, unit, part)
        edits.append(Edit(own, ["parent_id", "value"], also=[build_value(actor, own)]))
    await records.save_all(session, actor, Permission.TARGET_WRITE, edits)
    return target.id


def _build_part(target: Target, unit: UUID, part: TargetPart) -> Target:
    """Build the part of a unit: on the same terms, with a baseline of its own figures."""
    value = Decimal(str(part.value))
    checks.check_value(target.shape, value)
    values = {name: getattr(target, name) for name in (*SAME, *COMPARED_DAYS)}
    own = Target(**values, value=value, unit_id=unit, parent_id=target.id)
    complete_baseline(own)
    return own
