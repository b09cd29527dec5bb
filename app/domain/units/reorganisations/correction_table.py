"""The table that corrects successions."""

from app.domain.records.files.pool import FilePool
from app.domain.records.files.reader import Table, read_table
from app.domain.records.files.tables.form import Column, TableForm

CORRECTION_TABLE = TableForm(
    (
        Column("from_code", "code", ("Mã cũ", "Mã xã cũ", "Mã đơn vị cũ"), required=True),
        Column("to_code", "code", ("Mã mới", "Mã xã mới", "Mã đơn vị mới"), required=True),
        Column(
            "effective_on", "date", ("Ngày hiệu lực", "Ngày có hiệu lực", "Từ ngày"), required=True
        ),
        Column("share", "number", ("Tỷ lệ", "Tỉ lệ", "Phần")),
        Column("is_main", "flag", ("Đơn vị chính", "Chính", "Kế thừa chính")),
        Column("decision", "text", ("Nghị quyết", "Quyết định", "Văn bản", "Căn cứ")),
    )
)


async def read_corrections(pool: FilePool, media_type: str, content: bytes) -> Table:
    """Read a file of corrections."""
    return await read_table(pool, CORRECTION_TABLE, media_type, content)
