"""Amounts: a number with its qualifier; unquantified has none, which is not 0."""

from app.db.tables.stated_figures import Qualifier
from app.domain.errors import FieldError, InvalidFields


class AmountByQualifier(InvalidFields):
    def __init__(self, field: str) -> None:
        en = f"{field} is a number, unless its qualifier is unquantified: then it is null."
        vi = f"{field} phải là số, trừ khi được đánh dấu unquantified thì để trống (null)."
        super().__init__(FieldError(f"/{field}", "amount_by_qualifier", en, vi))


class NegativeAmount(InvalidFields):
    def __init__(self, field: str) -> None:
        en = f"{field} is negative; only a change is."
        vi = f"{field} là số âm; chỉ mức tăng, giảm mới có giá trị âm."
        super().__init__(FieldError(f"/{field}", "negative_amount", en, vi))


def check_amount(
    field: str, value: int | None, qualifier: Qualifier, *, is_change: bool = False
) -> None:
    """Refuse a number that its qualifier denies, and a negative one that is no change."""
    if (value is None) != (qualifier is Qualifier.UNQUANTIFIED):
        raise AmountByQualifier(field)
    if value is not None and value < 0 and not is_change:
        raise NegativeAmount(field)
