"""Demo cases: invented people without anything of a real one, helped through all states."""

import csv
from typing import Any
from uuid import UUID

from app.data import SHIPPED
from app.db.session import Database, Session
from app.db.tables.reintegration_parts import ReintegrationSupport
from app.demo.accounts import DemoAccount
from app.demo.people import find_person
from app.domain.actor import Actor
from app.domain.auth import queries as entering
from app.domain.confidential.queries import is_any_assigned
from app.domain.deadlines.days import months_later
from app.domain.reintegration.context import CaseContext
from app.domain.reintegration.handling.queries import find_entries
from app.domain.reintegration.handling.schemas import CaseCreate, CaseTransition
from app.domain.reintegration.handling.service import (
    open_reintegration_case,
    transition_reintegration_case,
)
from app.domain.reintegration.kind import CASE_KIND
from app.domain.reintegration.plan.schemas import NeedCreate
from app.domain.reintegration.plan.service import record_need
from app.domain.reintegration.support.schemas import SupportCreate, SupportUpdate
from app.domain.reintegration.support.service import add_support, update_support
from app.domain.units.shape import today

FILE = SHIPPED / "demo" / "cases.csv"
WORKER, LOAN = "hotro.xa", {"purpose": "production", "amount": 50_000_000, "months": 60}


async def load_demo_cases(
    database: Database, context: CaseContext, people: list[DemoAccount]
) -> int:
    """Open and follow the cases of the demo once; return how many."""
    with FILE.open(encoding="utf-8") as file:
        lines = list(csv.DictReader(file))
    async with database.write_transaction() as session:
        worker = await find_person(session, people, WORKER)
        await entering.set_actor(session, worker)
        if await is_any_assigned(session, CASE_KIND, worker):
            return 0
        for line in lines:
            await _follow_case(session, worker, context, line)
    return len(lines)


async def _follow_case(
    session: Session, worker: Actor, context: CaseContext, line: dict[str, str]
) -> None:
    released = months_later(today(), -int(line["months_ago"]))
    given = CaseCreate.model_validate({
        "unit": str(worker.unit_id), "basis": line["basis"], "person": {"name": line["name"]},
        "notified_on": released.isoformat(), "released_on": released.isoformat(),
    })  # fmt: skip
    case = await open_reintegration_case(session, worker, given, context)
    need = NeedCreate.model_validate({"pathway": line["pathway"], "status": line["status"]})
    await record_need(session, worker, case, need, context)
    if line["kind"]:
        await _add_support(session, worker, context, case, line["kind"])
    for version, action in enumerate(line["steps"].split(), 1):
        basis = {"closing_basis": line["closing_basis"]} if action == "close" else {}
        step = CaseTransition.model_validate({"action": action} | basis)
        await transition_reintegration_case(session, worker, case, step, version)


async def _add_support(
    session: Session, worker: Actor, context: CaseContext, case: UUID, kind: str
) -> None:
    terms: dict[str, Any] = LOAN if kind == "loan" else {}
    values = {"kind": kind, "begins_on": today().isoformat()} | terms
    await add_support(session, worker, case, SupportCreate.model_validate(values), context)
    if kind == "job":
        [line] = await find_entries(session, ReintegrationSupport, case)
        seen = SupportUpdate.model_validate({"verified_on": today().isoformat()})
        await update_support(session, worker, case, line.id, seen)
