"""Limits of a process that opens one file."""

import os
import resource
from contextlib import suppress

MAX_MEMORY_BYTES = 805_306_368  # a picture of 52 million pixels twice, and the interpreter
MAX_CPU_SECONDS = 12
MAX_STREAM_CPU_SECONDS = 90  # of a file whose rows are taken one after another
MAX_SECONDS = 30.0  # as the server waits, from the first byte sent to the last received
MAX_INPUT_BYTES = 104_857_600
MAX_OUTPUT_BYTES = 33_554_432
MAX_HEADER_BYTES = 33_554_432
MAX_OPEN_FILES = 32
NICENESS = 5  # requests come before files


def apply_limits(*, streams: bool = False) -> None:
    """Limit this process for good: memory, processor time, files; no core dump, no writing."""
    limits = {
        resource.RLIMIT_CPU: MAX_STREAM_CPU_SECONDS if streams else MAX_CPU_SECONDS,
        resource.RLIMIT_AS: MAX_MEMORY_BYTES,
        resource.RLIMIT_NOFILE: MAX_OPEN_FILES,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for kind, most in limits.items():
        with suppress(ValueError, OSError):  # a system that knows no such limit
            resource.setrlimit(kind, (most, most))
    with suppress(OSError):
        os.nice(NICENESS)
