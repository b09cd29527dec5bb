"""Rules on support: the conditions of a loan, and how its state may go on."""

from datetime import date

from app.db.tables.reintegration_choices import SupportKind, SupportState
from app.domain.deadlines.days import months_later
from app.domain.reintegration.support.errors import (
    LoanFieldsNeeded,
    LoanFieldsOnly,
    LoanRefused,
    NoLoanRule,
    StateNotTaken,
)
from app.domain.reintegration.support.programme import LoanRule, find_loan_rule
from app.domain.reintegration.support.schemas import SupportCreate

_S = SupportState
LOAN_FIELDS = ("purpose", "amount", "months")
AFTER = {
    _S.ARRANGED: (_S.GRANTED, _S.ENDED),
    _S.GRANTED: (_S.REPAID, _S.OVERDUE),
    _S.OVERDUE: (_S.REPAID,),
}
AFTER_OTHERS = {_S.ARRANGED: (_S.ENDED,)}  # of a job, a course, housing, counselling
OUTSTANDING = (_S.ARRANGED, _S.GRANTED, _S.OVERDUE)


def check_fields(data: SupportCreate) -> None:
    """Refuse a loan without its terms, and the terms of a loan elsewhere."""
    for field in LOAN_FIELDS:
        given = getattr(data, field) is not None
        if data.kind is SupportKind.LOAN and not given:
            raise LoanFieldsNeeded(field)
        if data.kind is not SupportKind.LOAN and given:
            raise LoanFieldsOnly(field)


def check_loan(data: SupportCreate, released_on: date, *, outstanding: bool) -> LoanRule:
    """Refuse a loan beyond the conditions in force; return the rule that allows it."""
    assert data.purpose is not None, "check_fields says it"
    assert data.amount is not None, "check_fields says it"
    assert data.months is not None, "check_fields says it"
    rule = find_loan_rule(data.purpose, data.begins_on)
    if rule is None:
        raise NoLoanRule(data.purpose.value)
    _check_release(rule, released_on, data.begins_on)
    _check_bounds(rule, data.amount, data.months)
    if outstanding:
        en = "A loan for the same purpose is not repaid."
        vi = "Khoản vay cùng mục đích chưa trả xong."
        raise LoanRefused("purpose", "loan_outstanding", rule, en, vi)
    return rule


def _check_release(rule: LoanRule, released_on: date, day: date) -> None:
    years = rule.max_years_since_release
    last = months_later(released_on, 12 * years)
    if day > last:
        en = f"A loan begins within {years} years after release, by {last.isoformat()}."
        vi = f"Khoản vay trong thời hạn {years} năm kể từ khi về, chậm nhất {last.isoformat()}."
        raise LoanRefused(
            "begins_on", "released_too_long_ago", rule, en, vi, at_most=last.isoformat()
        )


def _check_bounds(rule: LoanRule, amount: int, months: int) -> None:
    most = rule.max_amount * (months if rule.amount_per == "month" else 1)
    if amount > most:
        en, vi = f"The loan is {most:,} đồng at most.", f"Mức vay tối đa {most:,} đồng."
        raise LoanRefused("amount", "loan_over_ceiling", rule, en, vi, at_most=most)
    if months > rule.max_months:
        en = f"The loan runs {rule.max_months} months at most."
        vi = f"Thời hạn vay tối đa {rule.max_months} tháng."
        raise LoanRefused("months", "loan_too_long", rule, en, vi, at_most=rule.max_months)


def check_next_state(kind: SupportKind, now: SupportState, then: SupportState) -> None:
    """Refuse a state that does not follow."""
    following = (AFTER if kind is SupportKind.LOAN else AFTER_OTHERS).get(now, ())
    if then not in following:
        raise StateNotTaken(then.value, [one.value for one in following])
