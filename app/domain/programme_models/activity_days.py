"""The last day on which models were active, as the activities of others tell it."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from app.db.session import Session
from app.db.tables.programme_models import ProgrammeModel
from app.domain.programme_models import activity_queries
from app.domain.programme_models.states import AT_WORK
from app.domain.records.kit import Edit


async def touch_models(session: Session, days: Mapping[UUID, date]) -> list[Edit]:
    """Let models at work have been active on these days; return those whose last day it is."""
    return date_models(await activity_queries.list_locked(session, days) if days else (), days)


def date_models(models: Iterable[ProgrammeModel], days: Mapping[UUID, date]) -> list[Edit]:
    """Let locked models have been active on these days; return those whose last day it is."""
    edits = []
    for model in (one for one in models if one.id in days):
        day, last = days[model.id], model.last_active_on
        began = model.launched_on is not None and model.launched_on <= day
        if model.state in AT_WORK and began and (last is None or last < day):
            model.last_active_on = day
            edits.append(Edit(model, ["last_active_on"]))
    return edits
