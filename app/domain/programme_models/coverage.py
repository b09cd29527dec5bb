"""Coverage: places with a model, of all places on a day."""

from collections.abc import Sequence
from typing import Any

from app.db.session import Session
from app.domain.actor import Actor, Permission, operation
from app.domain.arguments import AS_RECORDED, Boundary, OfUnit, OnDay
from app.domain.programme_models import counts, rules, types
from app.domain.programme_models.figures import Coverage, CoverageShare
from app.domain.records.types import TypeName
from app.domain.units import service as units
from app.domain.units.shape import today


@operation(Permission.COVERAGE_READ)
async def coverage(
    session: Session,
    actor: Actor,
    id: TypeName,
    *,
    unit: OfUnit,
    on: OnDay = None,
    boundary: Boundary = AS_RECORDED,
) -> Coverage:
    """Count the places of a unit with a model of this type, by commune.

    `on` is the day of the facts. `boundary` says by whose communes they are grouped: `as_recorded`
    (those of that day), `current` (today's) or `as_of:DATE`. A place whose commune was divided lies
    in no commune that anybody knows: it counts in the whole and stands under `unattributed`.
    """
    day = on or today()
    boundary_day = units.boundary_day(boundary, recorded=day)
    kind = await types.find_type(session, id)
    place, unit_day = await units.on_either_day(session, actor, unit, boundary_day, day)
    found = await counts.coverage(
        session, type=kind.id, unit=place, day=day, unit_day=unit_day, boundary_day=boundary_day
    )
    shares = [_share(row) for row in found if row.commune_id]
    lost = [_share(row) for row in found if not row.commune_id]
    return Coverage(
        model_type=kind.code, unit_id=place.id, unit_code=place.code, unit_name=place.name,
        on=day, boundary=boundary, boundary_day=boundary_day, **_sums([*shares, *lost]),
        communes=sum(share.covered > 0 for share in shares), by_commune=shares, unattributed=lost,
    )  # fmt: skip


def _share(row: Any) -> CoverageShare:
    return CoverageShare(
        unit_id=row.commune_id, code=row.code, name=row.full_name, covered=row.covered,
        existing=row.existing, percent=rules.percent(row.covered, row.existing),
        households=row.households,
    )  # fmt: skip


def _sums(shares: Sequence[CoverageShare]) -> dict[str, Any]:
    covered, existing = sum(s.covered for s in shares), sum(s.existing for s in shares)
    return {
        "covered": covered,
        "existing": existing,
        "percent": rules.percent(covered, existing),
        "households": sum(share.households for share in shares),
    }
