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
from app.domain.activities import line_rules, queries, rules
from app.domain.activities.errors import IncidentsByKind, OutsideCampaign
from app.domain.activities.schemas import ActivityCreate
from app.domain.actor import Actor
from app.domain.incidents import links
from app.domain.programme_models.activity_days import touch_models
from app.domain.records.basis_documents import check_basis
from app.domain.records.errors import build_not_found
from app.domain.records.kit import Edit
from app.domain.units.own_units import OwnUnits, take_unit
from app.domain.units.service import Named
from app.domain.units.shape import today

PARTS = {"models": PartResource.MODEL, "teams": PartResource.TEAM,
         "organisations": PartResource.ORGANISATION}  # fmt: skip
TABLES = {PartResource.MODEL: ProgrammeModel, PartResource.TEAM: Team,
          PartResource.ORGANISATION: Organisation}  # fmt: skip
BESIDE = {"unit", "units", "quantities", "incidents", *PARTS}
RELATIONS = {
    ActivityKind.MEDIATION: IncidentRelation.MEDIATED_BY,
    ActivityKind.FOOTAGE_EXTRACTION: IncidentRelation.CLARIFIED_BY,
}


def name_units(data: ActivityCreate) -> list[Named]:
    """Return the units of a new activity, the leading one first, on the day of their map."""
    day = map_day(data.ends_on or data.starts_on)
    return [(name, day) for name in dict.fromkeys((data.unit, *data.units))]


def map_day(last: date | None) -> date:
    """Return the day of the map on which the units of an activity are looked up."""
    return min(last or today(), today())


async def build_activity(
    session: Session, actor: Actor, data: ActivityCreate, units: OwnUnits
) -> Edit:
    """Build a new activity with its rows; refuse what no rule allows, or nobody can see."""
    places = [take_unit(units, named).id for named in name_units(data)]
    activity = Activity(
        **data.model_dump(exclude=BESIDE), unit_id=places[0], state=ActivityState.PLANNED
    )
    rules.begin(activity, today=today())
    lines = line_rules.build_lines(activity, data.quantities)
    rules.check(activity, lines, today=today())
    await check_references(session, actor, activity)
    also: list[SQLModel] = [*build_units(activity, places), *lines]
    for name, resource in PARTS.items():
        also += await build_parts(session, actor, activity, resource, getattr(data, name))
    also += await build_links(session, actor, activity, data.incidents)
    return Edit(activity, sorted(data.model_fields_set - {"id"}), also=also)


async def check_references(session: Session, actor: Actor, activity: Activity) -> None:
    """Refuse a document that is no basis, and a campaign out of sight or of other days."""
    day = map_day(activity.starts_on)
    await check_basis(session, actor, [(activity.document_id, day)])
    if activity.campaign_id is None:
        return
    campaign = await queries.find_campaign(session, actor, activity.campaign_id)
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


async def build_parts(
    session: Session, actor: Actor, activity: Activity, resource: PartResource,
    ids: Sequence[UUID],
) -> list[ActivityPart]:  # fmt: skip
    """Build the parts of an activity of one kind; refuse one that is not the actor's own."""
    wanted = list(dict.fromkeys(ids))
    found = await queries.list_own_parts(session, actor, resource, wanted) if wanted else set()
    if found < set(wanted):
        raise build_not_found(TABLES[resource])
    return [ActivityPart(activity_id=activity.id, resource=resource, part_id=id) for id in wanted]


async def build_links(
    session: Session, actor: Actor, activity: Activity, incidents: Sequence[UUID]
) -> list[IncidentLink]:
    """Build the links from incidents to what has mediated or clarified them."""
    if not incidents:
        return []
    relation = RELATIONS.get(activity.kind)
    if relation is None:
        raise IncidentsByKind()
    return await links.build_links(session, actor, incidents, relation, activity.id)


async def follow_models(session: Session, edits: Sequence[Edit]) -> Sequence[Edit]:
    """Let the models of activities that are held have been active on their days."""
    days: dict[UUID, date] = {}
    for model, day in _list_days(edits):
        days[model] = max(day, days.get(model, day))
    return await touch_models(session, days)


def _list_days(edits: Sequence[Edit]) -> Iterator[tuple[UUID, date]]:
    for edit in edits:
        held = isinstance(edit.row, Activity) and edit.row.state is ActivityState.HELD
        if not held or edit.row.ends_on is None:  # type: ignore[attr-defined]
            continue
        for part in edit.also:
            if isinstance(part, ActivityPart) and part.resource is PartResource.MODEL:
                yield part.part_id, edit.row.ends_on  # type: ignore[attr-defined]
