"""Unknown names: a query whose filter names a thing that does not exist says so in its answer.

The look-up stands in the statement of the query itself, so that it costs no round trip.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import orjson
from sqlalchemy import ColumnElement, case, func, literal_column, not_, select

from app.db.query.compiler import QueryCompiler, as_text
from app.db.query.selection import AnyQuery, Query
from app.db.query.shape import CHOICE

MARK = "!unknown"  # no key of an answer can be called so
NOTHING: ColumnElement[Any] = literal_column("'null'::json")
PREFIX = b'{"!unknown"'
Guard = tuple[ColumnElement[bool], ColumnElement[Any]]


def refuse_unknown(
    answer: ColumnElement[Any], questions: Iterable[AnyQuery], level: str
) -> ColumnElement[Any]:
    """Answer with the first unknown name that a filter has, or else with what was found."""
    guards = [guard for question in questions for guard in _guards(question, level)]
    return case(*guards, else_=answer) if guards else answer


def find_unknown(found: bytes | None) -> dict[str, Any] | None:
    """Return which filter of which query names what does not exist, if one does."""
    if found is None or not found.startswith(PREFIX):
        return None
    told: dict[str, Any] = orjson.loads(found)
    return told


def _guards(question: AnyQuery, level: str) -> Iterator[Guard]:
    for read in (question,) if isinstance(question, Query) else question.reads:
        writer = QueryCompiler(read, level)
        for name, operation in read.filters:
            known = read.shape.filters[name].known
            if known is None or operation not in CHOICE:
                continue
            sought, facts = writer.bind_filter(name, operation), NOTHING
            if operation == "in":
                each = func.unnest(sought).column_valued("each")
                absent: Any = select(each).where(not_(known.test(each, writer.terms))).exists()
            else:
                absent = not_(known.test(sought, writer.terms))
                facts = known.facts(sought, writer.terms) if known.facts else NOTHING
            yield absent, _mark(read, f"{name}.{operation}", facts)


def _mark(read: Query, name: str, facts: Any) -> ColumnElement[Any]:
    """Build what is answered instead: which filter of which query it is."""
    return func.json_build_object(
        as_text(MARK), as_text(name), as_text("key"), as_text(read.key),
        as_text("facts"), facts,
    )  # fmt: skip
