"""One question in no layer's words, and the words that each layer has for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Any, get_args
from urllib.parse import quote
from uuid import UUID

from hypothesis import strategies as st

from app import features
from app.api.graphql.schema import build_schema
from app.api.graphql.types import SHAPES
from app.db.query.shape import Shape, count_of
from tests.reads.give import GIVEN
from tests.reads.pool import Pool

SCHEMA = build_schema()._schema  # to build it fills SHAPES


def camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.title() for word in rest)


# what a resource is called: its path, its list and one of its rows
NAMES = {
    one.shape.name: (one.path, camel(one.list_name), camel(one.row_name))
    for one in features.resources()
}
# of those, what the country of these tests has; the others are tested in tests/conformance
LAYERS = {name: names for name, names in NAMES.items() if name in GIVEN}
Tree = Mapping[str, "Tree"]  # a field, which holds nothing, or a link and what is wanted of it


@dataclass(frozen=True)
class NeutralQuestion:
    """The parts wanted of a shape; of one row where there is an id, else of a list."""

    name: str
    tree: Tree
    expand: tuple[str, ...] = ()  # links by the lump, instead of a tree
    id: str | None = None
    filters: dict[tuple[str, str], Any] = field(default_factory=dict)
    terms: dict[str, Any] = field(default_factory=dict)
    order: str = ""
    limit: int = 5

    @property
    def shape(self) -> Shape:
        return SHAPES[self.name]

    @property
    def whole(self) -> Tree:
        """All that is wanted, whichever way it was written."""
        links = {name: _lump(self.shape.links[name].to()) for name in self.expand}
        return count_lists(self.shape, self.tree or _fields(self.shape) | links)

    def at_rest(self) -> tuple[str, dict[str, Any]]:
        """The address and the parameters."""
        path = f"/api/v1/{NAMES[self.name][0]}"
        params: dict[str, Any] = {name: plain(value) for name, value in self.terms.items()}
        params |= {"fields": brackets(self.tree)} if self.tree else {}
        params |= {"expand": ",".join(self.expand)} if self.expand else {}
        if self.id is not None:
            return f"{path}/{quote(self.id, safe='')}", params
        for (name, operation), value in self.filters.items():
            key = name if operation in ("eq", "in") else f"{name}.{operation}"
            params[key] = [plain(v) for v in value] if operation == "in" else plain(value)
        params |= {"order": self.order} if self.order else {}
        return path, params | {"limit": self.limit, "total": "exact"}

    def _one(self) -> str:
        """One row, with as many rows of its lists as there ever are."""
        parts = []
        for name, of in self.whole.items():
            link = self.shape.links.get(name)
            inner = link.to().links if link else {}
            whole = not any(one in inner and inner[one].many for one in of)
            bound = f"(first: {link.most})" if link and link.many and whole else ""
            parts.append(f"{camel(name)}{bound} {braces(of)}" if of else camel(name))
        return f"{{ {' '.join(parts)} }}"

    def in_graphql(self) -> str:
        _, many, one = NAMES[self.name]
        given = [f"{camel(name)}: {literal(value)}" for name, value in self.terms.items()]
        if self.id is not None:
            given.append(f"id: {literal(self.id)}")
            return f"{{ {one}({', '.join(given)}) {self._one()} }}"
        where: dict[str, list[str]] = {}
        for (name, operation), value in self.filters.items():
            where.setdefault(camel(name), []).append(f"{camel(operation)}: {literal(value)}")
        parts = (f"{name}: {{{', '.join(words)}}}" for name, words in where.items())
        given += [f"where: {{{', '.join(parts)}}}", f"first: {self.limit}", "after: $after"]
        given += [f"orderBy: {self.order.upper()}"] if self.order else []
        inner = f"nodes {braces(self.whole)} totalCount pageInfo {{ endCursor hasNextPage }}"
        return f"query($after: String) {{ {many}({', '.join(given)}) {{ {inner} }} }}"


def list_plain(shape: Shape) -> list[str]:
    """List the fields that are read by default."""
    return [name for name, field in shape.fields.items() if not field.on_request]


def _fields(shape: Shape) -> dict[str, Tree]:
    return {name: {} for name in list_plain(shape)}


def count_lists(shape: Shape, tree: Tree) -> Tree:
    """Add the number of rows of each nested list, as REST does."""
    counted: dict[str, Tree] = {}
    for name, of in tree.items():
        link = shape.links.get(name)
        counted[name] = count_lists(link.to(), of) if link else of
        if link and link.many:
            counted[count_of(name)] = {}
    return counted


def _lump(shape: Shape) -> Tree:
    """List what `expand` takes along: the plain fields, and of a mere edge the unit behind it."""
    tree = _fields(shape)
    if shape.scope is None:
        tree |= {n: _fields(link.to()) for n, link in shape.links.items() if not link.many}
    return tree


def plain(value: Any) -> str:
    return str(value.value) if isinstance(value, Enum) else str(value)


def literal(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(literal, value))}]"
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, int):
        return str(value).lower()
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


def brackets(tree: Tree) -> str:
    return ",".join(f"{name}[{brackets(of)}]" if of else name for name, of in tree.items())


def braces(tree: Tree) -> str:
    words = (f"{camel(name)} {braces(of)}" if of else camel(name) for name, of in tree.items())
    return f"{{ {' '.join(words)} }}"


def as_at_rest(shape: Shape, row: Any) -> Any:
    """A row of GraphQL in the dress of REST: names in snake case, enums by value."""
    if not isinstance(row, dict):
        return [as_at_rest(shape, one) for one in row] if isinstance(row, list) else row
    names = {camel(name): name for name in (*shape.fields, *shape.links)}
    return {names[key]: _to_rest(shape, names[key], value) for key, value in row.items()}


def _to_rest(shape: Shape, name: str, value: Any) -> Any:
    if name in shape.links:
        return as_at_rest(shape.links[name].to(), value)
    for kind in (shape.fields[name].type, *get_args(shape.fields[name].type)):
        if isinstance(kind, type) and issubclass(kind, Enum) and value is not None:
            return kind[value].value
    return value


@st.composite
def questions(draw: st.DrawFn, pool: Pool) -> NeutralQuestion:
    """A random question to a random shape."""
    name = draw(st.sampled_from(["Unit", "Unit", "Unit", "Model", "Model", *LAYERS]))
    shape, lump = SHAPES[name], draw(st.sampled_from([False, False, True]))
    links = st.lists(st.sampled_from(sorted(shape.links) or [""]), unique=True)
    expand = tuple(name for name in draw(links) if name) if lump else ()
    terms = {
        n: _value(draw, pool, n, t.type) for n, t in shape.terms.items() if draw(st.booleans())
    }
    chosen: dict[str, Any] = {
        "name": name,
        "tree": {} if lump else _tree(draw, shape, 0),
        "terms": terms,
    }
    if draw(st.integers(0, 3)) == 1:
        ids = [id for id in pool.ids_of(LAYERS[name][2]) if id]
        return NeutralQuestion(**chosen, expand=expand, id=draw(st.sampled_from(ids)))
    filters: dict[tuple[str, str], Any] = {}
    for one in draw(st.lists(st.sampled_from(sorted(shape.filters)), max_size=2, unique=True)):
        operation = draw(st.sampled_from(shape.filters[one].allows))
        size = draw(st.integers(2, 3)) if operation == "in" else 1
        kind = shape.filters[one].type
        values = [
            draw(st.booleans()) if operation == "is_null" else _value(draw, pool, one, kind)
            for _ in range(size)
        ]
        filters[one, operation] = values if operation == "in" else values[0]
    order, limit = draw(st.sampled_from(["", *shape.orders])), draw(st.integers(1, 7))
    return NeutralQuestion(**chosen, expand=expand, filters=filters, order=order, limit=limit)


def _tree(draw: st.DrawFn, shape: Shape, depth: int) -> Tree:
    names = sorted(shape.fields) + (sorted(shape.links) * 2 if depth < 3 else [])
    chosen = draw(st.lists(st.sampled_from(names), min_size=1, max_size=4, unique=True))
    links = shape.links
    return {n: _tree(draw, links[n].to(), depth + 1) if n in links else {} for n in chosen}


def _value(draw: st.DrawFn, pool: Pool, name: str, kind: Any) -> Any:
    if isinstance(kind, type) and issubclass(kind, Enum):
        return draw(st.sampled_from(list(kind)))
    assert kind in (str, date, datetime, UUID, bool, int)
    return draw(st.sampled_from(pool.of(camel(name), kind)))
