"""Every SQL statement on programme models, apart from those of the shapes and of the counts."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Text, Uuid, bindparam, delete, func, text
from sqlmodel import col, select

from app.db.fixed_query import FixedQuery, ValuedQuery
from app.db.membership import is_among
from app.db.rows import write
from app.db.session import Session, execute
from app.db.tables.model_records import (
    MemberKind,
    ModelMember,
    ModelReviewRule,
)
from app.db.tables.programme_models import ModelType, ModelTypeName, ProgrammeModel
from app.db.vietnamese import name_key
from app.domain.actor import Actor
from app.domain.programme_models.hosts import by_host
from app.domain.records.quantity_queries import list_standing

HOSTED = by_host(lambda model: model.id)


async def find_types(session: Session, wanted: Sequence[str]) -> dict[str, ModelType]:
    """Find model types by id, code, name or spelling."""
    (rows,) = await session.exec_all(select_types(wanted))
    return read_types(rows, wanted)


def select_types(wanted: Sequence[str]) -> ValuedQuery:
    """Return the query of `find_types`, to be sent together with others."""
    keys = dict.fromkeys(name_key(name) for name in wanted)
    ids = dict.fromkeys(id for name in wanted if (id := _id(name)))
    return _types().having(keys=list(keys), ids=list(ids))


def read_types(rows: Iterable[Any], wanted: Iterable[str]) -> dict[str, ModelType]:
    """Return the types that were found, by the words for them."""
    keys = {name: name_key(name) for name in wanted}
    ids = {name: id for name in keys if (id := _id(name))}
    found: dict[Any, ModelType] = {}
    for kind, key in rows:
        found |= {kind.id: kind, key: kind}
    by_name = {name: found.get(ids.get(name, keys[name])) for name in keys}
    return {name: kind for name, kind in by_name.items() if kind}


@cache
def _types() -> FixedQuery:
    by_key = col(ModelTypeName.key) == func.any(bindparam("keys", type_=ARRAY(Text)))
    by_id = col(ModelType.id) == func.any(bindparam("ids", type_=ARRAY(Uuid)))
    joined = select(ModelType, ModelTypeName.key).join(
        ModelTypeName, col(ModelTypeName.type_id) == ModelType.id, isouter=True
    )
    return FixedQuery(joined.where(by_key | by_id), "keys", "ids")


def _id(name: str) -> UUID | None:
    try:
        return UUID(name)
    except ValueError:
        return None


async def name_type(session: Session, kind: ModelType, keys: Iterable[str]) -> None:
    """Let a type go by these words, and by no others."""
    await execute(session, delete(ModelTypeName).where(col(ModelTypeName.type_id) == kind.id))
    await write(session, (ModelTypeName(type_id=kind.id, key=key) for key in sorted(keys)))


async def is_visible(session: Session, actor: Actor, id: UUID) -> bool:
    """Return whether a model is visible in the actor's unit."""
    seen = HOSTED[actor.level](ProgrammeModel, actor.unit_id)
    stands = col(ProgrammeModel.voided_at).is_(None)
    statement = select(ProgrammeModel.id).where(ProgrammeModel.id == id, seen, stands)
    return (await session.exec(statement)).first() is not None


async def find_sources(session: Session, ids: Iterable[UUID]) -> dict[UUID, ProgrammeModel]:
    """Find models that others were copied from, by id."""
    return {model.id: model for model in (await session.exec(select_sources(ids))).all()}


def select_sources(ids: Iterable[UUID]) -> Any:
    """Return the query of models that others were copied from, wherever they are at work."""
    stands = col(ProgrammeModel.voided_at).is_(None)
    return select(ProgrammeModel).where(is_among(ProgrammeModel.id, set(ids)), stands)


async def lock_references(session: Session, source: str, references: Iterable[str]) -> None:
    """Let nobody else record for this sender under these references until the transaction ends."""
    claimed = (
        "SELECT pg_advisory_xact_lock(hashtextextended(:source || chr(10) || reference, 7300003)) "
        "FROM (SELECT unnest(CAST(:references AS text[])) AS reference ORDER BY 1) wanted"
    )
    values = {"source": source, "references": sorted(references)}
    await execute(session, text(claimed), values)


async def list_by_reference(
    session: Session, source: str, references: Iterable[str]
) -> dict[str, UUID]:
    """Models that this sender has recorded under these references."""
    statement = select(ProgrammeModel.reference, ProgrammeModel.id).where(
        ProgrammeModel.source == source, col(ProgrammeModel.reference).in_(list(references)),
        col(ProgrammeModel.voided_at).is_(None),
    )  # fmt: skip
    return {reference: id for reference, id in (await session.exec(statement)).all() if reference}


async def list_members(session: Session, model: UUID, ids: Iterable[UUID]) -> Sequence[ModelMember]:
    """Entries of members of a model, by their ids."""
    statement = select(ModelMember).where(
        ModelMember.model_id == model, col(ModelMember.id).in_(set(ids))
    )
    return (await session.exec(statement)).all()


async def has_group_members(session: Session, model: UUID, day: date) -> bool:
    """Return whether groups of a model are among its members on a day or later."""
    statement = select(ModelMember.id).where(
        ModelMember.model_id == model, ModelMember.kind == MemberKind.GROUP,
        col(ModelMember.left_on).is_(None) | (col(ModelMember.left_on) > day),
    )  # fmt: skip
    return (await session.exec(statement.limit(1))).first() is not None


async def has_stated_groups(session: Session, model: UUID, day: date) -> bool:
    """Return whether the groups of a model are a stated number on a day or later."""
    entries = await list_standing(session, model, ["groups"])
    before = [one for one in entries if one.valid_from <= day][-1:]
    after = [one for one in entries if one.valid_from > day]
    return any(one.value is not None for one in (*before, *after))


async def count_failures(session: Session, model: UUID) -> int:
    """Count the failed reviews of a model since it last passed one."""
    found = await execute(
        session,
        text(
            "SELECT count(*) FROM model_review f WHERE f.model_id = :model "
            "AND f.result = 'failed' AND NOT EXISTS (SELECT FROM model_review p "
            "WHERE p.model_id = :model AND p.result = 'passed' "
            "AND (p.reviewed_on, p.id) > (f.reviewed_on, f.id))"
        ),
        {"model": model},
    )
    return int(found.scalar_one())


async def lock_catalogue(session: Session) -> None:
    """Let nobody else enter rules or what is shipped until this transaction ends."""
    await execute(session, text("SELECT pg_advisory_xact_lock(7300013)"))


async def last_rule(session: Session) -> ModelReviewRule | None:
    """The rule of review that was entered for the latest day."""
    statement = select(ModelReviewRule).order_by(col(ModelReviewRule.valid_from).desc())
    return (await session.exec(statement.limit(1))).first()
