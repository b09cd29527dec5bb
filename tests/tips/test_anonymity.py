"""Anonymity of informants: requests are not logged, not identified, not cached."""

import json
from uuid import UUID

import pytest

from app.domain.actor import Role
from tests.give import Country
from tests.house import LOG, House
from tests.tips.informant_requests import TIPS, follow, hand_in, receipt

SENT = {
    "x-request-id": "CANARY-request", "user-agent": "CANARY-agent", "referer": "https://CANARY",
    "x-forwarded-for": "203.0.113.77", "cookie": "a=CANARY", "if-none-match": '"CANARY"',
}  # fmt: skip


@pytest.fixture
def commune(country: Country) -> UUID:
    return country["1.1"]


def test_informant_requests_are_not_logged(house: House, commune: UUID) -> None:
    begin = len(LOG.getvalue())
    hand_in(house, commune)
    follow(house, "1" * 20)
    house.nobody.get(f"{TIPS}/CANARY")
    house.nobody.get("/public/CANARY")
    assert '"event": "request"' not in LOG.getvalue()[begin:]
    assert "CANARY" not in LOG.getvalue()[begin:]
    house.nobody.get("/api/v1/errors")
    assert '"route": "/api/v1/errors"' in LOG.getvalue()[begin:]


def test_informant_request_ids_are_our_own(house: House, commune: UUID) -> None:
    named = {
        hand_in(house.nobody, commune).headers["x-request-id"],
        house.nobody.send("GET", f"{TIPS}/terms", headers=SENT).headers["x-request-id"],
        house.nobody.send("GET", "/public/none", headers=SENT).headers["x-request-id"],
    }
    assert {UUID(name).version for name in named} == {4}
    other = house.nobody.send("GET", "/api/v1/errors", headers=SENT)
    assert other.headers["x-request-id"] == "CANARY-request"


def test_informant_responses_are_not_cached(house: House, commune: UUID) -> None:
    held = receipt(house, commune)
    answers = [
        hand_in(house, commune), hand_in(house, "77777"), follow(house, held),
        follow(house, "1" * 20), follow(house, held, "messages", text="x"),
        house.nobody.send("GET", f"{TIPS}/terms", headers=SENT),
        house.nobody.send("GET", f"{TIPS}/work", headers=SENT),
        house.nobody.send("GET", "/api/v1/public/units?within=VN", headers=SENT),
        house.nobody.get("/public/none"),
    ]  # fmt: skip
    for answer in answers:
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert not {"etag", "set-cookie", "last-modified"} & set(answer.headers)
        assert "CANARY" not in answer.text


def test_informants_share_one_rate_budget(house: House, commune: UUID) -> None:
    hand_in(house, commune)
    told = house.nobody.get("/metrics").text
    assert 'route="(public)"' in told
    assert "public/tips" not in told


def test_informant_refusals_carry_no_request_id(house: House) -> None:
    quiet = house.nobody.get("/public/none").json()
    loud = house.nobody.get("/api/v1/none").json()
    assert ("request_id" in quiet, "request_id" in loud) == (False, True)


def test_contract_lists_public_paths_once(house: House) -> None:
    paths = json.loads(house.nobody.get("/openapi.json").text)["paths"]
    public = {path for path in paths if "/public" in path}
    assert {f"{TIPS}", f"{TIPS}/status", f"{TIPS}/messages", f"{TIPS}/attachments"} <= public
    assert not [path for path in public if not path.startswith("/api/v1/")]
    assert "security" not in paths[TIPS]["post"]
    assert "security" in paths["/api/v1/tips"]["post"]


def test_tip_refusals_are_in_the_catalogue(house: House) -> None:
    told = house.national(Role.VIEWER).get("/api/v1/errors").json()["items"]
    status = {one["code"]: one["status"] for one in told}
    assert (status["work_needed"], status["receipt_unknown"], status["intake_busy"]) == (
        429, 404, 503,
    )  # fmt: skip
