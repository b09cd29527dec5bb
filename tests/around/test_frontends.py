"""Frontends in browsers: those that are named are let in, and may read why they were refused."""

from collections.abc import Iterator

import pytest
from cryptography.fernet import Fernet
from pydantic import ValidationError

from app.domain.actor import Role
from app.settings import Settings
from tests.application import Application

WEB, MOBILE, FOREIGN = (
    "https://web.example.vn",
    "http://localhost:8100",
    "https://elsewhere.example",
)
ALLOWED = "access-control-allow-origin"


@pytest.fixture(scope="module")
def application(atlas_url: str) -> Iterator[Application]:
    budgets = {"rate_per_account": "off", "rate_sign_in": "2/hour"}
    with Application.on(atlas_url, cors_origins=[WEB, MOBILE], **budgets) as application:
        yield application


@pytest.mark.parametrize("origin", [WEB, MOBILE])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
def test_a_named_frontend_may_ask(application: Application, origin: str, method: str) -> None:
    names = (
        "authorization,content-type,if-match,if-none-match,idempotency-key,accept-language,"
        "x-request-id"
    )
    asked = {
        "origin": origin, "access-control-request-method": method,
        "access-control-request-headers": names,
    }  # fmt: skip
    told = application.nobody.send("OPTIONS", "/api/v1/models/x", headers=asked)
    assert told.status_code == 200
    assert told.headers[ALLOWED] == origin
    assert method in told.headers["access-control-allow-methods"].split(", ")
    assert set(names.split(",")) <= set(
        told.headers["access-control-allow-headers"].lower().split(", ")
    )
    assert told.headers["access-control-max-age"] == "600"
    assert "access-control-allow-credentials" not in told.headers
    assert "Origin" in told.headers["vary"]
    assert told.headers["x-request-id"]


@pytest.mark.parametrize(
    ("origin", "method", "header"),
    [
        (FOREIGN, "GET", "authorization"),
        ("null", "GET", "authorization"),
        (f"{WEB}.evil.example", "GET", "authorization"),
        (WEB.replace("https", "http"), "GET", "authorization"),
        (WEB, "TRACE", "authorization"),
        (WEB, "GET", "x-anything"),
    ],
)
def test_nothing_else_is_allowed(
    application: Application, origin: str, method: str, header: str
) -> None:
    asked = {
        "origin": origin, "access-control-request-method": method,
        "access-control-request-headers": header,
    }  # fmt: skip
    told = application.nobody.send("OPTIONS", "/api/v1/units", headers=asked)
    assert told.status_code == 400
    assert told.headers.get(ALLOWED) == (WEB if origin == WEB else None)


def test_a_named_frontend_may_read_the_answer_and_a_foreign_one_may_not(
    application: Application,
) -> None:
    viewer = application.national(Role.VIEWER)
    told = viewer.send("GET", "/api/v1/units", headers={"origin": WEB})
    assert told.headers[ALLOWED] == WEB
    shown = set(told.headers["access-control-expose-headers"].split(", "))
    assert shown == {
        "etag", "location", "x-request-id", "retry-after", "ratelimit", "ratelimit-policy",
        "idempotency-replayed", "content-disposition",
    }  # fmt: skip
    foreign = viewer.send("GET", "/api/v1/units", headers={"origin": FOREIGN})
    assert ALLOWED not in foreign.headers
    assert "Origin" in foreign.headers["vary"]


def test_a_named_frontend_may_read_why_it_was_refused(application: Application) -> None:
    origin, kind = {"origin": WEB}, {"content-type": "application/json"}
    viewer = application.national(Role.VIEWER)
    sign_in = [
        application.nobody.send("POST", "/oauth/token", data={}, headers=origin) for _ in range(3)
    ]
    answers = [
        application.nobody.send("GET", "/api/v1/units", headers=origin),
        viewer.send("GET", "/nothing", headers=origin),
        viewer.send("POST", "/graphql", content=b"x" * 300_000, headers=origin | kind),
        viewer.send("GET", f"/{'a' * 9_000}", headers=origin),
        sign_in[-1],
    ]
    assert [answer.status_code for answer in answers] == [401, 404, 413, 414, 429]
    for answer in answers:
        assert answer.headers[ALLOWED] == WEB
        assert "retry-after" in answer.headers["access-control-expose-headers"]


def test_without_the_setting_no_frontend_is_let_in(atlas: Application) -> None:
    told = atlas.nobody.send("GET", "/api/v1/errors", headers={"origin": WEB})
    assert not [name for name in told.headers if name.startswith("access-control")]


@pytest.mark.parametrize(
    "origin",
    [
        "*", "null", "", "web.example.vn", "https://web.example.vn/", "https://web.example.vn/app",
        "https://*.example.vn", "https://web.example.vn:443", "http://web.example.vn:80",
        "https://WEB.example.vn", "ftp://web.example.vn", "https://a@web.example.vn",
        "https://web.example.vn?x", "https://web.example.vn\n",
    ],
)  # fmt: skip
def test_what_is_no_origin_refuses_to_start(origin: str) -> None:
    with pytest.raises(ValidationError, match="is no origin: say https://host"):
        Settings(cors_origins=[origin])


def test_production_takes_frontends_over_https_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BINHYEN_ENVIRONMENT", "production")
    monkeypatch.setenv("BINHYEN_DATABASE_URL", "postgresql://x@localhost/x")
    monkeypatch.setenv("BINHYEN_ISSUER", "https://binhyen.example")
    monkeypatch.setenv("BINHYEN_SIGNING_KEYS", "keys.json")
    monkeypatch.setenv("BINHYEN_AUDIT_KEY", "audit.json")
    monkeypatch.setenv("BINHYEN_TIP_KEYS", "tips.json")
    monkeypatch.setenv("BINHYEN_ISSUER", "https://api.example.vn")
    monkeypatch.setenv("BINHYEN_STORAGE", "s3://attachments")
    monkeypatch.setenv("BINHYEN_SEAL_KEY", Fernet.generate_key().decode())
    monkeypatch.setenv("BINHYEN_CORS_ORIGINS", f'["{WEB}", "{MOBILE}"]')
    assert Settings().cors_origins == [WEB, MOBILE]
    monkeypatch.setenv("BINHYEN_CORS_ORIGINS", '["http://web.example.vn"]')
    with pytest.raises(ValidationError, match="over https only"):
        Settings()
