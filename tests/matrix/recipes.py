"""How each operation is asked for: the words of it, for a thing that it is about."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pyotp

from app.domain.actor import Role
from tests.matrix.ground import MARKED, PASSWORD, Ground
from tests.matrix.oracle import Line

RENAMED = "một cây làm chẳng nên non"
NOON = "2026-02-10T12:00:00+07:00"


@dataclass(frozen=True)
class Asked:
    """What is said, in the words of REST; GraphQL has the same ones, spelt its own way."""

    path: dict[str, str] = field(default_factory=dict)
    terms: dict[str, Any] = field(default_factory=dict)
    where: dict[str, Any] = field(default_factory=dict)
    data: dict[str, Any] | None = None
    rows: Sequence[dict[str, Any]] = ()
    versioned: bool = False
    bare: str = ""  # the part of the data that is all of it in GraphQL


@dataclass(frozen=True)
class About:
    """What is asked for, and where it is."""

    ground: Ground
    line: Line
    thing: Any
    unit: UUID  # where it lies
    done: bool  # whether it will be

    @property
    def named(self) -> str:
        """The one thing that it is about; of a grant and its holder, what the path names."""
        if isinstance(self.thing, tuple):
            grant, account = self.thing
            return str(grant if "grant" in self.line.name else account)
        return str(self.thing)

    @property
    def one(self) -> bool:
        return "{id}" in self.line.name or self.line.name == "query node"


Recipe = Callable[[About], Asked]


def one(**data: Any) -> Recipe:
    """To change one thing as it was first seen."""
    return lambda about: Asked({"id": about.named}, data=data or None, versioned=True)


def new(**data: Any) -> Recipe:
    """To make something; `*` is another word each time, `@` the unit that it is for."""

    def asked(about: About) -> Asked:
        return Asked(data={name: _filled(value, about) for name, value in data.items()})

    return asked


def _filled(value: Any, about: About) -> Any:
    if isinstance(value, list):
        return [_filled(part, about) for part in value]
    if isinstance(value, dict):
        return {name: _filled(part, about) for name, part in value.items()}
    return {"*": f"m{uuid4().hex}", "@": str(about.unit)}.get(value, value)


def _import(about: About) -> Asked:
    rows = [{"parent": about.named, "name": f"Thôn {uuid4().hex}"}]
    return Asked(terms={"dry_run": False}, rows=rows)


def _corrections(about: About) -> Asked:
    row = {"from_code": about.named, "to_code": about.named, "effective_on": "2025-07-01"}
    return Asked(rows=[row])


def _move_draft(about: About) -> Asked:
    """To commit what was seen; whoever cannot see it has nothing to say."""
    seen = "x" * 32
    if about.done:
        admin = about.ground.caller(frozenset({Role.UNIT_ADMIN}), "country")
        tried = admin.post(f"/api/v1/unit-reorganisations/{about.named}/dry-run")
        seen = tried.json()["plan_hash"]
    return Asked({"id": about.named}, data={"action": "commit", "plan_hash": seen}, versioned=True)


def _days(about: About) -> Asked:
    day = {"day": about.ground.day().isoformat(), "kind": "holiday", "name_vi": "Nghỉ",
           "name_en": "Off", "basis": "1/QĐ"}  # fmt: skip
    return Asked({"code": "vn_public"}, data={"days": [day], "replace": True})


def _coverage(about: About) -> Asked:
    return Asked({"type": "camera"}, {"unit": about.named})


def _confirm(about: About) -> Asked:
    secret = pyotp.random_base32()
    seal = about.ground.house.app.state.house.reception.seal
    enrolment = seal.close("enrolment", [about.named, secret])
    return Asked(data={"enrolment": enrolment, "code": pyotp.TOTP(secret).now()})


def _grant(about: About) -> Asked:
    role = about.line.case
    return Asked(data={"account_id": about.named, "role": role, "unit": str(about.unit)})


def _link(about: About) -> Asked:
    data = {"issuer": "https://id.example", "external_subject": uuid4().hex}
    return Asked({"id": about.named}, data=data, versioned=True)


def _bulk(about: About) -> Asked:
    data = {"type": "camera", "units": [str(about.unit)], "name": "Camera"}
    return Asked(data={"models": [data]}, bare="models")


def _end_members(about: About) -> Asked:
    """To end the members that a model was made with; of each, the model is named second."""
    path = {"id": about.named, "member": str(about.thing[0])}
    return Asked(path, data={"left_on": "2025-02-01"}, versioned=True)


def _tally(about: About) -> Asked:
    return Asked(terms={"unit": str(about.unit)})


def _change_type(about: About) -> Asked:
    return Asked({"type": about.named}, data={"description": "Khác"}, versioned=True)


def _review_rule(about: About) -> Asked:
    """Each rule is later than the one before."""
    since = date(2100, 1, 1) + timedelta(days=next(about.ground.number))
    rule = {"valid_from": since.isoformat(), "months_inactive": 6, "failed_reviews": 2}
    return Asked(data={**rule, "basis": "x"})


def _size_rule(about: About) -> Asked:
    """A rule for the province in which the unit lies, each later than the one before."""
    rule = {"kind": "patrol_group", "least": 1, "most": 9, "deputies": 1, "basis": "x"}
    province = str(about.ground.country["1"])
    since = about.ground.day().isoformat()
    return Asked(data={**rule, "province": province, "valid_from": since})


def _of_team(about: About) -> Asked:
    path = {"id": about.named, "team_id": about.named}
    return Asked(path, data={"name": "Người thứ nhất"})


def _attach(about: About) -> Asked:
    path = {"id": about.named, "document_id": about.named}
    return Asked(path, data={"file_name": "a.pdf", "content": "JVBERg=="})


def _move_member(about: About) -> Asked:
    if about.line.case == "to remove":
        return one(action="remove", reason="Vi phạm")(about)
    return one(action="select")(about)


def _move_document(about: About) -> Asked:
    if about.line.case == "submitted":
        return one(action="return", reason="Thiếu số")(about)
    return one(action="submit")(about)


def _move_tip(about: About) -> Asked:
    if about.line.case == "to decide":
        return one(action="decide_not", reason="x", document_id=str(about.unit))(about)
    return one(action="record")(about)


def _part_of_tip(name: str, **data: Any) -> Recipe:
    """Something of a tip that the path names besides it; of a pair, the tip comes second."""
    return lambda about: Asked({"id": about.named, name: str(about.thing[0])}, data=data or None)


def _link_tips(about: About) -> Asked:
    return Asked({"id": about.named}, data={"other_id": str(about.thing[0])})


def _of_tip(**data: Any) -> Recipe:
    return lambda about: Asked({"id": about.named}, data=data or None)


def _retention_rule(about: About) -> Asked:
    """Each rule is later than the one before."""
    since = about.ground.day().isoformat()
    rule = {"of": "identity", "valid_from": since, "days": 90, "certainty": "memory"}
    return Asked(data={**rule, "basis": "x", "source": "x"})


def _hold(about: About) -> Asked:
    paper = str(about.ground.thing("document", "1.1"))
    return Asked({"id": about.named}, data={"reason": "x", "document_id": paper})


def _release(about: About) -> Asked:
    return Asked({"id": about.named}, data={"reason": "x"})


def _offer(about: About) -> Asked:
    beside = str(about.ground.country["2.2"])
    return Asked({"id": about.named}, data={"to_unit": beside, "reason": "x"})


def _ask_identity(about: About) -> Asked:
    return Asked({"id": about.named}, data={"reason": "x"})


def _move_identity(about: About) -> Asked:
    if about.line.case == "to withdraw":
        return one(action="withdraw")(about)
    return one(action="approve", reason="x")(about)


TEAM = {"kind": "protection_team", "unit": "@", "name": "*"}
COMMITTEE = {
    "unit": "@", "scope": "movement", "name": "BCĐ", "chair_position": "Chủ tịch", "size": 9,
    "established_on": "2021-07-15",
}  # fmt: skip
DOCUMENT = {
    "unit": "@", "kind": "plan", "title": "Kế hoạch", "issuer": "Công an xã", "level": "commune",
}  # fmt: skip
STATED = {
    "unit": "@", "counts": "documents", "label": "*", "period_from": 2020, "period_to": 2024,
    "count": 7, "quote": "7", "source": "x",
}  # fmt: skip
COMMENDATION = {
    "unit": "@", "recipient_kind": "collective", "recipient_name": "Tổ 1", "level": "commune",
    "form": "merit_certificate", "authority": "commune_police", "achievement": "x",
}  # fmt: skip
EXEMPLAR = {
    "unit": "@", "subject_kind": "collective", "subject_name": "Tổ 1", "year": 2024,
    "level": "commune", "description": "x",
}  # fmt: skip
RECOGNITION = {
    "type": "camera", "unit": "@", "level": "commune", "year": 2024, "scope": "commune",
}  # fmt: skip
EXTENSION = {"authority": "investigating_agency_head", "basis": "x", "reason": "x"}
OFF = {"action": "disable", "reason": "Nghỉ việc"}
RULE = {
    "code": "*", "name_vi": "Hạn", "name_en": "Term", "trigger": "anything", "length": 10,
    "measure": "working_day", "calendar": "vn_public", "basis": "x", "source": "x",
    "certainty": "projected", "valid_from": "2020-01-01",
}  # fmt: skip
RECIPES: dict[str, Recipe] = {
    "GET /api/v1/audit": lambda about: Asked(where={"subject": MARKED}),
    "GET /api/v1/audit/heads": lambda about: Asked(),
    "POST /api/v1/audit/verifications": lambda about: Asked(data={}),
    "POST /api/v1/me/password": new(present_password=PASSWORD, new_password=RENAMED),
    "POST /api/v1/me/totp": new(password=PASSWORD),
    "POST /api/v1/me/totp/confirm": _confirm,
    "POST /api/v1/units": new(parent="@", name="*"),
    "POST /api/v1/units/import": _import,
    "POST /api/v1/unit-reorganisations": new(
        title="Đổi tên", effective_on="2025-07-01", renames=[{"unit": "@", "name": "*"}]
    ),
    "POST /api/v1/unit-reorganisations/import": _corrections,
    "POST /api/v1/unit-reorganisations/{id}/dry-run": lambda about: Asked({"id": about.named}),
    "POST /api/v1/unit-reorganisations/{id}/transitions": _move_draft,
    "POST /api/v1/model-types": new(code="*", name="*"),
    "GET /api/v1/model-types/{type}/coverage": _coverage,
    "POST /api/v1/models": new(type="camera", units=["@"], name="Camera"),
    "PATCH /api/v1/models/{id}": one(households=7),
    "POST /api/v1/models/{id}/transitions": one(action="survey"),
    "POST /api/v1/models/bulk": _bulk,
    "POST /api/v1/models/{id}/members": one(kind="household", count=3, joined_on="2025-01-01"),
    "POST /api/v1/models/{id}/members/{member}/end": _end_members,
    "POST /api/v1/models/{id}/reviews": one(result="passed"),
    "GET /api/v1/model-tally": _tally,
    "PATCH /api/v1/model-types/{type}": _change_type,
    "POST /api/v1/model-recognitions": new(**RECOGNITION),
    "POST /api/v1/model-recognitions/{id}/transitions": one(action="revoke", reason="Sai"),
    "POST /api/v1/model-review-rules": _review_rule,
    "POST /api/v1/teams": new(**TEAM),
    "POST /api/v1/tips": new(text="Có người lạ", channel="phone", unit="@"),
    "POST /api/v1/teams/bulk": new(teams=[TEAM]),
    "PATCH /api/v1/teams/{id}": one(name="Tổ khác"),
    "POST /api/v1/teams/{id}/equipment": one(kind="đèn", count=2),
    "POST /api/v1/teams/{id}/transitions": one(action="establish"),
    "GET /api/v1/teams/tally": _tally,
    "POST /api/v1/teams/{id}/members": _of_team,
    "PATCH /api/v1/team-members/{id}": one(name="Người khác"),
    "POST /api/v1/team-members/{id}/transitions": _move_member,
    "POST /api/v1/team-members/{id}/roles": one(role="deputy"),
    "POST /api/v1/team-members/{id}/training": one(course="Lớp", days=2, held_on="2025-03-01"),
    "POST /api/v1/team-members/{id}/ratings": one(year=2025, level="good"),
    "POST /api/v1/team-size-rules": _size_rule,
    "PATCH /api/v1/team-size-rules/{id}": one(basis="y"),
    "POST /api/v1/committees": new(**COMMITTEE),
    "PATCH /api/v1/committees/{id}": one(size=11),
    "POST /api/v1/committees/{id}/transitions": one(action="reorganise"),
    "POST /api/v1/documents": new(**DOCUMENT),
    "PATCH /api/v1/documents/{id}": one(title="Kế hoạch khác"),
    "POST /api/v1/documents/{id}/transitions": _move_document,
    "POST /api/v1/documents/{id}/attachments": _attach,
    "POST /api/v1/stated-tallies": new(**STATED),
    "POST /api/v1/commendations": new(**COMMENDATION),
    "PATCH /api/v1/commendations/{id}": one(achievement="y"),
    "POST /api/v1/commendations/{id}/transitions": one(action="review"),
    "POST /api/v1/exemplars": new(**EXEMPLAR),
    "PATCH /api/v1/exemplars/{id}": one(description="y"),
    "POST /api/v1/calendars/{code}/days": _days,
    "POST /api/v1/deadline-rules": new(**RULE),
    "POST /api/v1/deadline-simulations": new(rule="tip_transfer", started_at=NOON),
    "PATCH /api/v1/tips/{id}": one(is_useful=True),
    "POST /api/v1/tips/{id}/transitions": _move_tip,
    "POST /api/v1/tips/{id}/extensions": one(**EXTENSION),
    "POST /api/v1/tips/{id}/assignments": _of_tip(subject="somebody"),
    "POST /api/v1/tips/{id}/assignments/{assignment_id}/end": _part_of_tip("assignment_id"),
    "GET /api/v1/tips/{id}/attachments/{attachment_id}/content": _part_of_tip("attachment_id"),
    "POST /api/v1/tips/{id}/messages": _of_tip(text="x"),
    "POST /api/v1/tips/{id}/redactions": _of_tip(spans=[{"begin": 0, "end": 1}], reason="x"),
    "POST /api/v1/tips/{id}/links": _link_tips,
    "POST /api/v1/tips/{id}/links/{other_id}/end": _part_of_tip("other_id"),
    "POST /api/v1/tip-desks": new(unit="@", remote=False),
    "POST /api/v1/retention-rules": _retention_rule,
    "POST /api/v1/tips/{id}/hold": _hold,
    "POST /api/v1/tips/{id}/hold/release": _release,
    "GET /api/v1/tip-service-level": _tally,
    "POST /api/v1/tips/{id}/transfers": _offer,
    "POST /api/v1/tip-transfers/{id}/transitions": one(action="decline", reason="x"),
    "POST /api/v1/tips/{id}/identity-requests": _ask_identity,
    "POST /api/v1/identity-requests/{id}/transitions": _move_identity,
    "POST /api/v1/accounts": new(login="*", name="Người", unit="@"),
    "PATCH /api/v1/accounts/{id}": one(name="Người khác"),
    "POST /api/v1/accounts/{id}/transitions": one(**OFF),
    "POST /api/v1/accounts/{id}/identity": _link,
    "POST /api/v1/accounts/{id}/invitations": one(),
    "POST /api/v1/clients": new(
        client_id="*", name="Ứng dụng", kind="public", unit="@",
        redirect_uris=["https://app.example/back"],
    ),
    "POST /api/v1/clients/{id}/secret": one(),
    "POST /api/v1/clients/{id}/transitions": one(**OFF),
    "POST /api/v1/grants": _grant,
    "POST /api/v1/grants/{id}/transitions": one(action="revoke", reason="Nghỉ việc"),
}  # fmt: skip


def asked_for(about: About) -> Asked:
    """The words for an operation; a plain read needs none of its own."""
    if recipe := RECIPES.get(about.line.name):
        return recipe(about)
    named = {"id": about.named} if about.one else {}
    return Asked(named, {"expand": "transitions"} if about.line.case == "with its steps" else {})
