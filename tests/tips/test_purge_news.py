"""Followers of tips: an expired tip is `purged` for who could read it, and for nobody else."""

from typing import Any
from uuid import UUID

from app.domain.actor import Role
from tests.application import Caller
from tests.exchange.follower import FEED, settle
from tests.tips.expiry_scenario import ExpiryScenario
from tests.tips.people import IdentityScenario
from tests.tips.test_expiry import DUE
from tests.tips.test_transfers import ACCEPT, move, offer, offer_data, triaged_tip

TIPS = {"resource": "tips"}
EXCLUDE = "UPDATE tip SET excluded = ARRAY['\\x01'::bytea] WHERE id = $1 RETURNING id"


def follow(caller: Caller, after: str | None = None) -> Any:
    settle(caller.application)
    answer = caller.get(FEED, **TIPS, **({"after": after} if after else {}))
    assert answer.status_code == 200, answer.text
    return answer.json()


def list_kinds(caller: Caller, after: str, tip: UUID) -> list[str]:
    items = follow(caller, after)["items"]
    assert all(item["unit_id"] is None for item in items if item["kind"] == "purged")
    return [item["kind"] for item in items if item["id"] == str(tip)]


def test_an_expired_tip_is_purged_for_the_officers_of_its_place(keeping: ExpiryScenario) -> None:
    tip, _ = keeping.give_noticed_tip()
    places = ("1.1", "1", "1.2", "2")
    officers = [keeping.caller(Role.TIP_OFFICER, of=place) for place in places]
    others = [keeping.caller(Role.TIP_OFFICER, of=""), keeping.caller(Role.VIEWER)]
    starts = [follow(one)["next"] for one in officers]
    assert follow(others[0])["items"] == []
    after = follow(others[0])["next"]
    assert keeping.run(DUE).expired >= 1
    found = [list_kinds(*one, tip) for one in zip(officers, starts, strict=True)]
    assert found == [["purged"], ["purged"], [], []]
    assert list_kinds(others[0], after, tip) == []  # the country reads those that it holds itself
    assert others[1].get(FEED, **TIPS).status_code == 403
    (news,) = keeping.rows("SELECT fields, act FROM outbox WHERE resource_id = $1", tip)
    assert (news["fields"], news["act"]) == (["expired_on"], "change")


def test_an_expired_tip_with_an_excluded_unit_is_purged_for_its_officer_alone(
    keeping: ExpiryScenario,
) -> None:
    """The exclusion is gone with the tip: no one else in the place may learn that there was one."""
    known, _ = keeping.give_noticed_tip(assigned_to="somebody")
    hidden, _ = keeping.give_noticed_tip(assigned_to="another")
    officer = keeping.caller(Role.TIP_OFFICER)
    after = follow(officer)["next"]
    for tip in (known, hidden):
        assert keeping.rows(EXCLUDE, tip)
    assert keeping.run(DUE).expired >= 2
    assert list_kinds(officer, after, known) == ["purged"]
    assert list_kinds(officer, after, hidden) == []


def test_the_unit_that_passed_a_tip_on_drops_it(keeping: ExpiryScenario) -> None:
    scenario = IdentityScenario(keeping.application, keeping.country)
    former, other = scenario.officer(), scenario.officer(place="1.2")
    tip = triaged_tip(scenario)
    starts = [follow(one)["next"] for one in (former, other)]
    offered = offer("rest", former, tip, offer_data(scenario))
    assert move("rest", other, offered["id"], ACCEPT)["state"] == "accepted"
    assert list_kinds(former, starts[0], tip)[-1] == "scope_lost"
    assert "scope_lost" not in list_kinds(other, starts[1], tip)
    assert list_kinds(other, starts[1], tip)
