"""Marks planted around tips, and the search for them in every table, file, line and answer."""

import base64
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import asyncpg

from tests.tips.pictures import jpeg, png, webp

CAME_FROM = "127.83.61.207"  # of this machine, and of nobody else on it
TABLES = """
SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
"""


@dataclass(frozen=True)
class PlantedMarks:
    """Marks that occur nowhere but in what an informant sends along, or in what they write."""

    mark: str = field(default_factory=lambda: f"canary{secrets.token_hex(8)}")

    @property
    def address(self) -> str:
        return f"2001:db8:{self.mark[6:10]}:{self.mark[10:14]}::{self.mark[14:18]}"

    @property
    def numbers(self) -> str:
        return f"203.0.113.{int(self.mark[6:8], 16)}"

    def headers(self) -> dict[str, str]:
        return {
            "x-forwarded-for": f"{self.address}, {self.numbers}",
            "x-real-ip": self.numbers,
            "forwarded": f'for="[{self.address}]";by={self.mark}by',
            "user-agent": f"Mozilla/5.0 ({self.mark}agent)",
            "referer": f"https://example.vn/{self.mark}referer",
            "cookie": f"session={self.mark}cookie",
            "x-request-id": f"{self.mark}request",
            "file-name": f"{self.mark}name.jpg",
            "traceparent": f"00-{self.mark[6:].ljust(32, '0')}-00f067aa0ba902b7-01",
            "if-none-match": f'"{self.mark}etag"',
            "origin": f"https://{self.mark}.example",
            "accept-language": f"vi, x-{self.mark}",
        }

    def files(self) -> list[bytes]:
        """Pictures in which a camera or an editor has written who and where."""
        return [jpeg(f"{self.mark}exif"), png(f"{self.mark}chunk"), webp(f"{self.mark}xmp")]

    @property
    def needles(self) -> dict[str, list[bytes]]:
        """Return what must be nowhere, in each way of writing it."""
        told = (self.mark, self.address, self.numbers, CAME_FROM)
        return {one: list(_write_variants(one)) for one in told}


def _write_variants(mark: str) -> Iterator[bytes]:
    """As text, in hexadecimal, in UTF-16 and in base64 wherever it may begin."""
    plain = mark.encode()
    yield from (plain, plain.upper(), plain.hex().encode(), mark.encode("utf-16-le"))
    for shift in range(3):
        whole = base64.b64encode(b"\0" * shift + plain)
        yield whole[4 if shift else 0 : len(whole) - 4]
    try:
        packed = ip_address(mark).packed
    except ValueError:
        return
    if len(packed) == 16:
        yield packed


@dataclass
class Search:
    """Return where something planted was found."""

    needles: dict[str, list[bytes]]
    looked_at: int = 0
    found: list[str] = field(default_factory=list)

    def look(self, where: str, content: bytes) -> None:
        self.looked_at += len(content)
        for told, ways in self.needles.items():
            if any(way in content for way in ways):
                self.found.append(f"{told} in {where}")

    def files(self, folder: Path, *, but: tuple[str, ...] = ()) -> None:
        """Every file below a folder, the database's own among them."""
        for file in folder.rglob("*") if folder.is_dir() else [folder]:
            if file.is_file() and not any(part in but for part in file.parts):
                self.look(str(file.relative_to(folder.parent)), file.read_bytes())

    async def tables(self, url: str) -> None:
        """Every row of every table: as it is dumped, and its bytes as they are."""
        connection = await asyncpg.connect(url)
        for table in await connection.fetch(TABLES):
            name = table["name"]
            for row in await connection.fetch(f"SELECT t.*, t::text AS dumped FROM {name} t"):
                self.look(name, b"\n".join(map(_bytes, row.values())))
        await connection.close()


def _bytes(value: Any) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")
