"""Declared operations and resources, each with its line and recipe of the matrix.

A new resource is here by its declaration; its recipe stands in its own file of
`tests/matrix/features` and its own table of `tests/matrix/oracle`.
"""

from dataclasses import dataclass
from functools import cached_property

from app import features
from app.domain.actor import GRANTS, Permission, Role
from app.domain.operations import Operation, Source
from app.domain.resources import Resource
from tests.matrix.cells import Cell
from tests.matrix.oracle import GOOD, LINES, Line
from tests.matrix.walks import example

LINE_OF = {line.rest: line for line in reversed(LINES) if line.rest}  # the first case of each


@dataclass(frozen=True)
class Case:
    """A declared operation or read over REST, and the permission that it needs."""

    name: str  # as the oracle names it
    needs: Permission | None
    operation: Operation | None = None

    def __str__(self) -> str:
        return self.name.replace("/api/v1/", "")

    @cached_property
    def line(self) -> Line:
        return LINE_OF[self.name]

    @property
    def is_done(self) -> bool:
        """Return whether an allowed caller succeeds from the best relation."""
        return self.line.answers[example(self.line)] in GOOD

    @property
    def is_placed(self) -> bool:
        """Return whether its path names a row that is out of scope for some relation."""
        return "{" in self.name and any(self.too_far())

    @property
    def is_versioned(self) -> bool:
        inputs = self.operation.inputs if self.operation else ()
        return Source.VERSION in {taken.source for taken in inputs}

    @property
    def outsiders(self) -> list[Role]:
        """Return the roles that are refused for lack of the permission."""
        refused = (role for role in Role if role not in self.line.may | self.line.absent_for)
        return [role for role in refused if self.needs not in GRANTS[role]]

    def cell(self, relation: str = "") -> Cell:
        """Return the cell of an allowed role, at the given or the best relation."""
        where = relation or example(self.line)
        return Cell(self.line, "REST", frozenset({min(self.line.may)}), where)

    def too_far(self) -> list[str]:
        """Return where somebody who may sees nothing of it."""
        return [where for where in self.line.answers if self.cell(where).expected_kind == "404"]


RESOURCES: list[Resource] = list(features.resources())
WRITES = [
    Case(f"{one.method} /api/v1/{one.path}", one.permission, one)
    for one in features.operations()
    if one.method != "GET"
]
FIGURES = [
    Case(f"{one.method} /api/v1/{one.path}", one.permission, one)
    for one in features.operations()
    if one.method == "GET"
]
LISTS = [
    Case(f"GET /api/v1/{one.path}", Permission(one.shape.needs) if one.shape.needs else None)
    for one in RESOURCES
]
ROWS = [Case(f"{case.name}/{{id}}", case.needs) for case in LISTS]
ALL = [*LISTS, *ROWS, *FIGURES, *WRITES]
