"""Requests that are too large, too long or too slow get a refusal in words, never a 500."""

import asyncio
from typing import Any

import httpx
import pytest

from app.domain.actor import Role
from tests.application import Application, Caller, runner
from tests.around.server import exchange, serve


def test_an_address_that_is_too_long_is_refused_at_every_endpoint(atlas: Application) -> None:
    viewer = atlas.national(Role.VIEWER)
    for path in ("/api/v1/units", "/graphql", "/health/live", f"/{'a' * 9000}"):
        told = viewer.get(f"{path}?search={'a' * 9000}")
        assert (told.status_code, told.json()["code"]) == (414, "address_too_long")
    assert viewer.get(f"/api/v1/units?search={'a' * 4000}").status_code == 422  # it was read


def test_headers_that_are_too_large_or_too_many_are_refused(atlas: Application) -> None:
    large = {"x-long": "a" * 17_000}
    many = {f"x-{n}": "a" for n in range(120)}
    for headers in (large, many):
        told = atlas.national(Role.VIEWER).send("GET", "/api/v1/units", headers=headers)
        assert (told.status_code, told.json()["code"]) == (431, "headers_too_large")


@pytest.mark.parametrize("length", ["99999999999999999999999", "9" * 5000, "²", "-1", "x", ""])
def test_a_length_that_lies_is_never_a_500(atlas: Application, length: str) -> None:
    raw = [(b"content-length", length.encode("latin-1")), (b"content-type", b"application/json")]

    async def send() -> httpx.Response:
        token = atlas.national(Role.RECORDER).headers["authorization"].encode()
        return await atlas.answer(
            "POST", "/api/v1/models", content=b"{}", headers=[*raw, (b"authorization", token)]
        )

    assert runner().run(send()).status_code == (
        413 if length.isascii() and len(length) > 9 else 422
    )


QUERIES = (
    "query($w: UnitWhere) { units(where: $w) { totalCount } }",
    "query($w: UnitWhere) { units(where: $w) { totalCount } me { level } }",
)
NESTS = [
    pytest.param(opening * depth, id=f"{opening}{depth}")
    for opening in ("[", '{"a":')
    for depth in (500, 990, 1_100, 20_000)
]


@pytest.mark.parametrize("nest", NESTS)
@pytest.mark.parametrize("closed", [True, False])
def test_nested_bombs_are_refused_in_both_apis(atlas: Application, nest: str, closed: bool) -> None:
    shut = "]" * nest.count("[") + "1" * ("{" in nest) + "}" * nest.count("{")
    bomb = nest + (shut if closed else "")
    sender, types = atlas.national(Role.RECORDER), {"content-type": "application/json"}
    for content in (bomb, f'{{"name": {bomb}, "units": {bomb}}}'):
        told = sender.send("POST", "/api/v1/models", content=content, headers=types)
        assert told.status_code in (400, 422), told.text[:200]
        assert told.headers["content-type"] == "application/problem+json"
    for field in ("variables", "extensions"):
        for query in QUERIES:
            content = f'{{"query": "{query}", "{field}": {{"w": {bomb}}}}}'
            answer = sender.send("POST", "/graphql", content=content, headers=types)
            assert answer.status_code in (200, 400), answer.text[:200]
            assert "unexpected" not in answer.text


def test_a_nest_in_the_words_of_a_query_is_refused(atlas: Application) -> None:
    viewer = atlas.national(Role.VIEWER)
    for depth in (50, 500, 900, 3_000):
        bomb = "[" * depth + "]" * depth
        where = f"{{ units(where: {{search: {{eq: {bomb}}}}}) {{ totalCount }} }}"
        given = f"query($v: {bomb}) {{ me {{ level }} }}"
        for query in (where, given, "{" * depth, "{a" * depth):
            answer = viewer.query(query)
            assert answer.status_code in (200, 400, 413, 422), answer.text[:200]
            assert answer.json().get("errors") or answer.json()["code"]
            assert "unexpected" not in answer.text


def head(caller: Caller, path: str, *more: str) -> bytes:
    lines = [
        f"POST {path} HTTP/1.1", "host: test", "content-type: application/json",
        f"authorization: {caller.headers['authorization']}", *more, "", "",
    ]  # fmt: skip
    return "\r\n".join(lines).encode()


