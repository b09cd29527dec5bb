"""Basis documents: what orders an act exists, is in scope, and is in force on the day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from app.db.session import Session
from app.db.tables.documents import Document, DocumentState
from app.domain.actor import Actor
from app.domain.records import reference_queries
from app.domain.records.errors import BasisNotInForce, build_not_found

ISSUED = {
    DocumentState.ISSUED, DocumentState.AMENDED, DocumentState.REPLACED, DocumentState.REPEALED,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Basis:
    """A document that is named as a basis, and the days on which it is in force."""

    state: DocumentState
    since: date | None  # null where nobody knows when it was issued
    until: date | None  # the first day on which it no longer is

    def is_in_force(self, day: date) -> bool:
        """Return whether the document was issued, had come into force and had not ended."""
        begun = self.since is None or self.since <= day
        return self.state in ISSUED and begun and (self.until is None or day < self.until)


async def check_basis(
    session: Session, actor: Actor, wanted: Iterable[tuple[UUID | None, date]]
) -> None:
    """Refuse a document that is absent, out of scope, voided, or not in force on the day."""
    days = list(dict.fromkeys((id, day) for id, day in wanted if id is not None))
    ids = list(dict.fromkeys(id for id, _ in days))
    found = read_bases(await reference_queries.list_bases(session, actor, ids))
    for id, day in days:
        judge_basis(found, id, day)


def read_bases(rows: Iterable[Any]) -> dict[UUID, Basis]:
    """Return the documents that a query has found, by id."""
    return {id: Basis(*about) for id, *about in rows}


def judge_basis(found: Mapping[UUID, Basis], id: UUID, day: date) -> None:
    """Refuse a document that was not found, or is not in force on the day."""
    if (basis := found.get(id)) is None:
        raise build_not_found(Document)
    if not basis.is_in_force(day):
        raise BasisNotInForce(basis.state, basis.since, basis.until, day)
