"""Void commendations and exemplars that were entered in error."""

from uuid import UUID

from app.db.session import Session
from app.db.tables.commendations import Commendation, Exemplar
from app.domain.actor import Actor, Permission
from app.domain.commendations.service import load
from app.domain.records.dependants import by_key
from app.domain.records.voids import build_void


async def _load_commendation(
    session: Session, actor: Actor, id: UUID, expected: int | None
) -> Commendation:
    return await load(session, actor, Commendation, id, expected)


async def _load_exemplar(
    session: Session, actor: Actor, id: UUID, expected: int | None
) -> Exemplar:
    return await load(session, actor, Exemplar, id, expected)


void_commendation = build_void(
    Commendation, Permission.COMMENDATION_VOID, "void_commendation",
    "Void a commendation that was entered in error: it stays readable, and counts nowhere.",
    load=_load_commendation, rests=[by_key(Exemplar, "commendation_id")],
)  # fmt: skip
void_exemplar = build_void(
    Exemplar, Permission.EXEMPLAR_VOID, "void_exemplar",
    "Void an exemplar that was entered in error: it stays readable, and counts nowhere.",
    load=_load_exemplar,
)  # fmt: skip
