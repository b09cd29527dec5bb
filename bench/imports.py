"""Measure the import of a large workbook: rows a second against a bare COPY, and memory.

python -m bench.imports [ROWS]
"""

import asyncio
import io
import resource
import sys
import tempfile
import time
from base64 import b64encode
from pathlib import Path
from typing import Any

import asyncpg
import xlsxwriter

from app.bootstrap import load_reference_data, migrate, provide_database
from app.db.session import Database
from app.demo.programme_models import national_actor
from app.domain.actor import Role
from app.domain.exchange.imports import queries, service
from app.domain.exchange.imports.context import ImportContext
from app.domain.exchange.imports.schemas import FileFormat, ImportCreate, ImportTransition
from app.domain.exchange.imports.worker import enter, take_all_parts
from app.domain.records.files.pool import FilePool
from app.features import resources
from app.settings import Settings

TITLES = ("Mã loại mô hình", "Mã đơn vị", "Tên mô hình", "Số hộ", "Ngày ra mắt", "Số tham chiếu")


def make_workbook(rows: int) -> bytes:
    """Return a workbook of models."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, TITLES)
    for n in range(1, rows + 1):
        line = ("ho_an_toan", "02083", f"Tổ liên gia {n}", n % 900, "05/03/2026", f"bench-{n}")
        sheet.write_row(n, 0, line)
    book.close()
    return file.getvalue()


async def measure(settings: Settings, rows: int) -> dict[str, Any]:
    """Preview and commit a workbook, then copy the rows that it made."""
    await load_reference_data(settings, lambda *_: None, demo=False)
    database, pool = Database.of(settings, size=2), FilePool()
    context = ImportContext.of(resources(), 30)
    content = b64encode(make_workbook(rows)).decode()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    times: dict[str, float] = {}
    try:
        began = time.perf_counter()
        async with database.write_transaction() as session:
            actor = await national_actor(session, Role.RECORDER, Role.APPROVER)
            await enter(session, actor)
            data = ImportCreate(resource="models", format=FileFormat.XLSX, content=content)
            id = await service.create_import(session, actor, data, context, pool)
        times["read"] = time.perf_counter() - began
        await take_all_parts(database, context, id)
        times["preview"] = time.perf_counter() - began
        async with database.write_transaction() as session:
            await enter(session, actor)
            whole = await queries.lock_import(session, id)
            assert whole.refused_count == 0, whole
            act = ImportTransition(action="commit", plan_hash=whole.plan_hash)
            await service.transition_import(session, actor, id, act, whole.version, context)
        began = time.perf_counter()
        await take_all_parts(database, context, id)
        times["commit"] = time.perf_counter() - began
        times["copy"] = await _copy(settings.write_dsn)
    finally:
        await pool.close()
        await database.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found: dict[str, Any] = {name: round(rows / taken) for name, taken in times.items()}
    return {"rows": rows, "rows_a_second": found, "peak_mb_more": (peak - before) // 1024}


async def _copy(dsn: str) -> float:
    """Return the seconds that a bare COPY of the same rows takes, without log or check."""
    connection = await asyncpg.connect(dsn)
    try:
        records = await connection.fetch("SELECT * FROM model")
        await connection.execute("CREATE TEMP TABLE copied (LIKE model INCLUDING ALL)")
        began = time.perf_counter()
        await connection.copy_records_to_table("copied", records=[tuple(one) for one in records])
        return time.perf_counter() - began
    finally:
        await connection.close()


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with (
        tempfile.TemporaryDirectory() as folder,
        provide_database(Settings(data=Path(folder)), alone=True) as settings,
    ):
        migrate(settings)
        print(asyncio.run(measure(settings, rows)))


if __name__ == "__main__":
    main()
