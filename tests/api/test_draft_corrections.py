"""Drafts of changes of the map are changed and withdrawn, at both layers."""

from uuid import uuid4

import pytest

from app.domain.actor import Level, Role
from tests.api.records import change, code, id_of, make
from tests.application import Application, Caller
from tests.give import Country

DRAFT = """mutation($id: UUID!, $v: Int!, $data: ReorganisationChange!) {
    changeReorganisation(id: $id, data: $data, expectedVersion: $v) { title effectiveOn state } }"""
WITHDRAW = """mutation($id: UUID!, $v: Int!) { transitionReorganisation(id: $id,
    expectedVersion: $v, data: {action: "withdraw", reason: "Sai"}) { state allowedActions } }"""


class TestDrafts:
    """Drafts of changes of the map."""

    @pytest.fixture
    def admin(self, application: Application, country: Country) -> Caller:
        return application.caller(Role.UNIT_ADMIN, level=Level.PROVINCE, unit=country["1"])

    def give(self, admin: Caller, country: Country) -> str:
        rename = {"unit": str(country["1.2.3"]), "name": f"Tên {uuid4().hex[:6]}"}
        words = {"title": "Đổi tên", "effective_on": "2025-07-01", "renames": [rename]}
        return make(admin, "unit-reorganisations", **words)

    def test_a_list_that_is_sent_replaces_the_former(self, admin: Caller, country: Country) -> None:
        path = self.give(admin, country)
        before = admin.post(f"{path}/dry-run").json()["plan_hash"]
        other = [{"unit": str(country["1.2.2"]), "name": f"Tên {uuid4().hex[:6]}"}]
        done = change(admin, path, renames=other, title="Đổi tên thôn")
        assert (done.status_code, done.json()["title"]) == (200, "Đổi tên thôn")
        assert done.json()["effective_on"] == "2025-07-01"
        assert admin.post(f"{path}/dry-run").json()["plan_hash"] != before
        nothing = change(admin, path, renames=[])
        assert nothing.json()["errors"][0]["code"] == "nothing_said"
        unknown = change(admin, path, renames=[{"unit": "99999", "name": "x"}])
        assert code(unknown) == (404, "unit_not_found")

    def test_a_withdrawn_draft_is_neither_tried_nor_committed(
        self, application: Application, admin: Caller, country: Country
    ) -> None:
        path = self.give(admin, country)
        seen = admin.post(f"{path}/dry-run").json()["plan_hash"]
        assert admin.move(path, {"action": "withdraw"}).status_code == 422
        gone = admin.move(path, {"action": "withdraw", "reason": "Soạn nhầm"})
        assert (gone.json()["state"], gone.json()["allowed_actions"]) == ("withdrawn", [])
        assert code(admin.post(f"{path}/dry-run")) == (409, "not_a_draft")
        assert code(change(admin, path, title="x")) == (409, "not_a_draft")
        late = admin.move(path, {"action": "commit", "plan_hash": seen})
        assert code(late) == (409, "illegal_transition")
        beside = application.caller(Role.UNIT_ADMIN, level=Level.PROVINCE, unit=country["2"])
        assert beside.get(path).status_code == 404

    def test_over_graphql(self, admin: Caller, country: Country) -> None:
        path = self.give(admin, country)
        data = {"title": "Khác", "effectiveOn": "2025-08-01"}
        asked = admin.ask(DRAFT, id=id_of(path), v=1, data=data)
        row = {"title": "Khác", "effectiveOn": "2025-08-01", "state": "DRAFT"}
        assert asked["data"]["changeReorganisation"] == row
        gone = admin.ask(WITHDRAW, id=id_of(path), v=2)["data"]["transitionReorganisation"]
        assert gone == {"state": "WITHDRAWN", "allowedActions": []}
