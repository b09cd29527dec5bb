"""The demo: real sums on the real map, recorded through the product's own services."""

import csv
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from app.data import SHIPPED
from app.db.session import Database, Session
from app.db.tables.model_records import RecognitionLevel, RecognitionScope
from app.demo.daily_work import load_daily_work
from app.demo.evaluations import load_evaluations
from app.demo.forces import load_forces
from app.demo.stated_figures import load_stated_figures
from app.domain.actor import Actor, Level, Role
from app.domain.documents.shipped_documents import load_documents
from app.domain.organisations.schemas import OrganisationCreate
from app.domain.organisations.service import create_organisation
from app.domain.programme_models import recognitions, types
from app.domain.programme_models import service as models
from app.domain.programme_models.schemas import ModelCreate, ModelTypeCreate, RecognitionCreate
from app.domain.records.files.reader import Table
from app.domain.units import imports, queries
from app.domain.units.schemas import ImportOptions
from app.domain.units.shape import today
from app.domain.units.shipped_map import Progress

FILES = SHIPPED / "demo"
TYPE, PROVINCE = "ho_an_toan", "06"
NAME = "Hộ an toàn - Thôn, bản, tổ dân phố bình yên"
SINCE, PILOTS = date(2010, 1, 1), date(2018, 7, 2)
RECOGNISED = {TYPE: 2020, "quan_ly_nguoi_chxapt": 2022, "lien_ket_benh_vien": 2023}
MADE_UP = "made up for the demo: of the 61 types counted in 2024 sixteen are named"
Line = dict[str, str]


async def load_demo(database: Database, progress: Progress, *, stated: bool = True) -> bool:
    """Record the demo once, with what its sources state; False where it is there already."""
    async with database.write_transaction() as session:
        actor = await national_actor(session, Role.RECORDER, Role.APPROVER)
        await load_forces(session, actor, progress)
        actor = await national_actor(session, Role.UNIT_ADMIN, Role.RECORDER, Role.APPROVER)
        if await models.has_recorded(session, actor, "demo-0"):
            return False
        progress("villages", 0, 3)
        rows = _lines("villages.csv")
        places = [{n: row[n] for n in ("parent", "name", "kind")} for row in rows]
        made = await imports.import_villages(
            session, actor, Table.from_rows([place | {"valid_from": SINCE} for place in places]),
            ImportOptions(dry_run=False),
        )  # fmt: skip
        progress("models", 1, 3)
        await _record_spread(session, actor, rows, made.unit_ids)
        await _record_other_types(session, actor, _lines("models.csv"))
        await _recognitions(session, actor)
        await load_documents(session, actor, progress)
        if stated:
            await load_stated_figures(session, actor, progress)
        await load_evaluations(session, made.unit_ids)
        await load_daily_work(session, actor, progress)
        progress("done", 3, 3)
    return True


async def _record_spread(
    session: Session, actor: Actor, rows: list[Line], units: Sequence[Any]
) -> None:
    """The model of the villages: first the pilots, then what was copied from them, and so on."""
    known: dict[str, UUID | None] = {"": None}
    left = [n for n, row in enumerate(rows) if row["launched_on"]]
    while left:
        ready = [n for n in left if rows[n]["copied_from"] in known]
        wanted = [_village(n, rows[n], units[n], known) for n in ready]
        ids = await models.record_models(session, actor, wanted)
        known |= {str(n): id for n, id in zip(ready, ids, strict=True)}
        left = [n for n in left if str(n) not in known]


def _village(number: int, row: Line, unit: Any, known: dict[str, UUID | None]) -> ModelCreate:
    day = date.fromisoformat(row["launched_on"])
    return ModelCreate(
        type=TYPE, units=[str(unit)], name=NAME, households=int(row["households"]),
        residents=int(row["residents"]) if row["residents"] else None,
        launched_on=day, pilot=day == PILOTS, reference=f"demo-{number}",
        replicated_from=known[row["copied_from"]],
    )  # fmt: skip


async def _record_organisations(session: Session, actor: Actor) -> dict[str, UUID]:
    """Record the organisations that host models; return them by name."""
    return {
        row["name"]: await create_organisation(
            session, actor, OrganisationCreate.model_validate(row)
        )
        for row in _lines("organisations.csv")
    }


async def _record_other_types(session: Session, actor: Actor, rows: list[Line]) -> None:
    """Record the other models of the province; unnamed types are invented."""
    hosts = await _record_organisations(session, actor)
    for row in rows:
        if row["type"].startswith("demo_"):
            kind = ModelTypeCreate(code=row["type"], name=row["name"], source=MADE_UP)
            await types.create_model_type(session, actor, kind)
    wanted = [
        ModelCreate(
            type=row["type"], units=row["units"].split("|"), name=row["name"],
            launched_on=date.fromisoformat(row["launched_on"]), reference=f"demo-other-{n}",
            groups=int(row["groups"]) if row["groups"] else None,
            host_organisation=hosts.get(row["host_organisation"]),
        )
        for n, row in enumerate(rows)
    ]  # fmt: skip
    await models.record_models(session, actor, wanted)


async def _recognitions(session: Session, actor: Actor) -> None:
    """The three that the ministry recognised, for the whole country to replicate."""
    for code, year in RECOGNISED.items():
        said = RecognitionCreate(
            type=code, unit=PROVINCE, level=RecognitionLevel.MINISTRY, year=year,
            scope=RecognitionScope.NATIONWIDE,
        )  # fmt: skip
        await recognitions.create_recognition(session, actor, said)


def _lines(name: str) -> list[Line]:
    with (FILES / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


async def national_actor(session: Session, *roles: Role) -> Actor:
    """Return the national actor of this machine's command line."""
    country = (await queries.find_units(session, [("VN", today())]))["VN", today()]
    return Actor("command-line", frozenset(roles), Level.NATIONAL, country.id)
