"""What a step of a tip asks for, and what it does to its clocks and its outcome."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from app.db.tables.tips import Tip, TipOutcome, TipPart
from app.domain.tips import terms
from app.domain.tips.handling.errors import (
    MessageNeeded,
    MustBeHandedOver,
    OnTheDayOnly,
    SaidOutOfPlace,
)
from app.domain.tips.handling.schemas import TipTransition
from app.domain.tips.rules import CRIMES, NEVER_LOCAL

OUTCOMES: Mapping[str, TipOutcome] = {
    "handle_locally": TipOutcome.HANDLED_LOCALLY,
    "forward": TipOutcome.FORWARDED,
    "decide_prosecute": TipOutcome.PROSECUTED,
    "decide_not": TipOutcome.NOT_PROSECUTED,
}
# What each step does in time or late; to suspend is one of the decisions of Đ.147.
MEETS: Mapping[str, Sequence[str]] = {
    **dict.fromkeys(("handle_locally", "forward", "take_up"), terms.HANDING_OVER),
    **dict.fromkeys(("decide_prosecute", "decide_not", "suspend"), terms.DECIDING),
    "notify_informant": (terms.RESUMPTION_NOTICE,),
}
BELONGS = {
    "kind": "triage", "category": "triage", "cancelled": "resume", "message": "notify_informant",
}  # fmt: skip
CRIME = ("it shows signs of a crime (Đ.145 BLTTHS)", "có dấu hiệu tội phạm (Đ.145 BLTTHS)")
VIOLENCE = (
    "it is about domestic violence (Luật 35/2013/QH13, Đ.3)",
    "liên quan bạo lực gia đình (Luật 35/2013/QH13, Đ.3)",
)


def check(tip: Tip, words: TipTransition, today: date) -> None:
    """Refuse what this step does not take, or may not be for this tip."""
    for field, action in BELONGS.items():
        if getattr(words, field) is not None and words.action != action:
            raise SaidOutOfPlace(field, words.action)
    if words.effective_on not in (None, today):
        raise OnTheDayOnly(today.isoformat())
    if words.action == "notify_informant" and words.message is None:
        raise MessageNeeded()
    if words.action == "handle_locally":
        _settled_here(tip)


def _settled_here(tip: Tip) -> None:
    """Crimes and domestic violence are not settled among neighbours."""
    because = CRIME if tip.kind in CRIMES else VIOLENCE if tip.category in NEVER_LOCAL else None
    if because:
        raise MustBeHandedOver(_en=because[0], _vi=because[1], kind=tip.kind, category=tip.category)


def starts(words: TipTransition) -> Sequence[str]:
    """Which clocks begin with a step."""
    if words.action == "take_up":
        return (terms.RESOLUTION,)
    if words.action != "resume":
        return ()
    after = terms.AFTER_CANCELLED if words.cancelled else terms.AFTER_RESUMPTION
    return (after, terms.RESUMPTION_NOTICE)


def said(words: TipTransition, today: date) -> dict[str, Any]:
    """What a step sets besides the state."""
    values: dict[str, Any] = words.model_dump(include={"kind", "category"}, exclude_none=True)
    if outcome := OUTCOMES.get(words.action):
        values |= {"outcome": outcome, "resolved_on": today}
    days = {"notify_informant": "informed_on", "close": "closed_on"}
    return values | ({days[words.action]: today} if words.action in days else {})


def is_moved(tip: Tip) -> bool:
    """Whether another unit holds it than the one that received it."""
    return tip.unit_id != tip.received_unit_id


def shows(tip: Tip, part: TipPart, id: Any = None) -> bool:
    """Whether a part of a tip is shared with who holds it; what came since is."""
    if not is_moved(tip):
        return True
    return part in tip.shared if id is None else id not in tip.kept_back
