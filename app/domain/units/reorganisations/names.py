"""Resolve the names of a draft: look up each on the day that matters for it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AnySet
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from app.db.base import INFINITY
from app.db.tables.units import Hierarchy
from app.domain.errors import DomainError
from app.domain.units.errors import UnitNotFound
from app.domain.units.kind_words import bare_name
from app.domain.units.queries import UnitOnDate
from app.domain.units.reorganisations import rules
from app.domain.units.reorganisations.draft import (
    DraftFault,
    NameChange,
    ParentMove,
    ResolvedDraft,
    SuccessionEdge,
    UnitEnd,
    UnitStart,
)
from app.domain.units.reorganisations.errors import UnitNotStanding
from app.domain.units.reorganisations.schemas import (
    Move,
    NewUnit,
    Rename,
    ReorganisationDraft,
    Succession,
)

NamedUnits = tuple[str, date]


@dataclass(frozen=True, slots=True)
class Names:
    """The units found by the names of a draft, and which of them are the actor's."""

    found: Mapping[NamedUnits, UnitOnDate]
    own: AnySet[UUID]
    today: date


def list_names(draft: ReorganisationDraft, today: date) -> list[NamedUnits]:
    """Return every name in a draft, with each day on which it may be looked up."""
    day = draft.effective_on
    past = [s.from_unit for s in draft.successions] + [r.unit for r in draft.renames]
    past += [move.unit for move in draft.moves]
    then = [s.to_unit for s in draft.successions] + [u.parent for u in draft.new_units]
    then += [move.parent for move in draft.moves]
    found = [(name, d) for name in past for d in (day - timedelta(days=1), day, today)]
    return list(dict.fromkeys(found + [(name, day) for name in then]))


@dataclass(slots=True)
class _NameResolver:
    """A resolver of names; a missing unit and one of another actor give the same error."""

    day: date
    names: Names
    new: Mapping[str, UnitOnDate]
    faults: list[DraftFault] = field(default_factory=list)

    def past(self, pointer: str, name: str) -> UnitOnDate | None:
        """Return a unit as it stood on the day before, or else as it began on the day or later."""
        days = (self.day - timedelta(days=1), self.day, self.names.today)
        known = [day for day in days if (name, day) in self.names.found]
        stands = [day for day in known if self.names.found[name, day].stands_on(day)]
        return self.on(pointer, name, (stands or known or days)[0])

    def then(self, pointer: str, name: str) -> UnitOnDate | None:
        """Return a unit that exists on the day itself, an old or a new one."""
        return self.new.get(name) or self.on(pointer, name, self.day)

    def on(self, pointer: str, name: str, day: date) -> UnitOnDate | None:
        """Return a unit as it stood on a day."""
        unit = self.names.found.get((name, day))
        if unit is None or unit.id not in self.names.own:
            error: DomainError = UnitNotFound(wanted=name, day=day.isoformat())
        elif unit.stands_on(day):
            return unit
        else:
            error = UnitNotStanding(name=unit.name, day=day.isoformat())
        self.faults.append(DraftFault(pointer, error))
        return None


def resolve_draft(
    draft: ReorganisationDraft, ids: Mapping[str, UUID], names: Names
) -> ResolvedDraft:
    """Resolve the units of a draft; leave out parts with unknown names, and report those."""
    new = {
        unit.ref: _to_new_unit(unit, ids[unit.ref], draft.effective_on) for unit in draft.new_units
    }
    resolver = _NameResolver(draft.effective_on, names, new)
    endings, edges = _resolve_successions(resolver, draft.successions, draft.decision)
    return ResolvedDraft(
        day=draft.effective_on,
        corrects=draft.kind == "correction",
        openings=list(_resolve_openings(resolver, draft.new_units)),
        endings=endings,
        edges=edges,
        moves=list(_resolve_moves(resolver, draft.moves)),
        renames=list(_resolve_renames(resolver, draft.renames)),
        faults=resolver.faults,
    )


def _to_new_unit(data: NewUnit, id: UUID, day: date) -> UnitOnDate:
    name = bare_name(data.kind, data.name)
    return UnitOnDate(id, rules.LEVEL_OF[data.kind], name, data.code, day, INFINITY)


def resolve_return(moves: Sequence[Move], names: Names, before: date, day: date) -> ResolvedDraft:
    """Resolve the moves of a reversal: from today's map to that of the day before the change."""
    resolver = _NameResolver(day, names, {})
    resolved: list[ParentMove] = []
    for number, move in enumerate(moves):
        unit = resolver.on(f"/moves/{number}/unit", move.unit, names.today)
        parent = resolver.on(f"/moves/{number}/parent", move.parent, before)
        if unit and parent:
            resolved.append(ParentMove(f"/moves/{number}", unit, parent, _hierarchies(move)))
    return ResolvedDraft(day=day, corrects=True, moves=resolved, faults=resolver.faults)


def _resolve_openings(resolver: _NameResolver, data: Sequence[NewUnit]) -> Iterator[UnitStart]:
    for number, unit in enumerate(data):
        pointer = f"/new_units/{number}"
        if parent := resolver.then(f"{pointer}/parent", unit.parent):
            yield UnitStart(pointer, resolver.new[unit.ref], parent, unit)


def _resolve_successions(
    resolver: _NameResolver, data: Sequence[Succession], decision: str | None
) -> tuple[list[UnitEnd], list[SuccessionEdge]]:
    """Resolve the units that end and their successions; a single successor takes the whole."""
    endings: dict[UUID, UnitEnd] = {}
    pairs: list[tuple[str, Succession, UnitOnDate, UnitOnDate]] = []
    for number, part in enumerate(data):
        pointer = f"/successions/{number}"
        source = resolver.past(f"{pointer}/from_unit", part.from_unit)
        target = resolver.then(f"{pointer}/to_unit", part.to_unit)
        if source:
            endings.setdefault(source.id, UnitEnd(f"{pointer}/from_unit", source))
        if source and target:
            pairs.append((pointer, part, source, target))
    parts = Counter(source.id for _, _, source, _ in pairs)
    edges = [
        SuccessionEdge(pointer, source, target, _share(part.share, parts[source.id]),
             part.is_main or parts[source.id] == 1, part.decision or decision)
        for pointer, part, source, target in pairs
    ]  # fmt: skip
    return list(endings.values()), edges


def _share(share: float | None, parts: int) -> Decimal | None:
    share = 1.0 if share is None and parts == 1 else share
    return None if share is None else Decimal(str(share)).quantize(Decimal("0.000001"))


def _resolve_moves(resolver: _NameResolver, data: Sequence[Move]) -> Iterator[ParentMove]:
    for number, move in enumerate(data):
        unit = resolver.past(f"/moves/{number}/unit", move.unit)
        parent = resolver.then(f"/moves/{number}/parent", move.parent)
        if unit and parent:
            yield ParentMove(f"/moves/{number}", unit, parent, _hierarchies(move))


def _hierarchies(move: Move) -> tuple[Hierarchy, ...]:
    return (move.hierarchy,) if move.hierarchy else tuple(Hierarchy)


def _resolve_renames(resolver: _NameResolver, data: Sequence[Rename]) -> Iterator[NameChange]:
    for number, rename in enumerate(data):
        if unit := resolver.past(f"/renames/{number}/unit", rename.unit):
            yield NameChange(f"/renames/{number}", unit, rename)
