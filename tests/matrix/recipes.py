"""How each operation is asked for: the words of it, for a thing that it is about."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
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
    "POST /api/v1/model-types": new(code="*", name="Mô hình"),
    "GET /api/v1/model-types/{type}/coverage": _coverage,
    "POST /api/v1/models": new(type="camera", units=["@"], name="Camera"),
    "PATCH /api/v1/models/{id}": one(households=7),
    "POST /api/v1/models/{id}/transitions": one(action="launch"),
    "POST /api/v1/calendars/{code}/days": _days,
    "POST /api/v1/deadline-rules": new(**RULE),
    "POST /api/v1/deadline-simulations": new(rule="tip_transfer", started_at=NOON),
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
