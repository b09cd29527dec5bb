"""What can be refused about holds and terms."""

from app.domain.errors import Conflict, Forbidden


class RetentionForTheCountryOnly(Forbidden):
    code = "retention_for_the_country_only"
    en = "Terms of keeping hold for the whole country: only a national unit may enter them."
    vi = "Thời hạn lưu giữ áp dụng cho cả nước: chỉ đơn vị cấp quốc gia được nhập."


class RetentionRuleNotLater(Conflict):
    code = "retention_rule_not_later"
    en = "A rule for {of} is in force from {since}; a new one begins after that day."
    vi = "Đã có quy tắc cho {of} hiệu lực từ {since}; quy tắc mới phải bắt đầu sau ngày đó."


class AlreadyHeld(Conflict):
    code = "tip_already_held"
    en = "A hold is on this tip already; release it first."
    vi = "Tin báo này đang được giữ lại; hãy giải tỏa trước."


class NotHeld(Conflict):
    code = "tip_not_held"
    en = "There is no hold on this tip."
    vi = "Tin báo này không bị giữ lại."
