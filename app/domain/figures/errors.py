"""Errors of figures."""

from app.domain.errors import Forbidden, Invalid, NotFound


class UnknownIndicator(Invalid):
    """Refuse an indicator that does not exist; the error lists those that do."""

    code = "unknown_indicator"
    en = "There is no indicator {given}. Known: {_known}."
    vi = "Không có chỉ tiêu {given}. Các chỉ tiêu: {_known}."

    def __init__(self, given: str, known: list[str]) -> None:
        names = sorted(set(known))
        super().__init__(given=given, known=names, _known=", ".join(names))


class UnknownDimension(Invalid):
    """Refuse a property by which an indicator cannot be split or narrowed."""

    code = "unknown_dimension"
    en = "{indicator} cannot be split or narrowed by {given}. Known: {_known}."
    vi = "Không thể chia hoặc lọc {indicator} theo {given}. Có thể theo: {_known}."

    def __init__(self, indicator: str, given: str, known: list[str]) -> None:
        names = sorted(known)
        super().__init__(indicator=indicator, given=given, known=names, _known=", ".join(names))


class UnknownCategory(Invalid):
    """Refuse a value that a dimension never has."""

    code = "unknown_category"
    en = "{dimension} is never {given}. Known: {_known}."
    vi = "{dimension} không có giá trị {given}. Các giá trị: {_known}."

    def __init__(self, dimension: str, given: str, known: list[str]) -> None:
        super().__init__(dimension=dimension, given=given, known=known, _known=", ".join(known))


class WindowNeeded(Invalid):
    code = "window_needed"
    en = "Name the days: `window`, or both `from` and `to`."
    vi = "Hãy nêu thời gian: `window`, hoặc cả `from` và `to`."


class WindowTurned(Invalid):
    code = "window_turned"
    en = "The window ends on {until}, before it begins on {since}."
    vi = "Kỳ kết thúc ngày {until}, trước khi bắt đầu ngày {since}."


class FutureWindow(Invalid):
    code = "future_window"
    en = "The window begins on {since}, after today; nothing is known of it yet."
    vi = "Kỳ bắt đầu ngày {since}, sau hôm nay; chưa có dữ liệu."


class WindowTooLong(Invalid):
    code = "window_too_long"
    en = "A window lasts at most {most} years; by month at most {most_by_month}."
    vi = "Kỳ dài nhất {most} năm; chia theo tháng thì nhiều nhất {most_by_month} năm."


class OnlyOwnUnits(Forbidden):
    code = "only_own_units"
    en = "{indicator} is given of your own unit and those below it alone."
    vi = "Chỉ cung cấp {indicator} của đơn vị bạn và các đơn vị cấp dưới."


class WholeWindowsOnly(Invalid):
    code = "whole_windows_only"
    en = (
        "Of other units, {indicator} is given for whole months that are over, on the current map "
        "(boundary=current), not split but by unit or month, and not narrowed."
    )
    vi = (
        "Với đơn vị khác, {indicator} chỉ cung cấp theo tháng trọn đã kết thúc, trên bản đồ hiện "
        "hành (boundary=current), chỉ chia theo đơn vị hoặc tháng và không lọc thêm."
    )


class FigureNotFound(NotFound):
    code = "figure_not_found"
    en = "This is no figure of this server, or it was changed on the way."
    vi = "Đây không phải số liệu của máy chủ này, hoặc đã bị thay đổi."
