"""Errors of organisations."""

from app.db.tables.organisations import Organisation
from app.domain.errors import Conflict, FieldError, Invalid, InvalidFields, NotFound
from app.domain.records.errors import derive_not_found

derive_not_found(Organisation, "organisation", "tổ chức")


class IdentifierNotFound(NotFound):
    code = "organisation_identifier_not_found"
    en = "This organisation has no identifier {wanted}."
    vi = "Tổ chức này không có mã định danh {wanted}."


class IdentifierTaken(Conflict):
    code = "organisation_identifier_taken"
    en = "Identifier {identifier} of {system} belongs to an organisation already, since {since}."
    vi = "Mã {identifier} thuộc hệ thống {system} đã được cấp cho một tổ chức từ ngày {since}."


class IdentifierHasEnded(Conflict):
    code = "organisation_identifier_has_ended"
    en = "This identifier has ended already, on {valid_to}."
    vi = "Mã định danh này đã hết hiệu lực từ ngày {valid_to}."


class OrganisationClosed(Conflict):
    code = "organisation_closed"
    en = "{name} is not active on {day}: it is active from {active_from} until {active_to}."
    vi = "{name} không hoạt động vào ngày {day}: hoạt động từ {active_from} đến {active_to}."


class IsClosed(Conflict):
    code = "organisation_is_closed"
    en = "{name} is closed; reopen it before it is changed."
    vi = "{name} đã ngừng hoạt động; hãy mở lại trước khi thay đổi."


class DayOutOfOrder(Invalid):
    code = "day_out_of_order"
    en = "The day {day} has to lie between {since} and {until}."
    vi = "Ngày {day} phải nằm trong khoảng từ {since} đến {until}."


class NotAnIdentifier(InvalidFields):
    def __init__(self, system: str, form: str) -> None:
        en = f"This is no identifier of the system {system}; it is written like {form}."
        vi = f"Đây không phải mã của hệ thống {system}; mã có dạng như {form}."
        super().__init__(FieldError("/code", "not_an_identifier", en, vi, form=form))
