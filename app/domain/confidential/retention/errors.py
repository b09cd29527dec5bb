"""Refusals about terms of retention."""

from app.domain.errors import Conflict, Forbidden


class RetentionForTheCountryOnly(Forbidden):
    code = "retention_for_the_country_only"
    en = "Terms of keeping hold for the whole country: only a national unit may enter them."
    vi = "Thời hạn lưu giữ áp dụng cho cả nước: chỉ đơn vị cấp quốc gia được nhập."


class RetentionRuleNotLater(Conflict):
    code = "retention_rule_not_later"
    en = "A rule for {of} is in force from {since}; a new one begins after that day."
    vi = "Đã có quy tắc cho {of} hiệu lực từ {since}; quy tắc mới phải bắt đầu sau ngày đó."
