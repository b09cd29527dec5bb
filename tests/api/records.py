"""Records that tests make and correct over REST."""

from typing import Any
from uuid import uuid4

from tests.application import Caller
from tests.give import Country


def make(caller: Caller, path: str, **data: Any) -> str:
    """Create a record, and return its path."""
    made = caller.post(f"/api/v1/{path}", data)
    assert made.status_code == 201, made.text
    return f"/api/v1/{path}/{made.json()['id']}"


def id_of(path: str) -> str:
    return path.rpartition("/")[2]


def village(caller: Caller, country: Country) -> str:
    words = {"kind": "village", "name": f"Thôn {uuid4().hex[:6]}", "valid_from": "2010-01-01"}
    return id_of(make(caller, "units", **words, parent=str(country["1.1"])))


def change(caller: Caller, path: str, **data: Any) -> Any:
    return caller.change("PATCH", path, data)


def code(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]
