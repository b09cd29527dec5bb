"""One process that opens files, as the server talks to it."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import orjson

from app.domain.records.files.child.frames import LENGTH_BYTES, PIECE
from app.domain.records.files.child.limits import MAX_HEADER_BYTES, MAX_OUTPUT_BYTES

ROOT = Path(__file__).parents[4]
PROGRAM = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from app.domain.records.files.child.template import serve_files; serve_files()"
)
ENVIRONMENT = {"LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "1"}  # nothing of the server's own
MAX_FILES = 2_000  # then another process takes over


class ProcessDied(Exception):
    """The process ended before it answered: it was killed at a limit."""


class FileProcess:
    """A process that opens one file after another, each in a fork of its own."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self._child = subprocess.Popen(
                [sys.executable, "-I", "-c", PROGRAM, str(ROOT)],
                stdin=theirs.fileno(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                env=ENVIRONMENT, start_new_session=True, cwd="/",
            )  # fmt: skip
        ours.setblocking(False)
        self._channel, self.served = ours, 0
        self.sound = True  # whether it can be given another file

    @property
    def pid(self) -> int:
        return self._child.pid

    async def run(
        self, task: str, file: IO[bytes], size: int, given: dict[str, Any]
    ) -> tuple[dict[str, Any], bytes]:
        """Send a file to its task; return the answer and the bytes that belong to it."""
        try:
            await self._send({"task": task, "given": given, "size": size}, file)
            return await self._receive()
        except (ConnectionError, BrokenPipeError) as error:
            raise ProcessDied() from error

    async def stream(
        self, task: str, file: IO[bytes], size: int, given: dict[str, Any], seconds: float
    ) -> AsyncIterator[dict[str, Any]]:
        """Send a file to its task; yield each part, and the answer last. Each has its time."""
        head = {"task": task, "given": given, "size": size, "streams": True}
        try:
            async with asyncio.timeout(seconds):
                await self._send(head, file)
            found: dict[str, Any] = {"part": None}
            while "part" in found:
                async with asyncio.timeout(seconds):
                    found, _ = await self._receive()
                yield found
        except (ConnectionError, BrokenPipeError) as error:
            raise ProcessDied() from error

    async def _send(self, head: dict[str, Any], file: IO[bytes]) -> None:
        loop, text = asyncio.get_running_loop(), orjson.dumps(head)
        self.served += 1
        await loop.sock_sendall(self._channel, len(text).to_bytes(LENGTH_BYTES, "big") + text)
        while piece := file.read(PIECE):
            await loop.sock_sendall(self._channel, piece)

    async def _receive(self) -> tuple[dict[str, Any], bytes]:
        length = int.from_bytes(await self._read(LENGTH_BYTES, LENGTH_BYTES), "big")
        head = orjson.loads(await self._read(length, MAX_HEADER_BYTES))
        return head, bytes(await self._read(head["size"], MAX_OUTPUT_BYTES))

    async def _read(self, size: int, most: int) -> bytearray:
        if size > most:
            raise ProcessDied()
        loop, found = asyncio.get_running_loop(), bytearray()
        while len(found) < size:
            piece = await loop.sock_recv(self._channel, min(PIECE, size - len(found)))
            if not piece:
                raise ProcessDied()
            found += piece
        return found

    def end(self) -> None:
        """End the process and whatever it forked."""
        self._channel.close()
        with suppress(ProcessLookupError):
            os.killpg(self._child.pid, signal.SIGKILL)
        self._child.wait()