@pytest.mark.parametrize("path", ["/api/v1/models", "/graphql"])
@pytest.mark.parametrize("how", ["length", "chunks"])
def test_a_body_that_comes_too_slowly_is_not_waited_for(
    atlas_url: str, path: str, how: str
) -> None:
    with Application.on(atlas_url, body_seconds=0.3) as application:
        length = "content-length: 50" if how == "length" else "transfer-encoding: chunked"
        drop = b"{" if how == "length" else b"1\r\n{\r\n"
        recorder = application.national(Role.RECORDER)

        async def send() -> bytes:
            async with serve(application) as port:
                return await exchange(port, head(recorder, path, length), drop, drop, pause=0.1)

        told = runner().run(send())  # the body never ends by itself
        assert told.startswith(b"HTTP/1.1 408 ")
        assert b'"code":"too_slow"' in told
        assert b"connection: close" in told


def test_a_body_that_comes_in_time_is_taken_however_it_is_cut(atlas_url: str) -> None:
    with Application.on(atlas_url, body_seconds=2) as application:
        sent = head(application.national(Role.VIEWER), "/graphql", "content-length: 29")
        query = b'{"query": "{ me { level } }"}'

        async def send() -> bytes:
            async with serve(application) as port:
                return await exchange(port, sent, query[:7], query[7:20], query[20:], pause=0.1)

        told = runner().run(send())
        assert told.startswith(b"HTTP/1.1 200 ")
        assert b'"national"' in told.lower()


def test_the_server_itself_refuses_what_is_no_http(atlas: Application) -> None:
    strange: list[tuple[bytes, Any]] = [
        (b"GET / HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nhost: a\r\ncontent-length: 99999999999999999999\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nhost: a\r\nx y: z\r\n\r\n", b"400"),
        (b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\nhost: a\r\n\r\n", b"414"),
        (b"GET / HTTP/1.1\r\nhost: a\r\nx: " + b"a" * 20_000 + b"\r\n\r\n", b"431"),
    ]

    async def send() -> list[bytes]:
        async with serve(atlas) as port:
            return [(await exchange(port, asked))[9:12] for asked, _ in strange]

    assert runner().run(send()) == [status for _, status in strange]


def test_headers_without_end_are_not_listened_to(atlas: Application) -> None:
    async def send() -> bytes:
        async with serve(atlas) as port:
            lines = [b"x-%d: %s\r\n" % (n, b"a" * 1_000) for n in range(200)]
            return await exchange(port, b"GET / HTTP/1.1\r\nhost: a\r\n", *lines, pause=0.001)

    try:
        told = runner().run(send())
    except ConnectionError:
        return  # closed while we were still talking: nobody listened
    assert told.startswith(b"HTTP/1.1 400 ")
    assert b"The headers are too large." in told


@pytest.mark.parametrize("begun", [b"", b"GE", b"GET / HTTP/1.1\r\nhost: a\r\nx"])
def test_requests_that_never_end_are_cut_off(
    atlas: Application, begun: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.server.http_protocol.HEAD_SECONDS", 0.3)

    async def send() -> tuple[bytes, bytes]:
        async with serve(atlas) as port:
            silent = await exchange(port, begun)
            twice = b"GET /health/live HTTP/1.1\r\nhost: a\r\n\r\n"
            return silent, await exchange(port, twice, b"GE", pause=0.1)

    silent, second = runner().run(send())
    assert silent[:13] == (b"HTTP/1.1 400 " if begun else b"")
    assert silent.endswith(b"Too slow." if begun else b"")
    assert second.startswith(b"HTTP/1.1 200 ")


def test_a_connection_may_be_used_again_and_rest_between(
    atlas: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.server.http_protocol.HEAD_SECONDS", 0.2)

    async def send() -> list[int]:
        async with serve(atlas) as port, httpx.AsyncClient() as client:
            found = []
            for _ in range(3):
                found.append(await client.get(f"http://127.0.0.1:{port}/health/live"))
                await asyncio.sleep(0.4)
            ends = {answer.extensions["network_stream"].get_extra_info("client_addr")
                    for answer in found}  # fmt: skip
            assert len(ends) == 1
            return [answer.status_code for answer in found]

    assert runner().run(send()) == [200, 200, 200]
