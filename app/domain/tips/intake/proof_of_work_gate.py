"""The gate of the intake: while many tips come, each costs work; nobody is identified."""

from app.db.base import now
from app.db.session import act_as
from app.domain.deadlines.days import day_of
from app.domain.tips.context import INTAKE, TipContext
from app.domain.tips.crypto.proof_of_work import LIFETIME
from app.domain.tips.intake import queries
from app.domain.tips.intake.errors import WorkNeeded


async def require_work(context: TipContext, work: str | None, *, free: bool = True) -> None:
    """Admit a request for free, or for the solution of a challenge that was not used before.

    The solution is spent before anything slow begins, so that it cannot be used twice at once.
    """
    if free and context.load.take_slot():
        return
    spent = context.work.verify_solution(work)
    if spent is not None:
        async with context.intake.write_transaction() as session:
            await act_as(session, INTAKE)
            if await queries.spend_work(session, spent, day_of(now() + LIFETIME)):
                return
    raise WorkNeeded(context.work.create_challenge())
