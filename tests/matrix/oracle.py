"""The permissions that people wrote down; read from tables, never from the code it judges."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from app.domain.actor import Role

FOLDER = Path(__file__).parent
HEADS = ("rest", "graphql", "case", "about", "may", "absent_for")
GOOD = ("ok", "listed")  # past both gates
NO_CELL = "-"


@dataclass(frozen=True, eq=False)
class Line:
    """One operation: which roles may, and what they are answered where they stand."""

    rest: str
    graphql: str
    case: str
    about: str
    may: frozenset[Role]
    absent_for: frozenset[Role]  # to whom it is as if it were not there, wherever they stand
    answers: Mapping[str, str]
    feature: str  # the file that it stands in

    @property
    def name(self) -> str:
        return self.rest or self.graphql

    @property
    def key(self) -> tuple[str, str]:
        return self.name, self.case

    @property
    def layers(self) -> tuple[str, ...]:
        return tuple(
            layer for layer, name in (("REST", self.rest), ("GraphQL", self.graphql)) if name
        )

    @property
    def relations(self) -> list[str]:
        return [relation for relation, answer in self.answers.items() if answer != NO_CELL]

    def expected_kind(self, roles: frozenset[Role], relation: str) -> str:
        """Return the answer for somebody in these roles: several roles add up."""
        if roles & self.may:
            return self.answers[relation]
        return "404" if roles & self.absent_for else "403"


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def _line(row: dict[str, str], feature: str) -> Line:
    rest, graphql, case, about, may, absent_for = (row.pop(head) for head in HEADS)
    return Line(rest, graphql, case, about, _roles(may), _roles(absent_for), row, feature)


def _roles(names: str) -> frozenset[Role]:
    return frozenset(map(Role, names.split()))


# one file per feature, so that a new one edits none of another
LINES = [
    _line(row, path.stem) for path in sorted(FOLDER.glob("oracle/*.csv")) for row in _rows(path)
]
# Where the product is known to be at odds with the oracle, until somebody decides who is right.
OPEN = {
    (row["rest"], row["case"], row["relation"]): (row["oracle"], row["product"])
    for row in _rows(FOLDER / "open.csv")
}
