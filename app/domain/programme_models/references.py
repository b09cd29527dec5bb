"""References of new models, found in one turn: their types, units, and models of origin."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from app.db.session import Session
from app.db.tables.programme_models import ModelType, ProgrammeModel
from app.domain.actor import Actor
from app.domain.programme_models import queries
from app.domain.programme_models.schemas import ModelCreate
from app.domain.records.map_locks import lock_named
from app.domain.units.queries import select_own_units
from app.domain.units.service import Named, judge_open_units
from app.domain.units.shape import today


@dataclass(slots=True)
class ModelReferences:
    """Types by the words for them, models of origin, and the open units of hosts by their day."""

    types: Mapping[str, ModelType]
    sources: Mapping[UUID, ProgrammeModel]
    rows: Sequence[Any]  # of units, not yet judged
    units: Mapping[Named, UUID] = field(default_factory=dict)

    def list_hosts(self, data: ModelCreate) -> list[UUID]:
        """List the units that host a new model, the leading one first."""
        return list(dict.fromkeys(self.units[unit, host_day(data)] for unit in data.units))

    async def judge_units(self, session: Session, wanted: Sequence[ModelCreate]) -> None:
        """Refuse a host that is unknown or has ended, and a leading one that is not the actor's."""
        own = {(data.units[0], host_day(data)) for data in wanted}
        self.units = await judge_open_units(session, self.rows, _name_hosts(wanted), own=own)


async def load_model_references(
    session: Session, actor: Actor, wanted: Sequence[ModelCreate]
) -> ModelReferences:
    """Load what new models refer to; the map is locked until the end."""
    named, words = _name_hosts(wanted), [data.type for data in wanted]
    await lock_named(session, named)
    origins = [data.replicated_from for data in wanted if data.replicated_from]
    types, units, *sources = await session.exec_all(
        queries.select_types(words), select_own_units(actor, named),
        *([queries.select_sources(origins)] if origins else ()),
    )  # fmt: skip
    found = {model.id: model for some in sources for model in some}
    return ModelReferences(queries.read_types(types, words), found, units)


def host_day(data: ModelCreate) -> date:
    """Return the day of the map on which the units of a new model are looked up."""
    return data.launched_on or today()


def _name_hosts(wanted: Sequence[ModelCreate]) -> list[Named]:
    return list(dict.fromkeys((unit, host_day(data)) for data in wanted for unit in data.units))
