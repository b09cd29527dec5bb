"""A random history of a small country: its map changes, and tips are offered meanwhile.

Who is excluded is computed from the history alone, forwards, as each unit ends; the product looks
backwards from who asks.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from uuid import UUID

from app.db.tables.tips import TipState
from app.domain.actor import Level
from bench.trust_exclusion_nets import NAMES, Nets
from tests.application import VIET_NAM
from tests.tips.exclusion_scenario import ChangingCountry

TIPS, OFFERS = 2, "/api/v1/tip-transfers"
READY = "UPDATE tip SET state = 'triaged', shared = '{text,messages,attachments}' WHERE id = :tip"
PLACE = "SELECT coalesce(commune_id, district_id, province_id) AS place FROM tip WHERE id = :tip"


@dataclass
class History:
    """One country, its tips, and the units that each excludes by now."""

    land: ChangingCountry
    nets: Nets
    dice: Random
    parents: dict[UUID, UUID] = field(default_factory=dict)  # of the units that stand
    excluded: dict[UUID, set[UUID]] = field(default_factory=dict)
    homes: set[UUID] = field(default_factory=set)
    person: str = ""
    counts: Counter[str] = field(default_factory=Counter)

    def begin(self) -> None:
        """Insert tips about some units, each held by one that is not among them."""
        units = self.land.units
        self.parents = {id: units[name[0]] if name[1:] else VIET_NAM for name, id in units.items()}
        for _ in range(TIPS):
            about = set(self.dice.sample(self.list_units(), self.dice.randint(1, 3)))
            free = [unit for unit in self.list_units() if not self.is_barred(about, unit)]
            holder = self.dice.choice([*free, VIET_NAM])
            self.excluded[self.land.tip(holder, *about, state=TipState.TRIAGED)] = about
        self.homes = {self.dice.choice(self.list_units(Level.COMMUNE))}
        self.person = self.land.person(*self.homes)

    def list_units(self, *levels: Level) -> list[UUID]:
        """List the units that stand, in an order that the seed repeats."""
        return [u for u in self.parents if not levels or self.land.levels[u] in levels]

    def is_barred(self, about: set[UUID], unit: UUID) -> bool:
        return unit in about or self.parents.get(unit) in about

    def take_step(self) -> None:
        """Change the map, or offer a tip."""
        steps = (self.merge, self.merge, self.merge_into, self.split, self.move, self.join)
        step: Callable[[], None] = self.dice.choice([*steps, self.offer, self.offer])
        self.counts[step.__name__] += 1
        step()

    def merge(self) -> None:
        if pair := self._choose_pair(Level.COMMUNE):
            above = self.parents[pair[0]]
            self._end(pair, lambda: [self.land.merge(pair)], above)

    def merge_into(self) -> None:
        if pair := self._choose_pair(Level.COMMUNE):
            ends, stays = pair
            self._end([ends], lambda: [self.land.merge([ends], into=stays)], self.parents[ends])

    def split(self) -> None:
        unit = self.dice.choice(self.list_units(Level.COMMUNE))
        self._end([unit], lambda: self.land.split(unit), self.parents[unit])

    def move(self) -> None:
        unit = self.dice.choice(self.list_units(Level.COMMUNE))
        others = [p for p in self.list_units(Level.PROVINCE) if p != self.parents[unit]]
        if others:
            self.land.move(unit, others[0])
            self.parents[unit] = others[0]

    def join(self) -> None:
        """Merge both provinces into a new one, which their communes follow."""
        pair = self.list_units(Level.PROVINCE)
        if len(pair) > 1:
            (new,) = self._end(pair, lambda: [self.land.merge(pair)], VIET_NAM)
            for unit in self.list_units(Level.COMMUNE):
                self.parents[unit] = new

    def _choose_pair(self, level: Level) -> list[UUID]:
        first = self.dice.choice(self.list_units(level))
        same = [u for u in self.list_units(level) if self.parents[u] == self.parents[first]]
        return [first, self.dice.choice([u for u in same if u != first])] if same[1:] else []

    def _end(
        self, ends: Sequence[UUID], change: Callable[[], list[UUID]], above: UUID
    ) -> list[UUID]:
        """Apply a change that ends units: who was barred in one is barred in all it went into."""
        hit = [
            t for t, about in self.excluded.items() if any(self.is_barred(about, u) for u in ends)
        ]
        new = change()
        for tip in hit:
            self.excluded[tip] |= {*new}
        if self.homes & {*ends}:
            self.homes |= {*new}
        for unit in ends:
            del self.parents[unit]
        self.parents |= dict.fromkeys(new, above)
        return new

    def offer(self) -> None:
        """Offer a tip to any unit, and accept it there, by either net alone."""
        tip, to = self.dice.choice([*self.excluded]), self.dice.choice(self.list_units())
        (held,) = self.land.rows(PLACE, tip=tip)
        giver, barred = held["place"] or VIET_NAM, self.is_barred(self.excluded[tip], to)
        with self.nets.only(self.dice.choice(NAMES)) as application:
            try:
                words = {"to_unit": str(to), "reason": "Thẩm quyền"}
                made = self.land.officer(giver, application=application).post(
                    f"/api/v1/tips/{tip}/transfers", words
                )
                taken = (
                    made.status_code == 201
                    and self.land.officer(to, application=application)
                    .move(f"{OFFERS}/{made.json()['id']}", {"action": "accept"})
                    .is_success
                )
            except Exception:  # the database refused what the service without its net let through
                taken = False
        self.counts["offers_taken"] += taken
        self.counts["offers_to_excluded_taken"] += taken and barred
        self.land.rows("UPDATE tip_transfer SET state = 'withdrawn' WHERE state = 'offered'")
        self.land.rows(READY, tip=tip)
