"""Calendars, the rules that set terms, and the clocks of records over HTTP."""

from fastapi import APIRouter, Request, Response

from app.api.deps import CurrentActor, Reading, Writing
from app.api.rest import schemas
from app.api.rest.reads import add_reads, answer_one
from app.api.rest.writes import changed, does, made
from app.db.pool import Inside
from app.domain.records.deadlines import service, simulating
from app.domain.records.deadlines.schemas import (
    CalendarDaysAdd,
    DeadlineRuleCreate,
    DeadlineSimulation,
    SimulatedDeadline,
)
from app.domain.records.deadlines.shape import CALENDAR, DEADLINE, DEADLINE_RULE

router = APIRouter(prefix="/api/v1")
add_reads(
    router,
    CALENDAR,
    path="/calendars",
    many="List the calendars of days off.",
    one="Read one calendar, by id or by code; `expand=days` adds the days decided one by one.",
)
add_reads(
    router,
    DEADLINE_RULE,
    path="/deadline-rules",
    many="List the rules of law that set terms, every edition.",
    one="Read one edition of a rule by its id, or by its code the one in force today.",
)
add_reads(
    router,
    DEADLINE,
    path="/deadlines",
    many="List the clocks of records in your units, the first due first.",
    one="Read one clock of a record in your units.",
)


@router.post("/calendars/{code}/days", tags=["calendars"], **made(schemas.one(CALENDAR)))
@does(service.add_calendar_days)
async def add_calendar_days(
    request: Request, session: Writing, actor: CurrentActor, code: str, data: CalendarDaysAdd
) -> Response:
    id = await service.add_calendar_days(session, actor, code, data)
    return await answer_one(request, Inside(session), actor, CALENDAR, id, status=201)


@router.post("/deadline-rules", tags=["deadline-rules"], **made(schemas.one(DEADLINE_RULE)))
@does(service.add_deadline_rule)
async def add_deadline_rule(
    request: Request, session: Writing, actor: CurrentActor, data: DeadlineRuleCreate
) -> Response:
    id = await service.add_deadline_rule(session, actor, data)
    return await answer_one(request, Inside(session), actor, DEADLINE_RULE, id, status=201)


@router.post("/deadline-simulations", tags=["deadlines"], **changed(SimulatedDeadline))
@does(simulating.simulate_deadline)
async def simulate_deadline(
    session: Reading, actor: CurrentActor, data: DeadlineSimulation
) -> Response:
    found = await simulating.simulate_deadline(session, actor, data)
    return Response(found.model_dump_json(), media_type="application/json")
