"""The conditions of the loan programme, as data with their legal basis."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from app.data import SHIPPED
from app.db.tables.reintegration_choices import LoanPurpose

FILE = SHIPPED / "reintegration" / "loan_rules.json"


@dataclass(frozen=True, slots=True)
class LoanRule:
    """An edition of the conditions for loans of one purpose."""

    code: str
    purpose: LoanPurpose
    valid_from: date
    valid_to: date | None
    max_amount: int
    amount_per: str | None  # `month`: of study
    max_months: int
    max_years_since_release: int
    basis: str
    source: str
    certainty: str

    def holds_on(self, day: date) -> bool:
        """Return whether the edition is in force on a day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@cache
def load_loan_rules() -> tuple[LoanRule, ...]:
    """Load the shipped editions."""
    return tuple(map(_read_rule, json.loads(FILE.read_text(encoding="utf-8"))))


def find_loan_rule(
    purpose: LoanPurpose, day: date, rules: Sequence[LoanRule] | None = None
) -> LoanRule | None:
    """Find the conditions in force on a day for loans of a purpose."""
    known = load_loan_rules() if rules is None else rules
    return next((r for r in known if r.purpose is purpose and r.holds_on(day)), None)


def _read_rule(raw: dict[str, Any]) -> LoanRule:
    days = {
        name: raw[name] and date.fromisoformat(raw[name]) for name in ("valid_from", "valid_to")
    }
    return LoanRule(**raw | days | {"purpose": LoanPurpose(raw["purpose"])})
