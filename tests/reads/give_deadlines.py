"""Calendars, rules and deadlines in every state, in many places."""

from datetime import datetime, timedelta
from uuid import UUID

from app.db.session import Session
from app.db.tables.calendars import (
    Calendar,
)
from app.domain.actor import Actor, Level
from app.domain.deadlines import lifecycle, scheduler, service
from app.domain.deadlines.days import COUNTRY_TIME
from app.domain.deadlines.schemas import DeadlineRuleCreate
from app.domain.deadlines.shipped_rules import load_deadline_rules
from tests.give import Country

BEGIN = datetime(2026, 9, 1, 8, tzinfo=COUNTRY_TIME)
HEAD = "head"


async def give_deadlines(session: Session, country: Country) -> None:
    """Insert shipped rules, nine calendars without days, a rule for all, deadlines of all kinds."""
    await load_deadline_rules(session)
    for n in range(9):
        rest, name = ["sunday"][: n % 2], f'"{n}"'
        session.add(Calendar(code=f"cal_{n}", weekly_rest=rest, name_vi=f"Lịch {n}", name_en=name))
    await session.flush()
    step = {"length": 5, "measure": "working_day", "times": 2, "authority": HEAD, "basis": "x"}
    rule = DeadlineRuleCreate.model_validate({
        "code": "all_rule", "name_vi": "Tất cả", "name_en": "All", "trigger": "anything",
        "length": 10, "measure": "working_day", "calendar": "vn_public", "basis": "x",
        "source": "x", "certainty": "projected", "valid_from": "2020-01-01",
        "suspension_allowed": True, "suspension_most_days": 30, "extensions": [step],
    })  # fmt: skip
    actor = Actor("giver", frozenset(), Level.NATIONAL, country[""])
    await service.add_deadline_rule.__wrapped__(session, actor, rule)  # type: ignore[attr-defined]
    places = [id for path, id in country.units.items() if country.levels[id] is not Level.NATIONAL]
    for n in range(30):
        await _give_deadline(session, actor, n, places[n * 7 % len(places)])


async def _give_deadline(session: Session, actor: Actor, n: int, unit: UUID) -> None:
    record = UUID(int=n // 2 + 1)  # some records have two deadlines
    rule = "all_rule" if n % 2 else "tip_transfer"
    begin = BEGIN + timedelta(days=n // 6, hours=n % 5)
    kind = "case" if n % 4 < 3 else "evaluation"
    made = await lifecycle.start_deadline(session, actor, kind, record, unit, rule, begin)
    if rule == "all_rule" and n % 3 == 1:
        await lifecycle.extend_deadline(
            session, actor, made.id, begin, authority=HEAD, basis="1", reason='"'
        )
    if rule == "all_rule" and n % 5 == 1:
        await lifecycle.pause_deadline(
            session, actor, made.id, begin + timedelta(days=1), basis="2"
        )
    if n % 8 == 2:
        await lifecycle.meet_deadline(session, actor, made.id, begin + timedelta(hours=n))
    if n == 20:
        await scheduler.breach_overdue(session, BEGIN + timedelta(days=3))
