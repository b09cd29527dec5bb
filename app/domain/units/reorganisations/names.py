"""How the words of a draft are understood: each name looked up on the day that matters for it."""

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
    """What was found by the names of a draft, and which of it is the actor's."""

    found: Mapping[NamedUnits, UnitOnDate]
    own: AnySet[UUID]
    today: date


def list_names(draft: ReorganisationDraft, today: date) -> list[NamedUnits]:
    """Every name in a draft, with each day on which it may be looked up."""
    day = draft.effective_on
    past = [s.from_unit for s in draft.successions] + [r.unit for r in draft.renames]
    past += [move.unit for move in draft.moves]
    then = [s.to_unit for s in draft.successions] + [u.parent for u in draft.new_units]
    then += [move.parent for move in draft.moves]
    found = [(name, d) for name in past for d in (day - timedelta(days=1), day, today)]
    return list(dict.fromkeys(found + [(name, day) for name in then]))


@dataclass(slots=True)
class _NameResolver:
    """Looks up names; what is not there, or not the actor's, is told the same way."""

    day: date
    names: Names
    new: Mapping[str, UnitOnDate]
    wrong: list[DraftFault] = field(default_factory=list)

    def past(self, pointer: str, name: str) -> UnitOnDate | None:
        """A unit as it stood on the day before, or else as it began on the day itself or later."""
        days = (self.day - timedelta(days=1), self.day, self.names.today)
        known = [day for day in days if (name, day) in self.names.found]
        stands = [day for day in known if self.names.found[name, day].stands_on(day)]
        return self.on(pointer, name, (stands or known or days)[0])

    def then(self, pointer: str, name: str) -> UnitOnDate | None:
        """A unit that stands on the day itself, be it an old or a new one."""
        return self.new.get(name) or self.on(pointer, name, self.day)

    def on(self, pointer: str, name: str, day: date) -> UnitOnDate | None:
        """A unit as it stood on a day."""
        unit = self.names.found.get((name, day))
        if unit is None or unit.id not in self.names.own:
            error: DomainError = UnitNotFound(wanted=name, day=day.isoformat())
        elif unit.stands_on(day):
            return unit
        else:
            error = UnitNotStanding(name=unit.name, day=day.isoformat())
        self.wrong.append(DraftFault(pointer, error))
        return None


def resolve_draft(
    draft: ReorganisationDraft, ids: Mapping[str, UUID], names: Names
) -> ResolvedDraft:
    """A draft with its units found; words with a name that was not found are left out and told."""
    new = {said.ref: _to_be(said, ids[said.ref], draft.effective_on) for said in draft.new_units}
    reader = _NameResolver(draft.effective_on, names, new)
    endings, edges = _successions(reader, draft.successions, draft.decision)
    return ResolvedDraft(
        day=draft.effective_on,
        corrects=draft.kind == "correction",
        openings=list(_openings(reader, draft.new_units)),
        endings=endings,
        edges=edges,
        goings=list(_goings(reader, draft.moves)),
        namings=list(_namings(reader, draft.renames)),
        wrong=reader.wrong,
    )


def _to_be(said: NewUnit, id: UUID, day: date) -> UnitOnDate:
    return UnitOnDate(id, rules.LEVEL_OF[said.kind], said.name, said.code, day, INFINITY)


def resolve_return(moves: Sequence[Move], names: Names, before: date, day: date) -> ResolvedDraft:
    """Where units go when a change is undone: from today's map to that of the day before it."""
    reader = _NameResolver(day, names, {})
    goings: list[ParentMove] = []
    for number, move in enumerate(moves):
        unit = reader.on(f"/moves/{number}/unit", move.unit, names.today)
        parent = reader.on(f"/moves/{number}/parent", move.parent, before)
        if unit and parent:
            goings.append(ParentMove(f"/moves/{number}", unit, parent, _hierarchies(move)))
    return ResolvedDraft(day=day, corrects=True, goings=goings, wrong=reader.wrong)


def _openings(reader: _NameResolver, said: Sequence[NewUnit]) -> Iterator[UnitStart]:
    for number, unit in enumerate(said):
        pointer = f"/new_units/{number}"
        if parent := reader.then(f"{pointer}/parent", unit.parent):
            yield UnitStart(pointer, reader.new[unit.ref], parent, unit)


def _successions(
    reader: _NameResolver, said: Sequence[Succession], decision: str | None
) -> tuple[list[UnitEnd], list[SuccessionEdge]]:
    """What ends and what becomes of it; a unit with one successor goes into it whole."""
    endings: dict[UUID, UnitEnd] = {}
    pairs: list[tuple[str, Succession, UnitOnDate, UnitOnDate]] = []
    for number, word in enumerate(said):
        pointer = f"/successions/{number}"
        source = reader.past(f"{pointer}/from_unit", word.from_unit)
        target = reader.then(f"{pointer}/to_unit", word.to_unit)
        if source:
            endings.setdefault(source.id, UnitEnd(f"{pointer}/from_unit", source))
        if source and target:
            pairs.append((pointer, word, source, target))
    parts = Counter(source.id for _, _, source, _ in pairs)
    edges = [
        SuccessionEdge(pointer, source, target, _share(word.share, parts[source.id]),
             word.is_main or parts[source.id] == 1, word.decision or decision)
        for pointer, word, source, target in pairs
    ]  # fmt: skip
    return list(endings.values()), edges


def _share(said: float | None, parts: int) -> Decimal | None:
    share = 1.0 if said is None and parts == 1 else said
    return None if share is None else Decimal(str(share)).quantize(Decimal("0.000001"))


def _goings(reader: _NameResolver, said: Sequence[Move]) -> Iterator[ParentMove]:
    for number, move in enumerate(said):
        unit = reader.past(f"/moves/{number}/unit", move.unit)
        parent = reader.then(f"/moves/{number}/parent", move.parent)
        if unit and parent:
            yield ParentMove(f"/moves/{number}", unit, parent, _hierarchies(move))


def _hierarchies(move: Move) -> tuple[Hierarchy, ...]:
    return (move.hierarchy,) if move.hierarchy else tuple(Hierarchy)


def _namings(reader: _NameResolver, said: Sequence[Rename]) -> Iterator[NameChange]:
    for number, rename in enumerate(said):
        if unit := reader.past(f"/renames/{number}/unit", rename.unit):
            yield NameChange(f"/renames/{number}", unit, rename)
