"""Refusals about holds on tips."""

from app.domain.errors import Conflict


class AlreadyHeld(Conflict):
    code = "tip_already_held"
    en = "A hold is on this tip already; release it first."
    vi = "Tin báo này đang được giữ lại; hãy giải tỏa trước."


class NotHeld(Conflict):
    code = "tip_not_held"
    en = "There is no hold on this tip."
    vi = "Tin báo này không bị giữ lại."
