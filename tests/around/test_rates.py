"""Callers over their rate get Retry-After, and nobody pays for another."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar
from uuid import uuid4

import pytest
from limits.aio.storage import MemoryStorage
from pydantic import ValidationError
from starlette.datastructures import Headers

from app.api.middleware.rate_storage import MemoryRateStorage
from app.api.sources import address_of, counter_key
from app.domain.actor import Actor, Level, Role
from app.settings import Settings
from tests.application import LOG, SESSION, VIET_NAM, Application, Caller, runner
from tests.reads.gate import Gate

TOKEN = "/oauth/token"


@contextmanager
def limit_rates(url: str, **budgets: Any) -> Iterator[Application]:
    with Application.on(url, **budgets) as application:
        yield application


def caller(application: Application, subject: str, client: str) -> Caller:
    actor = Actor(
        subject, frozenset({Role.VIEWER}), Level.NATIONAL, VIET_NAM, client, (), SESSION, 1
    )
    token = application.app.state.resources.tokens.issue(actor, minutes=5)
    return Caller(application, {"authorization": f"Bearer {token}"})


def statuses(caller: Caller, times: int, path: str = "/api/v1/me") -> list[int]:
    return [caller.get(path).status_code for _ in range(times)]


def test_an_account_that_asks_too_often_is_refused_and_its_neighbour_is_not(atlas_url: str) -> None:
    with limit_rates(atlas_url, rate_per_account="3/hour") as application:
        mine, neighbours = caller(application, "a", "web"), caller(application, "b", "web")
        assert statuses(mine, 5) == [200, 200, 200, 429, 429]
        assert statuses(neighbours, 3) == [200, 200, 200]


def test_a_client_over_its_rate_is_refused_for_each_account(atlas_url: str) -> None:
    with limit_rates(atlas_url, rate_per_client="3/hour") as application:
        assert [statuses(caller(application, name, "web"), 1) for name in "abcd"] == [
            [200], [200], [200], [429]
        ]  # fmt: skip
        assert statuses(caller(application, "a", "mobile"), 1) == [200]


def test_an_account_that_is_refused_takes_nothing_from_its_client(atlas_url: str) -> None:
    with limit_rates(atlas_url, rate_per_account="2/hour", rate_per_client="4/hour") as application:
        assert statuses(caller(application, "a", "web"), 20).count(429) == 18
        assert statuses(caller(application, "b", "web"), 2) == [200, 200]


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_refusal_says_when_to_come_again_in_both_apis(atlas_url: str, language: str) -> None:
    with limit_rates(atlas_url, rate_per_account="1/hour") as application:
        mine = caller(application, "a", "web").speaking(language)
        mine.get("/api/v1/me")
        for told in (mine.get("/api/v1/me"), mine.query("{ this is no { query")):
            assert told.status_code == 429
            assert told.headers["content-type"] == "application/problem+json"
            body, wait = told.json(), int(told.headers["retry-after"])
            assert (body["code"], body["budget"]) == ("too_many_requests", "account")
            assert 0 < wait == body["retry_after"] <= 3600
            assert told.headers["ratelimit"] == f'"account";r=0;t={wait}'
            assert told.headers["ratelimit-policy"] == '"account";q=1;w=3600'
            assert body["request_id"] == told.headers["x-request-id"]
            assert ("try again" if language == "en" else "hãy thử lại") in body["detail"]


def test_a_request_after_retry_after_is_let_in(atlas_url: str) -> None:
    with limit_rates(atlas_url, rate_per_account="2/second") as application:
        mine = caller(application, "a", "web")
        while (told := mine.get("/api/v1/me")).status_code == 200:
            pass
        assert told.headers["retry-after"] == "1"
        time.sleep(1.05)
        assert mine.get("/api/v1/me").status_code == 200


def test_a_claim_that_is_not_verified_uses_up_nothing(atlas_url: str) -> None:
    with limit_rates(atlas_url, rate_per_account="2/hour", rate_per_client="2/hour") as application:
        mine = caller(application, "a", "web")
        head, claims, signature = mine.headers["authorization"].split(".")
        forged = signature[:-8] + ("A" * 8 if not signature.endswith("A" * 8) else "B" * 8)
        foreign = Caller(application, {"authorization": f"{head}.{claims}.{forged}"})
        assert statuses(foreign, 10) == [401] * 10
        assert statuses(mine, 2) == [200, 200]


def test_without_a_token_the_address_counts(atlas_url: str) -> None:
    with limit_rates(atlas_url, rate_anonymous="2/hour") as application:
        assert statuses(application.nobody, 3, "/api/v1/errors") == [200, 200, 429]
        unsigned = Caller(application, {"authorization": "Bearer a.b.c"})
        assert statuses(unsigned, 1) == [429]
        assert statuses(caller(application, "a", "web"), 2) == [200, 200]


def test_health_checks_are_never_refused(atlas_url: str) -> None:
    with limit_rates(atlas_url, rate_anonymous="1/hour", most_at_once=1) as application:
        for path in ("/health/live", "/health/ready", "/metrics"):
            assert statuses(application.nobody, 5, path) == [200] * 5


def test_files_of_our_pages_take_nothing_from_an_address(atlas_url: str) -> None:
    with limit_rates(atlas_url, rate_anonymous="2/hour") as application:
        assert set(statuses(application.nobody, 20, "/assets/pages/icon.svg")) == {200}
        assert statuses(application.nobody, 3, "/public/tips") == [200, 200, 429]
        assert statuses(application.nobody, 1, "/assets/react-18.2.0/LICENSE") == [429]


def test_endpoints_that_check_secrets_have_a_budget_of_their_own(atlas_url: str) -> None:
    form = {"grant_type": "client_credentials", "client_id": "x", "client_secret": "y"}
    with limit_rates(atlas_url, rate_sign_in="2/hour", rate_anonymous="off") as application:
        mine = caller(application, "a", "web")
        sent = [application.nobody.send("POST", TOKEN, data=form).status_code for _ in range(4)]
        assert sent == [401, 401, 429, 429]
        assert mine.send("POST", TOKEN, data=form).status_code == 429
        assert statuses(application.nobody, 1, "/api/v1/errors") == [200]


def test_a_refused_request_asks_nothing_of_the_database(atlas_url: str) -> None:
    """The database is lost meanwhile: whatever asks it is 503, and this is not."""
    gate = Gate(atlas_url)
    runner().run(gate.open())
    with limit_rates(gate.url, rate_per_account="1/hour", rate_sign_in="1/hour") as application:
        mine, other = caller(application, "a", "web"), caller(application, "b", "web")
        mine.get("/api/v1/me")
        application.nobody.send("POST", TOKEN, data={"grant_type": "x"})
        runner().run(gate.shut())
        assert mine.get("/api/v1/units").status_code == 429
        assert mine.post("/api/v1/models", {}).status_code == 429
        assert mine.query("{ units { totalCount } }").status_code == 429
        assert application.nobody.send("POST", TOKEN, data={}).status_code == 429
        assert other.get("/api/v1/units").status_code == 503


def test_processes_divide_a_budget(atlas_url: str) -> None:
    with limit_rates(atlas_url, rate_per_account="8/hour", workers=4) as application:
        assert statuses(caller(application, "a", "web"), 3) == [200, 200, 429]


class Common(MemoryStorage):
    """A storage that several processes would share: here several houses."""

    STORAGE_SCHEME = ["async+common"]  # noqa: RUF012 -- as the library has it
    kept: ClassVar[dict[str, Any]] = {}

    def __init__(self, uri: str | None = None, **options: Any) -> None:
        super().__init__(uri, **options)
        self.kept.setdefault("counts", self.storage)
        self.kept.setdefault("ends", self.expirations)
        self.storage, self.expirations = self.kept["counts"], self.kept["ends"]


class Away(MemoryStorage):
    """A storage whose server does not answer."""

    STORAGE_SCHEME = ["async+away"]  # noqa: RUF012 -- as the library has it
    asked: ClassVar[list[str]] = []

    async def acquire_sliding_window_entry(self, key: str, *_: Any, **__: Any) -> bool:
        self.asked.append(key)
        await asyncio.Event().wait()
        return True


def test_a_shared_storage_counts_for_all_and_never_hears_of_an_address(atlas_url: str) -> None:
    budgets = {"rate_per_account": "4/hour", "rate_anonymous": "1/hour"}
    shared = budgets | {"rate_storage": "common://", "workers": 2}
    who = uuid4().hex
    with limit_rates(atlas_url, **shared) as one, limit_rates(atlas_url, **shared) as other:
        assert statuses(caller(one, who, "web"), 3) == [200] * 3
        assert statuses(caller(other, who, "web"), 2) == [200, 429]
        assert statuses(one.nobody, 2, "/api/v1/errors") == [200, 429]
        assert statuses(other.nobody, 1, "/api/v1/errors") == [200]
    assert [key for key in Common.kept["counts"] if who in key]
    assert not [key for key in Common.kept["counts"] if "address" in key]


def test_when_the_shared_storage_is_away_the_process_counts_itself(atlas_url: str) -> None:
    begin = LOG.tell()
    away = {"rate_per_account": "4/hour", "rate_storage": "away://", "workers": 2}
    with limit_rates(atlas_url, **away) as application:
        assert statuses(caller(application, "a", "web"), 4) == [200, 200, 429, 429]
    assert len(Away.asked) == 1
    assert "rate_storage_failed" in LOG.getvalue()[begin:]


@pytest.mark.parametrize("uri", ["redis://:hush@127.0.0.1/0", "nothing://hush", "hush"])
def test_a_storage_that_is_not_to_be_had_refuses_to_start(
    uri: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BINHYEN_RATE_STORAGE", uri)
    with pytest.raises(ValidationError, match="unknown, or its driver not installed") as told:
        Settings()
    assert "hush" not in str(told.value)


@pytest.mark.parametrize(
    "rate", ["0/minute", "many", "10", "10/fortnight", "-1/minute", "1/minute;9/hour"]
)
def test_a_budget_that_is_none_refuses_to_start(rate: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BINHYEN_RATE_PER_CLIENT", rate)
    with pytest.raises(ValidationError, match="say for example 600/minute, or off"):
        Settings()


@pytest.mark.parametrize(
    ("forwarded", "proxies", "address"),
    [
        ([], 0, "9.9.9.9"),
        (["1.1.1.1"], 0, "9.9.9.9"),
        (["1.1.1.1"], 1, "1.1.1.1"),
        (["6.6.6.6, 1.1.1.1"], 1, "1.1.1.1"),
        (["6.6.6.6, 1.1.1.1, 2.2.2.2"], 2, "1.1.1.1"),
        (["6.6.6.6", "1.1.1.1", "2.2.2.2"], 2, "1.1.1.1"),
        (["1.1.1.1"], 2, "9.9.9.9"),
    ],
)
def test_the_word_of_trusted_proxies_only_is_believed(
    forwarded: list[str], proxies: int, address: str
) -> None:
    headers = Headers(raw=[(b"x-forwarded-for", one.encode()) for one in forwarded])
    assert address_of("9.9.9.9", headers, proxies) == address


def test_a_made_up_header_does_not_give_a_new_budget(atlas_url: str) -> None:
    with limit_rates(atlas_url, rate_anonymous="1/hour") as application:
        told = [
            application.nobody.send(
                "GET", "/api/v1/errors", headers={"x-forwarded-for": f"1.1.1.{n}"}
            )
            for n in range(3)
        ]
        assert [answer.status_code for answer in told] == [200, 429, 429]


def test_behind_a_trusted_proxy_each_caller_has_a_budget(atlas_url: str) -> None:
    with limit_rates(atlas_url, rate_anonymous="1/hour", trusted_proxies=1) as application:
        told = [
            application.nobody.send("GET", "/api/v1/errors", headers={"x-forwarded-for": address})
            for address in ("1.1.1.1", "1.1.1.2", "8.8.8.8, 1.1.1.1")
        ]
        assert [answer.status_code for answer in told] == [200, 200, 429]


def test_an_address_is_not_stored_and_a_network_of_ipv6_is_one_caller() -> None:
    assert counter_key("2001:db8:1:2::1") == counter_key("2001:db8:1:2:ffff::9")
    assert counter_key("::ffff:10.0.0.1") == counter_key("10.0.0.1")
    found = {counter_key(f"10.0.{n}.{m}") for n in range(4) for m in range(256)}
    assert all(len(counter) == 4 for counter in found)
    assert len(found) > 1000


def test_the_memory_is_swept_now_and_then_and_not_at_each_request() -> None:
    async def sweep_memory() -> tuple[int, int]:
        storage = MemoryRateStorage()
        for n in range(50):
            await storage.incr(f"k{n}", 0.001)
            await asyncio.sleep(0)
        before = len(storage.storage)
        storage.timer.until = 0.0
        await asyncio.sleep(0.01)
        await storage.incr("last", 60)
        await asyncio.sleep(0.01)
        return before, len(storage.storage)

    assert runner().run(sweep_memory()) == (50, 1)
