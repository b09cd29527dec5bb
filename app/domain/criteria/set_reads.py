"""Reads of criteria sets: the whole definition, and a trial of it."""

import json
from hashlib import sha256
from uuid import UUID

from app.db.bounded_cache import MIB, BoundedCache
from app.db.session import Session
from app.db.tables.criteria import CriteriaSet, Evaluation, EvaluationAnswer
from app.domain.actor import Actor, Permission, operation
from app.domain.criteria import answer_forms, queries
from app.domain.criteria.calculation import Calculation
from app.domain.criteria.definition_answer import CriteriaDefinition, describe_definition
from app.domain.criteria.definitions import Definition, extend
from app.domain.criteria.evaluate import evaluate
from app.domain.criteria.evaluation_schemas import SetTrial
from app.domain.records.errors import build_not_found

PUBLISHED: BoundedCache[Definition] = BoundedCache(4 * MIB)  # by the hash of what they say


@operation(Permission.CRITERIA_SET_READ)
async def criteria_definition(session: Session, actor: Actor, id: UUID) -> CriteriaDefinition:
    """Read the criteria of a set, those of the national set that it extends among them."""
    row = await find_set(session, actor, id)
    return describe_definition(row, await load_definition(session, row))


@operation(Permission.CRITERIA_SET_READ)
async def try_criteria_set(session: Session, actor: Actor, id: UUID, data: SetTrial) -> Calculation:
    """Compute the result of a set, of a draft too, for stored answers or for others."""
    row = await find_set(session, actor, id)
    definition = await load_definition(session, row)
    stored = list[EvaluationAnswer]()
    if data.evaluation_id is not None:
        actor.require(Permission.EVALUATION_READ)
        if await queries.find_evaluation(session, actor, data.evaluation_id) is None:
            raise build_not_found(Evaluation)
        stored = list(await queries.list_answers(session, data.evaluation_id))
    answers = answer_forms.read_stored(stored) | answer_forms.read_entries(definition, data.answers)
    return evaluate(definition, answers)


async def find_set(session: Session, actor: Actor, id: UUID) -> CriteriaSet:
    """Return a set that the actor may read; refuse any other."""
    if (row := await queries.find_set(session, actor, id)) is None:
        raise build_not_found(CriteriaSet)
    return row


async def load_definition(session: Session, row: CriteriaSet) -> Definition:
    """Return the whole definition of a set: that of the national one first."""
    own = Definition.model_validate(row.definition)
    if row.extends_id is None:
        return own
    national = await queries.get_set(session, row.extends_id)
    return extend(Definition.model_validate(national.definition), own)


async def load_pinned_definition(session: Session, id: UUID, digest: str) -> Definition:
    """Return a published definition by the hash of what it says; this process reads it once."""
    if (found := PUBLISHED.get(digest)) is None:
        found = await load_definition(session, await queries.get_set(session, id))
        PUBLISHED.put(digest, found, len(found.model_dump_json()))
    return found


def hash_set(row: CriteriaSet, whole: Definition) -> str:
    """Return the hash of what a set says, by which an evaluation pins it."""
    content = {
        "code": row.code, "edition": row.edition, "subject_kind": row.subject_kind,
        "basis": row.basis, "definition": whole.model_dump(mode="json"),
    }  # fmt: skip
    plain = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(plain.encode()).hexdigest()
