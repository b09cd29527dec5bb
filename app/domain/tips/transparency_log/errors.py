"""Refusals about the public counter."""

from app.domain.errors import NotFound


class NotCounted(NotFound):
    code = "unit_not_counted"
    en = "The counter is published by province and commune; there is none {wanted} today."
    vi = "Số liệu được công bố theo tỉnh và xã; hiện không có {wanted}."
