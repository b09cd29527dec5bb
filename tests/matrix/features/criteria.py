"""Criteria sets, rounds and evaluations, in the matrix."""

from datetime import date
from itertools import count
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from app.db.session import Session
from app.db.tables.calendars import Certainty
from app.db.tables.criteria import (
    CriteriaSet,
    EvaluatedKind,
    Evaluation,
    EvaluationRound,
    EvaluationState,
    SetState,
)
from app.db.tables.units import UnitLevel
from app.domain.actor import Permission
from app.domain.criteria import queries
from tests.application import VIET_NAM
from tests.matrix.makers import Make, put
from tests.matrix.recipe import About, Recipe, Request, ask_about, new, one

if TYPE_CHECKING:
    from tests.matrix.scenario import Scenario

YEARS = count()
DEFINITION: dict[str, Any] = {
    "groups": [{"code": "group", "vi": "Nhóm", "en": "Group", "criteria": [
        {"code": "one", "kind": "pass_fail", "vi": "Tiêu chí", "en": "Criterion"},
    ]}],
}  # fmt: skip
SET = {
    "code": "*", "edition": 1, "subject_kind": "residential_area", "title_vi": "Bộ tiêu chí",
    "title_en": "Set", "basis": "x", "source": "x", "certainty": "memory",
    "valid_from": "2022-02-10", "window_code": "residential_area_year", "definition": DEFINITION,
}  # fmt: skip
ROUND: dict[str, Any] = {
    "title": "Đợt xét", "register_by": "2190-03-31", "decide_by": "2190-11-15",
    "verify_level": "commune", "decide_level": "commune",
}  # fmt: skip


async def criteria_set(session: Session, unit: UUID, state: SetState = SetState.DRAFT) -> UUID:
    row = CriteriaSet(
        unit_id=unit, code=f"m{uuid4().hex}", edition=1, title_vi="Bộ", title_en="Set", basis="x",
        subject_kind=EvaluatedKind.RESIDENTIAL_AREA, source="x", certainty=Certainty.MEMORY,
        valid_from=date(2022, 2, 10), window_code="residential_area_year", state=state,
        definition=DEFINITION, content_hash=None if state is SetState.DRAFT else "0" * 64,
    )  # fmt: skip
    return await put(session, row)


async def evaluation_round(session: Session, unit: UUID, of: UUID) -> UUID:
    year = 1900 + next(YEARS)
    row = EvaluationRound(
        unit_id=unit, set_id=of, title="Đợt xét", window_name=f"residential_area_year:{year}",
        window_from=date(year - 1, 11, 1), window_to=date(year, 10, 31),
        register_by=date(2190, 3, 31), decide_by=date(2190, 11, 15),
        verify_level=UnitLevel.COMMUNE, decide_level=UnitLevel.COMMUNE,
    )  # fmt: skip
    return await put(session, row)


async def _make_draft(scenario: "Scenario", session: Session, path: str) -> UUID:
    """A draft of the province in which the unit lies."""
    return await criteria_set(session, scenario.country[path[:1] or "1"])


async def _make_in_force(scenario: "Scenario", session: Session, path: str) -> UUID:
    return await criteria_set(session, VIET_NAM, SetState.PUBLISHED)


async def _make_round(scenario: "Scenario", session: Session, path: str) -> UUID:
    of = scenario.catalogue["criteria_in_force"]
    return await evaluation_round(session, scenario.country[path], of)


def _evaluation(state: EvaluationState) -> Make:
    async def make(scenario: "Scenario", session: Session, path: str) -> UUID:
        unit, of = scenario.country[path], scenario.catalogue["criteria_in_force"]
        row = Evaluation(
            unit_id=unit, round_id=await _make_round(scenario, session, path), set_id=of,
            set_hash="0" * 64, subject_kind=EvaluatedKind.RESIDENTIAL_AREA, subject_id=unit,
            state=state,
        )  # fmt: skip
        return await put(session, row)

    return make


def _open_round(about: About) -> Request:
    """A round by a set that is in force, each for another window."""
    window = f"residential_area_year:{1900 + next(YEARS)}"
    of = str(about.scenario.catalogue["criteria_in_force"])
    return Request(data={**ROUND, "unit": str(about.unit), "set_id": of, "window": window})


def _register(about: About) -> Request:
    """A village in the unit of the round, or that unit itself."""
    return Request(data={"round_id": about.target_id, "unit": str(about.scenario.country["1.1.1"])})


def _register_one(about: About) -> Request:
    """One village by name: all would stand in the way of who voids one."""
    return ask_about(units=[{"unit": str(about.scenario.country["1.1.1"])}])(about)


def _step(about: About) -> Request:
    case = about.line.case
    action = {"to verify": "verify", "to decide": "decide"}.get(case, "assess")
    return one(action=action)(about)


def _step_many(about: About) -> Request:
    named = [{"id": about.target_id, "version": 1}]
    return ask_about(action="submit", evaluations=named)(about)


RECIPES: dict[str, Recipe] = {
    "POST /api/v1/criteria-sets": new(**SET),
    "PATCH /api/v1/criteria-sets/{id}": one(basis="y"),
    "POST /api/v1/criteria-sets/{id}/transitions": one(action="publish"),
    "POST /api/v1/criteria-sets/{id}/try": ask_about(answers=[{"criterion": "one", "holds": True}]),
    "POST /api/v1/evaluation-rounds": _open_round,
    "PATCH /api/v1/evaluation-rounds/{id}": one(title="Đợt khác"),
    "POST /api/v1/evaluation-rounds/{id}/transitions": one(action="close"),
    "POST /api/v1/evaluation-rounds/{id}/registrations": _register_one,
    "POST /api/v1/evaluation-rounds/{id}/steps": _step_many,
    "POST /api/v1/evaluations": _register,
    "POST /api/v1/evaluations/{id}/answers": one(answers=[{"criterion": "one", "holds": True}]),
    "POST /api/v1/evaluations/{id}/evidence": one(criteria=[]),
    "POST /api/v1/evaluations/{id}/transitions": _step,
}

CATALOGUE: dict[str, Make] = {"criteria_in_force": _make_in_force}
MAKERS: dict[str, Make] = {
    "criteria_draft": _make_draft,
    "round": _make_round,
    "evaluation": _evaluation(EvaluationState.REGISTERED),
    "to_verify": _evaluation(EvaluationState.SUBMITTED),
    "to_decide": _evaluation(EvaluationState.VERIFIED),
}

PLACES = {
    "evaluation-rounds": "SELECT id, unit_id FROM evaluation_round",
    "evaluations": "SELECT id, unit_id FROM evaluation",
}
VERSIONED = ("criteria_set", "evaluation_round", "evaluation")
SCOPED = (queries,)
BESIDES = {Permission.EVALUATION_VERIFY: "to verify", Permission.EVALUATION_DECIDE: "to decide"}
OFFLINE = {
    "criteria-sets": ({"basis": "một"}, {"basis": "hai"}, {"source": "khác"}),
    "evaluation-rounds": ({"title": "Một"}, {"title": "Hai"}, {"decide_by": "2190-11-20"}),
}
