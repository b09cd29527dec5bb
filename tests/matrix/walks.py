"""Every cell there is, or some of each kind; and what is wrong with the answers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import UUID

from fastapi import FastAPI
from sqlalchemy import text

from app.api import guard
from app.db.session import execute
from app.domain.actor import GRANTS, Permission, Role
from tests.application import runner
from tests.give import PAPER
from tests.matrix.cells import SCHEMA, Cell, Outcome, ask
from tests.matrix.features import APART, PLACES
from tests.matrix.oracle import GOOD, LINES, OPEN, Line
from tests.matrix.scenario import STANDS, Scenario, lies_apart, lies_in


@dataclass
class Findings:
    """The number of cells tried, and those that came out otherwise than was written down."""

    cells: int = 0
    open: int = 0
    wrong: list[str] = field(default_factory=list)

    def note(self, cell: Cell, *faults: str) -> None:
        self.cells += 1
        self.open += cell.is_open
        self.wrong += [f"{cell}: {fault}" for fault in faults]


def needs(app: FastAPI) -> dict[str, str]:
    """The permission of every operation of both layers, by its name there."""
    return {way.name: str(way.needs) for way in guard.endpoints(app, SCHEMA)}


def every_cell() -> Iterator[Cell]:
    """Each operation at each of its layers, for each role wherever its holder stands."""
    for line in LINES:
        for relation in line.relations:
            for role in Role:
                for layer in line.layers:
                    yield Cell(line, layer, frozenset({role}), relation)


def some_cells(dice: Random) -> Iterator[Cell]:
    """Each operation for some roles somewhere, and everywhere for one that may, at one layer."""
    for line in LINES:
        for role in dice.sample(sorted(Role), 2):
            relation = dice.choice(line.relations)
            for layer in line.layers:
                yield Cell(line, layer, frozenset({role}), relation)
        for relation in line.relations:
            role = dice.choice(sorted(line.may))
            yield Cell(line, dice.choice(line.layers), frozenset({role}), relation)


def of_several_roles(dice: Random) -> Iterator[Cell]:
    """Roles add up, whichever they are."""
    for line in LINES:
        for layer in line.layers:
            roles = frozenset(dice.sample(sorted(Role), dice.choice((0, 2, 3))))
            yield Cell(line, layer, roles, dice.choice(line.relations))


def of_narrowed_tokens(app: FastAPI, dice: Random) -> Iterator[Cell]:
    """Yield permitted callers with a token for everything but this permission."""
    needed = needs(app)
    for line in LINES:
        for layer in line.layers:
            lacking = {Permission(p) for p in needed[line.name].split(", ")}
            lacking |= {Permission.TRANSITION_READ} if line.case == "with its steps" else set()
            role = dice.choice(sorted(line.may))
            left = GRANTS[role] - lacking
            yield Cell(line, layer, frozenset({role}), dice.choice(line.relations), left)


def walk(scenario: Scenario, cells: Iterable[Cell], found: Findings) -> None:
    """Ask for each cell and hold it against the oracle; what only reads comes first."""
    places: dict[str, Any] = {}
    codes: dict[Any, tuple[str, Outcome]] = {}
    for cell in sorted(cells, key=_writes):
        outcome = ask(scenario, cell)
        faults = [*_answer_faults(cell, outcome), *_layer_faults(cell, outcome, codes)]
        faults += list_faults(scenario, cell, outcome, places)
        found.note(cell, *faults)


def walk_of_nobody(scenario: Scenario, found: Findings) -> None:
    """Check that nobody without a token gets anything, wherever they would stand."""
    for line in LINES:
        for layer in line.layers:
            cell = Cell(line, layer, frozenset(), line.relations[0])
            outcome = ask(scenario, cell, scenario.application.nobody)
            fault = "" if outcome.kind == "401" else f"nobody is answered {outcome.kind}"
            found.note(cell, *filter(None, [fault]))


def _writes(cell: Cell) -> bool:
    return not cell.line.name.startswith(("GET", "query"))


def _answer_faults(cell: Cell, outcome: Outcome) -> Iterator[str]:
    if outcome.kind != cell.expected_kind:
        yield f"{outcome.kind} {outcome.code} instead of {cell.expected_kind}"


def _layer_faults(cell: Cell, outcome: Outcome, codes: dict[Any, Any]) -> Iterator[str]:
    """Both layers refuse for the same reason; a read in GraphQL tells of nothing there by null."""
    who = (cell.line.key, cell.roles, cell.relation, cell.scope)
    layer, other = codes.setdefault(who, (cell.layer, outcome))
    if layer == cell.layer or cell.expected_kind in GOOD or not (outcome.code and other.code):
        return
    if (outcome.kind, outcome.code) != (other.kind, other.code):
        yield f"{outcome.code}, but {other.code} at the other layer"


# in a village one sees one's own acts, and the marked ones are another's
NOT_IN_VILLAGES = ("audit", "reintegration-openings")
ABOVE_TOO = ("organisations", "evaluation-rounds")  # those of units above serve those below
PARTLY_PUBLISHED = ("unit-reorganisations",)  # drafts by place, the rest by everybody
CHANGING = ("stated-figures", "organisations")  # the walk itself makes and voids some


def list_faults(
    scenario: Scenario, cell: Cell, outcome: Outcome, places: dict[str, Any]
) -> Iterator[str]:
    """A list holds just the rows of the asker's unit, judged by the tree alone."""
    if _writes(cell) or outcome.kind not in ("listed", "none") or cell.is_open:
        return
    name = cell.line.rest.rpartition("/")[2]
    if len(outcome.ids) != outcome.total or len(set(outcome.ids)) != outcome.total:
        yield f"{len(outcome.ids)} rows, but {outcome.total} are counted"
    if name in PARTLY_PUBLISHED:
        return
    if name not in PLACES:
        if "none" in cell.line.answers.values() and not _is_undecided(cell.line):
            yield "listed by place, and nobody says where its rows lie"
        return
    if name not in places or name in CHANGING:
        places[name] = runner().run(_lying(scenario, PLACES[name]))
    holder = STANDS[cell.relation][0]
    lies = lies_apart if name in APART else lies_in
    hidden = name in NOT_IN_VILLAGES and holder.count(".") == 2
    own = {str(id) for id, path in places[name] if not hidden and lies(path, holder)}
    if name in ABOVE_TOO:
        own |= {str(id) for id, path in places[name] if lies_in(holder, path)}
    found = set(outcome.ids) - {str(PAPER)}  # the decision of the country, which everybody reads
    if own != found:
        yield f"{len(found - own)} rows too many, {len(own - found)} too few"


def _is_undecided(line: Line) -> bool:
    return any(where[:2] == line.key for where in OPEN)


async def _lying(scenario: Scenario, statement: str) -> list[tuple[UUID, str]]:
    paths = {unit: path for path, unit in scenario.country.units.items()}
    async with scenario.application.behind() as session:
        rows = (await execute(session, text(statement))).all()
    return [(row.id, paths.get(row.unit_id, "?")) for row in rows]  # of a unit that has ended


def lines_missing(app: FastAPI) -> tuple[set[str], set[str]]:
    """Operations nobody has written down, and what is written of operations that are not there."""
    written = {name for line in LINES for name in (line.rest, line.graphql) if name}
    there = set(needs(app))
    return there - written, written - there


def example(line: Line) -> str:
    """Return a relation where a permitted caller gets the thing, or at least a 404."""
    good = (relation for relation in line.relations if line.answers[relation] in GOOD)
    return next(good, line.relations[0])
