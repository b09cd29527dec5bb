"""`fields=id,unit[name]` and `expand=unit,hosts` -> what is picked of a shape."""

import re
from collections.abc import Iterator
from dataclasses import replace

from app.db.bounded_cache import MIB, cache_within
from app.db.query.selection import FIELD_BYTES, SelectedField
from app.db.query.shape import Shape, count_of
from app.domain.errors import IN_QUERY, FieldError, InvalidFields, UnknownName
from app.domain.read_permissions import plain_fields

VERSION = (SelectedField("!v", "version"),)  # stands first, and is taken off before it is sent
TOKEN = re.compile(r"\w+|[\[\],]")
LONGEST, DEEPEST = 1000, 5
Selection = tuple[SelectedField, ...]
Permissions = frozenset[str]


def _size_of(key: tuple[Shape, Permissions, str | None, str | None], picks: Selection) -> int:
    _, _, fields, expand = key
    return FIELD_BYTES * (3 + len(picks)) + 100 * len(f"{fields}{expand}")


@cache_within(4 * MIB, _size_of)
def selection_of(
    shape: Shape, may: Permissions, fields: str | None, expand: str | None
) -> Selection:
    """Return the selected fields; without a selection, every plain field that the roles may see."""
    picks = _split_list(shape, fields) if fields else plain_fields(shape, may)
    for name in expand.split(",") if expand else ():
        if name not in shape.links:
            raise UnknownName(f"expand={name}", shape.links)
        target = shape.links[name].to()
        picks += (SelectedField(name, name, plain_fields(target, may) + _only_link(target, may)),)
    _once(picks)
    return count_lists(shape, picks)


def count_lists(shape: Shape, picks: Selection) -> Selection:
    """Put the number of its rows after each nested list, which may be cut."""
    found: list[SelectedField] = []
    for pick in picks:
        link = shape.links.get(pick.name)
        inner = count_lists(link.to(), pick.picks) if link else pick.picks
        found.append(replace(pick, picks=inner))
        count = count_of(pick.name)
        if link and link.many and count not in {one.name for one in picks}:
            found.append(SelectedField(count, count))
    return tuple(found)


@cache_within(4 * MIB, _size_of)
def row_selection_of(
    shape: Shape, may: Permissions, fields: str | None, expand: str | None
) -> Selection:
    """Return the selected fields of one row: its version first, and its lists whole."""
    picks = take_whole_lists(shape, selection_of(shape, may, fields, expand))
    return (*VERSION, *picks) if "version" in shape.fields else picks


def take_whole_lists(shape: Shape, picks: Selection) -> Selection:
    """Take all that the lists of one row give, apart from those with further lists in them."""
    return tuple(replace(p, whole=not _holds_lists(shape, p)) for p in picks)


def _holds_lists(shape: Shape, pick: SelectedField) -> bool:
    target = shape.links[pick.name].to() if pick.name in shape.links else None
    inner = target.links if target else {}
    return any(p.name in inner and inner[p.name].many for p in pick.picks)


def _only_link(shape: Shape, may: Permissions) -> Selection:
    """An edge says little without the unit it leads to."""
    if shape.scope is not None or len(shape.links) != 1:
        return ()
    ((name, link),) = shape.links.items()
    if link.many:
        return ()
    return (SelectedField(name, name, plain_fields(link.to(), may)),)


def _split_list(shape: Shape, fields: str) -> Selection:
    if len("".join(TOKEN.findall(fields))) != len(fields) or len(fields) > LONGEST:
        raise _syntax_error("It reads like id,name,unit[name,parent[name]].")
    words = iter([*TOKEN.findall(fields), "]"])
    picks = _level(shape, words, depth=0)
    if next(words, None) is not None:
        raise _syntax_error("It closes a bracket that was not opened.")
    return picks


def _level(shape: Shape, words: Iterator[str], depth: int) -> Selection:
    picks: list[SelectedField] = []
    for word in words:
        if word == "]":
            break
        if word == "[" and picks and _opens(shape, picks[-1]) and depth < DEEPEST:
            name = picks.pop().name
            picks.append(
                SelectedField(name, name, _level(shape.links[name].to(), words, depth + 1))
            )
        elif word in shape.fields or word in shape.links:
            picks.append(SelectedField(word, word))
        elif word == "[":
            raise _syntax_error(
                "It opens a bracket where no link stands, or too many in each other."
            )
        elif word != ",":
            raise UnknownName(f"{shape.name}.{word}", {*shape.fields, *shape.links})
    else:
        raise _syntax_error("It leaves a bracket open.")
    if not picks or any(p.name in shape.links and not p.picks for p in picks):
        raise _syntax_error("Say which fields of a link you want, like unit[name].")
    _once(tuple(picks))
    return tuple(picks)


def _opens(shape: Shape, pick: SelectedField) -> bool:
    """Return whether this is a link of which nothing was chosen yet."""
    return pick.name in shape.links and not pick.picks


def _once(picks: Selection) -> None:
    if len({pick.key for pick in picks}) < len(picks):
        raise _syntax_error("A field is named twice.")


def _syntax_error(why: str) -> InvalidFields:
    vi = "Cú pháp ví dụ: id,name,unit[name,parent[name]]; mỗi trường một lần, đóng đủ ngoặc."
    return InvalidFields(FieldError("/fields", "malformed", why, vi, **IN_QUERY))
