"""Activities in which a model, a team or an organisation takes part: they rest on it."""

from typing import Any
from uuid import UUID

from sqlmodel import select

from app.db.tables.activities import Activity, ActivityPart
from app.domain.records.dependants import Find, by_test


def _takes_part(id: UUID) -> Any:
    part: Any = ActivityPart
    activities = select(part.activity_id).where(part.part_id == id)
    return Activity.id.in_(activities)  # type: ignore[attr-defined]


ACTIVITIES_OF: Find = by_test(Activity, _takes_part)
