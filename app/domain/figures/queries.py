"""Every SQL statement of figures is run here."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from app.db.session import Session, execute
from app.db.tables.stated_figures import StatedFigure
from app.domain.actor import Actor
from app.domain.figures.form import Form
from app.domain.figures.question import Question
from app.domain.figures.records import ACTOR_UNIT, build_count, build_page
from app.domain.figures.sums import build_sums
from app.domain.figures.suppression import build_published_sums


def bind(form: Form, question: Question) -> dict[str, Any]:
    """Return the values of a statement of facts."""
    place, periods = question.place, question.periods
    values: dict[str, Any] = {
        "first": [period.first for period in periods],
        "last": [period.last for period in periods],
        "at": [question.on(period) for period in periods],
    }
    if not form.as_recorded:
        values["boundary"] = place.boundary_day
    if form.level:
        values["unit"] = place.unit.id
    if form.apart:
        values["unit_day"] = place.unit_day
    return values | {f"in_{name}": list(question.filters[name]) for name in form.filters}


async def add_up(session: Session, form: Form, question: Question) -> Sequence[Any]:
    """Add the facts of a question up, whole and by cell."""
    return (await execute(session, build_sums(form), bind(form, question))).all()


async def add_up_published(session: Session, form: Form, question: Question) -> list[Any]:
    """Add up what a foreign unit may know, whole and by cell."""
    years = all(period.whole_years for period in question.periods)
    found: list[Any] = []
    for split in (False, True) if form.by else (False,):
        statement = build_published_sums(form, years=years, split=split)
        rows = await execute(session, statement, bind(form, question))
        found += [(split, row) for row in rows]
    return found


async def list_records(
    session: Session, actor: Actor, form: Form, question: Question, after: UUID | None, limit: int
) -> Sequence[Any]:
    """List a page of the records behind a figure that the actor may read."""
    values = bind(form, question) | {ACTOR_UNIT: actor.unit_id, "after": after, "limit": limit}
    return (await execute(session, build_page(form, actor.level), values)).all()


async def count_records(session: Session, actor: Actor, form: Form, question: Question) -> int:
    """Count the records behind a figure that the actor may read."""
    values = bind(form, question) | {ACTOR_UNIT: actor.unit_id}
    return int((await execute(session, build_count(form, actor.level), values)).scalar_one())


async def list_stated(
    session: Session, unit: UUID, measure: str, since: date, until: date
) -> Sequence[StatedFigure]:
    """List what sources state of a measure for a unit and a period within a window."""
    statement = select(StatedFigure).where(
        StatedFigure.unit_id == unit, StatedFigure.measure == measure,
        col(StatedFigure.voided_at).is_(None), col(StatedFigure.period_from) >= since,
        col(StatedFigure.period_to) <= until,
    )  # fmt: skip
    return (await session.exec(statement.order_by(col(StatedFigure.id)))).all()
