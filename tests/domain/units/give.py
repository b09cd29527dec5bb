"""A small land to redraw: its units by code, what is recorded in them, and who may redraw it."""

from collections.abc import Awaitable, Coroutine, Iterable
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar, cast
from uuid import UUID

from sqlalchemy import text

from app.db.base import MINUS_INFINITY, record_tables, unit_scoped_tables
from app.db.session import Session, execute
from app.db.tables.units import UnitLevel
from app.domain.actor import Actor, Level, Role
from app.domain.programme_models import service as models
from app.domain.programme_models import types
from app.domain.programme_models.schemas import ModelCreate, ModelTypeCreate
from app.domain.units import queries, villages
from app.domain.units.reorganisations import drafts, service
from app.domain.units.reorganisations.schemas import (
    DryRun,
    ReorganisationCommit,
    ReorganisationDraft,
    ReorganisationReverse,
)
from app.domain.units.schemas import VillageCreate
from tests.application import runner
from tests.give import give_unit

MISDATED = """
WITH turn AS (
  SELECT valid_from AS day FROM unit_place UNION SELECT valid_from FROM unit_version
  UNION SELECT valid_from FROM unit_parent UNION SELECT effective_on FROM unit_succession
), day AS (
  SELECT day FROM turn UNION SELECT day - 1 FROM turn WHERE day > '-infinity' UNION SELECT today()
)
SELECT count(*) FROM day CROSS JOIN LATERAL unit_places(day.day) w LEFT JOIN unit_place p
  ON p.unit_id = w.unit_id AND p.valid_from <= day.day AND p.valid_to > day.day
WHERE p.unit_id IS NULL OR (w.province_id, w.district_id, w.commune_id, w.village_id)
  IS DISTINCT FROM (p.province_id, p.district_id, p.commune_id, p.village_id)
"""
T = TypeVar("T")
Place = tuple[str | None, str | None, str | None]  # codes of province, commune, village
LEVELS = {1: UnitLevel.PROVINCE, 2: UnitLevel.COMMUNE, 3: UnitLevel.VILLAGE}


class Land:
    """Provinces A and B; communes A1 … B3; villages A1-1 … B3-2; a model in each place."""

    def __init__(self, session: Session, communes: int = 3, hamlets: int = 2) -> None:
        self.session = session
        self.units: dict[str, UUID] = {}
        self.run(self._settle(communes, hamlets))

    def run(self, work: Awaitable[T]) -> T:
        return runner().run(cast(Coroutine[Any, Any, T], work))

    def actor(self, role: Role = Role.UNIT_ADMIN, of: str = "VN") -> Actor:
        level = Level.NATIONAL if of == "VN" else Level(LEVELS[_depth(of)].value)
        return Actor(f"{role} of {of}", frozenset({role}), level, self.units[of], "tests")

    def draft(self, actor: Actor | None = None, **fields: Any) -> UUID:
        data = ReorganisationDraft(**{"title": "Sắp xếp"} | fields)
        return self.run(drafts.draft_reorganisation(self.session, actor or self.actor(), data))

    def try_dry(self, id: UUID, actor: Actor | None = None) -> DryRun:
        return self.run(service.dry_run(self.session, actor or self.actor(), id))

    def commit(self, id: UUID, plan_hash: str | None = None, actor: Actor | None = None) -> UUID:
        data = ReorganisationCommit(plan_hash=plan_hash or self.try_dry(id).plan_hash)
        work = service.commit_reorganisation(self.session, actor or self.actor(), id, data)
        return self.run(work)

    def change(self, **fields: Any) -> UUID:
        """Draft, try and commit."""
        return self.commit(self.draft(**fields))

    def reverse(self, id: UUID, on: date | None = None, **fields: Any) -> UUID:
        data = ReorganisationReverse(reason="Nhầm", effective_on=on, **fields)
        return self.run(service.reverse_reorganisation(self.session, self.actor(), id, data))

    def village(self, parent: str, name: str, since: date, code: str | None = None) -> UUID:
        actor = self.actor(Role.RECORDER)
        data = VillageCreate(parent=parent, name=name, code=code, valid_from=since)
        return self.run(villages.create_village(self.session, actor, data))

    def model(self, unit: str | UUID, households: int = 1, on: date | None = None) -> UUID:
        data = ModelCreate(
            type="to_hoa_giai", units=[str(unit)], name="Mô hình", households=households,
            launched_on=on,
        )  # fmt: skip
        return self.run(models.create_model(self.session, self.actor(Role.RECORDER), data))

    def rows(self, statement: str, **values: Any) -> list[Any]:
        return list(self.run(execute(self.session, text(statement), values)).all())

    def one(self, statement: str, **values: Any) -> Any:
        return self.rows(statement, **values)[0][0]

    def id(self, code: str, day: date) -> UUID:
        """Return the unit that goes by this code on a day."""
        return UUID(str(self.one("SELECT unit_ref(:code, :day)", code=code, day=day)))

    def place(self, unit: UUID, table: str = "unit") -> Place:
        """Return where a unit, or what is recorded for it, lies now: names, not codes."""
        key = "id" if table == "unit" else "unit_id"
        found = self.rows(
            f"SELECT DISTINCT {', '.join(_name_columns(level) for level in LEVELS.values())} "
            f"FROM {table} r WHERE r.{key} = :unit",
            unit=unit,
        )
        assert len(found) == 1
        return found[0][0], found[0][1], found[0][2]

    def parents(self, day: date) -> dict[str, str]:
        """Names of units, and of whom they lie under, on a day."""
        rows = self.rows(
            "SELECT v.name, w.name FROM unit_parent p "
            "JOIN unit_version v ON v.unit_id = p.unit_id AND :day >= v.valid_from "
            "AND :day < v.valid_to JOIN unit_version w ON w.unit_id = p.parent_id "
            "AND :day >= w.valid_from AND :day < w.valid_to "
            "WHERE p.hierarchy = 'administrative' AND :day >= p.valid_from AND :day < p.valid_to",
            day=day,
        )
        return {str(child): str(parent) for child, parent in rows}

    async def _settle(self, communes: int, hamlets: int) -> None:
        await self._unit("VN", UnitLevel.NATIONAL, None)
        for p in "AB":
            await self._unit(p, UnitLevel.PROVINCE, "VN")
            for c in range(1, communes + 1):
                await self._unit(f"{p}{c}", UnitLevel.COMMUNE, p)
                for v in range(1, hamlets + 1):
                    await self._unit(f"{p}{c}-{v}", UnitLevel.VILLAGE, f"{p}{c}")
        await queries.place_units(self.session)
        giver = self.actor(Role.APPROVER)
        kind = ModelTypeCreate(code="to_hoa_giai", name="Tổ hòa giải")
        await types.create_model_type(self.session, giver, kind)
        places = [code for code in self.units if _depth(code) > 1]
        wanted = [
            ModelCreate(type="to_hoa_giai", units=[code], name=code, households=2**n)
            for n, code in enumerate(places)
        ]
        await models.record_models(self.session, giver, wanted)

    async def _unit(self, code: str, level: UnitLevel, parent: str | None) -> None:
        above = self.units[parent] if parent else None
        self.units[code] = await give_unit(self.session, level, code, code, above, MINUS_INFINITY)


