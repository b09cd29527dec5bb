"""Questions come to GraphQL by POST, as one JSON object, and by nothing else."""

import pytest

from tests.reads.two_ways import Callers

BODIES: list[tuple[bytes, str, int]] = [
    (b"", "application/json", 400),
    (b"{", "application/json", 400),
    (b"null", "application/json", 400),
    (b"[]", "application/json", 400),
    (b'"{ me { level } }"', "application/json", 400),
    (b"{}", "application/json", 400),
    (b'{"query": null}', "application/json", 400),
    (b'{"query": 5}', "application/json", 400),
    (b'{"query": ["{ me { level } }"]}', "application/json", 400),
    (b'[{"query": "{ me { level } }"}]', "application/json", 400),
    (b'{"query": "{ __typename }", "variables": []}', "application/json", 400),
    (b'{"query": "{ __typename }", "variables": 0}', "application/json", 400),
    (b'{"query": "{ __typename }", "variables": "{}"}', "application/json", 400),
    (b'{"query": "{ __typename }", "extensions": 5}', "application/json", 400),
    (b'{"query": "{ __typename }", "operationName": 5}', "application/json", 400),
    (b'{"query": "\\ud800"}', "application/json", 400),
    (b'\xef\xbb\xbf{"query": "{ __typename }"}', "application/json", 400),
    (b'{"query": "\xff"}', "application/json", 400),
    (b"{ __typename }", "application/graphql", 415),
    (b'{"query": "{ __typename }"}', "text/plain", 415),
    (b'{"query": "{ __typename }"}', "", 415),
    (b"query=%7B__typename%7D", "application/x-www-form-urlencoded", 415),
    (b"x", "multipart/form-data; boundary=x", 415),
    (b'{"query": "' + b" " * 300_000 + b'"}', "application/json", 413),
    (b'{"query": "{ __typename }"}', "application/json", 200),
    (
        b'{"query": "{ __typename }", "more": 1, "variables": null}',
        "Application/JSON;charset=x",
        200,
    ),
]


@pytest.mark.parametrize(("body", "kind", "status"), BODIES)
def test_what_is_no_question(callers: Callers, body: bytes, kind: str, status: int) -> None:
    headers = {"content-type": kind} if kind else {}
    for caller in callers:
        answer = caller.send("POST", "/graphql", content=body, headers=headers)
        assert answer.status_code == status
        problem = status >= 400
        kind_told = "application/problem+json" if problem else "application/json"
        assert answer.headers["content-type"] == kind_told


@pytest.mark.parametrize("accept", ["text/event-stream", "text/html", "image/png", "*/*", "",
                                    "multipart/mixed;boundary=graphql;subscriptionSpec=1.0",
                                    "application/graphql-response+json"])  # fmt: skip
def test_the_answer_is_json_whatever_is_accepted(callers: Callers, accept: str) -> None:
    for query in ("{ me { level } }", '{ unit(id: "VN") { level } }'):
        for caller in callers:
            answer = caller.post("/graphql", {"query": query}, headers={"accept": accept})
            assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
            assert set(answer.json()) == {"data"}


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "GET", "FOO"])
def test_a_question_is_posted(callers: Callers, method: str) -> None:
    for caller in callers:
        asked = {"params": {"query": "{ __typename }"}, "headers": {"accept": "application/json"}}
        answer = caller.send(method, "/graphql", **asked)
        assert answer.status_code == 405
        assert "allow" in answer.headers
        assert method == "HEAD" or answer.json()["code"] == "method_not_allowed"
