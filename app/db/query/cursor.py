"""Cursors: the end of a page, bound to the query that made them."""

import base64
import binascii
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import BindParameter, ColumnElement, Text, cast, func, text
from sqlmodel.sql.sqltypes import AutoString

from app.db.query.compiler import as_text
from app.db.query.selection import Query


def cursor(mark: BindParameter[str], keys: Sequence[ColumnElement[Any]]) -> ColumnElement[str]:
    """Return the position of a row as text: the mark of its query and the key of its order."""
    key = func.json_build_array(mark, *keys)
    encoded = func.encode(func.convert_to(cast(key, Text), as_text("UTF8")), as_text("base64"))
    return func.translate(encoded, text("E'+/=\\n'"), as_text("-_"))


def cursor_values(read: Query, given: str, mark: str, side: str) -> dict[str, object]:
    """Return the values of a cursor; raise ValueError if another query made it."""
    try:
        made_by, *parts = orjson.loads(base64.urlsafe_b64decode(given + "=" * (-len(given) % 4)))
        if made_by != mark:
            raise ValueError("Made by another question.")
        kinds = kinds_of(read.row_order.key(read.shape.table))
        pairs = zip(kinds, parts, strict=True)
        return {f"{side}{n}": READ[kind](part) for n, (kind, part) in enumerate(pairs)}
    except (binascii.Error, UnicodeError, TypeError, AttributeError) as error:
        raise ValueError("Not a cursor.") from error


def kinds_of(keys: Sequence[ColumnElement[Any]]) -> list[type]:
    """Return the Python type of each part of a key; SQLModel's type for text lacks one."""
    kinds = (key.type for key in keys)
    return [str if isinstance(kind, AutoString) else kind.python_type for kind in kinds]


def _text(part: Any) -> str:
    if not isinstance(part, str) or "\0" in part:
        raise ValueError("Not the text of a row.")
    return part


READ: dict[type, Callable[[Any], object]] = {
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
    UUID: UUID,
    int: int,
    str: _text,
}
