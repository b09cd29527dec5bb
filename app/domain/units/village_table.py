"""The table of villages as communes write it: its columns, and kinds in front of names."""

from collections.abc import Mapping
from typing import Any

from app.domain.records.files.pool import FilePool
from app.domain.records.files.reader import Table, read_table
from app.domain.records.files.tables.form import Column, TableForm
from app.domain.units.kind_words import VILLAGE_KINDS, find_village_kind

KINDS = {word: kind.value for word, kind in VILLAGE_KINDS.items()}
VILLAGE_TABLE = TableForm(
    (
        Column(
            "parent", "code",
            ("Mã xã", "Xã", "Mã phường", "Phường", "Xã/phường", "Mã xã/phường", "Thuộc xã",
             "Mã đơn vị cấp xã", "Đơn vị cấp xã", "Xã, phường, đặc khu", "Mã xã, phường, đặc khu"),
            required=True,
        ),
        Column(
            "name", "text",
            ("Tên thôn", "Tên", "Thôn", "Tên gọi", "Thôn, bản", "Tên thôn, bản", "Tên tổ dân phố",
             "Tổ dân phố", "Tên khu phố", "Khu phố", "Thôn, tổ dân phố", "Tên thôn, tổ dân phố",
             "Thôn, bản, tổ dân phố", "Tên thôn, bản, tổ dân phố", "Tên khu dân cư",
             "Thôn, bản, tổ dân phố, khu phố", "Tên thôn, bản, tổ dân phố, khu phố"),
            required=True,
        ),
        Column(
            "kind", "choice", ("Loại", "Loại hình", "Phân loại", "Loại đơn vị"), choices=KINDS
        ),
        Column("code", "code", ("Mã thôn", "Mã", "Mã số", "Mã đơn vị", "Mã thôn, tổ dân phố")),
        Column(
            "valid_from", "date",
            ("Ngày thành lập", "Từ ngày", "Ngày bắt đầu", "Có hiệu lực từ ngày", "Hiệu lực từ",
             "Ngày hiệu lực"),
        ),
    )
)  # fmt: skip


async def read_villages(pool: FilePool, media_type: str, content: bytes) -> Table:
    """Read a file of villages."""
    return await read_table(pool, VILLAGE_TABLE, media_type, content, split_kind)


def split_kind(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Read the kind from the front of a name where the row names none.

    `VillageCreate` takes its own kind off the name, so that Thôn Bản Mạ is called Bản Mạ.
    """
    kind = find_village_kind(str(values.get("name", "")))
    return {"kind": kind.value} | dict(values) if kind else values
