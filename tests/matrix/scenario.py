"""Places of a caller relative to a thing, and the things themselves, made in batches."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from sqlalchemy import text

from app.db.base import now
from app.db.session import execute
from app.domain.actor import Actor, Level, Permission, Role
from app.domain.deadlines.shipped_rules import load_deadline_rules
from app.domain.units import queries
from tests.application import SESSION, VIET_NAM, Application, Caller, runner
from tests.give import Country, give_unit
from tests.matrix.features import CATALOGUE, MAKERS, VERSIONED
from tests.matrix.features.accounts import grant_role

# The unit of the caller, and the unit of the thing requested.
STANDS = {
    "own_commune": ("1.1", "1.1"),
    "province_above": ("1", "1.1"),
    "village_below": ("1.1.1", "1.1"),
    "commune_beside": ("1.2", "1.1"),
    "other_province": ("2", "1.1"),
    "country": ("", "1.1"),
    "nowhere": ("?", "1.1"),  # a district that has ended: nothing lies in it any more
    "own_village": ("1.1.1", "1.1.1"),
    "himself": ("1.1", "1.1"),
}
ELSEWHERE = ("1.1", "1.1.1", "1.2", "2.1", "")  # so that lists have rows to leave out
BATCH = 10
CHANGED = "SELECT count(*) FROM {} WHERE id = ANY (:ids) AND version > 1"


def level_of(relation: str, country: Country) -> Level:
    """Return the level of a caller who stands so."""
    return country.levels[country[STANDS[relation][0]]]


class Scenario:
    """An application, its country, and the things in it that requests are about."""

    def __init__(self, application: Application, country: Country) -> None:
        self.application, self.country, self.number = application, country, count(1)
        self.ready: dict[tuple[str, str], list[Any]] = {}
        self.tokens: dict[Actor, str] = {}
        self.standing: dict[tuple[str, str], Any] = {}
        self.giver = Actor("giver", frozenset(Role), Level.NATIONAL, VIET_NAM, "giver")
        runner().run(self._begin())

    async def _begin(self) -> None:
        async with self.application.behind() as session:
            ended = await give_unit(
                session, Level.DISTRICT, None, "Ba Bể", self.country["1"], until=date(2025, 7, 1)
            )
            self.country.units["?"], self.country.levels[ended] = ended, Level.DISTRICT
            await queries.place_units(session)
            await load_deadline_rules(session)
            self.catalogue = {
                kind: await make(self, session, "") for kind, make in CATALOGUE.items()
            }
            for kind, make in MAKERS.items():
                for path in ELSEWHERE:
                    self.standing[kind, path] = await make(self, session, path)

    def thing(self, kind: str, path: str, *, fresh: bool = False) -> Any:
        """The id of something in a unit; a fresh one where it is going to be changed."""
        if kind in ("", "unit"):
            return self.country[path]
        if kind in self.catalogue:
            return self.catalogue[kind]
        if not fresh:
            return self.standing[kind, path]
        waiting = self.ready.setdefault((kind, path), [])
        if not waiting:
            waiting += runner().run(self._more(kind, path))
        return waiting.pop(0)

    async def _more(self, kind: str, path: str) -> list[Any]:
        async with self.application.behind() as session:
            return [await MAKERS[kind](self, session, path) for _ in range(BATCH)]

    def own_grant(self, account: UUID) -> UUID:
        """Insert a grant of somebody who will request it themselves."""
        return runner().run(self._own_grant(account))

    async def _own_grant(self, account: UUID) -> UUID:
        async with self.application.behind() as session:
            return await grant_role(self, session, "1.1", account, Role.VIEWER)

    @contextmanager
    def without_policies(self, *tables: str) -> Iterator[None]:
        """Row-level security of tables put aside, so that nothing but our queries decides."""
        for table in tables:
            runner().run(self._secure(table, "DISABLE"))
        try:
            yield
        finally:
            for table in tables:
                runner().run(self._secure(table, "ENABLE"))

    async def _secure(self, table: str, word: str) -> None:
        async with self.application.behind() as session:
            await execute(session, text(f"ALTER TABLE {table} {word} ROW LEVEL SECURITY"))

    def count_changed(self) -> int:
        """Count the things that were changed although nobody was to change them."""
        return runner().run(self._count_changed())

    async def _count_changed(self) -> int:
        ids = [id for thing in self.standing.values() for id in _ids(thing)]
        async with self.application.behind() as session:
            counts = [
                await execute(session, text(CHANGED.format(table)), {"ids": ids})
                for table in VERSIONED
            ]
        return sum(found.scalar_one() for found in counts)

    def day(self) -> date:
        return date(1990, 1, 1) + timedelta(days=next(self.number))

    def caller(
        self, roles: frozenset[Role], relation: str, subject: str = "somebody",
        scope: frozenset[Permission] | None = None,
    ) -> Caller:  # fmt: skip
        """Somebody with a real token, who stands so and signed in within the minute."""
        unit, level = self.country[STANDS[relation][0]], level_of(relation, self.country)
        minute = now().replace(second=0, microsecond=0)
        actor = Actor(
            subject, roles, level, unit, "tests", (), SESSION, 1, scope, ("pwd", "otp"), minute
        )
        if actor not in self.tokens:
            self.tokens[actor] = self.application.app.state.resources.tokens.issue(
                actor, minutes=600
            )
        return Caller(self.application, {"authorization": f"Bearer {self.tokens[actor]}"})


def _ids(thing: Any) -> tuple[UUID, ...]:
    return thing if isinstance(thing, tuple) else (thing,)


def lies_apart(path: str, holder: str) -> bool:
    """Say if somebody sees a tip there: villages see none, the country only its own."""
    if holder.count(".") == 2 or not holder:
        return path == holder == ""
    return lies_in(path, holder)


def lies_in(path: str, holder: str) -> bool:
    """Say if a unit lies in that of a holder, by their paths alone."""
    return not holder or path == holder or path.startswith(f"{holder}.")
