"""The demo: real sums on the real map, recorded through the product's own services."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

from app.db.session import Database, Session
from app.db.tables.programme_models import HostKind
from app.demo_forces import load_forces
from app.domain.actor import Actor, Level, Role
from app.domain.documents.shipped import load_documents
from app.domain.programme_models import service as models
from app.domain.programme_models.schemas import ModelCreate, ModelTypeCreate
from app.domain.units import importing, queries
from app.domain.units.schemas import ImportOptions
from app.domain.units.shape import today
from app.domain.units.shipped_map import Progress

FILE = Path(__file__).parents[1] / "data" / "demo" / "villages.csv"
TYPE = "ho_an_toan"
NAME = "Hộ an toàn - Thôn, bản, tổ dân phố bình yên"
SINCE = date(2010, 1, 1)


async def load_demo(database: Database, progress: Progress) -> bool:
    """Record the demo once; False where it is there already."""
    async with database.writing() as session:
        actor = await national_actor(session, Role.RECORDER, Role.APPROVER)
        await load_forces(session, actor, progress)
        actor = await national_actor(session, Role.UNIT_ADMIN, Role.APPROVER)
        if await models.has_type(session, TYPE):
            return False
        progress("villages", 0, 3)
        with FILE.open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        places = [{n: row[n] for n in ("parent", "name", "kind")} for row in rows]
        made = await importing.import_villages(
            session, actor, [place | {"valid_from": SINCE} for place in places],
            ImportOptions(dry_run=False),
        )  # fmt: skip
        progress("models", 1, 3)
        await models.create_model_type(
            session, actor, ModelTypeCreate(code=TYPE, name=NAME, host_kind=HostKind.TERRITORY)
        )
        wanted = [
            _model(n, row, unit)
            for n, (row, unit) in enumerate(zip(rows, made.unit_ids, strict=True))
        ]
        await models.create_models(session, actor, [model for model in wanted if model])
        await load_documents(session, actor, progress)
        progress("done", 3, 3)
    return True


def _model(number: int, row: dict[str, str], unit: Any) -> ModelCreate | None:
    if not row["launched_on"]:
        return None
    return ModelCreate(
        type=TYPE, units=[str(unit)], name=NAME, households=int(row["households"]),
        launched_on=date.fromisoformat(row["launched_on"]), reference=f"demo-{number}",
    )  # fmt: skip


async def national_actor(session: Session, *roles: Role) -> Actor:
    """Whoever acts for the whole country on this machine's command line."""
    country = (await queries.named(session, [("VN", today())]))["VN", today()]
    return Actor("command-line", frozenset(roles), Level.NATIONAL, country.id)
