"""Rows that are recorded, beside figures that sources state; the two are never added."""

from typing import Annotated

from pydantic import Field

from app.db.session import Session
from app.domain.actor import Actor, Permission, operation
from app.domain.documents import queries, rules
from app.domain.documents.schemas import Counted, Stated, Tally, TallyOf
from app.domain.records.types import DIGITS, UnitName
from app.domain.units import service as units
from app.domain.units.shape import today

FIRST, LAST = 1900, 2200
InUnit = UnitName | None
First = Annotated[int, Field(ge=FIRST, le=LAST, alias="from"), DIGITS]
Last = Annotated[int, Field(ge=FIRST, le=LAST, alias="to"), DIGITS]


@operation(Permission.DOCUMENT_READ)
async def document_tally(
    session: Session, actor: Actor, *, unit: InUnit = None, first: First = FIRST, last: Last = LAST
) -> Tally:
    """Count issued documents by kind and level, beside stated figures."""
    return await _tally(session, actor, TallyOf.DOCUMENTS, unit, first, last)


@operation(Permission.COMMENDATION_READ)
async def commendation_tally(
    session: Session, actor: Actor, *, unit: InUnit = None, first: First = FIRST, last: Last = LAST
) -> Tally:
    """Count awarded commendations by form and level, beside stated figures."""
    return await _tally(session, actor, TallyOf.COMMENDATIONS, unit, first, last)


async def _tally(
    session: Session, actor: Actor, counts: TallyOf, unit: str | None, first: int, last: int
) -> Tally:
    rules.check_period(first, last)
    if unit is not None:
        await units.check_exists(session, unit, today())
    rows = await queries.count_documents(session, actor, counts, unit, first, last)
    counted = [Counted(kind=row.kind, level=row.level, rows=row.rows) for row in rows]
    stated = await queries.list_stated(session, actor, counts, unit, first, last)
    return Tally(
        counts=counts, period_from=first, period_to=last,
        rows=sum(row.rows for row in counted), counted=counted,
        stated=[Stated(**figure.model_dump(include=set(Stated.model_fields)), rows=rows)
                for figure, rows in stated],
    )  # fmt: skip
