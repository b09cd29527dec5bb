"""Texts on the status of a tip for its informant: true, and of use to nobody else."""

from datetime import date

from app.db.tables.tips import TipState
from app.domain.errors import Language
from app.domain.values import format_day

TEXTS = {
    TipState.RECEIVED: (
        "Tin của bạn đã được tiếp nhận và đang chờ cán bộ vào sổ.",
        "Your tip has been received and waits to be recorded by an officer.",
    ),
    TipState.RECORDED: (
        "Tin của bạn đã được vào sổ và đang được phân loại.",
        "Your tip has been recorded and is being sorted.",
    ),
    TipState.TRIAGED: (
        "Tin của bạn đã được phân loại; nơi có thẩm quyền sẽ nhận xử lý.",
        "Your tip has been classified; the competent unit will take it up.",
    ),
    TipState.TRANSFERRED: (
        "Tin của bạn đã được chuyển đến đơn vị có thẩm quyền.",
        "Your tip has been handed over to the competent unit.",
    ),
    TipState.WITH_INVESTIGATOR: (
        "Tin của bạn đang được kiểm tra, xác minh.",
        "Your tip is being looked into.",
    ),
    TipState.SUSPENDED: (
        "Việc giải quyết tin của bạn đang tạm đình chỉ theo quyết định.",
        "Work on your tip is suspended by a decision.",
    ),
    TipState.HANDLED_LOCALLY: (
        "Tin của bạn đã được giải quyết tại đơn vị tiếp nhận.",
        "Your tip has been dealt with by the unit that received it.",
    ),
    TipState.FORWARDED: (
        "Tin của bạn đã được chuyển đến cơ quan khác có thẩm quyền.",
        "Your tip has been forwarded to another authority that is competent.",
    ),
    TipState.DECIDED_PROSECUTE: (
        "Đã có quyết định khởi tố từ tin của bạn.",
        "It has been decided to prosecute upon your tip.",
    ),
    TipState.DECIDED_NOT: (
        "Đã có quyết định không khởi tố; bạn sẽ được thông báo.",
        "It has been decided not to prosecute; you will be notified.",
    ),
    TipState.INFORMANT_NOTIFIED: (
        "Tin của bạn đã được giải quyết; kết quả nằm trong phần trao đổi.",
        "Your tip has been dealt with; the result is among the messages.",
    ),
    TipState.CLOSED: (
        "Tin của bạn đã được giải quyết và khép lại.",
        "Your tip has been dealt with and closed.",
    ),
}


def describe_tip(state: TipState, reopened_on: date | None, language: Language) -> str:
    """Describe a tip by its state, and say when it was reopened."""
    told = describe_state(state, language)
    if reopened_on is None:
        return told
    day = format_day(reopened_on) if language == "vi" else reopened_on.isoformat()
    again = f"Tin được mở lại ngày {day}." if language == "vi" else f"It was reopened on {day}."
    return f"{told} {again}"


def describe_state(state: TipState, language: Language) -> str:
    """Describe a state in a sentence."""
    vi, en = TEXTS[state]
    return vi if language == "vi" else en
