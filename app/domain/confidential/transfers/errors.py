"""Refusals to transfer a record, whatever its kind."""

from app.domain.errors import FieldError, Forbidden, InvalidFields


class NotYourSide(Forbidden):
    code = "not_your_side"
    en = "The unit it is offered to accepts or declines; the unit that offers it withdraws."
    vi = "Đơn vị nhận quyết định tiếp nhận hoặc từ chối; đơn vị chuyển được rút đề nghị."


class InvalidTarget(InvalidFields):
    """Says why a record cannot go to a unit."""

    def __init__(self, code: str, en: str, vi: str) -> None:
        super().__init__(FieldError("/to_unit", code, en, vi))


class TargetExcluded(InvalidTarget):
    """Refuses a unit that must not have the record, whatever it is called today."""

    def __init__(self) -> None:
        en = "The informant has excluded this unit, or the tip is about its officials."
        vi = "Người báo đã loại trừ đơn vị này, hoặc tin nói về cán bộ của đơn vị này."
        super().__init__("excluded", en, vi)


class NotSharedWithYou(InvalidFields):
    """Lists the parts that were not shared with the unit that offers the record."""

    def __init__(self, missing: list[str], allowed: list[str]) -> None:
        names, known = ", ".join(missing), ", ".join(allowed)
        en = f"{names}: not shared with your unit. Allowed: {known}."
        vi = f"{names}: không được chia sẻ cho đơn vị của bạn. Cho phép: {known}."
        super().__init__(FieldError("/shared", "not_shared", en, vi, allowed=allowed))
