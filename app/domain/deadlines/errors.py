"""Errors about deadlines, their rules and calendars."""

from app.db.tables.calendars import Calendar
from app.db.tables.deadlines import Deadline, DeadlineRule
from app.domain.errors import Conflict, Invalid
from app.domain.records.errors import derive_not_found

RuleNotFound = derive_not_found(
    DeadlineRule, "deadline rule", "quy tắc thời hạn", named=True,
    where=("that is in force then", "có hiệu lực vào lúc đó"),
)  # fmt: skip
derive_not_found(Calendar, "calendar", "lịch", named=True, where=("", ""))
derive_not_found(Deadline, "deadline", "thời hạn", where=("", ""))


class AlreadyRunning(Conflict):
    code = "deadline_already_running"
    en = "The deadline {rule} of this record is running already."
    vi = "Thời hạn {rule} của hồ sơ này đang chạy."


class DeadlinePassed(Conflict):
    code = "deadline_passed"
    en = "The term ended at {due}; only before that could this be done."
    vi = "Thời hạn đã hết lúc {due}; chỉ có thể thực hiện trước lúc đó."


class SuspensionNotAllowed(Conflict):
    code = "suspension_not_allowed"
    en = "The rule of this deadline allows no suspension."
    vi = "Quy tắc của thời hạn này không cho phép tạm đình chỉ."


class SuspensionUsedUp(Conflict):
    code = "suspension_used_up"
    en = "This deadline has been suspended for {days} days, the longest that its rule allows."
    vi = "Thời hạn này đã tạm đình chỉ đủ {days} ngày là mức tối đa của quy tắc."


class ExtensionNotAllowed(Conflict):
    code = "extension_not_allowed"
    en = "The rule of this deadline allows {times} extensions, and no more."
    vi = "Quy tắc của thời hạn này chỉ cho phép gia hạn {times} lần."


class NotTheAuthority(Conflict):
    code = "not_the_authority"
    en = "The next extension must be granted by {needed}, not by {authority}."
    vi = "Lần gia hạn tiếp theo do {needed} quyết định, không phải {authority}."


class ExtensionTooLong(Invalid):
    code = "extension_too_long"
    en = "This extension is from 1 to {most}, counted by {measure}."
    vi = "Lần gia hạn này từ 1 đến {most}, tính theo {measure}."


class OutOfOrder(Invalid):
    code = "out_of_order"
    en = "{at} lies before what happened to this deadline last, at {since}."
    vi = "{at} sớm hơn sự kiện gần nhất của thời hạn này, lúc {since}."


class CalendarDayTaken(Conflict):
    code = "calendar_day_taken"
    en = "The calendar has entries for {_days} already; set `replace` to correct them."
    vi = "Lịch đã có các ngày {_days}; dùng `replace` nếu muốn đính chính."


class EditionNotLater(Conflict):
    code = "edition_not_later"
    en = "An edition of {rule} is in force from {since}; a new one begins after that day."
    vi = "Quy tắc {rule} đã có bản hiệu lực từ {since}; bản mới phải bắt đầu sau ngày đó."
