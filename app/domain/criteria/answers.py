"""Answers to criteria, as the rules read them."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to a criterion or to a part of it; all of it may be missing."""

    holds: bool | None = None
    value: Decimal | None = None
    part: int | None = None  # of a share: 16 of 25
    whole: int | None = None


NOTHING = Answer()
Answers = Mapping[str, Answer]  # by the path of a criterion, or of a part: `events/arson`
