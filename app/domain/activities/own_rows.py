"""The rows that belong to an activity: units, numbers, parts, links of incidents."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from app.db.session import Session
from app.db.tables.activities import Activity, ActivityLine, ActivityPart, ActivityUnit
from app.db.tables.activity_terms import PartResource
from app.db.tables.incidents import IncidentLink
from app.domain.activities import queries
from app.domain.activities.references import PARTS
from app.domain.incidents.queries import select_links_of

BEAR_ON = {
    "units": {"unit", "units"},
    "lines": {"quantities", "kind", "ends_on"},
    "parts": set(PARTS),
    "links": {"incidents", "kind"},
}


@dataclass(slots=True)
class OwnRows:
    """The rows of an activity, as far as they were loaded."""

    units: Sequence[ActivityUnit] = ()
    lines: Sequence[ActivityLine] = ()
    parts: Sequence[ActivityPart] = ()
    links: Sequence[IncidentLink] = ()

    def part_ids(self, resource: PartResource) -> list[UUID]:
        """List the ids of its parts of one kind."""
        return [one.part_id for one in self.parts if one.resource is resource]


async def load_own_rows(session: Session, activity: Activity, fields: set[str]) -> OwnRows:
    """Load those rows of an activity on which a change of these fields bears, in one turn."""
    select = {
        "units": queries.select_units, "lines": queries.select_lines,
        "parts": queries.select_parts, "links": select_links_of,
    }  # fmt: skip
    wanted = {name: select[name](activity.id) for name in select if BEAR_ON[name] & fields}
    found = await session.exec_all(*wanted.values())
    return OwnRows(**dict(zip(wanted, found, strict=True)))
