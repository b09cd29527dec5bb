"""The storage of a device: settings, copies of records, and the queue."""

import json
import sqlite3
from pathlib import Path
from typing import Any

TABLES = """
CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE IF NOT EXISTS copy (resource TEXT, id TEXT PRIMARY KEY, record TEXT);
CREATE TABLE IF NOT EXISTS queue (number INTEGER PRIMARY KEY, operation TEXT);
"""


class Store:
    """The file that survives when the device is switched off."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.file = sqlite3.connect(folder / "device.db", isolation_level=None)
        self.file.executescript(TABLES)

    def get(self, name: str) -> str | None:
        row = self.file.execute("SELECT value FROM setting WHERE name = ?", [name]).fetchone()
        return row[0] if row else None

    def put(self, **settings: str) -> None:
        self.file.executemany("REPLACE INTO setting VALUES (?, ?)", settings.items())

    def read(self, id: str) -> dict[str, Any]:
        row = self.file.execute("SELECT record FROM copy WHERE id = ?", [id]).fetchone()
        if row is None:
            raise SystemExit(f"There is no copy of {id} on this device: pull first.")
        found: dict[str, Any] = json.loads(row[0])
        return found

    def write(self, resource: str, record: dict[str, Any]) -> None:
        row = resource, record["id"], json.dumps(record)
        self.file.execute("REPLACE INTO copy VALUES (?, ?, ?)", row)

    def drop(self, where: str, *values: str) -> None:
        self.file.execute(f"DELETE FROM copy WHERE {where}", values)  # noqa: S608

    def enqueue(self, operation: dict[str, Any]) -> None:
        row = [json.dumps(operation)]
        self.file.execute("INSERT INTO queue (operation) VALUES (?)", row)

    def list_queue(self) -> list[tuple[int, dict[str, Any]]]:
        rows = self.file.execute("SELECT number, operation FROM queue ORDER BY number LIMIT 500")
        return [(number, json.loads(text)) for number, text in rows]

    def dequeue(self, until: int) -> None:
        self.file.execute("DELETE FROM queue WHERE number <= ?", [until])
