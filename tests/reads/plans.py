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

PAGE = (
    SelectedField("items", "nodes", (SelectedField("id", "id"),)),
    SelectedField("next", "next"),
)
CROWD = """
ALTER TABLE model DISABLE TRIGGER place_row;
ALTER TABLE model_host DISABLE TRIGGER place_row;
INSERT INTO model (id, type_id, unit_id, name, state, launched_on, at_work, last_active_on,
                   source, reference, search_key,
                   province_id, district_id, commune_id, village_id)
SELECT gen_random_uuid(), t.id, u.id, 'Mô hình ' || n,
       CASE WHEN n = 4 THEN 'proposed' ELSE 'launched' END,
       CASE WHEN n < 4 THEN day END,
       CASE WHEN n < 4 THEN datemultirange(daterange(day, NULL)) ELSE '{}' END,
       CASE WHEN n < 4 THEN day END, 'crowd', 'c-' || u.id || n, 'mo hinh ' || n || ' ' || u.id,
       u.province_id, u.district_id, u.commune_id, u.village_id
FROM unit u CROSS JOIN generate_series(1, 4) n CROSS JOIN model_type t
CROSS JOIN LATERAL (SELECT date '2015-01-01' + abs(hashtext(u.id::text)) % 3000 AS day) AS launch
WHERE u.commune_id IS NOT NULL AND t.code = 'ho_an_toan';
INSERT INTO model_host (id, model_id, unit_id, province_id, district_id, commune_id, village_id)
SELECT gen_random_uuid(), id, unit_id, province_id, district_id, commune_id, village_id
FROM model WHERE source = 'crowd';
INSERT INTO auth_session (id, scope, methods, expires_at)
SELECT gen_random_uuid(), '', '{}', now() FROM generate_series(1, 5000);
ALTER TABLE deadline DISABLE TRIGGER place_row;
INSERT INTO deadline (id, resource, resource_id, unit_id, rule_id, rule_code, state, started_at,
                      ends_at, due_at, due_on, acted_at, extensions, paused_seconds, met_at,
                      province_id, district_id, commune_id, village_id)
SELECT gen_random_uuid(), CASE WHEN n % 2 = 0 THEN 'tip' ELSE 'case' END, gen_random_uuid(),
       u.id, r.id, r.code,
       CASE WHEN n = 4 THEN 'running' ELSE 'met' END, t, t, t, t::date, t, 0, 0,
       CASE WHEN n < 4 THEN t END, u.province_id, u.district_id, u.commune_id, u.village_id
FROM unit u CROSS JOIN generate_series(1, 4) n CROSS JOIN deadline_rule r
CROSS JOIN LATERAL (SELECT timestamptz '2026-01-01 00:00+07' + abs(hashtext(u.id::text)) % 300
                    * interval '1 day' AS t) AS moment
WHERE u.commune_id IS NOT NULL AND r.code = 'tip_resolution';
ALTER TABLE team DISABLE TRIGGER place_row;
ALTER TABLE team_member DISABLE TRIGGER place_row;
ALTER TABLE committee DISABLE TRIGGER place_row;
INSERT INTO team (id, kind, unit_id, name, state, established_on, source, search_key,
                  province_id, district_id, commune_id, village_id)
SELECT gen_random_uuid(), 'protection_team', u.id, 'Tổ ' || n,
       CASE WHEN n = 3 THEN 'proposed' ELSE 'established' END,
       CASE WHEN n < 3 THEN date '2024-07-01' END, 'crowd', 'to ' || n || ' ' || u.id,
       u.province_id, u.district_id, u.commune_id, u.village_id
FROM unit u CROSS JOIN generate_series(1, 3) n WHERE u.commune_id IS NOT NULL;
INSERT INTO team_member (id, team_id, unit_id, name, role, state,
                         province_id, district_id, commune_id, village_id)
SELECT gen_random_uuid(), id, unit_id, 'x', 'member', 'active',
       province_id, district_id, commune_id, village_id FROM team WHERE source = 'crowd';
INSERT INTO committee (id, unit_id, scope, code, name, chair_position, size, state, established_on,
                       since, province_id, district_id, commune_id, village_id)
SELECT gen_random_uuid(), u.id, CASE WHEN n = 1 THEN 'crime_138' ELSE 'movement' END, 'c' || u.id,
       'x', 'x', 9, 'established', date '2024-07-01', date '2024-07-01',
       u.province_id, u.district_id, u.commune_id, u.village_id
FROM unit u CROSS JOIN generate_series(1, 2) n WHERE u.commune_id IS NOT NULL;
"""


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
