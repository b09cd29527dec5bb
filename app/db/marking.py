"""Sensitive rows are asked for with their ids, whatever else is asked, so that they can be named.

The mark is taken off again before an answer leaves.
"""

from dataclasses import replace
from functools import lru_cache
from typing import Any

import orjson

from app.db.ask import Kind, OneOf, Pick, Question, Read
from app.db.shape import Shape

MARK = "!"  # no field of an answer can be called so
Ids = dict[str, list[str]]


def marked(question: Question) -> Question:
    """The question, with the id of each sensitive row it reads."""
    if isinstance(question, OneOf):
        return replace(question, reads=tuple(_marked(read) for read in question.reads))
    return _marked(question)


@lru_cache(maxsize=1024)
def sensitive_in(question: Question) -> tuple[Shape, ...]:
    """The sensitive shapes that a question reads, however deep."""
    reads = (question,) if isinstance(question, Read) else question.reads
    found = [shape for read in reads for shape in _met(read.shape, read.picks)]
    return tuple(dict.fromkeys(shape for shape in found if shape.sensitive))


def unmarked(answer: bytes) -> tuple[bytes, Ids]:
    """An answer without its marks, and the ids they held, for each shape."""
    ids: Ids = {}
    whole = _unmarked(orjson.loads(answer), ids)
    return orjson.dumps(whole), ids


def _met(shape: Shape, picks: tuple[Pick, ...]) -> list[Shape]:
    found = [shape]
    for pick in picks:
        link = shape.links.get(pick.name)
        found += _met(link.to() if link else shape, pick.picks)
    return found


def _marked(read: Read) -> Read:
    if not sensitive_in(read):
        return read
    on = _page if read.kind is Kind.PAGE else _row
    return replace(read, picks=on(read.shape, read.picks))


def _row(shape: Shape, picks: tuple[Pick, ...]) -> tuple[Pick, ...]:
    linked = ((pick, shape.links.get(pick.name)) for pick in picks)
    deep = tuple(replace(p, picks=_row(link.to(), p.picks)) if link else p for p, link in linked)
    return (*deep, Pick(MARK + shape.name, "id")) if shape.sensitive else deep


def _page(shape: Shape, picks: tuple[Pick, ...]) -> tuple[Pick, ...]:
    parts = {"nodes": _row, "node": _row, "edges": _page}
    return tuple(
        replace(p, picks=parts[p.name](shape, p.picks)) if p.name in parts else p for p in picks
    )


def _unmarked(value: Any, ids: Ids) -> Any:
    if isinstance(value, list):
        return [_unmarked(item, ids) for item in value]
    if not isinstance(value, dict):
        return value
    for name in [name for name in value if name.startswith(MARK) and name != MARK]:
        ids.setdefault(name.removeprefix(MARK), []).append(value.pop(name))
    return {name: _unmarked(item, ids) for name, item in value.items()}
