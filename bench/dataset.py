"""A synthetic load: many models in today's communes of all provinces, written by COPY."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

import asyncpg
from asyncpg import Range
from uuid_utils.compat import uuid7

from app.db.vietnamese import name_key, search_key, sort_key

KINDS = {
    "bench_camera": "Camera giám sát an ninh trật tự",
    "bench_chuong_bao_dong": "Chuông báo động chống trộm",
    "bench_to_tu_quan": "Tổ tự quản về an ninh trật tự",
    "bench_cong_truong_an_toan": "Cổng trường an toàn giao thông",
    "bench_dong_ho_tu_quan": "Dòng họ tự quản",
    "bench_bo_doi_xe_om": "Đội xe ôm tự quản phòng, chống tội phạm",
    "bench_to_lien_gia": "Tổ liên gia an toàn phòng cháy, chữa cháy",
    "bench_khu_nha_tro": "Khu nhà trọ an toàn về an ninh trật tự",
}
HOSTS = (1, 1, 1, 1, 1, 1, 1, 2, 2, 5)  # most models are at work in one commune, a few in several
SINCE = date(2015, 1, 1)
MODEL = (
    "id", "type_id", "unit_id", "name", "state", "launched_on", "households", "residents",
    "source", "reference", "search_key", "last_active_on", "at_work",
)  # fmt: skip
HOST = ("id", "model_id", "unit_id")
COMMUNES = """
SELECT id, province_id FROM unit_dated
WHERE level = 'commune' AND valid_from <= today() AND valid_to > today() ORDER BY id
"""


@dataclass(frozen=True, slots=True)
class FillCounts:
    """Numbers of written rows."""

    models: int
    hosts: int


async def fill(dsn: str, models: int) -> FillCounts:
    """Write so many models, with their hosts, and tell the planner of them."""
    connection = await asyncpg.connect(dsn)
    try:
        kinds = await _kinds(connection)
        rows = list(_models(models, kinds, await connection.fetch(COMMUNES)))
        hosts = [host for _, places in rows for host in places]
        async with connection.transaction():
            await _copy(connection, "model", MODEL, [model for model, _ in rows])
            await _copy(connection, "model_host", HOST, hosts)
        await connection.execute("VACUUM ANALYZE")
    finally:
        await connection.close()
    return FillCounts(models, len(hosts))


async def _kinds(connection: Any) -> list[UUID]:
    rows = [
        (uuid7(), code, name, "territory", sort_key(name), search_key(name, code))
        for code, name in KINDS.items()
    ]
    columns = ("id", "code", "name", "host_kind", "sort_key", "search_key")
    await _copy(connection, "model_type", columns, rows)
    words = [(uuid7(), row[0], name_key(row[1])) for row in rows]
    await _copy(connection, "model_type_name", ("id", "type_id", "key"), words)
    return [row[0] for row in rows]


def _models(
    count: int, kinds: list[UUID], communes: Sequence[Any]
) -> Iterator[tuple[tuple[Any, ...], list[tuple[UUID, UUID, UUID]]]]:
    """Rows of models and, for each, of the communes of one province that host it."""
    chance, names = Random(7), list(KINDS.values())
    provinces: dict[UUID, list[UUID]] = {}
    for commune, province in communes:
        provinces.setdefault(province, []).append(commune)
    for number in range(count):
        kind, id = number % len(kinds), uuid7()
        near = provinces[chance.choice(communes)["province_id"]]
        units = chance.sample(near, min(len(near), chance.choice(HOSTS)))
        launched = SINCE + timedelta(days=chance.randrange(4000)) if number % 5 else None
        name = f"{names[kind]} số {number}"
        yield (
            id, kinds[kind], units[0], name, "launched" if launched else "proposed", launched,
            chance.randrange(30, 400), chance.randrange(100, 1600), "bench", str(number),
            search_key(name), launched, [Range(launched)] if launched else [],
        ), [(uuid7(), id, unit) for unit in units]  # fmt: skip


async def _copy(connection: Any, table: str, columns: Any, rows: list[Any]) -> None:
    await connection.copy_records_to_table(table, records=rows, columns=columns)
