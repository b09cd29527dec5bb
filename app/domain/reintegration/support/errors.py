"""Refusals of support; that of a loan names the rule and its legal basis."""

from typing import Any

from app.domain.errors import FieldError, InvalidFields
from app.domain.reintegration.support.programme import LoanRule


class LoanFieldsNeeded(InvalidFields):
    def __init__(self, field: str) -> None:
        en, vi = f"A loan needs {field}.", f"Khoản vay cần có {field}."
        super().__init__(FieldError(f"/{field}", f"{field}_needed", en, vi))


class LoanFieldsOnly(InvalidFields):
    def __init__(self, field: str) -> None:
        en, vi = f"Only a loan has {field}.", f"Chỉ khoản vay mới có {field}."
        super().__init__(FieldError(f"/{field}", "out_of_place", en, vi))


class NoLoanRule(InvalidFields):
    def __init__(self, purpose: str) -> None:
        en = f"No rule for loans of this purpose ({purpose}) is in force on that day."
        vi = f"Không có quy định cho vay mục đích này ({purpose}) có hiệu lực vào ngày đó."
        super().__init__(FieldError("/begins_on", "no_loan_rule", en, vi))


class LoanRefused(InvalidFields):
    """Names the rule that refuses a loan, its bound and its legal basis."""

    def __init__(
        self, field: str, code: str, rule: LoanRule, en: str, vi: str, **facts: Any
    ) -> None:
        en, vi = f"{en} Rule {rule.code}: {rule.basis}.", f"{vi} Căn cứ {rule.code}: {rule.basis}."
        known = {"rule": rule.code, "basis": rule.basis, "certainty": rule.certainty}
        super().__init__(FieldError(f"/{field}", code, en, vi, **known, **facts))


class StateNotTaken(InvalidFields):
    def __init__(self, state: str, allowed: list[str]) -> None:
        known = ", ".join(allowed)
        en = f"This support does not become {state} now. Allowed: {known}."
        vi = f"Hỗ trợ này chưa thể chuyển thành {state}. Cho phép: {known}."
        super().__init__(FieldError("/state", "state_not_taken", en, vi, allowed=allowed))
