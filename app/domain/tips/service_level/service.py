"""The service level of a unit, by commune or by month."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from app.db.base import now
from app.db.session import Session
from app.domain.actor import Actor, Permission, operation
from app.domain.arguments import OfUnit
from app.domain.deadlines.days import day_of
from app.domain.records.types import Day
from app.domain.tips.service_level import queries, rules
from app.domain.tips.service_level.errors import NotAPeriod
from app.domain.tips.service_level.rules import NAMES, Counts
from app.domain.tips.service_level.schemas import ServiceBy, ServiceLine, TipServiceLevel
from app.domain.units import service as units

Since = Annotated[Day | None, Field(alias="from")]
Until = Annotated[Day | None, Field(alias="to")]
By = ServiceBy
Line = tuple[UUID | None, str | None, str | None, date | None]
KEYS: dict[ServiceBy, Callable[[Any], Line]] = {
    ServiceBy.UNIT: lambda row: (row.commune_id, row.code, row.name, None),
    ServiceBy.MONTH: lambda row: (None, None, None, row.month),
}


@operation(Permission.TIP_SERVICE_READ)
async def tip_service_level(
    session: Session,
    actor: Actor,
    *,
    unit: OfUnit,
    since: Since = None,
    until: Until = None,
    by: By = ServiceBy.UNIT,
) -> TipServiceLevel:
    """Read how the tips that a unit received in a period were served.

    The share is of those received and resolved in time among those due. A tip counts where it was
    received, also when another unit has it now, and when nothing but the count is left of it.
    """
    at = now()
    today = day_of(at)
    last = until or today
    first = since or last.replace(month=1, day=1)
    if last < first:
        raise NotAPeriod(since=first.isoformat(), until=last.isoformat())
    place, _ = await units.on_either_day(session, actor, unit, today, today)
    found = await queries.count_tips(session, place.id, first, last, at, today)
    lines = _lines(found, KEYS[by])
    whole = actor.may(Permission.TIP_READ)
    *figures, total = rules.publish(list(lines.values()), whole=whole)
    return TipServiceLevel(
        unit_id=place.id, unit_code=place.code, unit_name=place.name, since=first, until=last,
        by=by, total=total,
        lines=[
            ServiceLine(unit_id=id, code=code, name=name, month=month, figures=found)
            for (id, code, name, month), found in zip(lines, figures, strict=True)
        ],
    )  # fmt: skip


def _lines(found: Sequence[Any], key: Callable[[Any], Line]) -> dict[Line, Counts]:
    """Build one line for each commune or month; what lies in none of them comes last."""
    lines: dict[Line, Counts] = {}
    for row in found:
        one = Counts(*(getattr(row, name) for name in NAMES))
        lines[key(row)] = lines.get(key(row), Counts()) + one
    return dict(sorted(lines.items(), key=lambda line: line[0][3] or date.min))
