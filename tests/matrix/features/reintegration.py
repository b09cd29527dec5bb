"""Reintegration cases, in the matrix."""

from typing import Any
from uuid import UUID

from app.domain.actor import Permission
from tests.give import PAPER
from tests.matrix import case_things
from tests.matrix.makers import Make
from tests.matrix.recipe import About, Recipe, Request, ask_about, new, one

DAY = "2026-09-01"
CASES = "POST /api/v1/reintegration-cases/{id}"


def _part_of_case(name: str, **data: Any) -> Recipe:
    """Something of a case that the path names besides it."""
    return lambda about: Request({"id": about.target_id, name: str(about.thing[0])}, data=data)


def _end_part(about: About) -> Request:
    return Request({"id": about.target_id, "assignment_id": str(about.thing[0])})


def _name_worker(about: About) -> Request:
    data = {"subject": str(about.thing[0]), "part": "worker"}
    return Request({"id": about.target_id}, data=data)


def _read_content(about: About) -> Request:
    return Request({"id": about.target_id}, {"purpose": "support"})


def _offer(about: About) -> Request:
    beside = str(about.scenario.country["2.2"])
    data = {"to_unit": beside, "reason": "person_moved", "shared": ["file", "needs"]}
    return Request({"id": about.target_id}, data=data)


def _break_glass(about: About) -> Request:
    number = case_things.number_of(UUID(about.target_id))
    return Request(data={"case_number": number, "basis": "person_asks", "reason": "x"})


def _open_many(about: About) -> Request:
    case = {"basis": "released", "notified_on": DAY, "released_on": DAY, "person": {"name": "x"}}
    return Request(data={"items": [{"unit": str(about.unit)} | case]})


RECIPES: dict[str, Recipe] = {
    "POST /api/v1/reintegration-cases": new(
        unit="@", basis="released", notified_on=DAY, released_on=DAY, person={"name": "*"}
    ),
    "POST /api/v1/reintegration-cases/bulk": _open_many,
    "PATCH /api/v1/reintegration-cases/{id}": one(basis="amnestied"),
    f"{CASES}/transitions": one(action="verify"),
    "GET /api/v1/reintegration-cases/{id}/content": _read_content,
    f"{CASES}/assignments": _name_worker,
    f"{CASES}/assignments/{{assignment_id}}/end": _end_part,
    f"{CASES}/needs": ask_about(pathway="work", status="none_identified"),
    f"{CASES}/plan-actions": ask_about(pathway="work", text="x", due_on="2026-12-01"),
    f"{CASES}/plan-actions/{{action_id}}/end": _part_of_case("action_id", outcome="achieved"),
    f"{CASES}/contacts": ask_about(took_place_on=DAY, way="visit", attendance="attended"),
    f"{CASES}/supports": ask_about(kind="job", begins_on=DAY),
    f"{CASES}/supports/{{support_id}}": _part_of_case("support_id", verified_on=DAY),
    f"{CASES}/consents": ask_about(scope="home_visits", text_version="v1", given_on=DAY),
    f"{CASES}/consents/{{consent_id}}/revoke": _part_of_case("consent_id", revoked_on=DAY),
    f"{CASES}/transfers": _offer,
    f"{CASES}/requests": ask_about(kind="copy", received_on=DAY),
    f"{CASES}/requests/{{request_id}}/answer": _part_of_case("request_id", answer="granted"),
    "POST /api/v1/reintegration-bank-list": lambda about: Request(),
    f"{CASES}/hold": ask_about(document_id=str(PAPER)),
    f"{CASES}/hold/release": ask_about(),
    "POST /api/v1/reintegration-openings": _break_glass,
    "POST /api/v1/reintegration-openings/{id}/transitions": one(action="justify"),
    "POST /api/v1/unattended-cases/{id}/appoint": _name_worker,
    "POST /api/v1/reintegration-transfers/{id}/transitions": one(
        action="decline", reason="not_resident_here"
    ),
}  # fmt: skip
MAKERS: dict[str, Make] = case_things.PLACED
PLACES = {
    "reintegration-cases": "SELECT c.id, unit_id FROM reintegration_case c JOIN "
    "reintegration_assignment a ON a.case_id = c.id AND a.subject = 'somebody' "
    "AND a.ended_on IS NULL UNION SELECT c.id, c.unit_id FROM reintegration_case c JOIN "
    "reintegration_opening o ON o.case_id = c.id AND o.opened_by = 'somebody'",
    "reintegration-openings": "SELECT id, unit_id FROM reintegration_opening",
    "unattended-cases": "SELECT id, unit_id FROM reintegration_case WHERE is_case_orphaned(id)",
    "reintegration-holds": "SELECT h.id, c.unit_id FROM reintegration_hold h JOIN "
    "reintegration_case c ON c.id = h.case_id",
    "reintegration-transfers": "SELECT id, unit_id FROM reintegration_transfer UNION SELECT o.id, "
    "c.unit_id FROM reintegration_transfer o JOIN reintegration_case c ON c.id = o.case_id "
    "JOIN reintegration_assignment a ON a.case_id = c.id AND a.subject = 'somebody' "
    "AND a.ended_on IS NULL",
}
APART = (
    "reintegration-cases",
    "unattended-cases",
    "reintegration-holds",
    "reintegration-transfers",
)
VERSIONED = (
    "reintegration_case",
    "reintegration_transfer",
    "reintegration_hold",
    "reintegration_opening",
)
SENSITIVE = (
    "reintegration_case", "reintegration_assignment", "reintegration_identity",
    "reintegration_need", "reintegration_action", "reintegration_contact",
    "reintegration_support", "reintegration_consent", "reintegration_transfer",
    "reintegration_hold", "reintegration_request", "reintegration_opening",
)  # fmt: skip
# of a role beside that of a case worker, which `tests/reintegration/test_minors.py` tries
BESIDES = {Permission.CASE_MINORS: "of a minor"}
