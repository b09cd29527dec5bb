"""Errors that a caller may read, in two languages. Anything else that escapes is a crash."""

import re
from collections.abc import Iterator
from typing import Any, ClassVar, Literal

Language = Literal["vi", "en"]
DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)


class FieldError:
    """A fault of the input: its place, and the correct form."""

    def __init__(self, pointer: str, code: str, en: str, vi: str, **facts: Any) -> None:
        self.pointer, self.code, self.en, self.vi, self.facts = pointer, code, en, vi, facts

    def to_dict(self, language: Language) -> dict[str, Any]:
        text = self.vi if language == "vi" else self.en
        return self.facts | {"pointer": self.pointer, "code": self.code, "message": text}


class DomainError(Exception):
    """An expected refusal: `code` is for programs, the sentence is for people."""

    code: ClassVar[str]
    en: ClassVar[str]
    vi: ClassVar[str]
    audited: ClassVar[bool] = False  # by what refuses; no refused read is noted beside it

    def __init__(self, *errors: FieldError, **facts: Any) -> None:
        super().__init__(self.code)
        self.errors, self.facts = errors, facts

    def message(self, language: Language) -> str:
        facts = {name: "—" if fact is None else fact for name, fact in self.facts.items()}
        if language == "en":
            return self.en.format_map(_Facts(facts))
        return self.vi.format_map(_Facts({n: _to_vietnamese(v) for n, v in facts.items()}))

    def extensions(self) -> dict[str, Any]:
        """Return the facts that a program may act on."""
        return {name: fact for name, fact in self.facts.items() if not name.startswith("_")}


def _to_vietnamese(fact: Any) -> Any:
    """Return a fact as Vietnamese readers write it: a day as 10/02/2026."""
    found = DAY.fullmatch(fact) if isinstance(fact, str) else None
    return "/".join(reversed(found.groups())) if found else fact


