"""Recipes for the requests of an operation, for a thing that it is about."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from tests.matrix.oracle import Line

if TYPE_CHECKING:
    from tests.matrix.scenario import Scenario


@dataclass(frozen=True)
class Request:
    """The parts of a request, as REST names them; GraphQL spells the same ones its own way."""

    path: dict[str, str] = field(default_factory=dict)
    terms: dict[str, Any] = field(default_factory=dict)
    where: dict[str, Any] = field(default_factory=dict)
    data: dict[str, Any] | None = None
    rows: Sequence[dict[str, Any]] = ()
    versioned: bool = False
    bare: str = ""  # the part of the data that is all of it in GraphQL


@dataclass(frozen=True)
class About:
    """The target of a request, and its place."""

    scenario: "Scenario"
    line: Line
    thing: Any
    unit: UUID  # where it lies
    done: bool  # whether it will be

    @property
    def target_id(self) -> str:
        """The one thing that it is about; of a grant and its holder, what the path names."""
        if isinstance(self.thing, tuple):
            grant, account = self.thing
            return str(grant if "grant" in self.line.name else account)
        return str(self.thing)

    @property
    def one(self) -> bool:
        return "{id}" in self.line.name or self.line.name == "query node"


Recipe = Callable[[About], Request]


def one(**data: Any) -> Recipe:
    """To change one thing as it was first seen."""
    return lambda about: Request({"id": about.target_id}, data=data or None, versioned=True)


def new(**data: Any) -> Recipe:
    """To make something; `*` is another word each time, `@` the unit that it is for."""

    def make_request(about: About) -> Request:
        return Request(data={name: _fill(value, about) for name, value in data.items()})

    return make_request


def _fill(value: Any, about: About) -> Any:
    if isinstance(value, list):
        return [_fill(part, about) for part in value]
    if isinstance(value, dict):
        return {name: _fill(part, about) for name, part in value.items()}
    return {"*": f"m{uuid4().hex}", "@": str(about.unit)}.get(value, value)


def ask_within(about: About) -> Request:
    """Ask for figures of a unit."""
    return Request(terms={"unit": str(about.unit)})


def ask_about(**data: Any) -> Recipe:
    """Do something to one thing, whatever its version."""
    return lambda about: Request({"id": about.target_id}, data=data or None)
