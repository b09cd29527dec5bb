"""Activities as they are recorded: units, numbers, models, teams, organisations, incidents."""

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from sqlmodel import SQLModel

from app.db.session import Session
from app.db.tables.activities import Activity, ActivityPart, ActivityUnit
from app.db.tables.activity_terms import ActivityKind, ActivityState, PartResource
from app.db.tables.campaigns import Campaign
from app.db.tables.forces import Team
from app.db.tables.incident_terms import IncidentRelation
from app.db.tables.incidents import IncidentLink
from app.db.tables.organisations import Organisation
from app.db.tables.programme_models import ProgrammeModel
from app.domain.activities import line_rules, rules
from app.domain.activities.errors import IncidentsByKind, OutsideCampaign
from app.domain.activities.references import PARTS, References, map_day, name_units
from app.domain.activities.schemas import ActivityCreate
from app.domain.incidents import links
from app.domain.programme_models.activity_days import date_models, touch_models
from app.domain.records.basis_documents import judge_basis
from app.domain.records.errors import build_not_found
from app.domain.records.kit import Edit
from app.domain.units.own_units import take_unit
from app.domain.units.shape import today

TABLES = {PartResource.MODEL: ProgrammeModel, PartResource.TEAM: Team,
          PartResource.ORGANISATION: Organisation}  # fmt: skip
BESIDE = {"unit", "units", "quantities", "incidents", *PARTS}
RELATIONS = {
    ActivityKind.MEDIATION: IncidentRelation.MEDIATED_BY,
    ActivityKind.FOOTAGE_EXTRACTION: IncidentRelation.CLARIFIED_BY,
}


def build_activity(data: ActivityCreate, known: References) -> Edit:
    """Build a new activity with its rows; refuse what no rule allows, or nobody can see."""
    places = [take_unit(known.units, named).id for named in name_units(data)]
    activity = Activity(
        **data.model_dump(exclude=BESIDE), unit_id=places[0], state=ActivityState.PLANNED
    )
    rules.begin(activity, today=today())
    lines = line_rules.build_lines(activity, data.quantities)
    rules.check(activity, lines, today=today())
    check_references(activity, known)
    also: list[SQLModel] = [*build_units(activity, places), *lines]
    for name, resource in PARTS.items():
        also += build_parts(activity, resource, getattr(data, name), known)
    also += build_links(activity, data.incidents, known)
    return Edit(activity, sorted(data.model_fields_set - {"id"}), also=also)


def check_references(activity: Activity, known: References) -> None:
    """Refuse a document that is no basis, and a campaign out of sight or of other days."""
    if activity.document_id is not None:
        judge_basis(known.bases, activity.document_id, map_day(activity.starts_on))
    if activity.campaign_id is None:
        return
    campaign = known.campaigns.get(activity.campaign_id)
    if campaign is None:
        raise build_not_found(Campaign)
    since, until = activity.starts_on or campaign.starts_on, activity.ends_on or campaign.ends_on
    if since < campaign.starts_on or until > campaign.ends_on:
        days = (campaign.starts_on.isoformat(), campaign.ends_on.isoformat())
        raise OutsideCampaign(since=days[0], until=days[1])


def build_units(activity: Activity, places: Sequence[UUID]) -> list[ActivityUnit]:
    """Build the units of an activity, each once."""
    return [
        ActivityUnit(activity_id=activity.id, unit_id=place, ends_on=activity.ends_on)
        for place in dict.fromkeys(places)
    ]


def build_parts(
    activity: Activity, resource: PartResource, ids: Sequence[UUID], known: References
) -> list[ActivityPart]:
    """Build the parts of an activity of one kind; refuse one that is not the actor's own."""
    wanted = list(dict.fromkeys(ids))
    if not known.parts.get(resource, set()) >= set(wanted):
        raise build_not_found(TABLES[resource])
    return [ActivityPart(activity_id=activity.id, resource=resource, part_id=id) for id in wanted]


def build_links(
    activity: Activity, incidents: Sequence[UUID], known: References
) -> list[IncidentLink]:
    """Build the links from incidents to what has mediated or clarified them."""
    if not incidents:
        return []
    relation = RELATIONS.get(activity.kind)
    if relation is None:
        raise IncidentsByKind()
    return links.build_links(incidents, relation, activity.id, known.incidents)


def date_models_of(edits: Sequence[Edit], known: References) -> list[Edit]:
    """Let the models of new activities that are held have been active on their days."""
    return date_models(known.models, find_days(edits))


async def follow_models(session: Session, edits: Sequence[Edit]) -> Sequence[Edit]:
    """Let the models of activities that are held have been active on their days."""
    return await touch_models(session, find_days(edits))


def find_days(edits: Sequence[Edit]) -> dict[UUID, date]:
    """Return the models of held activities, each with the last day of them."""
    days: dict[UUID, date] = {}
    for model, day in _list_days(edits):
        days[model] = max(day, days.get(model, day))
    return days


def _list_days(edits: Sequence[Edit]) -> Iterator[tuple[UUID, date]]:
    for edit in edits:
        held = isinstance(edit.row, Activity) and edit.row.state is ActivityState.HELD
        if not held or edit.row.ends_on is None:  # type: ignore[attr-defined]
            continue
        for part in edit.also:
            if isinstance(part, ActivityPart) and part.resource is PartResource.MODEL:
                yield part.part_id, edit.row.ends_on  # type: ignore[attr-defined]
