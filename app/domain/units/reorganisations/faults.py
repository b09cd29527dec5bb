"""What is wrong with a plan, as it is told; and that nothing is done while anything is."""

from app.domain.units.reorganisations.errors import PlanNotReady
from app.domain.units.reorganisations.plan import Plan
from app.domain.units.reorganisations.schemas import PlanFault


def to_plan_faults(plan: Plan) -> list[PlanFault]:
    """Each fault with the word of the draft that it lies in."""
    return [
        PlanFault(
            pointer=wrong.pointer, code=wrong.error.code,
            message_vi=wrong.error.message("vi"), message_en=wrong.error.message("en"),
        )
        for wrong in plan.wrong
    ]  # fmt: skip


def check_no_faults(plan: Plan) -> None:
    """Refuse a plan with faults."""
    if plan.wrong:
        faults = [fault.model_dump() for fault in to_plan_faults(plan)]
        raise PlanNotReady(count=len(faults), faults=faults)
