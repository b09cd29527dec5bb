"""Tally of models at work: types, sites (điểm) and groups (tổ), by guidance 22."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from app.db.session import Session
from app.db.tables.programme_models import HostKind, ModelField
from app.domain.actor import Actor, Permission, operation
from app.domain.arguments import AS_RECORDED, Boundary, OfUnit, OnDay
from app.domain.programme_models import counts
from app.domain.programme_models.figures import FieldTally, HostTally, ModelTally, TypeTally
from app.domain.units import service as units
from app.domain.units.shape import today


@operation(Permission.COVERAGE_READ)
async def model_tally(
    session: Session,
    actor: Actor,
    *,
    unit: OfUnit,
    on: OnDay = None,
    boundary: Boundary = AS_RECORDED,
) -> ModelTally:
    """Count the models at work in a unit on a day; one that spans several units counts once."""
    day = on or today()
    boundary_day = units.boundary_day(boundary, recorded=day)
    place, unit_day = await units.on_either_day(session, actor, unit, boundary_day, day)
    found = await counts.tally(session, unit=place, day=day, unit_day=unit_day)
    kinds = [TypeTally.model_validate(row, from_attributes=True) for row in found]
    return ModelTally(
        unit_id=place.id, unit_code=place.code, unit_name=place.name,
        on=day, boundary=boundary, boundary_day=boundary_day, by_type=kinds, **_sums(kinds),
        by_field=[FieldTally(field=field, **_sums(some))
                  for field, some in _split_lines(kinds, ModelField, "field")],
        by_host_kind=[HostTally(host_kind=kind, **_sums(some))
                      for kind, some in _split_lines(kinds, HostKind, "host_kind")],
    )  # fmt: skip


def _split_lines(
    kinds: list[TypeTally], of: type[StrEnum], name: str
) -> Iterable[tuple[Any, list[TypeTally]]]:
    for value in of:
        if some := [kind for kind in kinds if getattr(kind, name) is value]:
            yield value, some


def _sums(kinds: list[TypeTally]) -> dict[str, int]:
    return {
        "types": len(kinds),
        "sites": sum(kind.sites for kind in kinds),
        "groups": sum(kind.groups for kind in kinds),
    }
