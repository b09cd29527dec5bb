"""The operations of a push: each in a part of the transaction that is taken back alone."""

from app.db.session import Session
from app.domain.actor import Actor
from app.domain.errors import DomainError
from app.domain.exchange.attempts import attempt
from app.domain.exchange.sync import queries
from app.domain.exchange.sync.context import SyncContext
from app.domain.exchange.sync.merges import change_record
from app.domain.exchange.sync.operations import Outcome, Task, create_record, take_step
from app.domain.exchange.sync.schemas import OperationInput, OperationKind

DO = {
    OperationKind.CREATE: create_record, OperationKind.CHANGE: change_record,
    OperationKind.TRANSITION: take_step, OperationKind.VOID: take_step,
}  # fmt: skip


async def run_operation(
    session: Session, actor: Actor, sync: SyncContext, data: OperationInput
) -> Outcome | DomainError:
    """Do one operation, or leave nothing of it; return its outcome or its refusal."""

    async def do() -> Outcome:
        kind = sync.find(data.resource)
        kind.find(data.kind)
        return await DO[data.kind](Task(session, actor, sync.contexts, kind, data))

    return await attempt(session, await queries.open_part(session), do)
