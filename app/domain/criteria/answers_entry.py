"""Operations on the answers of an evaluation: enter some, read the calculation."""

from collections.abc import Sequence
from uuid import UUID

from app.db.session import Session
from app.db.tables.criteria import Evaluation, EvaluationAnswer, EvaluationState
from app.db.tables.documents import Document
from app.domain.actor import Actor, Permission, operation
from app.domain.criteria import answer_forms, queries, set_reads
from app.domain.criteria.calculation import Calculation
from app.domain.criteria.definitions import Definition
from app.domain.criteria.errors import NotReopened, NotWritable
from app.domain.criteria.evaluate import evaluate
from app.domain.criteria.evaluation_schemas import AnswerEntry, AnswersEntry
from app.domain.criteria.states import WRITABLE
from app.domain.documents import queries as documents
from app.domain.records import kit as records
from app.domain.records.errors import build_not_found

WRITE = Permission.EVALUATION_WRITE


@operation(WRITE)
async def enter_answers(
    session: Session, actor: Actor, id: UUID, data: AnswersEntry, expected: int | None
) -> UUID:
    """Enter answers to criteria; after a return, only to those that are open again."""
    row = await records.load(session, actor, Evaluation, id, expected)
    if row.state not in WRITABLE:
        raise NotWritable(state=row.state)
    definition = await load_pinned(session, row)
    answer_forms.read_entries(definition, data.answers)
    await _check_documents(session, actor, data.answers)
    stored = await queries.list_answers(session, row.id)
    _check_open(row, stored, data.answers)
    told = _assign(row, {one.path: one for one in stored}, data.answers)
    return await records.save(session, actor, WRITE, row, ["answers"], also=told)


@operation(Permission.EVALUATION_READ)
async def evaluation_calculation(session: Session, actor: Actor, id: UUID) -> Calculation:
    """Read the result of an evaluation as its answers stand, step by step."""
    row = await find_evaluation(session, actor, id)
    return await calculate(session, row)


async def find_evaluation(session: Session, actor: Actor, id: UUID) -> Evaluation:
    """Return an evaluation that the actor may read; refuse any other."""
    if (row := await queries.find_evaluation(session, actor, id)) is None:
        raise build_not_found(Evaluation)
    return row


async def calculate(session: Session, row: Evaluation) -> Calculation:
    """Compute the result of an evaluation under the set that it pins."""
    definition = await load_pinned(session, row)
    stored = await queries.list_answers(session, row.id)
    return evaluate(definition, answer_forms.read_stored(stored))


async def load_pinned(session: Session, row: Evaluation) -> Definition:
    """Return the definition that an evaluation pins; it never changes, and is read once."""
    return await set_reads.load_pinned_definition(session, row.set_id, row.set_hash)


def _check_open(
    row: Evaluation, stored: Sequence[EvaluationAnswer], entries: Sequence[AnswerEntry]
) -> None:
    """Refuse answers to criteria that were not returned, once some were."""
    if row.submission == 0 or row.state is EvaluationState.REGISTERED:
        return
    reopened = {one.path for one in stored if one.reopened_in == row.submission}
    for entry in entries:
        if entry.criterion not in reopened:
            raise NotReopened(criterion=entry.criterion)


def _assign(
    row: Evaluation, stored: dict[str, EvaluationAnswer], entries: Sequence[AnswerEntry]
) -> list[EvaluationAnswer]:
    told = []
    for entry in entries:
        one = stored.get(entry.criterion)
        one = one or EvaluationAnswer(evaluation_id=row.id, path=entry.criterion)
        values = entry.model_dump(exclude={"criterion", "value"})
        value = answer_forms.to_decimal(entry.value)
        records.assign(one, values | {"value": value, "changed_in": row.submission + 1})
        told.append(one)
    return told


async def _check_documents(session: Session, actor: Actor, entries: Sequence[AnswerEntry]) -> None:
    for entry in entries:
        if entry.document_id is None:
            continue
        if await documents.find_visible(session, actor, entry.document_id) is None:
            raise build_not_found(Document)
