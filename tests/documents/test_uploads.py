"""What means harm is refused, the fault is named, and nothing of it is kept anywhere."""

import gc
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from app.domain.actor import Role
from app.domain.attachments.errors import FAULTS
from tests.documents.conftest import DOCUMENTS, Archive, send
from tests.documents.files import GOOD, pdf
from tests.documents.hostile import FILES, NAMES, NOT_TAKEN, Hostile
from tests.house import LOG

MOST = 20_971_520


@pytest.fixture(scope="module")
def document(archive: Archive) -> str:
    made: str = archive.document()["id"]
    return made


class Memory:
    """How much more memory this process has had at its height than when this began."""

    def __init__(self) -> None:
        gc.collect()
        with suppress(OSError):
            Path("/proc/self/clear_refs").write_text("5")  # its height is counted anew
        self.before = self._told("VmRSS")

    def grown(self) -> int:
        return self._told("VmHWM") - self.before

    def _told(self, name: str) -> int:
        status = Path("/proc/self/status").read_text()
        return 1024 * int(status.partition(f"{name}:")[2].split()[0])


@pytest.mark.parametrize("hostile", FILES, ids=str)
def test_a_hostile_file_is_refused_by_name_and_leaves_nothing(
    archive: Archive, document: str, hostile: Hostile
) -> None:
    content = hostile.make()
    before, memory, began = (archive.stored(), archive.rows()), Memory(), time.monotonic()
    recorder = archive.at(Role.RECORDER)
    told = send(recorder, document, content, hostile.name)
    took, grown = time.monotonic() - began, memory.grown()
    print(f"{hostile.about}: {len(content)} bytes, {took:.2f} s, {grown / 1e6:.0f} MB more")
    assert told.status_code == hostile.status, told.text
    body = told.json()
    if hostile.fault == NOT_TAKEN:
        assert body["code"] == NOT_TAKEN
        assert body["allowed"][0] == "pdf"
    else:
        assert (body["code"], body["fault"]) == ("file_refused", hostile.fault)
        in_vietnamese = body["errors"][0]["message"]
        in_english = send(recorder.speaking("en"), document, content, hostile.name).json()
        assert (in_english["errors"][0]["message"], in_vietnamese) == FAULTS[hostile.fault]
    assert (archive.stored(), archive.rows()) == before
    assert took < 5
    assert grown < 50e6


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_is_more_than_a_name_is_refused(
    archive: Archive, document: str, name: str
) -> None:
    before = archive.stored(), archive.rows()
    recorder = archive.at(Role.RECORDER)
    told = recorder.send(
        "POST", f"{DOCUMENTS}/{document}/attachments", content=pdf(), headers={"file-name": name}
    )
    assert (told.status_code, told.json()["fault"]) == (422, NAMES[name])
    assert told.json()["errors"][0]["pointer"] == "/file-name"
    assert (archive.stored(), archive.rows()) == before


def test_without_a_name_nothing_is_taken(archive: Archive, document: str) -> None:
    told = send(archive.at(Role.RECORDER), document, pdf(), name=None)
    assert (told.status_code, told.json()["fault"]) == (422, "name_missing")


@pytest.mark.parametrize("said", [True, False])
def test_what_is_too_large_is_refused_whether_it_says_so_or_not(
    archive: Archive, document: str, said: bool
) -> None:
    sent, before, memory = 0, (archive.stored(), archive.rows()), Memory()

    async def pieces() -> AsyncIterator[bytes]:
        nonlocal sent
        for _ in range(500):
            sent += 65_536
            yield b"%PDF-1.7" + b"x" * 65_528

    headers = {"content-length": str(MOST + 1)} if said else {}
    told: Any = send(archive.at(Role.RECORDER), document, pieces(), **headers)
    assert (told.status_code, told.json()["code"]) == (413, "too_large")
    assert told.json()["most"] == MOST
    assert sent < MOST + 200_000
    assert (archive.stored(), archive.rows()) == before
    assert memory.grown() < 50e6


def test_no_file_and_no_name_is_told_to_the_log(archive: Archive, document: str) -> None:
    send(archive.at(Role.RECORDER), document, b"MZ secret content", "Nguyễn riêng tư.pdf")
    logged = LOG.getvalue()
    assert "riêng" not in logged
    assert "rieng" not in logged
    assert "secret content" not in logged


@pytest.mark.parametrize("name", GOOD)
def test_what_people_send_is_taken_and_comes_back_as_it_was(
    archive: Archive, document: str, name: str
) -> None:
    content, kind = GOOD[name]
    recorder = archive.at(Role.RECORDER)
    made = send(recorder, document, content, name)
    assert made.status_code == 201, made.text
    row = made.json()
    assert (row["file_name"], row["media_type"], row["size"]) == (name, kind, len(content))
    back = recorder.get(f"/api/v1/attachments/{row['id']}/content")
    assert (back.status_code, back.content) == (200, content)
    assert back.headers["content-type"] == kind
    assert back.headers["x-content-type-options"] == "nosniff"
    assert back.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
