"""Numbers that sources state, beside the rows that are recorded; the two are never added."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.db.session import Session
from app.db.tables.stated_tallies import StatedTally, TallyOf
from app.domain.actor import Actor, Permission, operation
from app.domain.documents import queries, rules
from app.domain.documents.errors import KindOfAnother, TallyStated
from app.domain.documents.schemas import Counted, Stated, Tally, TallyCreate
from app.domain.records import kit as records
from app.domain.records.types import DIGITS, UnitName
from app.domain.units import service as units
from app.domain.units.shape import today

FIRST, LAST = 1900, 2200
InUnit = UnitName | None
First = Annotated[int, Field(ge=FIRST, le=LAST, alias="from"), DIGITS]
Last = Annotated[int, Field(ge=FIRST, le=LAST, alias="to"), DIGITS]


@operation(Permission.DOCUMENT_WRITE)
async def state_tally(session: Session, actor: Actor, data: TallyCreate) -> UUID:
    """Record a number as a source states it, with its words."""
    _check(data)
    named = (data.unit, min(date(data.period_to, 12, 31), today()))
    found = await units.open_units(session, actor, [named], own={named})
    tally = StatedTally(**data.model_dump(exclude={"unit"}), unit_id=found[named])
    if await queries.find_stated(session, tally):
        raise TallyStated(label=data.label)
    return await records.create(
        session, actor, Permission.DOCUMENT_WRITE, tally, data.model_fields_set
    )


@operation(Permission.DOCUMENT_READ)
async def document_tally(
    session: Session, actor: Actor, *, unit: InUnit = None, first: First = FIRST, last: Last = LAST
) -> Tally:
    """Count issued documents by kind and level, beside stated numbers."""
    return await _tally(session, actor, TallyOf.DOCUMENTS, unit, first, last)


@operation(Permission.COMMENDATION_READ)
async def commendation_tally(
    session: Session, actor: Actor, *, unit: InUnit = None, first: First = FIRST, last: Last = LAST
) -> Tally:
    """Count awarded commendations by form and level, beside stated numbers."""
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
        stated=[Stated(**tally.model_dump(include=set(Stated.model_fields)), rows=rows)
                for tally, rows in stated],
    )  # fmt: skip


def _check(data: TallyCreate) -> None:
    """A number of documents has no form, one of commendations no kind."""
    rules.check_period(data.period_from, data.period_to)
    if data.counts is TallyOf.DOCUMENTS and data.form:
        raise KindOfAnother("form")
    if data.counts is TallyOf.COMMENDATIONS and data.kind:
        raise KindOfAnother("kind")
