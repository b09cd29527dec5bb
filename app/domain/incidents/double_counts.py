"""Nothing is counted twice: one by one and in a summary, or in two records of one period."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from app.db.session import Session
from app.db.tables.incident_terms import IncidentForm
from app.db.tables.incidents import ONCE, Incident
from app.domain.actor import Actor
from app.domain.incidents import queries
from app.domain.incidents.errors import CountedAlready
from app.domain.records.map_locks import lock_named
from app.domain.units.own_units import OwnUnits, judge_units
from app.domain.units.queries import select_own_units
from app.domain.units.service import Named

SINGLE, SUMMARY = IncidentForm.SINGLE, IncidentForm.SUMMARY


@dataclass(slots=True)
class Counted:
    """The standing records of periods of some units, and those that a batch has made before."""

    standing: list[Incident] = field(default_factory=list)

    async def check(self, session: Session, incident: Incident) -> None:
        """Refuse an incident that is counted already; remember it otherwise."""
        found = [one for one in self.standing if _counts_the_same(one, incident)]
        for one in found:
            raise CountedAlready(records=len(found), category=incident.category, form=one.form)
        if incident.form is SUMMARY and incident.period_from:
            singles = await queries.count_singles(session, incident)
            if singles:
                raise CountedAlready(records=singles, category=incident.category, form=SINGLE)
        self.standing.append(incident)


async def find_units_and_counted(
    session: Session, actor: Actor, wanted: Sequence[Named]
) -> tuple[OwnUnits, Counted]:
    """Find the units of new incidents, with the records of periods in them; the map is locked."""
    named = list(dict.fromkeys(wanted))
    await lock_named(session, named)
    units, periods = await session.exec_all(
        select_own_units(actor, named), queries.select_periods(named)
    )
    return await judge_units(session, named, units), Counted(periods)


async def load_counted(session: Session, units: Iterable[UUID]) -> Counted:
    """Load the records of periods that stand in these units."""
    return Counted(list(await queries.list_periods(session, units)))


def _counts_the_same(one: Incident, other: Incident) -> bool:
    """Return whether two records count the same: equal ones, or days within a summary."""
    if one.id == other.id or (one.form is other.form is SINGLE):
        return False
    if one.form is other.form and all(getattr(one, n) == getattr(other, n) for n in ONCE):
        return True
    if {one.form, other.form} - {SINGLE, SUMMARY}:
        return False  # a change is no level
    same = (one.unit_id, one.category) == (other.unit_id, other.category)
    return same and _overlap(one, other)


def _overlap(one: Incident, other: Incident) -> bool:
    if not (one.period_from and one.period_to and other.period_from and other.period_to):
        return False
    return one.period_from <= other.period_to and other.period_from <= one.period_to
