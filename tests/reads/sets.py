"""Random selection sets: fields, links, aliases, fragments, switches."""

from typing import Any

from graphql import GraphQLInterfaceType, GraphQLObjectType, get_named_type
from hypothesis import strategies as st

from app.api.graphql.schema import build_schema
from tests.reads.pool import Pool

SCHEMA = build_schema()._schema
NODE = SCHEMA.type_map["Node"]
ALIASES = ["nr", "page", "rows", "row", "whole", "items", "next", "count", "anon_1", "json_agg",
           "unit_dated_1", "errors", "data", "first", "mark", "param_1", "select", "_", "__x",
           "coalesce", "nodes_1", "shown", "more"]  # fmt: skip
SWITCHES = ["@include(if: $on)", "@skip(if: $on)", "@include(if: $off)", "@skip(if: $off)",
            "@include(if: true)", "@skip(if: false)", "@skip(if: true)", "@include(if: false)",
            "@skip(if: $off) @include(if: $on)"]  # fmt: skip
MAX_KEYS = 55
Kind = GraphQLObjectType | GraphQLInterfaceType


class Sets:
    """Draws selection sets, and keeps the variables and fragments they need."""

    def __init__(self, draw: st.DrawFn, pool: Pool) -> None:
        self.draw, self.pool = draw, pool
        self.types: dict[str, str] = {}
        self.variables: dict[str, Any] = {}
        self.fragments: dict[str, tuple[str, str]] = {}  # name -> kind, text
        self.aliases, self.keys = list(ALIASES), 0
        self.loud = self.chance(2)  # more aliases than are allowed
        self.deepest = 14 if self.chance(2) else 4

    def chance(self, percent: int) -> bool:
        return (self.draw(st.integers(0, 99)) + 50) % 100 < percent  # the ends are drawn too often

    def one_of(self, *choices: Any) -> Any:
        return self.draw(st.sampled_from(choices))

    def key(self) -> str:
        """A new key for a field: mostly plain, sometimes one that SQL might stumble over."""
        self.keys += 1
        odd = self.aliases and self.chance(20)
        return self.aliases.pop(self.draw(st.integers(0, len(self.aliases) - 1))) if odd else (
            f"k{self.keys}"
        )  # fmt: skip

    def alias(self, percent: int) -> str:
        wanted = self.loud or (self.keys < MAX_KEYS and self.chance(percent))
        return f"{self.key()}: " if wanted else ""

    def variable(self, kind: str, value: Any, *, absent: bool = False) -> str:
        name = f"v{len(self.types)}"
        self.types[name] = kind
        if not absent:
            self.variables[name] = value
        return f"${name}"

    def switch(self, percent: int = 20) -> str:
        if not self.chance(percent):
            return ""
        switch: str = self.one_of(*SWITCHES)
        for name in ("on", "off"):
            if f"${name}" in switch and name not in self.types:
                self.types[name] = self.one_of("Boolean!", "Boolean = true")
                if self.types[name] == "Boolean!" or self.chance(50):
                    self.variables[name] = self.draw(st.booleans())
        return f" {switch}"

    def set_of(self, kind: Kind, depth: int) -> str:
        parts = [self._part(kind, depth) for _ in range(self.draw(st.integers(1, 4)))]
        return "{ " + " ".join(parts) + " }"

    def _part(self, kind: Kind, depth: int) -> str:
        how = self.one_of("field", "field", "field", "field", "inline", "spread")
        if how == "field" or depth >= self.deepest:
            return self._field(kind, depth)
        meant = self._condition(kind)
        if how == "spread":
            return f"...{self._fragment(meant, depth)}{self.switch()}"
        on = "" if meant is kind and self.chance(50) else f" on {meant.name}"
        return f"...{on}{self.switch()} {self.set_of(meant, depth + 1)}"

    def _condition(self, kind: Kind) -> Kind:
        """A type for which a fragment may stand here."""
        if kind is NODE:
            possible = (*SCHEMA.get_possible_types(NODE), NODE)  # type: ignore[arg-type]
            found: Kind = self.one_of(*sorted(possible, key=lambda one: one.name))
            return found
        return self.one_of(kind, *kind.interfaces)  # type: ignore[no-any-return]

    def _fragment(self, kind: Kind, depth: int) -> str:
        """A fragment by name: a new one, or one that is used a second time."""
        known = [name for name, (meant, _) in self.fragments.items() if meant == kind.name]
        if known and self.chance(30):
            found: str = self.one_of(*known)
            return found
        text, name = self.set_of(kind, depth + 1), f"F{len(self.fragments)}"
        self.fragments[name] = kind.name, f"fragment {name} on {kind.name} {text}"
        return name

    def _field(self, kind: Kind, depth: int) -> str:
        name: str = self.one_of(*sorted(kind.fields), "__typename")
        if name == "__typename":
            return f"{self.alias(50)}{name}{self.switch()}"
        definition = kind.fields[name]
        target: Any = get_named_type(definition.type)
        if not isinstance(target, GraphQLObjectType):
            return f"{self.alias(40)}{name}{self.switch()}"
        if depth >= self.deepest:
            return "__typename"
        if "first" in definition.args and self.keys < MAX_KEYS and self.chance(80):
            first = f"(first: {self._first()})"
            return f"{self.key()}: {name}{first}{self.switch()} {self.set_of(target, depth + 1)}"
        return f"{self.alias(20)}{name}{self.switch()} {self.set_of(target, depth + 1)}"

    def _first(self) -> str:
        number = self.draw(st.integers(1, 3)) if self.chance(97) else self.one_of(-1, 0, 501)
        if self.chance(60):
            return str(number)
        absent = self.chance(20)
        value = None if self.chance(3) else number
        return self.variable("Int = 2" if absent else "Int!", value or number, absent=absent)
