"""Faults planted one at a time in what decides; the matrix must notice each."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import true

from app import features
from app.api.graphql.types import SHAPES
from app.db.query import statement
from app.db.query.shape import Shape
from app.domain.actor import GRANTS, Actor, Level, Permission, Role
from app.domain.scope import EVERYBODY
from tests.matrix.cells import Cell, ask
from tests.matrix.features import BESIDES, RULES, SCOPED, SENSITIVE
from tests.matrix.oracle import GOOD, LINES, Line
from tests.matrix.scenario import Scenario, level_of
from tests.matrix.walks import example, list_faults, needs

NARROW = [level for level in Level if level is not Level.NATIONAL]
Plant = Callable[[pytest.MonkeyPatch], None]


@dataclass(frozen=True)
class Mutant:
    """A fault, and the cells that could show it."""

    name: str
    plant: Plant
    cells: Callable[[Scenario], Iterable[Cell]]


def survives(scenario: Scenario, mutant: Mutant) -> bool:
    """Say if a fault stays unseen by every cell that could show it."""
    with pytest.MonkeyPatch.context() as patch:
        mutant.plant(patch)
        _forget(scenario)
        try:
            return all(_is_as_written(scenario, cell) for cell in mutant.cells(scenario))
        finally:
            patch.undo()
            _forget(scenario)


def _is_as_written(scenario: Scenario, cell: Cell) -> bool:
    """Check an outcome; without a permission `forbidden` must not be hidden by later refusals."""
    outcome = ask(scenario, cell)
    if any(list_faults(scenario, cell, outcome, {})):
        return False
    barred = cell.expected_kind == "403" and not cell.roles & cell.line.may
    return outcome.kind == cell.expected_kind and (not barred or outcome.code == "forbidden")


def _forget(scenario: Scenario) -> None:
    """Clear the caches: statements with the scope, and tokens with the permissions, of before."""
    scenario.tokens.clear()
    statement.value_statement.cache_clear()
    statement.object_statement.cache_clear()


def mutants(scenario: Scenario) -> list[Mutant]:
    """List a mutant for each grant given or taken, each scope dropped and each rule dropped."""
    needed = needs(scenario.application.app)
    return [*_of_grants(needed), *_of_shapes(), *_of_services(), *_of_rules()]


def plant_nothing(mutants: Iterable[Mutant]) -> Mutant:
    """No fault at all: it must go unseen, or the others were seen for another reason."""

    def cells(scenario: Scenario) -> Iterable[Cell]:
        return dict.fromkeys(cell for mutant in mutants for cell in mutant.cells(scenario))

    return Mutant("nothing", lambda patch: None, cells)


def _of_grants(needed: dict[str, str]) -> Iterator[Mutant]:
    for role in Role:
        for permission in Permission:
            if (lines := _showing(role, permission, needed)) is not None:
                yield _of_grant(role, permission, lines)


def _of_grant(role: Role, permission: Permission, lines: list[Line]) -> Mutant:
    """Flip a grant; a role that gains one may read too, or its own change would be undone."""
    gives = permission not in GRANTS[role]
    reads = {other for other in Permission if other.endswith(":read")}
    more = {permission} if permission in reads else {permission, *reads}
    flipped = GRANTS[role] | more if gives else GRANTS[role] - {permission}
    who = frozenset({role})
    cells = [Cell(line, layer, who, example(line)) for line in lines for layer in line.layers]
    return Mutant(
        f"{'gives' if gives else 'takes'} {permission}: {role}",
        lambda patch: patch.setitem(GRANTS, role, flipped),
        lambda scenario: cells,
    )


# A permission required BESIDES the one that an operation names is shown by some lines only; names
# of persons are a part of an answer, and the walk looks at whole answers only.
def _showing(role: Role, permission: Permission, needed: dict[str, str]) -> list[Line] | None:
    """Lines that show whether a role has a permission; None where nothing can."""
    if permission not in BESIDES:
        return [line for line in LINES if needed[line.name] == permission]
    lines = [line for line in LINES if line.case == BESIDES[permission]]
    names = {line.name for line in lines}
    # it means nothing to a role without the permission that it is required besides
    return lines if any(role in line.may for line in LINES if line.name in names) else None


def held_by_policies() -> list[Mutant]:
    """List the scopes dropped where row-level security stands behind: alone it must hold."""
    return list(_of_shapes(sensitive=True))


def _of_shapes(*, sensitive: bool = False) -> Iterator[Mutant]:
    for name, shape in SHAPES.items():
        held = str(shape.table.__tablename__) in SENSITIVE  # by row-level security
        if shape.scope in (None, EVERYBODY) or held is not sensitive:
            continue
        for level in NARROW:
            yield Mutant(
                f"all {name} for a {level}",
                lambda patch, shape=shape, level=level: _let_go(patch, shape, level),  # type: ignore[misc]
                lambda scenario, name=name, level=level: [  # type: ignore[misc]
                    *_outside(scenario, level, _lines_near(name)),
                    *_lists_of(name, scenario, level),
                ],
            )


def _let_go(patch: pytest.MonkeyPatch, shape: Shape, level: Level) -> None:
    assert shape.scope is not None
    scope = {**shape.scope, level: lambda row, unit: true()}
    patch.setitem(vars(shape), "scope", scope)


def _of_services() -> Iterator[Mutant]:
    for module in SCOPED:
        for level in NARROW:
            yield Mutant(
                f"all of {module.__name__} for a {level}",
                lambda patch, module=module, level=level: _let_in(patch, module, level),  # type: ignore[misc]
                lambda scenario, level=level: _outside(scenario, level),  # type: ignore[misc]
            )


def _let_in(patch: pytest.MonkeyPatch, module: ModuleType, level: Level) -> None:
    plain: Any = module.in_scope

    def in_scope(row: Any, actor: Actor) -> Any:
        return true() if actor.level is level else plain(row, actor)

    patch.setattr(module, "in_scope", in_scope)


def _lines_near(name: str) -> list[Line]:
    """List the lines of the features where a shape is a resource: those that could show it."""
    paths = _list_paths(name)
    near = {line.feature for line in LINES if line.rest in paths}
    return [line for line in LINES if not near or line.feature in near]


def _list_paths(name: str) -> set[str]:
    return {f"GET /api/v1/{one.path}" for one in features.resources() if one.shape.name == name}


def _outside(scenario: Scenario, level: Level, lines: Iterable[Line] = LINES) -> Iterator[Cell]:
    """Yield the cells of things absent for a permitted caller of this level."""
    for line in lines:
        role = frozenset({min(line.may)})
        for relation in line.relations:
            cell = Cell(line, "REST", role, relation)
            if cell.expected_kind not in GOOD and level_of(relation, scenario.country) is level:
                for layer in line.layers:
                    yield Cell(line, layer, role, relation)


def _lists_of(name: str, scenario: Scenario, level: Level) -> Iterator[Cell]:
    """Yield the lists of a shape for a permitted caller of this level: their rows are judged."""
    for line in (line for line in LINES if line.rest in _list_paths(name)):
        for relation in line.relations:
            if level_of(relation, scenario.country) is level:
                for layer in line.layers:
                    yield Cell(line, layer, frozenset({min(line.may)}), relation)


def _of_rules() -> Iterator[Mutant]:
    for module, name in RULES:
        yield Mutant(
            f"no {name}",
            lambda patch, at=module, name=name: patch.setattr(at, name, lambda *_, **__: None),  # type: ignore[misc]
            lambda scenario: _in_scope_but_refused(),
        )


def _in_scope_but_refused() -> Iterator[Cell]:
    for line in LINES:
        for relation in line.relations:
            if line.answers[relation] == "403":
                for layer in line.layers:
                    yield Cell(line, layer, frozenset({min(line.may)}), relation)
