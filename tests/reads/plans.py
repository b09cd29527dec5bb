"""Plans of PostgreSQL: those of the very statements that the layers send."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import asyncpg

from app.api.graphql.types import SHAPES
from app.db.query.compiler import ACTOR_SESSION, ACTOR_UNIT, SESSION_VERSION
from app.db.query.selection import Kind, SelectedField
from app.db.query.statement import value_statement
from app.domain.actor import Level
from app.domain.query import build_query
from tests.application import VIET_NAM
from tests.reads.crowd import CROWD

PAGE = (
    SelectedField("items", "nodes", (SelectedField("id", "id"),)),
    SelectedField("next", "next"),
)


async def crowd(url: str) -> None:
    """Make the models of the demo many, and let PostgreSQL know what it has."""
    connection = await asyncpg.connect(url)
    await connection.execute(CROWD)
    await connection.execute("VACUUM ANALYZE")
    await connection.close()


async def place(url: str, level: Level) -> Any:
    """The unit of this level that has models at work."""
    connection = await asyncpg.connect(url)
    found = await connection.fetchval(
        f"SELECT {level}_id FROM model_host WHERE {level}_id IS NOT NULL ORDER BY id LIMIT 1"
    )
    await connection.close()
    return found


async def plans(
    url: str, name: str, level: Level, unit: Any, *, one: Any = None, picks: Any = PAGE,
    filters: Mapping[tuple[str, str], Any] | None = None, **given: Any,
) -> list[list[Mapping[str, Any]]]:  # fmt: skip
    """The nodes of two plans: that for these very values, and that for any."""
    kind, arguments = (Kind.ONE, {"id": one}) if one else (Kind.PAGE, {"first": 50})
    read, values = build_query(SHAPES[name], kind, picks, arguments | given, filters)
    made = value_statement(read, level)
    actor = {ACTOR_UNIT: unit, ACTOR_SESSION: VIET_NAM, SESSION_VERSION: 1}
    asked = ", ".join(map(_literal, made.arguments(values | actor)))
    connection = await asyncpg.connect(url, server_settings={"jit": "off"})
    await connection.execute(f"PREPARE asked AS {made.sql}")
    found = []
    for mode in ("custom", "generic"):
        await connection.execute(f"SET plan_cache_mode = force_{mode}_plan")
        told = await connection.fetchval(f"EXPLAIN (FORMAT JSON) EXECUTE asked ({asked})")
        found.append(list(_nodes(json.loads(told)[0]["Plan"])))
    await connection.close()
    return found


def find_scanned_tables(nodes: list[Mapping[str, Any]]) -> set[str]:
    """The tables that are read from end to end."""
    return {node["Relation Name"] for node in nodes if "Seq Scan" in node["Node Type"]}


def sorts(nodes: list[Mapping[str, Any]]) -> bool:
    """Say if the rows of the list are sorted, and not read in the order of an index."""
    keys = (node["Sort Key"] for node in nodes if "Sort" in node["Node Type"])
    return any('page."nr!"' not in key for key in keys)  # the rows of one page are few


def _nodes(found: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield found
    for inner in found.get("Plans", ()):
        yield from _nodes(inner)


def _literal(value: object) -> str:
    if isinstance(value, list):
        return f"ARRAY[{', '.join(map(_literal, value))}]"
    if isinstance(value, int):
        return str(value)
    if value in (date.max, date.min):
        return "'infinity'" if value == date.max else "'-infinity'"
    return "'" + str(value).replace("'", "''") + "'"