class _Facts(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"


class Unauthenticated(DomainError):
    code = "unauthenticated"
    en = "A valid access token is needed."
    vi = "Cần có token truy cập hợp lệ."


class Forbidden(DomainError):
    code = "forbidden"
    en = "Your role may not do this: {permission} is needed."
    vi = "Vai trò của bạn không được phép: cần quyền {permission}."


class UnitEnded(Forbidden):
    """Tells somebody that their unit has ended; the error lists the successors."""

    code = "unit_ended"
    en = (
        "Your unit {name} has ended on {ended_on}; its successor is {_successors}. Until an "
        "administrator lets your role follow, you see and change nothing."
    )
    vi = (
        "Đơn vị {name} của bạn đã kết thúc ngày {ended_on}; đơn vị kế thừa: {_successors}. Khi "
        "quản trị viên chưa chuyển vai trò của bạn, bạn chưa xem và chưa ghi được gì."
    )


class ForTheCountryOnly(Forbidden):
    code = "for_the_country_only"
    en = "This holds for the whole country: only a national unit may enter or change it."
    vi = "Nội dung này áp dụng cho cả nước: chỉ đơn vị cấp quốc gia được nhập hoặc sửa."


class NotFromVillages(Forbidden):
    code = "not_from_villages"
    en = "A village reads this; the commune records it. A village may propose a model of its own."
    vi = "Cấp thôn chỉ được đọc; xã ghi nhận. Thôn có thể đề xuất mô hình của chính thôn mình."


class NotFound(DomainError):
    code = "not_found"
    en = "There is no such {kind} among your units."
    vi = "Không có {kind} này trong phạm vi đơn vị của bạn."


class Gone(DomainError):
    code = "gone"
    en = "This is no longer stored."
    vi = "Nội dung này không còn được lưu."


class Conflict(DomainError):
    code = "conflict"
    en = "This does not fit the present state."
    vi = "Yêu cầu không phù hợp với trạng thái hiện tại."


class IllegalTransition(Conflict):
    """Refuse a transition that the state does not allow; the error lists those that it does."""

    code = "illegal_transition"
    en = "Cannot {action} while {state}. Allowed: {_allowed}."
    vi = "Đang ở trạng thái {state} nên không thể {action}. Cho phép: {_allowed}."

    def __init__(self, state: str, action: str, allowed_actions: list[str]) -> None:
        super().__init__(
            state=state,
            action=action,
            allowed_actions=allowed_actions,
            _allowed=", ".join(allowed_actions) or "—",
        )


class TakenConcurrently(Conflict):
    code = "taken_meanwhile"
    en = "Somebody else has recorded the same at this very moment; read it again."
    vi = "Vừa có người khác ghi nhận đúng nội dung này; vui lòng xem lại."


class UnknownName(DomainError):
    """Refuse a field, filter, operation or parameter that does not exist."""

    code = "unknown_name"
    en = "{name} is not known here. Allowed: {_allowed}."
    vi = "Không có {name} ở đây. Cho phép: {_allowed}."

    def __init__(self, name: str, allowed: Any) -> None:
        names = sorted(allowed)
        super().__init__(name=name, allowed=names, _allowed=", ".join(names))


IN_QUERY = {"in": "query"}  # in what a fault lies that is not in the body


class Invalid(DomainError):
    code = "invalid_input"
    en = "The input is not valid."
    vi = "Dữ liệu gửi lên không hợp lệ."


class InvalidFields(Invalid):
    """Refuse an input; the error lists each fault with its place."""

    code = "invalid_fields"
    en = "Some fields are not valid; see errors."
    vi = "Có trường không hợp lệ; xem errors."


class RepeatedParameter(InvalidFields):
    def __init__(self, name: str) -> None:
        en = "This parameter takes one value; it is there more than once."
        vi = "Tham số này chỉ nhận một giá trị nhưng được nêu nhiều lần."
        super().__init__(FieldError(f"/{name}", "repeated", en, vi, **IN_QUERY))


class NullFilter(InvalidFields):
    """Refuse a filter without a value: it would answer with more than what was meant."""

    def __init__(self, name: str) -> None:
        en = (
            f"{name} is null, which narrows nothing. Use isNull: true for rows without a value, "
            "or leave the filter out."
        )
        vi = (
            f"{name} là null nên không lọc gì. Dùng isNull: true để tìm dòng không có giá trị, "
            "hoặc bỏ bộ lọc này."
        )
        pointer = "/" + name.replace(".", "/")
        super().__init__(FieldError(pointer, "null_filter", en, vi, **IN_QUERY))


class TooManyRows(Invalid):
    code = "too_many_rows"
    en = "This requests more than {most} rows; request fewer at a time."
    vi = "Câu hỏi này lấy quá {most} dòng; hãy lấy ít hơn mỗi lần."


class OutOfBounds(Invalid):
    code = "out_of_bounds"
    en = "{name} lies between {least} and {most}."
    vi = "{name} phải từ {least} đến {most}."


class BothEnds(Invalid):
    code = "both_ends"
    en = "A page is read from one end: `first` or `last`, not both."
    vi = "Chỉ đọc trang từ một đầu: `first` hoặc `last`, không dùng cả hai."


class NotACursor(Invalid):
    code = "not_a_cursor"
    en = "{name} is not a cursor of this very list with these filters; start again without it."
    vi = "{name} không phải con trỏ của danh sách này với bộ lọc này; hãy bắt đầu lại."


class Unavailable(DomainError):
    code = "unavailable"
    en = "The database is not reachable right now; try again shortly."
    vi = "Cơ sở dữ liệu tạm thời không truy cập được; vui lòng thử lại sau ít phút."


class DiskFull(Unavailable):
    """Refuse what cannot be stored; an operator has to make room."""

    code = "disk_full"
    en = "The server has no space left to store this; try again later."
    vi = "Máy chủ đã hết dung lượng lưu trữ; vui lòng thử lại sau."


def catalogue(kind: type[DomainError] = DomainError) -> Iterator[type[DomainError]]:
    """Yield every error class."""
    for child in kind.__subclasses__():
        yield child
        yield from catalogue(child)