def _depth(code: str) -> int:
    return 0 if code == "VN" else 3 if "-" in code else len(code)


def _name_columns(level: UnitLevel) -> str:
    return (
        "(SELECT v.name FROM unit_version v "
        f"WHERE v.unit_id = r.{level}_id ORDER BY v.valid_from DESC LIMIT 1)"
    )


def sums(land: Land) -> dict[UUID | None, tuple[int, Decimal]]:
    """Models and households by the province they are hosted in."""
    rows = land.rows(
        "SELECT h.province_id, count(*), sum(m.households) FROM model_host h "
        "JOIN model m ON m.id = h.model_id GROUP BY h.province_id"
    )
    return {province: (count, households) for province, count, households in rows}


def astray(land: Land) -> int:
    """Units and records that do not lie where the map says."""
    found = 0
    for table, key in (("unit", "id"), *((name, "unit_id") for name in unit_scoped_tables())):
        found += land.one(
            f"SELECT count(*) FROM {table} r JOIN unit_places(today()) p ON p.unit_id = r.{key} "
            "WHERE (r.province_id, r.district_id, r.commune_id, r.village_id) IS DISTINCT FROM "
            "(p.province_id, p.district_id, p.commune_id, p.village_id)"
        )
    return found


def count_misdated(land: Land) -> int:
    """Count units that a dated place puts elsewhere than the walk, before and after each turn."""
    return int(land.one(MISDATED))


def entered_units(land: Land) -> Iterable[Any]:
    """For which unit each record was entered."""
    return [land.rows(f"SELECT id, unit_id FROM {table} ORDER BY id") for table in record_tables()]


def standing(land: Land, day: date) -> list[Any]:
    """The whole map of a day: what stands, what it is called, under whom."""
    return land.rows(
        "SELECT v.unit_id, v.level, v.kind, v.code, v.name, v.full_name, v.aliases, p.hierarchy, "
        "p.parent_id FROM unit_version v LEFT JOIN unit_parent p ON p.unit_id = v.unit_id "
        "AND p.valid_from <= :day AND p.valid_to > :day "
        "WHERE v.valid_from <= :day AND v.valid_to > :day ORDER BY 1, 8",
        day=day,
    )
