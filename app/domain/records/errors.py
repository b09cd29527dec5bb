"""Errors about changes of a record."""

from datetime import date
from typing import Any

from app.domain.errors import Conflict, DomainError, FieldError, Invalid, InvalidFields, NotFound
from app.domain.records.names import resource_name

AMONG_UNITS = ("among your units", "trong phạm vi đơn vị của bạn")
_MISSING: dict[type[Any], type[NotFound]] = {}


def derive_not_found(
    table: type[Any], en: str, vi: str, *, code: str = "",
    where: tuple[str, str] = AMONG_UNITS, named: bool = False,
) -> type[NotFound]:  # fmt: skip
    """Derive the not-found error of a resource from its nouns.

    A resource with a name is refused with the name that was `wanted`.
    """
    such, this = ("", "{wanted}") if named else ("such", "này")
    members = {
        "code": code or f"{resource_name(table)}_not_found",
        "en": _sentence("There is no", such, en, "{wanted}" if named else "", where[0]),
        "vi": _sentence("Không có", vi, this, where[1]),
    }
    _MISSING[table] = type(f"{table.__name__}NotFound", (NotFound,), members)
    return _MISSING[table]


def build_not_found(table: type[Any], **facts: Any) -> NotFound:
    """Return the refusal of a resource that is not there, or not the caller's."""
    return _MISSING[table](**facts)


def _sentence(*words: str) -> str:
    return " ".join(word for word in words if word) + "."


class VersionNeeded(DomainError):
    code = "version_needed"
    en = "State the version that you change: If-Match with its ETag, or expectedVersion."
    vi = "Hãy cho biết bạn sửa phiên bản nào: If-Match kèm ETag, hoặc expectedVersion."


class StaleVersion(DomainError):
    """Refuse a stale version; the error lists the fields changed since, and the current values."""

    code = "stale"
    en = "This has been changed since version {expected}; it is version {current_version} now."
    vi = "Bản ghi đã thay đổi sau phiên bản {expected}; hiện là phiên bản {current_version}."

    def __init__(self, expected: int, current_version: int, current: dict[str, Any]) -> None:
        super().__init__(
            expected=expected,
            current_version=current_version,
            differing_fields=sorted(current),
            current=current,
        )


class NameTaken(Conflict):
    code = "name_taken"
    en = "A record of this kind is called {name} in the same place already, however it is spelt."
    vi = "Ở nơi này đã có bản ghi cùng loại tên là {name}, dù cách viết có khác."


class IsVoided(Conflict):
    code = "voided"
    en = "This record was voided on {voided_on}, as entered in error; it cannot be changed."
    vi = "Bản ghi này đã được hủy do nhập sai ngày {voided_on}; không thể thay đổi."


class HasDependants(Conflict):
    """Refuse to void a record on which others rest; the error names those of the caller."""

    code = "has_dependants"
    en = "Records rest on this one: {_named}. Void those first, or let them name another."
    vi = "Còn bản ghi dựa vào bản ghi này: {_named}. Hãy hủy hoặc sửa các bản ghi đó trước."

    def __init__(self, dependants: list[dict[str, str]], elsewhere: int) -> None:
        named = [f"{one['resource']} {one['id']}" for one in dependants]
        named += [f"+{elsewhere}"] if elsewhere else []
        super().__init__(dependants=dependants, elsewhere=elsewhere, _named=", ".join(named))


class QuantityOfTheFuture(Invalid):
    code = "quantity_of_the_future"
    en = "A number holds from a day that has come: {day}."
    vi = "Số liệu chỉ có hiệu lực từ ngày đã đến: {day}."


class InvalidETag(Invalid):
    code = "not_a_tag"
    en = "If-Match has no ETag of a record; send the one that its read returned."
    vi = "If-Match không phải ETag của bản ghi; hãy gửi ETag nhận được khi đọc."


class ReasonNeeded(InvalidFields):
    def __init__(self, action: str) -> None:
        en, vi = f"{action} needs a reason.", f"{action} cần có lý do."
        super().__init__(FieldError("/reason", "reason_needed", en, vi))


class DocumentNeeded(InvalidFields):
    def __init__(self, action: str) -> None:
        en, vi = f"{action} needs the document that orders it.", f"{action} cần văn bản làm căn cứ."
        super().__init__(FieldError("/document_id", "document_needed", en, vi))


class BasisNotInForce(Conflict):
    """Refuse a basis document that was not in force on the day of the act."""

    code = "basis_not_in_force"
    en = "The document is {state} and not in force on {day} (from {since}, until {until})."
    vi = "Văn bản ở trạng thái {state}, không có hiệu lực ngày {day} (từ {since}, đến {until})."

    def __init__(self, state: str, since: date | None, until: date | None, day: date) -> None:
        known = {"since": since and since.isoformat(), "until": until and until.isoformat()}
        super().__init__(state=str(state), day=day.isoformat(), **known)


class InvalidIdempotencyKey(Invalid):
    code = "not_an_idempotency_key"
    en = "An Idempotency-Key has 1 to {most} visible ASCII characters."
    vi = "Idempotency-Key gồm 1 đến {most} ký tự ASCII hiển thị được."


class KeyReused(Invalid):
    code = "idempotency_key_reused"
    en = "This Idempotency-Key was used for another request; use a new one."
    vi = "Idempotency-Key này đã dùng cho yêu cầu khác; hãy dùng khóa mới."


class KeyInUse(Conflict):
    code = "idempotency_key_in_use"
    en = "The same request is being carried out right now; send it again in a moment."
    vi = "Yêu cầu này đang được xử lý; vui lòng gửi lại sau giây lát."


class VocabularyNotFound(NotFound):
    code = "vocabulary_not_found"
    en = "There is no vocabulary {wanted}; GET /api/v1/vocabularies lists them."
    vi = "Không có danh mục {wanted}; GET /api/v1/vocabularies liệt kê các danh mục."
