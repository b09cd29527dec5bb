"""Rules on transitions of tips: what each needs, and its effect on deadlines and outcome."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from app.db.tables.tips import (
    LocalResult,
    SuspensionBasis,
    Tip,
    TipKind,
    TipOutcome,
    TipPart,
)
from app.domain.tips import deadlines
from app.domain.tips.handling.errors import (
    ChoiceNeeded,
    FieldNotTaken,
    MessageNeeded,
    MustBeHandedOver,
    NotToday,
    ReasonToDowngrade,
)
from app.domain.tips.handling.schemas import TipTransition
from app.domain.tips.rules import CRIMES, NEVER_LOCAL

OUTCOMES: Mapping[str, TipOutcome] = {
    "handle_locally": TipOutcome.HANDLED_LOCALLY,
    "forward": TipOutcome.FORWARDED,
    "decide_prosecute": TipOutcome.PROSECUTED,
    "decide_not": TipOutcome.NOT_PROSECUTED,
}
# The deadlines that each transition meets; to suspend is one of the decisions of Đ.147.
MEETS: Mapping[str, Sequence[str]] = {
    **dict.fromkeys(("handle_locally", "forward", "take_up"), deadlines.HANDING_OVER),
    **dict.fromkeys(("decide_prosecute", "decide_not", "suspend"), deadlines.DECIDING),
    "notify_informant": (deadlines.RESUMPTION_NOTICE,),
}
ACTION_OF_FIELD = {
    "kind": "triage", "category": "triage", "cancelled": "resume", "message": "notify_informant",
    "result": "handle_locally", "basis": "suspend",
}  # fmt: skip
CHOICES: Mapping[str, tuple[str, type[StrEnum]]] = {
    "handle_locally": ("result", LocalResult), "suspend": ("basis", SuspensionBasis),
}  # fmt: skip
REOPENED: dict[str, Any] = dict.fromkeys(
    ("closed_on", "informed_on", "outcome", "resolved_on", "resolved_in_time", "local_result",
     "noticed_on", "expires_on")
)  # fmt: skip
CRIME = ("it shows signs of a crime (Đ.145 BLTTHS)", "có dấu hiệu tội phạm (Đ.145 BLTTHS)")
VIOLENCE = (
    "it is about domestic violence (Luật 35/2013/QH13, Đ.3)",
    "liên quan bạo lực gia đình (Luật 35/2013/QH13, Đ.3)",
)


def check_transition(tip: Tip, words: TipTransition, today: date) -> None:
    """Refuse input that a transition does not take, or a transition that this tip may not take."""
    for field, action in ACTION_OF_FIELD.items():
        if getattr(words, field) is not None and words.action != action:
            raise FieldNotTaken(field, words.action)
    if words.effective_on not in (None, today):
        raise NotToday(today)
    if words.action == "notify_informant" and words.message is None:
        raise MessageNeeded()
    if words.action == "handle_locally":
        _check_local_handling(tip)
    if chosen := CHOICES.get(words.action):
        _check_choice(words, *chosen)
    check_downgrade(tip, words.kind, words.reason)


def _check_choice(words: TipTransition, field: str, choices: type[StrEnum]) -> None:
    if getattr(words, field) is None:
        raise ChoiceNeeded(field, words.action, [choice.value for choice in choices])


def is_downgrade(tip: Tip, kind: TipKind | None) -> bool:
    """Return whether a tip about a crime would no longer be one."""
    return kind is not None and tip.kind in CRIMES and kind not in CRIMES


def check_downgrade(tip: Tip, kind: TipKind | None, reason: str | None) -> None:
    """Refuse to take a tip about a crime for something else without a reason."""
    if is_downgrade(tip, kind) and not reason:
        raise ReasonToDowngrade(tip.kind)


def values_of_kind(tip: Tip, kind: TipKind | None, today: date) -> dict[str, Any]:
    """List the values that a new kind sets: a crime that is none any more is counted."""
    if kind is None:
        return {}
    if is_downgrade(tip, kind):
        return {"kind": kind, "downgraded_on": today}
    return {"kind": kind} | ({"downgraded_on": None} if kind in CRIMES else {})


def _check_local_handling(tip: Tip) -> None:
    """Refuse to settle crimes and domestic violence among neighbours."""
    because = CRIME if tip.kind in CRIMES else VIOLENCE if tip.category in NEVER_LOCAL else None
    if because:
        raise MustBeHandedOver(_en=because[0], _vi=because[1], kind=tip.kind, category=tip.category)


def rules_started_by(words: TipTransition, handing_over: str) -> Sequence[str]:
    """List the rules of the deadlines that begin with a transition."""
    if words.action == "take_up":
        return (deadlines.RESOLUTION,)
    if words.action == "reopen":
        return (handing_over,)
    if words.action != "resume":
        return ()
    after = deadlines.AFTER_CANCELLED if words.cancelled else deadlines.AFTER_RESUMPTION
    return (after, deadlines.RESUMPTION_NOTICE)


def values_set_by(tip: Tip, words: TipTransition, today: date) -> dict[str, Any]:
    """List the values that a transition sets besides the state."""
    values: dict[str, Any] = words.model_dump(include={"category"}, exclude_none=True)
    values |= values_of_kind(tip, words.kind, today)
    if words.action == "reopen":
        return values | REOPENED | {"reopened_on": today}
    if words.action == "handle_locally":
        values["local_result"] = words.result
    if words.action in ("suspend", "resume"):
        values["suspension_basis"] = words.basis
    if outcome := OUTCOMES.get(words.action):
        values |= {"outcome": outcome, "resolved_on": today}
    days = {"notify_informant": "informed_on", "close": "closed_on"}
    return values | ({days[words.action]: today} if words.action in days else {})


def is_moved(tip: Tip) -> bool:
    """Return whether a unit other than the receiving one holds a tip."""
    return tip.unit_id != tip.received_unit_id


def is_shared(tip: Tip, part: TipPart, id: Any = None) -> bool:
    """Return whether a part of a tip is shared with its holder; later parts are."""
    if not is_moved(tip):
        return True
    return part in tip.shared if id is None else id not in tip.kept_back
