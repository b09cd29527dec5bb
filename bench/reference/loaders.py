"""One DataLoader for each relation; each batch is one statement in a session of its own."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col, select
from strawberry.dataloader import DataLoader

from app.db.tables.programme_models import ModelHost, ModelType
from app.db.tables.units import UnitDated
from bench.reference.deps import Session
from bench.reference.units import parents_at, units_at


class Loaders:
    """Rows that one request has loaded, and the loaders of more."""

    def __init__(self, engine: AsyncEngine, day: date) -> None:
        self.engine, self.day = engine, day
        self.type = DataLoader[UUID, ModelType | None](load_fn=self._types)
        self.unit = DataLoader[UUID, UnitDated | None](load_fn=self._units)
        self.parent_of = DataLoader[UUID, UUID | None](load_fn=self._parents)
        self.hosts_of = DataLoader[UUID, list[ModelHost]](load_fn=self._hosts)

    async def _types(self, ids: list[UUID]) -> list[ModelType | None]:
        async with Session(self.engine) as session:
            rows = await session.exec(select(ModelType).where(col(ModelType.id).in_(ids)))
            found = {row.id: row for row in rows}
        return [found.get(id) for id in ids]

    async def _units(self, ids: list[UUID]) -> list[UnitDated | None]:
        async with Session(self.engine) as session:
            found = await units_at(session, ids, self.day)
        return [found.get(id) for id in ids]

    async def _parents(self, ids: list[UUID]) -> list[UUID | None]:
        async with Session(self.engine) as session:
            found = await parents_at(session, ids, self.day)
        return [found.get(id) for id in ids]

    async def _hosts(self, models: list[UUID]) -> list[list[ModelHost]]:
        found: dict[UUID, list[ModelHost]] = defaultdict(list)
        async with Session(self.engine) as session:
            statement = select(ModelHost).where(col(ModelHost.model_id).in_(models))
            for row in await session.exec(statement.order_by(col(ModelHost.id))):
                found[row.model_id].append(row)
        return [found[model] for model in models]
