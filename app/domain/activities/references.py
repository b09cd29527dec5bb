"""References of activities, found in one turn: units, documents, models, teams, incidents."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from app.db.session import Session
from app.db.tables.activity_terms import PartResource
from app.db.tables.campaigns import Campaign
from app.db.tables.incidents import Incident
from app.db.tables.programme_models import ProgrammeModel
from app.domain.activities import queries
from app.domain.activities.schemas import ActivityCreate
from app.domain.actor import Actor
from app.domain.incidents.queries import select_own as select_incidents
from app.domain.programme_models.activity_queries import select_locked
from app.domain.records.basis_documents import Basis, read_bases
from app.domain.records.map_locks import lock_named
from app.domain.records.reference_queries import select_bases
from app.domain.units.own_units import OwnUnits, judge_units
from app.domain.units.queries import select_own_units
from app.domain.units.service import Named
from app.domain.units.shape import today

PARTS = {"models": PartResource.MODEL, "teams": PartResource.TEAM,
         "organisations": PartResource.ORGANISATION}  # fmt: skip


@dataclass(slots=True)
class References:
    """The records that activities refer to, as far as the actor may refer to them."""

    units: OwnUnits = field(default_factory=dict)
    bases: dict[UUID, Basis] = field(default_factory=dict)
    campaigns: dict[UUID, Campaign] = field(default_factory=dict)
    parts: dict[PartResource, set[UUID]] = field(default_factory=dict)
    incidents: dict[UUID, Incident] = field(default_factory=dict)
    models: Sequence[ProgrammeModel] = ()  # locked: those of activities that are held


async def load_references(
    session: Session, actor: Actor, items: Sequence[ActivityCreate]
) -> References:
    """Load what new activities refer to; the map is locked until the end."""
    named = list(dict.fromkeys(one for data in items for one in name_units(data)))
    await lock_named(session, named)
    wanted = {"units": select_own_units(actor, named)} | _select_references(actor, items)
    found = await _find_all(session, wanted)
    references = read_references(found)
    references.units = await judge_units(session, named, found["units"])
    return references


async def find_references(session: Session, actor: Actor, data: Any) -> References:
    """Find what the correction of an activity refers to."""
    return read_references(await _find_all(session, _select_references(actor, [data])))


async def _find_all(session: Session, wanted: dict[str, Any]) -> dict[str, Any]:
    return dict(zip(wanted, await session.exec_all(*wanted.values()), strict=True))


def read_references(found: dict[str, Any]) -> References:
    """Return what the queries have found, by what it is for."""
    return References(
        bases=read_bases(found.get("document_id", ())),
        campaigns={one.id: one for one in found.get("campaign_id", ())},
        parts={PARTS[name]: set(ids) for name, ids in found.items() if name in PARTS},
        incidents={one.id: one for one in found.get("incidents", ())},
        models=found.get("held", ()),
    )


def _select_references(actor: Actor, items: Sequence[Any]) -> dict[str, Any]:
    """Return the queries of what items refer to, by the field that does."""
    documents, campaigns = _list_ids(items, "document_id"), _list_ids(items, "campaign_id")
    incidents, found = _list_ids(items, "incidents"), dict[str, Any]()
    if documents:
        found["document_id"] = select_bases(actor, documents)
    if campaigns:
        found["campaign_id"] = queries.select_campaigns(actor, campaigns)
    for name, resource in PARTS.items():
        if ids := _list_ids(items, name):
            found[name] = queries.select_own_parts(actor, resource, ids)
    if incidents:
        found["incidents"] = select_incidents(actor, incidents)
    if held := _list_ids([one for one in items if _is_held(one)], "models"):
        found["held"] = select_locked(held)
    return found


def _list_ids(items: Iterable[Any], name: str) -> list[UUID]:
    """List the ids that items name in a field, each once."""
    ids = dict[UUID, None]()
    for one in items:
        named = getattr(one, name, None) or []
        ids |= dict.fromkeys(named if isinstance(named, list) else [named])
    return list(ids)


def _is_held(data: Any) -> bool:
    """Return whether a new activity is held at once."""
    return isinstance(data, ActivityCreate) and (data.starts_on or date.max) <= today()


def name_units(data: ActivityCreate) -> list[Named]:
    """Return the units of a new activity, the leading one first, on the day of their map."""
    day = map_day(data.ends_on or data.starts_on)
    return [(name, day) for name in dict.fromkeys((data.unit, *data.units))]


def map_day(last: date | None) -> date:
    """Return the day of the map on which the units of an activity are looked up."""
    return min(last or today(), today())
