"""The middleware around every request: names, sizes, headers, languages, logs, figures."""

import json
from typing import Any

import pytest

from app.domain.actor import Role
from tests.application import LOG, Application


def test_every_answer_has_a_name_and_safe_headers(atlas: Application) -> None:
    answer = atlas.nobody.get("/health/live")
    assert len(answer.headers["x-request-id"]) == 36
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    given = atlas.nobody.send("GET", "/health/live", headers={"x-request-id": "abc-1"})
    assert given.headers["x-request-id"] == "abc-1"
    mangled = atlas.nobody.send("GET", "/health/live", headers={"x-request-id": "a b\tc"})
    assert mangled.headers["x-request-id"] != "a b\tc"


def test_a_refusal_quotes_the_name(atlas: Application) -> None:
    answer = atlas.nobody.get("/api/v1/units")
    assert answer.json()["request_id"] == answer.headers["x-request-id"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "A valid access token is needed."),
        ("en-GB,en;q=0.9,vi;q=0.5", "A valid access token is needed."),
        ("vi,en;q=0.1", "Cần có token truy cập hợp lệ."),
        ("fr", "Cần có token truy cập hợp lệ."),
        ("", "Cần có token truy cập hợp lệ."),
        (";;q=,en;q=x,,", "Cần có token truy cập hợp lệ."),
    ],
)
def test_refusals_are_in_the_callers_language(atlas: Application, language: str, text: str) -> None:
    for path in ("/api/v1/units", "/api/v1/nothing"):
        answer = atlas.nobody.speaking(language).get(path)
        assert answer.headers["content-type"] == "application/problem+json"
        assert "Accept-Language" in answer.headers["vary"]
    assert atlas.nobody.speaking(language).get("/api/v1/units").json()["detail"] == text


def test_graphql_refuses_in_the_callers_language(atlas: Application) -> None:
    officer = atlas.national(Role.TIP_OFFICER)
    for language, word in (("en", "role"), ("vi", "Vai trò")):
        for query in ("{ models { nodes { id } } }", "{ models { nodes { id } } me { level } }"):
            told = officer.speaking(language).ask(query)["errors"][0]["message"]
            assert word in told


@pytest.mark.parametrize("path", ["/api/v1/models", "/graphql", "/oauth/token"])
def test_what_is_too_large_is_refused_however_it_comes(atlas: Application, path: str) -> None:
    kind = "application/x-www-form-urlencoded" if "oauth" in path else "application/json"
    size = atlas.app.state.resources.settings.most_bytes + 1
    told = atlas.national(Role.RECORDER).send(
        "POST", path, content=b"x" * size, headers={"content-type": kind}
    )
    assert (told.status_code, told.json()["code"]) == (413, "too_large")

    async def chunks() -> Any:
        for _ in range(size // 10_000 + 1):
            yield b"x" * 10_000

    streamed = atlas.national(Role.RECORDER).send(
        "POST", path, content=chunks(), headers={"content-type": kind}
    )
    assert (streamed.status_code, streamed.json()["code"]) == (413, "too_large")


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/v1/nothing", 404, "no_such_path"),
        ("GET", "/api/v1/units/", 404, "no_such_path"),
        ("DELETE", "/api/v1/units", 405, "method_not_allowed"),
        ("PATCH", "/graphql", 405, "method_not_allowed"),
    ],
)
def test_the_frameworks_own_refusals_are_problems_too(
    atlas: Application, method: str, path: str, status: int, code: str
) -> None:
    answer = atlas.national(Role.VIEWER).send(method, path)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    if status == 405:
        assert answer.headers["allow"]


def test_the_catalogue_knows_every_refusal_in_both_languages(atlas: Application) -> None:
    vi = atlas.nobody.get("/api/v1/errors").json()["items"]
    en = atlas.nobody.speaking("en").get("/api/v1/errors").json()["items"]
    codes = [item["code"] for item in vi]
    assert len(codes) == len(set(codes)) > 30
    assert codes == [item["code"] for item in en]
    assert all(a["description"] != b["description"] for a, b in zip(vi, en, strict=True))
    assert {"unit_closed", "illegal_transition", "not_found"} <= set(codes)


def test_the_log_names_the_route_and_never_the_parameters(atlas: Application) -> None:
    begin = LOG.tell()
    viewer, secret = atlas.national(Role.VIEWER), "nguyen-van-bi-mat"
    viewer.get("/api/v1/units", search=secret)
    viewer.get(f"/api/v1/units/{secret}")
    viewer.get(f"/{secret}")
    viewer.ask("query($s: String) { units(where: {search: {eq: $s}}) { totalCount } }", s=secret)
    viewer.post("/api/v1/models", {"name": secret})
    said = LOG.getvalue()[begin:]
    assert secret not in said
    assert viewer.headers["authorization"].removeprefix("Bearer ") not in said
    lines = [json.loads(line) for line in said.splitlines()]
    routes = [line["route"] for line in lines if line["event"] == "request"]
    assert routes[:4] == ["/api/v1/units", "/api/v1/units/{id}", "(none)", "/graphql"]
    assert all(line["request_id"] for line in lines)


@pytest.mark.parametrize(
    ("header", "status"),
    [({}, 401), ({"authorization": "Bearer other"}, 401), ({"authorization": "Basic kept"}, 401),
     ({"authorization": "Bearer kept"}, 200)],
)  # fmt: skip
def test_metrics_ask_for_their_token(
    application_url: str, header: dict[str, str], status: int
) -> None:
    with Application.on(application_url, metrics_token="kept") as guarded:
        answer = guarded.nobody.send("GET", "/metrics", headers=header)
    assert answer.status_code == status
    assert ("binhyen_requests" in answer.text) is (status == 200)


def test_figures_count_requests_by_route(atlas: Application) -> None:
    atlas.nobody.get("/health/ready")
    figures = atlas.nobody.get("/metrics").text
    assert 'binhyen_requests_total{method="GET",route="/health/ready",status="200"}' in figures
