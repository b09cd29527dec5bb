"""Models and the records beside them, in the matrix."""

from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from sqlmodel import select

from app.db.session import Session
from app.db.tables import model_records as m
from app.db.tables.programme_models import ModelType
from app.domain.actor import Permission
from app.domain.programme_models import recognitions
from app.domain.programme_models import service as models
from app.domain.programme_models.schemas import ModelCreate, ModelTypeCreate
from app.domain.programme_models.types import create_model_type
from tests.matrix.makers import Make, in_unit, put
from tests.matrix.recipe import About, Recipe, Request, ask_within, new, one

if TYPE_CHECKING:
    from tests.matrix.scenario import Scenario

BEGUN = date(2024, 7, 1)


async def recognition(session: Session, unit: UUID) -> UUID:
    """Of a type, by a commune."""
    kind = (await session.exec(select(ModelType.id).where(ModelType.code == "camera"))).one()
    row = m.ModelRecognition(
        type_id=kind, unit_id=unit, level=m.RecognitionLevel.COMMUNE, year=2024,
        scope=m.RecognitionScope.COMMUNE,
    )  # fmt: skip
    return await put(session, row)


async def members_of(session: Session, model: UUID) -> UUID:
    """Households that take part in a model."""
    kind = m.MemberKind.HOUSEHOLD
    return await put(session, m.ModelMember(model_id=model, kind=kind, count=3, joined_on=BEGUN))


async def review_rule(session: Session) -> UUID:
    """The rule of review that there is, or one."""
    if known := (await session.exec(select(m.ModelReviewRule.id))).first():
        return known
    row = m.ModelReviewRule(valid_from=BEGUN, months_inactive=6, failed_reviews=2, basis="x")
    return await put(session, row)


async def _make_model(scenario: "Scenario", session: Session, path: str) -> UUID:
    data = ModelCreate(type="camera", units=[str(scenario.country[path])], name="Camera")
    return await models.create_model(session, scenario.giver, data)


async def _make_own_type(scenario: "Scenario", session: Session, path: str) -> UUID:
    """A type that is nobody's in particular, to be changed once."""
    code = f"m{uuid4().hex}"
    return await create_model_type(session, scenario.giver, ModelTypeCreate(code=code, name=code))


async def _make_peopled(scenario: "Scenario", session: Session, path: str) -> tuple[UUID, UUID]:
    """Members of a model, and the model."""
    model = await _make_model(scenario, session, path)
    return await members_of(session, model), model


async def _find_type(scenario: "Scenario", session: Session, path: str) -> UUID:
    return scenario.country.types["camera"]


async def _find_review_rule(scenario: "Scenario", session: Session, path: str) -> UUID:
    return await review_rule(session)


def _coverage(about: About) -> Request:
    return Request({"id": "camera"}, {"unit": about.target_id})


def _bulk(about: About) -> Request:
    data = {"type": "camera", "units": [str(about.unit)], "name": "Camera"}
    return Request(data={"models": [data]}, bare="models")


def _end_members(about: About) -> Request:
    """To end the members that a model was made with; of each, the model is named second."""
    path = {"id": about.target_id, "member": str(about.thing[0])}
    return Request(path, data={"left_on": "2025-02-01"}, versioned=True)


def _change_type(about: About) -> Request:
    return Request({"id": about.target_id}, data={"description": "Khác"}, versioned=True)


def _review_rule(about: About) -> Request:
    """Each rule is later than the one before."""
    since = date(2100, 1, 1) + timedelta(days=next(about.scenario.number))
    rule = {"valid_from": since.isoformat(), "months_inactive": 6, "failed_reviews": 2}
    return Request(data={**rule, "basis": "x"})


RECOGNITION = {
    "type": "camera", "unit": "@", "level": "commune", "year": 2024, "scope": "commune",
}  # fmt: skip

RECIPES: dict[str, Recipe] = {
    "POST /api/v1/model-types": new(code="*", name="*"),
    "GET /api/v1/model-types/{id}/coverage": _coverage,
    "POST /api/v1/models": new(type="camera", units=["@"], name="Camera"),
    "PATCH /api/v1/models/{id}": one(households=7),
    "POST /api/v1/models/{id}/transitions": one(action="survey"),
    "POST /api/v1/models/{id}/void": one(reason="Nhập nhầm"),
    "POST /api/v1/models/bulk": _bulk,
    "POST /api/v1/models/{id}/members": one(kind="household", count=3, joined_on="2025-01-01"),
    "POST /api/v1/models/{id}/members/{member}/end": _end_members,
    "POST /api/v1/models/{id}/reviews": one(result="passed"),
    "GET /api/v1/model-tally": ask_within,
    "PATCH /api/v1/model-types/{id}": _change_type,
    "POST /api/v1/model-recognitions": new(**RECOGNITION),
    "PATCH /api/v1/model-recognitions/{id}": one(decision="12/QĐ-UBND"),
    "POST /api/v1/model-recognitions/{id}/transitions": one(action="revoke", reason="Sai"),
    "POST /api/v1/model-recognitions/{id}/void": one(reason="Nhập nhầm"),
    "POST /api/v1/model-review-rules": _review_rule,
}  # fmt: skip

MAKERS: dict[str, Make] = {
    "model": _make_model,
    "own_type": _make_own_type,
    "peopled": _make_peopled,
    "recognition": in_unit(recognition),
}

CATALOGUE: dict[str, Make] = {"type": _find_type, "review_rule": _find_review_rule}
PLACES = {
    "models": "SELECT model_id AS id, h.unit_id FROM model_host h JOIN model m ON m.id = model_id "
    "WHERE voided_at IS NULL"
}
VERSIONED = ("model", "model_type", "model_recognition")
RULES = ((recognitions, "_of_level"),)
BESIDES = {Permission.TRANSITION_READ: "with its steps"}
OFFLINE = {
    "model-types": (
        {"description": "một"},
        {"description": "hai"},
        {"principles": ["self_mediation"]},
    ),
    "model-recognitions": ({"decision": "1/QĐ"}, {"decision": "2/QĐ"}, {"year": 2023}),
    "models": ({"households": 7}, {"households": 8}, {"name": "Camera khác"}),
}
