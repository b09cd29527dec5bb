"""Registration by officers: audited, within their scope, with a receipt shown once."""

from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from app.db.tables.records import AuditEntry, Outbox
from app.db.tables.tips import Tip, TipAssignment
from app.domain.actor import Level, Role
from tests.application import Application, Caller, runner
from tests.give import Country
from tests.tips.informant_requests import WRITTEN, follow, new_key

CREATE = """mutation($data: TipCreate!) { createTip(data: $data) { id receipt proof } }"""
LAYERS = ("REST", "GraphQL")


@pytest.fixture
def officer(application: Application, country: Country) -> Caller:
    return application.caller(Role.TIP_OFFICER, level=Level.COMMUNE, unit=country["1.1"])


def create(layer: str, caller: Caller, unit: Any, key: str | None = None, **over: Any) -> Any:
    """Return the created tip, or the code of the refusal."""
    data = {"text": WRITTEN, "channel": "phone", "unit": str(unit)} | over
    headers = {"idempotency-key": key} if key else {}
    if layer == "REST":
        answer = caller.post("/api/v1/tips", data, headers=headers)
        return answer.json() if answer.status_code == 201 else answer.json()["code"]
    data["channel"] = data["channel"].upper()
    asked = {"query": CREATE, "variables": {"data": data}}
    answer = caller.post("/graphql", asked, headers=headers)
    told = answer.json()
    if "errors" in told or "code" in told:
        return told.get("code") or told["errors"][0]["extensions"]["code"]
    return told["data"]["createTip"]


def read_stored(application: Application, id: str) -> dict[str, Any]:
    async def read() -> dict[str, Any]:
        async with application.behind() as session:
            tip = (await session.exec(select(Tip).where(Tip.id == UUID(id)))).one()
            of = [select(t).where(t.resource_id == tip.id) for t in (AuditEntry, Outbox)]
            audited, news = [(await session.exec(one)).all() for one in of]
            asked = select(TipAssignment).where(TipAssignment.tip_id == tip.id)
            assigned = (await session.exec(asked)).all()
            return {"tip": tip, "audited": audited, "news": news, "assigned": assigned}

    return runner().run(read())


@pytest.mark.parametrize("layer", LAYERS)
def test_registration_needs_a_token(application: Application, country: Country, layer: str) -> None:
    assert create(layer, application.nobody, country["1.1"]) == "unauthenticated"


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("role", sorted(set(Role) - {Role.TIP_OFFICER}))
def test_other_roles_cannot_register(
    application: Application, country: Country, layer: str, role: Role
) -> None:
    caller = application.caller(role, level=Level.COMMUNE, unit=country["1.1"])
    assert create(layer, caller, country["1.1"]) == "forbidden"


@pytest.mark.parametrize("layer", LAYERS)
def test_unit_out_of_scope_is_refused(
    application: Application, country: Country, layer: str
) -> None:
    for level, path, to in (
        (Level.COMMUNE, "1.1", "1.2"), (Level.COMMUNE, "1.1", "1"), (Level.PROVINCE, "2", "1.1"),
        (Level.VILLAGE, "1.1.1", "1.1"), (Level.VILLAGE, "1.1.1", "1.1.1"),
        (Level.NATIONAL, "", "1.1"),
    ):  # fmt: skip
        caller = application.caller(Role.TIP_OFFICER, level=level, unit=country[path])
        assert create(layer, caller, country[to]) == "unit_not_found"
    national = application.caller(Role.TIP_OFFICER, level=Level.NATIONAL, unit=country[""])
    assert create(layer, national, "77777") == "unit_not_found"


@pytest.mark.parametrize("layer", LAYERS)
def test_registered_tip_is_audited_and_assigned(
    application: Application, country: Country, officer: Caller, layer: str
) -> None:
    made = create(
        layer, officer, country["1.1.2"], kind="unknown" if layer == "REST" else "UNKNOWN"
    )
    found = read_stored(application, made["id"])
    tip, (audited,), (news,) = found["tip"], found["audited"], found["news"]
    assert (tip.channel, tip.unit_id, tip.created_by) == ("phone", country["1.1"], "somebody")
    assert (audited.operation, audited.subject, audited.act) == ("tip:create", "somebody", "create")
    assert "text" not in audited.fields
    assert (news.act, news.resource) == ("create", "tip")
    assert [(one.subject, one.ended_on) for one in found["assigned"]] == [("somebody", None)]
    assert follow(application, made["receipt"]).json()["text"] == WRITTEN
    assert made["proof"].count(".") == 2


@pytest.mark.parametrize("layer", LAYERS)
def test_higher_unit_registers_for_its_communes(
    application: Application, country: Country, layer: str
) -> None:
    for level, path, to in ((Level.PROVINCE, "1", "1.1"), (Level.NATIONAL, "", "")):
        caller = application.caller(Role.TIP_OFFICER, level=level, unit=country[path])
        made = create(layer, caller, country[to])
        assert [one.subject for one in read_stored(application, made["id"])["assigned"]] == [
            "somebody"
        ]


@pytest.mark.parametrize("layer", LAYERS)
def test_idempotency_key_makes_one_tip_and_one_receipt(
    application: Application, country: Country, officer: Caller, layer: str
) -> None:
    key = new_key()
    first, again = (create(layer, officer, country["1.1"], key) for _ in range(2))
    assert first["id"] == again["id"]
    assert (first["proof"], again["receipt"]) == (again["proof"], None)
    assert create(layer, officer, country["1.1"], key, text="x") == "idempotency_key_reused"


@pytest.mark.parametrize(
    "over", [{"text": ""}, {"channel": "online"}, {"unit": "a b"}, {"kind": "x"}]
)
def test_each_input_error_is_named(officer: Caller, country: Country, over: dict[str, str]) -> None:
    data = {"text": "x", "channel": "post", "unit": str(country["1.1"])} | over
    answer = officer.post("/api/v1/tips", data)
    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.json()["errors"]] == [f"/{next(iter(over))}"]


def test_closed_unit_is_refused_with_its_successors(atlas: Application) -> None:
    officer = atlas.at(Role.TIP_OFFICER, code="19")
    old = atlas.national(Role.VIEWER).get("/api/v1/units/06", as_of="2025-01-01").json()["id"]
    answer = officer.post("/api/v1/tips", {"text": "x", "channel": "post", "unit": old})
    assert (answer.status_code, answer.json()["code"]) in [(409, "unit_closed")]
