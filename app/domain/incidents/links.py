"""Links of incidents: a link is a record of its own, and leaves its incident as it is."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from app.db.session import Session
from app.db.tables.incident_terms import IncidentRelation, LinkedResource
from app.db.tables.incidents import Incident, IncidentLink
from app.domain.actor import Actor, Permission, operation
from app.domain.incidents import queries, rules
from app.domain.incidents.errors import LinkExists, LinkToItself
from app.domain.incidents.schemas import IncidentLinkInput
from app.domain.records import kit as records
from app.domain.records.errors import build_not_found
from app.domain.records.service import Change

WRITE = Permission.INCIDENT_WRITE
RESOURCES = {
    IncidentRelation.REPORTED_BY: LinkedResource.TIP,
    IncidentRelation.MEDIATED_BY: LinkedResource.ACTIVITY,
    IncidentRelation.CLARIFIED_BY: LinkedResource.ACTIVITY,
}


@operation(WRITE)
async def link_incident(session: Session, actor: Actor, id: UUID, data: IncidentLinkInput) -> UUID:
    """Link an incident to another one of your units; its version stays."""
    rules.check_relation(data.relation)
    if id == data.other_id:
        raise LinkToItself()
    incident = await records.get(session, actor, Incident, id)
    if data.other_id not in await queries.list_own(session, actor, [data.other_id]):
        raise build_not_found(Incident)
    if await queries.find_link(session, id, data.relation, data.other_id):
        raise LinkExists()
    link = IncidentLink(
        incident_id=id, relation=data.relation, resource=LinkedResource.INCIDENT,
        other_id=data.other_id,
    )  # fmt: skip
    edit = records.Edit(link, ["relation", "other_id"], unit_id=incident.unit_id)
    await records.save_all(session, actor, WRITE, [edit])
    return id


@operation(WRITE)
async def unlink_incident(
    session: Session, actor: Actor, id: UUID, data: IncidentLinkInput
) -> UUID:
    """Remove a link to another incident that was entered in error; its version stays."""
    rules.check_relation(data.relation)
    incident = await records.get(session, actor, Incident, id)
    link = await queries.find_link(session, id, data.relation, data.other_id)
    if link is None:
        raise build_not_found(IncidentLink)
    change = Change("incident_link", link.id, incident.unit_id, fields=["deleted"], version=2)
    await records.save_all(session, actor, WRITE, [], delete=[link], besides=[change])
    return id


async def link_from_above(
    session: Session, actor: Actor, permission: str, id: UUID, relation: IncidentRelation,
    other: UUID,
) -> None:  # fmt: skip
    """Link an incident of the actor's own to what a feature above has of it."""
    incident = (await queries.list_own(session, actor, [id])).get(id)
    if incident is None:
        raise build_not_found(Incident)
    if await queries.find_link(session, id, relation, other):
        raise LinkExists()
    link = IncidentLink(
        incident_id=id, relation=relation, resource=RESOURCES[relation], other_id=other
    )
    edit = records.Edit(link, ["relation"], unit_id=incident.unit_id)
    await records.save_all(session, actor, permission, [edit])


async def unlink_from_above(
    session: Session, actor: Actor, permission: str, id: UUID, relation: IncidentRelation,
    other: UUID,
) -> None:  # fmt: skip
    """Remove such a link."""
    incident = (await queries.list_own(session, actor, [id])).get(id)
    link = await queries.find_link(session, id, relation, other) if incident else None
    if incident is None or link is None:
        raise build_not_found(IncidentLink)
    change = Change("incident_link", link.id, incident.unit_id, fields=["deleted"], version=2)
    await records.save_all(session, actor, permission, [], delete=[link], besides=[change])


def build_links(
    ids: Iterable[UUID], relation: IncidentRelation, other: UUID,
    found: Mapping[UUID, Incident],
) -> list[IncidentLink]:  # fmt: skip
    """Build the links by which an activity refers to incidents that are the actor's own."""
    wanted = list(dict.fromkeys(ids))
    for id in wanted:
        if id not in found:
            raise build_not_found(Incident)
        if relation is IncidentRelation.MEDIATED_BY:
            rules.check_mediable(found[id])
    return [
        IncidentLink(incident_id=id, relation=relation, resource=RESOURCES[relation],
                     other_id=other)
        for id in wanted
    ]  # fmt: skip
