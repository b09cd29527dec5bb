"""Questions about the quality of recorded numbers: for people to answer, never scored."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from app.db.session import Session
from app.db.tables.units import UnitLevel
from app.domain.actor import Actor, Permission, operation
from app.domain.arguments import AS_RECORDED, OfUnit
from app.domain.figures import question_queries
from app.domain.figures.places import find_place
from app.domain.figures.question import Place, check_length, choose_period
from app.domain.figures.question_schemas import (
    QualityQuestion,
    QualityQuestionList,
    QuestionedRecord,
    QuestionKind,
)
from app.domain.figures.question_words import write_question
from app.domain.figures.service import Since, Until
from app.domain.records.windows import Period
from app.domain.units.shape import today

MOST, NAMED = 100, 20  # questions of a kind; records that one names
LATE_DAYS = 60
LEAST_REPEATED, LEAST_COPIED = 100, 10  # smaller numbers are often the same by chance
PLACE_UNITS = ["village", "place_occasion"]
PATHS = {"stated_figure": "stated-figures", "activity": "activities"}


@operation(Permission.FIGURE_READ)
async def figure_questions(
    session: Session, actor: Actor, *, unit: OfUnit, since: Since, until: Until
) -> QualityQuestionList:
    """Read questions about the numbers that were recorded in a unit for a period.

    A number that stands for different measures, more places than exist, a copy of the year before,
    late entry, and figures without a period. There may be a good answer:
    nothing is refused, scored or ranked. Records are named as far as the caller may read them.
    """
    period = choose_period(None, since, until, today=today())
    check_length(period, None)
    place = await find_place(session, actor, unit, AS_RECORDED, period, today())
    country = place.unit.level is UnitLevel.NATIONAL
    found: list[tuple[QuestionKind, dict[str, Any]]] = []
    for kind in QuestionKind:
        bound = _bind(place, period)
        rows = await question_queries.list_found(session, kind, bound, country=country)
        found += [(kind, dict(row)) for row in rows]
    readable = await _list_readable(session, actor, [one for _, one in found])
    items = [_build(kind, one, readable) for kind, one in found]
    counts = [sum(one.kind is kind for one in items) for kind in QuestionKind]
    return QualityQuestionList(
        unit_id=place.unit.id, since=period.first, until=period.last, items=items,
        cut=MOST in counts,
    )  # fmt: skip


def _bind(place: Place, period: Period) -> dict[str, Any]:
    year_before = period.first - timedelta(366)
    return {
        "unit": place.unit.id, "first": year_before, "last": period.last, "since": period.first,
        "least": LEAST_REPEATED, "least_copy": LEAST_COPIED, "late": LATE_DAYS, "named": NAMED,
        "place_units": PLACE_UNITS, "limit": MOST,
    }  # fmt: skip


async def _list_readable(
    session: Session, actor: Actor, found: Sequence[Mapping[str, Any]]
) -> set[str]:
    ids = [record.split()[1] for one in found for record in one["records"]]
    may = {
        "stated": actor.may(Permission.STATED_FIGURE_READ),
        "activity": actor.may(Permission.ACTIVITY_READ),
    }
    return await question_queries.list_readable(session, actor.level, actor.unit_id, may, ids)


def _build(kind: QuestionKind, found: dict[str, Any], readable: set[str]) -> QualityQuestion:
    vi, en = write_question(kind, found, LATE_DAYS)
    records = list(dict.fromkeys(found["records"]))
    named = [record.split() for record in records[:NAMED] if record in readable]
    number = found.get("number", len(records))
    return QualityQuestion(
        kind=kind, unit_id=found["unit_id"], text_vi=vi, text_en=en, hidden=number - len(named),
        records=[
            QuestionedRecord(id=id, path=f"/api/v1/{PATHS[resource]}/{id}")
            for resource, id in named
        ],
    )  # fmt: skip
