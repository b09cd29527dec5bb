"""The processes that open files: few, shared by all requests, with a queue of bounded length."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from typing import IO, Any

import structlog

from app.domain.records.files.child.limits import MAX_INPUT_BYTES, MAX_SECONDS
from app.domain.records.files.child.refusal import Refused
from app.domain.records.files.errors import FilesBusy
from app.domain.records.files.process import MAX_FILES, FileProcess, ProcessDied

MAX_RUNNING, MAX_WAITING = 2, 32
TOO_COSTLY = "too_costly"
log = structlog.get_logger()


class FilePool:
    """Opens files in processes with limits; one that fails is replaced."""

    def __init__(
        self, running: int = MAX_RUNNING, waiting: int = MAX_WAITING, seconds: float = MAX_SECONDS
    ) -> None:
        self._slots, self._idle = asyncio.Semaphore(running), list[FileProcess]()
        self._waiting, self._max_waiting, self.seconds = 0, waiting, seconds

    async def run(
        self, task: str, content: bytes | IO[bytes], size: int | None = None, **given: Any
    ) -> tuple[dict[str, Any], bytes]:
        """Run a task, named `module:function`, on a file; raise `Refused` where it refuses it."""
        file = BytesIO(content) if isinstance(content, bytes) else content
        length = len(content) if isinstance(content, bytes) else int(size or 0)
        if length > MAX_INPUT_BYTES:
            raise Refused(TOO_COSTLY)
        await self._take_slot()
        try:
            head, output = await self._run(task, file, length, given)
        finally:
            self._slots.release()
        _check_answer(task, head)
        return head["answer"], output

    async def stream(
        self, task: str, content: bytes, **given: Any
    ) -> AsyncGenerator[dict[str, Any], None]:
        """Run a task that yields parts; to stop before its end is to end its process."""
        if len(content) > MAX_INPUT_BYTES:
            raise Refused(TOO_COSTLY)
        await self._take_slot()
        try:
            async with self._open_process() as process:
                parts = process.stream(task, BytesIO(content), len(content), given, self.seconds)
                async for head in parts:
                    if "part" in head:
                        yield head["part"]
                    else:
                        process.sound = process.served < MAX_FILES
                        _check_answer(task, head)
        finally:
            self._slots.release()

    async def _take_slot(self) -> None:
        if self._slots.locked() and self._waiting >= self._max_waiting:
            raise FilesBusy()
        self._waiting += 1
        try:
            await self._slots.acquire()
        finally:
            self._waiting -= 1

    async def _run(
        self, task: str, file: IO[bytes], size: int, given: dict[str, Any]
    ) -> tuple[dict[str, Any], bytes]:
        async with self._open_process() as process:
            async with asyncio.timeout(self.seconds):
                found = await process.run(task, file, size, given)
            process.sound = process.served < MAX_FILES
            return found

    @asynccontextmanager
    async def _open_process(self) -> AsyncIterator[FileProcess]:
        """Lend a process; one that does not come back sound is ended."""
        process = self._idle.pop() if self._idle else await asyncio.to_thread(FileProcess)
        process.sound = False
        try:
            yield process
        except (TimeoutError, ProcessDied):
            raise Refused(TOO_COSTLY) from None
        finally:  # of one that was left in the middle nobody knows what it would answer next
            if process.sound:
                self._idle.append(process)
            else:
                await asyncio.shield(asyncio.to_thread(process.end))

    async def close(self) -> None:
        """End all processes."""
        while self._idle:
            await asyncio.to_thread(self._idle.pop().end)


def _check_answer(task: str, head: dict[str, Any]) -> None:
    """Raise the refusal of a file, if that is the answer."""
    if refused := head.get("refused"):
        if why := head["facts"].get("_error"):
            log.warning("file_unreadable", task=task, error=why, at=head["facts"]["_at"])
        raise Refused(refused, **head["facts"])
