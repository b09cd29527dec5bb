"""Anonymity of informants: requests are not logged, not identified, not cached."""

import json
from uuid import UUID

import pytest

from app.api.middleware.access_log import STEP
from app.domain.actor import Role
from tests.application import LOG, Application
from tests.give import Country
from tests.tips.informant_requests import TIPS, follow, hand_in, receipt

SENT = {
    "x-request-id": "CANARY-request", "user-agent": "CANARY-agent", "referer": "https://CANARY",
    "x-forwarded-for": "203.0.113.77", "cookie": "a=CANARY", "if-none-match": '"CANARY"',
}  # fmt: skip


@pytest.fixture
def commune(country: Country) -> UUID:
    return country["1.1"]


def test_informant_requests_are_not_logged(application: Application, commune: UUID) -> None:
    begin = len(LOG.getvalue())
    hand_in(application, commune)
    follow(application, "1" * 20)
    application.nobody.get(f"{TIPS}/CANARY")
    application.nobody.get("/public/CANARY")
    assert '"event": "request"' not in LOG.getvalue()[begin:]
    assert "CANARY" not in LOG.getvalue()[begin:]
    application.nobody.get("/api/v1/errors")
    assert '"route": "/api/v1/errors"' in LOG.getvalue()[begin:]


def test_informant_request_ids_are_our_own(application: Application, commune: UUID) -> None:
    named = {
        hand_in(application.nobody, commune).headers["x-request-id"],
        application.nobody.send("GET", f"{TIPS}/terms", headers=SENT).headers["x-request-id"],
        application.nobody.send("GET", "/public/none", headers=SENT).headers["x-request-id"],
    }
    assert {UUID(name).version for name in named} == {4}
    other = application.nobody.send("GET", "/api/v1/errors", headers=SENT)
    assert other.headers["x-request-id"] == "CANARY-request"


def test_informant_responses_are_not_cached(application: Application, commune: UUID) -> None:
    held = receipt(application, commune)
    answers = [
        hand_in(application, commune), hand_in(application, "77777"), follow(application, held),
        follow(application, "1" * 20), follow(application, held, "messages", text="x"),
        application.nobody.send("GET", f"{TIPS}/terms", headers=SENT),
        application.nobody.send("GET", f"{TIPS}/work", headers=SENT),
        application.nobody.send("GET", "/api/v1/public/units?within=VN", headers=SENT),
        application.nobody.get("/public/none"),
    ]  # fmt: skip
    for answer in answers:
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert not {"etag", "set-cookie", "last-modified"} & set(answer.headers)
        assert "CANARY" not in answer.text


def test_informants_share_one_rate_budget(application: Application, commune: UUID) -> None:
    hand_in(application, commune)
    for _ in range(STEP):
        application.nobody.get("/public/none")
    told = application.nobody.get("/metrics").text
    assert 'route="(public)"' in told
    assert "public/tips" not in told


def test_metrics_do_not_show_when_an_informant_comes(application: Application) -> None:
    """Read between a few requests, they show whole steps, and no duration of a single request."""

    def count() -> list[str]:
        told = application.nobody.get("/metrics").text.splitlines()
        return [line for line in told if "(public)" in line and "_created" not in line]

    seen = set()
    for number in range(2 * STEP):
        application.nobody.get("/public/none")
        if number % 5 == 0:
            seen.add(tuple(count()))
    assert len(seen) <= 3
    assert not any("seconds" in line for lines in seen for line in lines)


def test_informant_refusals_carry_no_request_id(application: Application) -> None:
    quiet = application.nobody.get("/public/none").json()
    loud = application.nobody.get("/api/v1/none").json()
    assert ("request_id" in quiet, "request_id" in loud) == (False, True)


def test_contract_lists_public_paths_once(application: Application) -> None:
    paths = json.loads(application.nobody.get("/openapi.json").text)["paths"]
    public = {path for path in paths if "/public" in path}
    assert {f"{TIPS}", f"{TIPS}/status", f"{TIPS}/messages", f"{TIPS}/attachments"} <= public
    assert not [path for path in public if not path.startswith("/api/v1/")]
    assert paths[TIPS]["post"]["security"] == []
    assert "security" in paths["/api/v1/tips"]["post"]


def test_tip_refusals_are_in_the_catalogue(application: Application) -> None:
    told = application.national(Role.VIEWER).get("/api/v1/errors").json()["items"]
    status = {one["code"]: one["status"] for one in told}
    assert (status["work_needed"], status["receipt_unknown"], status["intake_busy"]) == (
        429, 404, 503,
    )  # fmt: skip
