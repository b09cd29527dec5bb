"""Decisions about incidents: category, numbers, times, states."""

from datetime import date, timedelta
from typing import Any

from app.db.tables.incident_terms import (
    IncidentForm,
    IncidentRelation,
    IncidentResult,
    IncidentState,
)
from app.db.tables.incidents import Incident
from app.db.tables.stated_figures import PeriodPrecision, Qualifier
from app.domain.incidents.errors import (
    ComparedByForm,
    LinkedFromAbove,
    NoAccident,
    NotMediable,
    ReportedEarly,
    SingleIsOne,
    TimeByPrecision,
    TimeToCome,
    UnknownCategory,
)
from app.domain.incidents.schemas import IncidentTransition
from app.domain.incidents.states import LIFE
from app.domain.incidents.taxonomy import Category, load_categories
from app.domain.records.amounts import check_amount
from app.domain.records.days import COUNTRY_TIME
from app.domain.records.state_machine import AppliedTransition
from app.domain.stated_figures.rules import BEGINS

P = PeriodPrecision
LOSSES = ("deaths", "injured", "damage")
OWN_RELATIONS = {
    IncidentRelation.CAUSED_BY, IncidentRelation.SAME_AS, IncidentRelation.FOLLOWS,
}  # fmt: skip


def check(incident: Incident, *, today: date) -> None:
    """Refuse an incident that contradicts itself or the taxonomy; set its group."""
    found = find_category(incident.category, incident.period_to)
    incident.category_group = found.group
    if not found.is_accident and any(getattr(incident, name) is not None for name in LOSSES):
        raise NoAccident(incident.category)
    _check_numbers(incident)
    _check_time(incident)
    _check_days(incident, today=today)


def find_category(code: str, day: date | None) -> Category:
    """Return a category of the taxonomy that holds on a day."""
    found = load_categories().get(code)
    if found is None:
        raise UnknownCategory(code)
    if day and not found.holds_on(day):
        raise UnknownCategory(code, day.isoformat())
    return found


def _check_numbers(incident: Incident) -> None:
    is_change = incident.form is IncidentForm.CHANGE
    for name in ("incident", "involved"):
        value, how = getattr(incident, f"{name}_count"), getattr(incident, f"{name}_qualifier")
        check_amount(f"{name}_count", value, how, is_change=is_change)
    single = (incident.incident_count, incident.incident_qualifier) == (1, Qualifier.EQUAL)
    if incident.form is IncidentForm.SINGLE and not single:
        raise SingleIsOne()
    since, until = incident.compared_from, incident.compared_to
    if (since, until) == (None, None):
        return
    if since is None or until is None or until < since or not is_change:
        raise ComparedByForm()


def _check_time(incident: Incident) -> None:
    precision, since, until = incident.precision, incident.period_from, incident.period_to
    if precision is P.UNDATED:
        if since or until:
            raise TimeByPrecision("period_from", precision, "none")
    elif since is None or until is None or until < since:
        raise TimeByPrecision("period_to", precision, "both")
    if precision is P.APPROXIMATE and incident.period_text is None:
        raise TimeByPrecision("period_text", precision, "words")
    if since and until and (begins := BEGINS.get(precision)):
        if not begins(since):
            raise TimeByPrecision("period_from", precision, "first")
        if not begins(until + timedelta(1)):
            raise TimeByPrecision("period_to", precision, "last")
    if incident.occurred_at is not None:
        day = incident.occurred_at.astimezone(COUNTRY_TIME).date()
        if precision is not P.DAY or not since == until == day:
            raise TimeByPrecision("occurred_at", precision, "one")


def _check_days(incident: Incident, *, today: date) -> None:
    for name in ("period_from", "reported_on"):
        day = getattr(incident, name)
        if day and day > today:
            raise TimeToCome(name)
    reported, since = incident.reported_on, incident.period_from
    if reported and since and reported < since:
        raise ReportedEarly()


def complete_time(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values of an input: a moment has its day, and one day ends as it begins."""
    moment = values.get("occurred_at")
    if moment is not None and values.get("period_from") is None:
        values = values | {"period_from": moment.astimezone(COUNTRY_TIME).date()}
    if values.get("precision") is P.DAY and values.get("period_to") is None:
        values = values | {"period_to": values.get("period_from")}
    return values


def apply_transition(
    incident: Incident, words: IncidentTransition, *, today: date
) -> AppliedTransition:
    """Take an incident one step on; a reopened one has no result, its log has the former."""
    day = words.effective_on or today
    taken = LIFE.apply(incident.state, words, effective_on=day)
    if day > today:
        raise TimeToCome("effective_on")
    if words.result is IncidentResult.MEDIATED:
        check_mediable(incident)
    incident.state = IncidentState(taken.to_state)
    if incident.state not in (IncidentState.RESOLVED, IncidentState.CLOSED):
        incident.result = None
    elif words.result is not None:
        incident.result = words.result
    return taken


def check_mediable(incident: Incident) -> None:
    """Refuse to mediate what has signs of a crime or a violation, or is violence."""
    if not load_categories()[incident.category].is_mediable:
        raise NotMediable(category=incident.category)


def check_relation(relation: IncidentRelation) -> None:
    """Refuse a link that is written with a tip or an activity."""
    if relation not in OWN_RELATIONS:
        raise LinkedFromAbove(relation)
