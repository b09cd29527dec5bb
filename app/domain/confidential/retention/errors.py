"""Refusals about terms of retention."""

from app.domain.errors import Conflict


class RetentionRuleNotLater(Conflict):
    code = "retention_rule_not_later"
    en = "A rule for {of} is in force from {since}; a new one begins after that day."
    vi = "Đã có quy tắc cho {of} hiệu lực từ {since}; quy tắc mới phải bắt đầu sau ngày đó."
