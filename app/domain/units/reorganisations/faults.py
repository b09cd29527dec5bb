"""Report the faults of a plan, and refuse a plan that has any."""

from app.domain.units.reorganisations.errors import PlanNotReady
from app.domain.units.reorganisations.plan import Plan
from app.domain.units.reorganisations.schemas import PlanFault


def to_plan_faults(plan: Plan) -> list[PlanFault]:
    """Return each fault with the part of the draft that causes it."""
    return [
        PlanFault(
            pointer=fault.pointer, code=fault.error.code,
            message_vi=fault.error.message("vi"), message_en=fault.error.message("en"),
        )
        for fault in plan.faults
    ]  # fmt: skip


def check_no_faults(plan: Plan) -> None:
    """Refuse a plan with faults."""
    if plan.faults:
        faults = [fault.model_dump() for fault in to_plan_faults(plan)]
        raise PlanNotReady(count=len(faults), faults=faults)
