"""Every answer of every route is careful, whatever it says."""

import re
from collections.abc import Iterator

import httpx
import pytest
from starlette.routing import BaseRoute, Mount

from app.domain.actor import Actor, Level, Role
from tests.application import SESSION, VIET_NAM, Application, Caller

SAFE = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "strict-transport-security": "max-age=31536000",
    "cross-origin-resource-policy": "same-origin",
}
JSON_POLICY = "default-src 'none'; frame-ancestors 'none'"


def careful(answer: httpx.Response) -> None:
    """Check the headers that no answer may lack."""
    headers = answer.headers
    assert {name: headers.get(name) for name in SAFE} == SAFE
    assert headers.get_list("x-content-type-options") == ["nosniff"]
    assert len(headers["x-request-id"]) > 0
    assert "camera=()" in headers["permissions-policy"]
    policy = headers["content-security-policy"]
    if "json" in headers.get("content-type", "json"):
        assert policy == JSON_POLICY
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "cache-control" in headers
    if "authorization" in answer.request.headers:
        kept = headers["cache-control"]
        public = ("/assets", "/.well-known")
        assert kept in ("no-store", "private, no-cache") or answer.url.path.startswith(public)


def everywhere(routes: list[BaseRoute]) -> Iterator[tuple[str, str]]:
    """Each method and path of the application, as it was put together."""
    for route in routes:
        inner = getattr(route, "original_router", None)
        if inner is not None:
            yield from everywhere(inner.routes)
        elif isinstance(route, Mount):
            yield "GET", f"{route.path}/pages/index.css"
        else:
            for method in getattr(route, "methods", None) or ():
                yield method, re.sub(r"\{[^}]+\}", "x", getattr(route, "path", "/"))


def test_every_route_answers_carefully_with_and_without_a_token(atlas: Application) -> None:
    callers = (
        atlas.nobody, atlas.national(Role.VIEWER), atlas.national(Role.OPERATOR),
        atlas.national(Role.UNIT_ADMIN), Caller(atlas, {"authorization": "Bearer x"}),
    )  # fmt: skip
    ways = {*everywhere(atlas.app.routes)}
    assert len(ways) > 30
    assert {("POST", "/graphql"), ("GET", "/"), ("GET", "/health/live")} <= ways
    seen = set()
    for method, path in ways:
        for method_ in (method, "PROPFIND", "OPTIONS"):
            for caller in callers:
                answer = caller.send(method_, path)
                careful(answer)
                seen.add(answer.status_code)
    assert {200, 401, 403, 404, 405, 422} <= seen


def test_answers_that_are_no_success_are_careful_too(atlas_url: str) -> None:
    with Application.on(atlas_url, rate_anonymous="2/hour") as application:
        viewer = application.national(Role.VIEWER)
        read = viewer.get("/api/v1/units/01")
        known = viewer.send(
            "GET", "/api/v1/units/01", headers={"if-none-match": read.headers["etag"]}
        )
        assert known.headers["cache-control"] == "private, no-cache"
        kind = {"content-type": "application/json"}
        large = viewer.send("POST", "/graphql", content=b"x" * 300_000, headers=kind)
        long = viewer.get(f"/{'a' * 9_000}")
        nothing = viewer.get("/nothing")
        often = [application.nobody.get("/nothing") for _ in range(3)][-1]
        answers = (read, known, large, long, nothing, often)
        for answer in answers:
            careful(answer)
        assert [a.status_code for a in answers] == [200, 304, 413, 414, 404, 429]
        assert often.headers["cache-control"] == "no-store"


def test_a_crash_is_as_careful(atlas_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(*_: object) -> bytes:
        raise RuntimeError("nobody expected this")

    with Application.on(atlas_url) as application:
        viewer = application.national(Role.VIEWER)
        monkeypatch.setattr("app.db.query.executor.PoolExecutor.fetch", fail)
        answer = viewer.get("/api/v1/units")
        assert answer.status_code == 500
        careful(answer)


def test_tokens_are_never_cached(atlas: Application) -> None:
    form = {"grant_type": "client_credentials", "client_id": "x", "client_secret": "y"}
    assert atlas.nobody.send("POST", "/oauth/token", data=form).headers["cache-control"] == (
        "no-store"
    )
    actor = Actor(
        "a", frozenset({Role.VIEWER}), Level.NATIONAL, VIET_NAM, session=SESSION, session_version=1
    )
    token = atlas.app.state.resources.tokens.issue(actor, minutes=1)
    told = Caller(atlas, {"authorization": f"Bearer {token}"}).get("/api/v1/me")
    assert told.headers["cache-control"] == "no-store"
