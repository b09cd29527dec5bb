"""Refusals about holds on cases."""

from app.domain.errors import Conflict


class CaseHeld(Conflict):
    code = "case_already_held"
    en = "A hold is on this case already; release it first."
    vi = "Hồ sơ này đang được giữ lại; hãy giải tỏa trước."


class CaseNotHeld(Conflict):
    code = "case_not_held"
    en = "There is no hold on this case."
    vi = "Hồ sơ này không bị giữ lại."
