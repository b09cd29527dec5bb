"""Tasks for the processes that open files, each a way to go wrong. Imports nothing heavy."""

import os
import resource
import time
from pathlib import Path
from typing import Any

from app.domain.records.files.child.refusal import Refused

Answer = tuple[dict[str, Any], bytes]


def echo(content: bytes, given: dict[str, Any]) -> Answer:
    return {"pid": os.getpid(), "given": given}, content


def surroundings(content: bytes, given: dict[str, Any]) -> Answer:
    limits = {name: resource.getrlimit(getattr(resource, name)) for name in given["limits"]}
    return {"environment": sorted(os.environ), "limits": limits}, b""


def fill_memory(content: bytes, given: dict[str, Any]) -> Answer:
    return {"size": len(bytes(2_000_000_000))}, b""


def spin(content: bytes, given: dict[str, Any]) -> Answer:
    while True:
        pass


def wait(content: bytes, given: dict[str, Any]) -> Answer:
    time.sleep(given["seconds"])
    return {}, b""


def abort(content: bytes, given: dict[str, Any]) -> Answer:
    os.abort()


def answer_endlessly(content: bytes, given: dict[str, Any]) -> Answer:
    return {}, bytes(50_000_000)


def write(content: bytes, given: dict[str, Any]) -> Answer:
    Path(given["path"]).write_bytes(content)
    return {}, b""


def fail(content: bytes, given: dict[str, Any]) -> Answer:
    raise ValueError(content.decode())


def refuse(content: bytes, given: dict[str, Any]) -> Answer:
    raise Refused("too_wide", row=7)
