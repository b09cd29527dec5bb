"""A country whose map changes under its tips: provinces of its own, officers, offers, mergers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
from sqlalchemy import text

from app.db.session import execute
from app.db.tables.auth import Account, Grant
from app.db.tables.units import UnitLevel
from app.domain.actor import Actor, Level, Role
from app.domain.units import queries
from app.domain.units.shape import today
from tests.application import SESSION, VIET_NAM, Application, Caller, runner
from tests.give import give_unit
from tests.tips.fixtures import give_tip

MAP = "/api/v1/unit-reorganisations"
FIRST = today() - timedelta(days=400)


@dataclass
class ChangingCountry:
    """Two provinces of two communes each, made for one test; every change is a day later."""

    application: Application
    units: dict[str, UUID] = field(default_factory=dict)
    levels: dict[UUID, Level] = field(default_factory=lambda: {VIET_NAM: Level.NATIONAL})
    day: date = FIRST

    def __post_init__(self) -> None:
        runner().run(self._give_units())

    async def _give_units(self) -> None:
        async with self.application.behind() as session:
            made = []
            for province in "AB":
                made.append(await self._give(session, province, UnitLevel.PROVINCE, VIET_NAM))
                for commune in "12":
                    name, above = province + commune, self.units[province]
                    made.append(await self._give(session, name, UnitLevel.COMMUNE, above))
            await queries.place_units(session, made)

    async def _give(self, session: Any, name: str, level: UnitLevel, above: UUID) -> UUID:
        unit = await give_unit(session, level, None, f"{name} {uuid4().hex[:6]}", above)
        self.units[name], self.levels[unit] = unit, Level(level)
        return unit

    def officer(
        self, unit: UUID, subject: str = "", role: Role = Role.TIP_OFFICER,
        application: Application | None = None,
    ) -> Caller:  # fmt: skip
        """Return an officer of a unit, by default a person whom nothing else is known of."""
        where = application or self.application
        actor = Actor(
            subject or str(uuid4()), frozenset({role}), self.levels[unit], unit, "tests", (),
            SESSION, 1,
        )  # fmt: skip
        token = where.app.state.resources.tokens.issue(actor, minutes=600)
        return Caller(where, {"authorization": f"Bearer {token}"})

    def person(self, home: UUID, *serves: UUID) -> str:
        """Insert a person of one unit who is an officer of others; return who they are."""

        async def insert() -> UUID:
            async with self.application.behind() as session:
                one = Account(login=f"e-{uuid4().hex}", name="Người", unit_id=home)
                session.add(one)
                await session.flush()
                for unit in serves:
                    session.add(Grant(account_id=one.id, role=Role.TIP_OFFICER, unit_id=unit))
                return one.id

        return str(runner().run(insert()))

    def tip(self, held_by: UUID, *excluding: UUID, **more: Any) -> UUID:
        return give_tip(self.application, held_by, excluding=excluding, **more)[0]

    def rows(self, sql: str, **values: Any) -> list[Any]:
        """Read rows as the owner of the database."""

        async def fetch() -> list[Any]:
            async with self.application.behind() as session:
                answer = await execute(session, text(sql), values)
                return list(answer.mappings()) if answer.returns_rows else []

        return runner().run(fetch())

    @property
    def admin(self) -> Caller:
        return self.officer(VIET_NAM, "planner", Role.UNIT_ADMIN)

    def draft(self, **fields: Any) -> str:
        """Draft a change of the map, a day after the one before."""
        self.day += timedelta(days=1)
        words = {"title": "Sắp xếp", "effective_on": self.day.isoformat()} | fields
        answer = self.admin.post(MAP, words)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def try_dry(self, draft: str) -> dict[str, Any]:
        found: dict[str, Any] = self.admin.post(f"{MAP}/{draft}/dry-run").json()
        return found

    def commit(self, draft: str) -> httpx.Response:
        dry = self.try_dry(draft)
        step = {"action": "commit", "plan_hash": dry["plan_hash"]}
        answer = self.admin.move(f"{MAP}/{draft}", step)
        assert answer.status_code == 200, (answer.text, dry)
        return answer

    def merge(self, units: Sequence[UUID], into: UUID | None = None) -> UUID:
        """Merge units of one level into a new one, or into one that goes on; return it."""
        draft = self.draft(**self.merging(units, into))
        self.commit(draft)
        return into or self.find_new(units[0])

    def merging(self, units: Sequence[UUID], into: UUID | None = None) -> dict[str, Any]:
        """Describe a merger as it is drafted."""
        level = self.levels[units[0]]
        above = VIET_NAM if level is Level.PROVINCE else self.parent(units[0])
        new = {"ref": "n", "name": f"Mới {uuid4().hex[:6]}", "kind": level.value,
               "parent": str(above)}  # fmt: skip
        to, gone = (str(into), [u for u in units if u != into]) if into else ("n", units)
        edges = [{"from_unit": str(unit), "to_unit": to, "share": 1} for unit in gone]
        return {"new_units": [] if into else [new], "successions": edges}

    def split(self, unit: UUID, main: str | None = "x") -> list[UUID]:
        """Split a unit into two new ones, `x` and `y`, of which one or none is the main one."""
        level, above = self.levels[unit], self.parent(unit)
        new = [
            {"ref": ref, "name": f"{ref} {uuid4().hex[:6]}", "kind": level.value,
             "parent": str(above)} for ref in "xy"
        ]  # fmt: skip
        edges = [
            {"from_unit": str(unit), "to_unit": ref, "share": 0.5, "is_main": ref == main}
            for ref in "xy"
        ]
        self.commit(self.draft(new_units=new, successions=edges))
        return self.find_successors(unit)

    def move(self, unit: UUID, parent: UUID) -> None:
        """Move a commune to another province."""
        self.commit(self.draft(moves=[{"unit": str(unit), "parent": str(parent)}]))

    def find_successors(self, unit: UUID) -> list[UUID]:
        found = self.rows("SELECT to_id FROM unit_succession WHERE from_id = :unit", unit=unit)
        for row in found:
            self.levels[row["to_id"]] = self.levels[unit]
        return [row["to_id"] for row in found]

    def find_new(self, unit: UUID) -> UUID:
        (found,) = self.find_successors(unit)
        return found

    def parent(self, unit: UUID) -> UUID:
        found: UUID = self.rows(
            "SELECT unit_parent_at(:unit, 'administrative', today()) AS id", unit=unit
        )[0]["id"]
        return found
