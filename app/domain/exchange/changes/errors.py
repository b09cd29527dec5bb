"""Errors of the feed of changes."""

from app.domain.errors import Gone


class ChangesExpired(Gone):
    """Refuse a cursor older than the changes that are stored."""

    code = "changes_expired"
    en = (
        "The changes after this cursor are no longer all stored. Ask without `after` for a new "
        "cursor, take a full copy of the lists, then go on from that cursor."
    )
    vi = (
        "Các thay đổi sau con trỏ này không còn được lưu đủ. Hãy gọi không có `after` để lấy con "
        "trỏ mới, tải lại toàn bộ danh sách, rồi tiếp tục từ con trỏ đó."
    )
