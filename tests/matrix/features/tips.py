"""Tips, in the matrix."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from app.db.session import Session
from app.domain.actor import Permission
from app.domain.confidential.identity import rules
from tests.give import PAPER
from tests.matrix import handled_things, retention_things, tip_things
from tests.matrix.makers import Make, in_office, in_unit
from tests.matrix.recipe import About, Recipe, Request, ask_about, ask_within, new, one

if TYPE_CHECKING:
    from tests.matrix.scenario import Scenario


async def _make_granted(scenario: "Scenario", session: Session, path: str) -> UUID:
    keys = scenario.application.app.state.resources.tips.keys.custodian.newest
    decider = scenario.country["2" if path != "2" else "1"]
    return await tip_things.granted_request(session, scenario.country[path], decider, keys)


async def _make_retention_rule(scenario: "Scenario", session: Session, path: str) -> UUID:
    return await retention_things.retention_rule(session)


def _move_tip(about: About) -> Request:
    if about.line.case == "to decide":
        return one(action="decide_not", reason="x", document_id=str(PAPER))(about)
    return one(action="record")(about)


def _part_of_tip(name: str, **data: Any) -> Recipe:
    """Something of a tip that the path names besides it; of a pair, the tip comes second."""
    return lambda about: Request(
        {"id": about.target_id, name: str(about.thing[0])}, data=data or None
    )


def _link_tips(about: About) -> Request:
    return Request({"id": about.target_id}, data={"other_id": str(about.thing[0])})


def _retention_rule(about: About) -> Request:
    """Each rule is later than the one before."""
    since = about.scenario.day().isoformat()
    rule = {"of": "identity", "valid_from": since, "days": 90, "certainty": "memory"}
    return Request(data={**rule, "basis": "x", "source": "x"})


def _hold(about: About) -> Request:
    return Request({"id": about.target_id}, data={"reason": "x", "document_id": str(PAPER)})


def _offer(about: About) -> Request:
    beside = str(about.scenario.country["2.2"])
    return Request({"id": about.target_id}, data={"to_unit": beside, "reason": "x"})


def _move_identity(about: About) -> Request:
    if about.line.case == "to withdraw":
        return one(action="withdraw")(about)
    return one(action="approve", reason="x")(about)


EXTENSION = {"authority": "investigating_agency_head", "basis": "x", "reason": "x"}

RECIPES: dict[str, Recipe] = {
    "POST /api/v1/tips": new(text="Có người lạ", channel="phone", unit="@"),
    "PATCH /api/v1/tips/{id}": one(is_useful=True),
    "POST /api/v1/tips/{id}/transitions": _move_tip,
    "POST /api/v1/tips/{id}/extensions": one(**EXTENSION),
    "POST /api/v1/tips/{id}/assignments": ask_about(subject="somebody"),
    "POST /api/v1/tips/{id}/assignments/{assignment_id}/end": _part_of_tip("assignment_id"),
    "GET /api/v1/tips/{id}/attachments/{attachment_id}/content": _part_of_tip("attachment_id"),
    "POST /api/v1/tips/{id}/messages": ask_about(text="x"),
    "POST /api/v1/tips/{id}/redactions": ask_about(spans=[{"begin": 0, "end": 1}], reason="x"),
    "POST /api/v1/tips/{id}/links": _link_tips,
    "POST /api/v1/tips/{id}/links/{other_id}/end": _part_of_tip("other_id"),
    "POST /api/v1/tip-desks": new(unit="@", remote=False),
    "POST /api/v1/retention-rules": _retention_rule,
    "POST /api/v1/tips/{id}/hold": _hold,
    "POST /api/v1/tips/{id}/hold/release": ask_about(reason="x"),
    "GET /api/v1/tip-service-level": ask_within,
    "POST /api/v1/tips/{id}/transfers": _offer,
    "POST /api/v1/tip-transfers/{id}/transitions": one(action="decline", reason="x"),
    "POST /api/v1/tips/{id}/identity-requests": ask_about(reason="x"),
    "POST /api/v1/identity-requests/{id}/transitions": _move_identity,
}  # fmt: skip

MAKERS: dict[str, Make] = {
    **{kind: in_unit(make) for kind, make in (retention_things.PLACED | tip_things.PLACED).items()},
    **{kind: in_office(make) for kind, make in handled_things.PLACED.items()},
    "granted": _make_granted,
}

CATALOGUE: dict[str, Make] = {"retention_rule": _make_retention_rule}
PLACES = {
    "tips": "SELECT id, unit_id FROM tip WHERE expired_on IS NULL",
    "tip-holds": "SELECT h.id, unit_id FROM tip_hold h JOIN tip t ON t.id = tip_id",
    "identity-requests": "SELECT id, unit_id FROM identity_request",
    "tip-stubs": "SELECT id, unit_id FROM tip_stub",
    "tip-transfers": "SELECT id, unit_id FROM tip_transfer UNION SELECT o.id, t.unit_id FROM "
    "tip_transfer o JOIN tip t ON t.id = tip_id",
}
APART = ("tip-holds", "tips", "tip-stubs", "tip-transfers")
VERSIONED = ("tip", "tip_hold", "tip_transfer", "identity_request")
SENSITIVE = (
    "tip", "tip_assignment", "tip_transfer", "tip_stub", "tip_hold", "identity_request",
)  # fmt: skip
RULES = ((rules, "check_decider"), (rules, "failed_conditions"))
BESIDES = {Permission.IDENTITY_DECIDE: "to approve"}
