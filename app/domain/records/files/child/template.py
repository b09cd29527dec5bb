"""The process from which one is forked for each file: imports are done, limits come after.

It never looks at a file itself. A forked process that does not end well takes this one along,
because the bytes left behind by it would be taken for the next frame.
"""

import os
import traceback
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

from app.domain.records.files.child import frames, limits
from app.domain.records.files.child.refusal import Refused

CHANNEL = 0
Answer = tuple[dict[str, Any], bytes]
Task = Callable[[bytes, dict[str, Any]], Answer]
Stream = Callable[[bytes, dict[str, Any]], Iterator[dict[str, Any]]]


def serve_files() -> None:
    """Fork one process for each file until the server closes the channel."""
    while head := frames.read_head(CHANNEL):
        task = find_task(head["task"])
        pid = os.fork()
        if pid == 0:
            _open_file(task, head)
        _, status = os.waitpid(pid, 0)
        if status:
            os._exit(1)


def find_task(name: str) -> Any:
    """Return the function that the server names, never a file."""
    module, _, function = name.partition(":")
    return getattr(import_module(module), function)


def _open_file(task: Any, head: dict[str, Any]) -> None:
    """Do the work of one file, answer, and end."""
    status = 1
    try:
        streams = bool(head.get("streams"))
        limits.apply_limits(streams=streams)
        content = frames.read_content(CHANNEL, head["size"])
        run = stream_parts if streams else run_task
        answer, output = run(task, content, head["given"])
        del content
        frames.write_frame(CHANNEL, answer, output)
        status = 0
    finally:
        os._exit(status)


def stream_parts(task: Stream, content: bytes, given: dict[str, Any]) -> Answer:
    """Write each part that a task yields at once; return an empty answer, or why it ended."""

    def write_parts(content: bytes, given: dict[str, Any]) -> Answer:
        for part in task(content, given):
            frames.write_frame(CHANNEL, {"part": part})
        return {}, b""

    return run_task(write_parts, content, given)


def run_task(task: Task, content: bytes, given: dict[str, Any]) -> Answer:
    """Return the answer of a task, or why there is none."""
    try:
        answer, output = task(content, given)
        return {"answer": answer}, output
    except Refused as refusal:
        return {"refused": refusal.code, "facts": refusal.facts}, b""
    except (MemoryError, RecursionError):
        return {"refused": "too_costly", "facts": {}}, b""
    except Exception as error:  # a reader raises what it likes on what is broken
        places = traceback.extract_tb(error.__traceback__)
        at = [f"{place.name}:{place.lineno}" for place in places[-4:]]
        return {"refused": "unreadable", "facts": {"_error": type(error).__name__, "_at": at}}, b""
