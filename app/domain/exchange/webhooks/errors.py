"""Errors of webhooks."""

from app.db.tables.webhooks import WebhookDelivery, WebhookEndpoint
from app.domain.errors import Conflict, FieldError, Invalid, InvalidFields
from app.domain.records.errors import derive_not_found

OWN = ("of your own", "của chính bạn")
derive_not_found(WebhookEndpoint, "webhook endpoint", "địa chỉ nhận webhook", where=OWN)
derive_not_found(WebhookDelivery, "webhook delivery", "lượt gửi webhook", where=OWN)

TARGETS = {
    "webhook_url_spelling": (
        "Write the address as https://host/path in plain letters: no blank, no user, no fragment, "
        "a host with a dot or an address in its usual spelling.",
        "Hãy viết địa chỉ dạng https://máy-chủ/đường-dẫn bằng chữ không dấu: không có dấu cách, "
        "người dùng hay phần #; máy chủ có dấu chấm, hoặc địa chỉ IP viết đúng chuẩn.",
    ),
    "webhook_url_not_https": (
        "Messages go to https addresses; http only to hosts that the operator lists.",
        "Chỉ gửi tới địa chỉ https; http chỉ dùng cho máy chủ mà người vận hành cho phép.",
    ),
    "webhook_url_port": (
        "Messages go to port 443 or 8443; to others only at hosts that the operator lists.",
        "Chỉ gửi tới cổng 443 hoặc 8443; cổng khác chỉ dùng khi người vận hành cho phép máy chủ.",
    ),
    "webhook_address_not_public": (
        "Messages go to public addresses; to others only at hosts that the operator lists.",
        "Chỉ gửi tới địa chỉ công cộng; địa chỉ khác phải được người vận hành cho phép.",
    ),
}


class TargetNotAllowed(InvalidFields):
    """Refuse an address that no message may be sent to; the code says why."""

    def __init__(self, code: str) -> None:
        en, vi = TARGETS[code]
        super().__init__(FieldError("/url", code, en, vi))


class EndpointDisabled(Conflict):
    code = "webhook_endpoint_disabled"
    en = "The endpoint gets no messages; enable it first."
    vi = "Địa chỉ này đang ngừng nhận thông báo; hãy bật lại trước."


class TooManyEndpoints(Conflict):
    code = "too_many_webhook_endpoints"
    en = "You have {most} endpoints of this unit that get messages; disable one first."
    vi = "Bạn đã có {most} địa chỉ của đơn vị này đang nhận thông báo; hãy tắt bớt một."


class ReplayTooLarge(Invalid):
    code = "webhook_replay_too_large"
    en = "The range has more than {most} messages; choose a shorter one."
    vi = "Khoảng thời gian này có hơn {most} thông báo; hãy chọn khoảng ngắn hơn."
