"""Limits of what an informant may send."""

from enum import StrEnum

from app.db.tables.tips import TipKind

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


class CounterChannel(StrEnum):
    """Way by which a tip reached the officer who enters it."""

    IN_PERSON = "in_person"
    PHONE = "phone"
    POST = "post"
    OTHER = "other"
