"""Limits of what an informant may send."""

from datetime import date, timedelta
from enum import StrEnum

from app.db.tables.tips import TipKind
from app.domain.errors import FieldError, InvalidFields
from app.domain.values import format_day

MAX_TEXT = 20_000
MAX_FILES, MAX_FILE_BYTES = 5, 8_388_608
MEDIA_TYPES = ("image/jpeg", "image/png", "image/webp", "text/plain")
MIN_KEY, MAX_KEY = 22, 255
NAMES = {
    TipKind.CRIME_DENUNCIATION: ("Tố giác về tội phạm", "Denunciation of a crime"),
    TipKind.CRIME_REPORT: ("Tin báo về tội phạm", "Report of a crime"),
    TipKind.PROSECUTION_PROPOSAL: ("Kiến nghị khởi tố", "Proposal to prosecute"),
    TipKind.VIOLATION_INFO: ("Thông tin về vi phạm", "Information on a violation"),
    TipKind.FEEDBACK: ("Phản ánh, kiến nghị", "Feedback or proposal"),
    TipKind.UNKNOWN: ("Chưa rõ", "Not known"),
}


EARLIEST = timedelta(days=366)  # before the day on which an officer enters a tip


class CameOnOutOfRange(InvalidFields):
    def __init__(self, first: date, last: date) -> None:
        en = f"The tip came between {first.isoformat()} and {last.isoformat()}."
        vi = f"Tin được tiếp nhận trong khoảng từ {format_day(first)} đến {format_day(last)}."
        bound = [first.isoformat(), last.isoformat()]
        super().__init__(FieldError("/received_on", "day_out_of_range", en, vi, bound=bound))


def check_came_on(day: date | None, today: date) -> None:
    """Refuse a day to come, and one more than a year ago."""
    if day is not None and not today - EARLIEST <= day <= today:
        raise CameOnOutOfRange(today - EARLIEST, today)


class CounterChannel(StrEnum):
    """Way by which a tip reached the officer who enters it."""

    IN_PERSON = "in_person"
    PHONE = "phone"
    POST = "post"
    OTHER = "other"
