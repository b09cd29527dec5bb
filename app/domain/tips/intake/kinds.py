"""How much of what is taken from an informant."""

from enum import StrEnum

from app.db.tables.tips import TipKind

MOST_TEXT = 20_000
MOST_FILES, MOST_FILE_BYTES, MOST_PIXELS = 5, 8_388_608, 52_000_000
TAKEN = ("image/jpeg", "image/png", "image/webp", "text/plain")
LEAST_KEY, MOST_KEY = 22, 255
NAMES = {
    TipKind.CRIME_DENUNCIATION: ("Tố giác về tội phạm", "Denunciation of a crime"),
    TipKind.CRIME_REPORT: ("Tin báo về tội phạm", "Report of a crime"),
    TipKind.PROSECUTION_PROPOSAL: ("Kiến nghị khởi tố", "Proposal to prosecute"),
    TipKind.VIOLATION_INFO: ("Thông tin về vi phạm", "Information on a violation"),
    TipKind.FEEDBACK: ("Phản ánh, kiến nghị", "Feedback or proposal"),
    TipKind.UNKNOWN: ("Chưa rõ", "Not known"),
}


class CounterChannel(StrEnum):
    """How a tip reaches an officer, who hands it in for whoever tells it."""

    IN_PERSON = "in_person"
    PHONE = "phone"
    POST = "post"
    OTHER = "other"
