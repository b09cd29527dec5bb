"""Load the shipped map from its files, in one transaction."""

import csv
import io
import lzma
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from uuid_utils.compat import uuid7

from app.data import SHIPPED, Traversable
from app.db.base import INFINITY, MINUS_INFINITY
from app.db.session import Session
from app.domain.units import queries
from app.domain.units.name_keys import keys_of

FILES = SHIPPED / "map"
Progress = Callable[[str, int, int], None]
Line = dict[str, str]


async def load_map(session: Session, progress: Progress, files: Traversable = FILES) -> bool:
    """Load the shipped map into an empty register; return False where there is a map already."""
    await queries.lock_map(session)
    if await queries.has_units(session):
        return False
    steps = (
        ("unit", _unit), ("unit_version", _version),
        ("unit_parent", _parent), ("unit_succession", _succession),
    )  # fmt: skip
    for number, (table, made) in enumerate(steps):
        progress(table, number, len(steps) + 1)
        rows = [made(line) for line in _lines(files / f"{table.removeprefix('unit_')}s.csv.xz")]
        await queries.copy_rows(session, table, rows)
    progress("place", len(steps), len(steps) + 1)
    await queries.place_units(session)
    progress("done", len(steps) + 1, len(steps) + 1)
    return True


def _lines(file: Traversable) -> Iterator[Line]:
    with file.open("rb") as archive, lzma.open(archive) as packed:
        yield from csv.DictReader(io.TextIOWrapper(packed, "utf-8"))


def _unit(line: Line) -> dict[str, Any]:
    return {"id": UUID(line["unit_id"]), "level": line["level"]}


def _version(line: Line) -> dict[str, Any]:
    aliases = [alias for alias in line["aliases"].split("|") if alias]
    names = (line["name"], line["full_name"], *aliases)
    return {
        "id": uuid7(),
        "unit_id": UUID(line["unit_id"]),
        **{name: line[name] for name in ("level", "kind", "code", "name", "full_name")},
        "aliases": aliases,
        **keys_of(*names),
        **_period(line),
        **{name: _number(line[name]) for name in ("latitude", "longitude", "area_km2")},
    }


def _parent(line: Line) -> dict[str, Any]:
    return {
        "id": uuid7(),
        "unit_id": UUID(line["unit_id"]),
        "hierarchy": line["hierarchy"],
        "parent_id": UUID(line["parent_id"]),
        **_period(line),
    }


def _succession(line: Line) -> dict[str, Any]:
    return {
        "id": uuid7(),
        "from_id": UUID(line["from_id"]),
        "to_id": UUID(line["to_id"]),
        "effective_on": date.fromisoformat(line["effective_on"]),
        "share": Decimal(line["share"]) if line["share"] else None,
        "is_main": line["is_main"] == "true",
        "derived": line["derived"] == "true",
        "decision": line["decision"] or None,
    }


def _period(line: Line) -> dict[str, date]:
    begin, end = line["valid_from"], line["valid_to"]
    return {
        "valid_from": date.fromisoformat(begin) if begin else MINUS_INFINITY,
        "valid_to": date.fromisoformat(end) if end else INFINITY,
    }


def _number(text: str) -> float | None:
    return float(text) if text else None
