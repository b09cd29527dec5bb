"""One question put to the short way and to the ordinary way."""

import json
from typing import Any

import httpx

from tests.application import Caller

Callers = tuple[Caller, Caller]


def alike(callers: Callers, text: str, variables: dict[str, Any] | None = None) -> httpx.Response:
    """The answer of the short way, which is that of the ordinary way too."""
    body = {"query": text, "variables": variables or {}}
    quick, slow = (caller.post("/graphql", body) for caller in callers)
    assert quick.status_code == slow.status_code
    assert json.dumps(quick.json().get("data")) == json.dumps(slow.json().get("data"))
    assert faults(quick) == faults(slow)
    assert not any('"unexpected"' in fault for fault in faults(slow))
    return quick


def faults(answer: httpx.Response) -> list[str]:
    """List the place of each refusal, its words and its code."""
    body = answer.json()
    if "status" in body:  # a problem: nothing was answered at all
        return [json.dumps({name: body[name] for name in body if name != "request_id"})]
    kept = ("path", "message", "extensions")
    return sorted(json.dumps([fault.get(n) for n in kept]) for fault in body.get("errors", ()))
