"""Who comes while very many come has to work first; nobody is asked who he is."""

from app.db.base import now
from app.db.session import act_as
from app.domain.deadlines.days import day_of
from app.domain.tips.intake import queries
from app.domain.tips.intake.errors import WorkNeeded
from app.domain.tips.office import INTAKE, Office
from app.domain.tips.protecting.working import LASTS


async def admit(office: Office, work: str | None) -> None:
    """Let somebody in for nothing, or for a task that he has solved and not used before.

    It is used up before anything slow begins, so that it cannot be used twice at once.
    """
    if office.load.take():
        return
    spent = office.work.done(work)
    if spent is not None:
        async with office.database.write_transaction() as session:
            await act_as(session, INTAKE)
            if await queries.spend(session, spent, day_of(now() + LASTS)):
                return
    raise WorkNeeded(office.work.task())
