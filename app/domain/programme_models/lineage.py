"""Genealogy: the replicas of a model, their speed and survival."""

from uuid import UUID

from app.db.session import Session
from app.db.tables.programme_models import ProgrammeModel
from app.domain.actor import Actor, Permission, operation
from app.domain.arguments import OnDay
from app.domain.programme_models import counts, queries, rules
from app.domain.programme_models.figures import Genealogy, Generation, Survival
from app.domain.records.errors import build_not_found
from app.domain.units.shape import today


@operation(Permission.MODEL_READ)
async def model_genealogy(
    session: Session, actor: Actor, id: UUID, *, on: OnDay = None
) -> Genealogy:
    """Count the copies of a model up to a day: their depth, days to spread, and survival."""
    day = on or today()
    if not await queries.is_visible(session, actor, id):
        raise build_not_found(ProgrammeModel)
    whole, *generations = await counts.genealogy(session, id, day)
    return Genealogy(
        model_id=id,
        on=day,
        replicas=whole.replicas,
        depth=whole.deepest or 0,
        median_days=whole.median_days,
        generations=[Generation.model_validate(g, from_attributes=True) for g in generations],
        survival=[
            _survival(12, whole.old_12, whole.alive_12),
            _survival(24, whole.old_24, whole.alive_24),
        ],
    )


def _survival(months: int, old_enough: int, at_work: int) -> Survival:
    return Survival(
        months=months, old_enough=old_enough, at_work=at_work,
        percent=rules.percent(at_work, old_enough),
    )  # fmt: skip
