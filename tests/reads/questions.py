"""Random GraphQL questions: roots, paging, filters, terms; values as literals and as variables."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    get_named_type,
    get_nullable_type,
    is_list_type,
)
from hypothesis import strategies as st

from tests.reads.neutral_questions import LAYERS
from tests.reads.pool import Pool
from tests.reads.sets import SCHEMA, Sets

PAGES = tuple(many for _, many, _ in LAYERS.values())
ONES = ("unit", "model", "node")
ROWS = tuple(one for _, _, one in LAYERS.values() if one not in ONES)
ROOTS = (*("units", "models") * 4, *PAGES, *ONES * 2, *ROWS)
TYPES = {"Date": date, "Boolean": bool, "Int": int, "UUID": UUID}
FORMS = ("", "first", "first after", "first after", "first after", "first before", "last",
         "last before", "last before", "last after", "first after before", "null")  # fmt: skip
COVERAGE = "modelCoverage(id: %s, unit: %s) { covered existing percent byCommune { code } }"


class Word(str):
    """A name of an enum: bare in a document, text in a variable."""


@dataclass(frozen=True)
class Question:
    """A document, its variables, and which of them can be filled with cursors from the answer."""

    text: str
    variables: dict[str, Any]
    cursors: tuple[tuple[str, str, str, str], ...]  # variable, root, page info, which end
    plain: bool  # nothing in it asks for the ordinary way


@st.composite
def questions(draw: st.DrawFn, pool: Pool) -> Question:
    maker = _Maker(draw, pool)
    roots = [maker.root() for _ in range(draw(st.integers(1, 3)))]
    kinds = ", ".join(f"${name}: {kind}" for name, kind in maker.types.items())
    parts = [text for _, text in maker.fragments.values()]
    signature = f"query Q({kinds})" if kinds else maker.one_of("query Q", "")
    text = f"{signature} {{ {' '.join(roots)} }} {' '.join(parts)}"
    return Question(text, maker.variables, tuple(maker.cursors), maker.plain)


class _Maker(Sets):
    """Draws whole root fields."""

    def __init__(self, draw: st.DrawFn, pool: Pool) -> None:
        super().__init__(draw, pool)
        self.cursors: list[tuple[str, str, str, str]] = []
        self.plain = True

    def root(self) -> str:
        if self.chance(4):
            self.plain = False
            values = (json.dumps(self.one_of(*self.pool.of(name))) for name in ("type", "unit"))
            return self.one_of("me { roles level }", "__typename", COVERAGE % tuple(values))  # type: ignore[no-any-return]
        name: str = self.one_of(*ROOTS)
        definition, key = SCHEMA.query_type.fields[name], self.key()  # type: ignore[union-attr]
        target: Any = get_named_type(definition.type)
        given = self._page(definition, key) if name in PAGES else [self._id(name)]
        inner = self.set_of(target, 1)
        if name in PAGES:
            info = f"{key}_: pageInfo {{ startCursor endCursor }}"
            inner = f"{{ {info} {inner[1:]}" if self.chance(80) else inner
        given += [
            f"{term}: {self._value(definition.args[term].type, term)}"
            for term in ("asOf", "hierarchy", "daysFrom", "daysUntil")
            if term in definition.args and self.chance(40)
        ]
        arguments = f"({', '.join(given)})" if given else ""
        return f"{key}: {name}{arguments}{self.switch(8)} {inner}"

    def _id(self, root: str) -> str:
        id = self.one_of(*self.pool.ids_of(root))
        return f"id: {self.variable('ID!', id) if self.chance(50) else json.dumps(id)}"

    def _page(self, definition: GraphQLField, key: str) -> list[str]:
        form = "first last" if self.chance(2) else self.one_of(*FORMS)
        given = [self._bound(name, key) for name in form.split() if name != "null"]
        given = given or ([] if self.chance(50) else ["first: null", "after: null"])
        if self.chance(60):
            kind: Any = get_named_type(definition.args["where"].type)
            given.append(f"where: {self._write(kind, self._where(kind))}")
        if self.chance(50):
            order = definition.args["orderBy"].type
            given.append(f"orderBy: {self._value(order, 'orderBy')}")
        return given

    def _bound(self, name: str, key: str) -> str:
        """Draw a number of rows, or the cursor beside them: unknown until a page was read."""
        if name in ("first", "last"):
            number = self.draw(st.integers(1, 6)) if self.chance(98) else self.one_of(0, -1, 101)
            return f"{name}: {self.variable('Int', number) if self.chance(50) else number}"
        if self.chance(2):
            return f"{name}: {json.dumps(self.one_of('', 'x', 'WyJ4IiwgMV0', '🙂'))}"
        variable = self.variable("String", None)
        end = "endCursor" if name == "after" else "startCursor"
        self.cursors.append((variable[1:], key, f"{key}_", end))
        return f"{name}: {variable}"

    def _where(self, kind: GraphQLInputObjectType) -> dict[str, Any]:
        return {name: self._operations(kind, name) for name in self._some(kind.fields)}

    def _operations(self, kind: GraphQLInputObjectType, name: str) -> Any:
        form: Any = get_named_type(kind.fields[name].type)
        if self.chance(5):
            return None
        chosen = self._some(form.fields)
        return {word: self._draw_value(form.fields[word].type, name) for word in chosen}

    def _some(self, names: Iterable[str]) -> list[str]:
        known = sorted(names)
        return self.draw(st.lists(st.sampled_from(known), min_size=1, max_size=2, unique=True))

    def _draw_value(self, kind: Any, name: str) -> Any:
        """A value for a filter or a term; now and then none at all."""
        bare: Any = get_nullable_type(kind)
        if bare is kind and self.chance(6):
            return None
        if is_list_type(bare):
            size = self.draw(st.integers(0, 3))
            return [self._draw_value(bare.of_type, name) for _ in range(size)]
        if isinstance(bare, GraphQLEnumType):
            return Word(self.one_of(*bare.values))
        value = self.one_of(*self.pool.of(name, TYPES.get(str(bare), str)))
        return value.isoformat() if isinstance(value, date) else value

    def _value(self, kind: Any, name: str) -> str:
        return self._write(kind, self._draw_value(kind, name))

    def _write(self, kind: Any, value: Any) -> str:
        """A value as a literal, or as a variable, or as a literal that holds variables."""
        if self.chance(25):
            return self.variable(str(kind), value, absent=self.chance(5))
        if isinstance(value, dict):
            fields = get_named_type(kind).fields
            parts = (f"{name}: {self._write(fields[name].type, v)}" for name, v in value.items())
            return "{" + ", ".join(parts) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(map(_literal, value)) + "]"
        return _literal(value)


def _literal(value: Any) -> str:
    return str(value) if isinstance(value, Word) else json.dumps(value)
