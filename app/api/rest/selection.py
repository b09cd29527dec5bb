"""`fields=id,unit[name]` and `expand=unit,hosts` -> what is picked of a shape."""

import re
from collections.abc import Iterator
from functools import lru_cache

from app.db.ask import Pick
from app.db.shape import Shape
from app.domain.errors import Complaint, InvalidFields, UnknownName

TOKEN = re.compile(r"\w+|[\[\],]")
LONGEST, DEEPEST = 1000, 5
Picks = tuple[Pick, ...]
Permissions = frozenset[str]


@lru_cache(maxsize=1024)
def picks_of(shape: Shape, may: Permissions, fields: str | None, expand: str | None) -> Picks:
    """What is asked for; when nothing is, every plain field that the roles may see."""
    picks = _listed(shape, fields) if fields else _plain(shape, may)
    for name in expand.split(",") if expand else ():
        if name not in shape.links:
            raise UnknownName(f"expand={name}", shape.links)
        target = shape.links[name].to()
        picks += (Pick(name, name, _plain(target, may) + _only_link(target, may)),)
    _once(picks)
    return picks


def _plain(shape: Shape, may: Permissions) -> Picks:
    return tuple(
        Pick(n, n) for n, field in shape.fields.items() if field.needs is None or field.needs in may
    )


def _only_link(shape: Shape, may: Permissions) -> Picks:
    """An edge says little without the unit it leads to."""
    if shape.scope is not None or len(shape.links) != 1:
        return ()
    ((name, link),) = shape.links.items()
    return (Pick(name, name, _plain(link.to(), may)),)


def _listed(shape: Shape, fields: str) -> Picks:
    if len("".join(TOKEN.findall(fields))) != len(fields) or len(fields) > LONGEST:
        raise _malformed("It reads like id,name,unit[name,parent[name]].")
    words = iter([*TOKEN.findall(fields), "]"])
    picks = _level(shape, words, depth=0)
    if next(words, None) is not None:
        raise _malformed("It closes a bracket that was not opened.")
    return picks


def _level(shape: Shape, words: Iterator[str], depth: int) -> Picks:
    picks: list[Pick] = []
    for word in words:
        if word == "]":
            break
        if word == "[" and picks and _opens(shape, picks[-1]) and depth < DEEPEST:
            name = picks.pop().name
            picks.append(Pick(name, name, _level(shape.links[name].to(), words, depth + 1)))
        elif word in shape.fields or word in shape.links:
            picks.append(Pick(word, word))
        elif word == "[":
            raise _malformed("It opens a bracket where no link stands, or too many in each other.")
        elif word != ",":
            raise UnknownName(f"{shape.name}.{word}", {*shape.fields, *shape.links})
    else:
        raise _malformed("It leaves a bracket open.")
    if not picks or any(p.name in shape.links and not p.picks for p in picks):
        raise _malformed("Say which fields of a link you want, like unit[name].")
    _once(tuple(picks))
    return tuple(picks)


def _opens(shape: Shape, pick: Pick) -> bool:
    """Whether this is a link of which nothing was chosen yet."""
    return pick.name in shape.links and not pick.picks


def _once(picks: Picks) -> None:
    if len({pick.key for pick in picks}) < len(picks):
        raise _malformed("A field is asked for twice.")


def _malformed(why: str) -> InvalidFields:
    vi = "Cú pháp ví dụ: id,name,unit[name,parent[name]]; mỗi trường một lần, đóng đủ ngoặc."
    return InvalidFields(Complaint("/query/fields", "malformed", why, vi))
