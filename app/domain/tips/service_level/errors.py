"""Refusals about the service level."""

from app.domain.errors import Invalid


class NotAPeriod(Invalid):
    code = "not_a_period"
    en = "The period ends on {until}, before it begins on {since}."
    vi = "Khoảng thời gian kết thúc ngày {until}, trước khi bắt đầu ngày {since}."
