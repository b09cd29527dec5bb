"""Harmful files are refused, the fault is named, and nothing of them is stored anywhere."""

from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from app.domain.actor import Role
from app.domain.attachments import names, packages
from app.domain.attachments import pdf as pdf_files
from app.domain.attachments.faults import FAULTS, FileRefused, KindNotTaken
from app.domain.attachments.media_types import media_type_of
from app.domain.attachments.packages import MOST_UNPACKED, inflate_part
from tests.application import LOG
from tests.documents.conftest import DOCUMENTS, Archive, send
from tests.documents.files import GOOD, pdf
from tests.documents.hostile import FILES, NAMES, NOT_TAKEN, Hostile

MAX_BYTES = 20_971_520
MAX_PIECE = 1_048_576  # what is unpacked at a time, at the most


@pytest.fixture(scope="module")
def document(archive: Archive) -> str:
    made: str = archive.document()["id"]
    return made


class Memory:
    """Growth of the memory of this process, from the start of this to its height."""

    def __init__(self) -> None:
        with suppress(OSError):
            Path("/proc/self/clear_refs").write_text("5")  # its height is counted again
        self.before = self._read_status("VmRSS")

    def growth(self) -> int:
        return self._read_status("VmHWM") - self.before

    def _read_status(self, name: str) -> int:
        status = Path("/proc/self/status").read_text()
        return 1024 * int(status.partition(f"{name}:")[2].split()[0])


def inspect(content: bytes, name: str) -> str:
    """Inspect a file past every layer, process and database; return its media type."""
    given = names.clean_name(names.decode_name(name))
    if not content:
        raise FileRefused("empty")
    return media_type_of(content, given)


class UnpackedBytes:
    """Number of bytes unpacked while a file is looked into: that is what a bomb costs."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.bytes = 0
        for module in (packages, pdf_files):
            monkeypatch.setattr(module, "inflate_part", self._count)

    def _count(self, inflate: Any, packed: bytes, most: int) -> Iterator[bytes]:
        for piece in inflate_part(inflate, packed, most):
            self.bytes += len(piece)
            yield piece


@pytest.mark.parametrize("hostile", FILES, ids=str)
def test_a_hostile_file_is_refused_by_name_at_little_cost(
    hostile: Hostile, monkeypatch: pytest.MonkeyPatch
) -> None:
    content, unpacked, memory = hostile.make(), UnpackedBytes(monkeypatch), Memory()
    refusal = FileRefused if hostile.status == 422 else KindNotTaken
    with pytest.raises(refusal) as refused:
        inspect(content, quote(hostile.name))
    if isinstance(refused.value, FileRefused):
        assert refused.value.facts["fault"] == hostile.fault
    assert unpacked.bytes <= min(MOST_UNPACKED, 100 * len(content)) + MAX_PIECE
    assert memory.growth() < 50e6


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_is_more_than_a_name_is_refused(name: str) -> None:
    with pytest.raises(FileRefused) as refused:
        inspect(pdf(), name)
    assert refused.value.facts["fault"] == NAMES[name]


SAMPLE = (
    "nested archives, as 42.zip", "a packed list that is a bomb", "an archive behind a picture",
    "a plain archive", "a script in a PDF", "a JPEG of 4 billion pixels", "nothing",
    "a.docx cut at 0.5",
)  # fmt: skip


@pytest.mark.parametrize("about", SAMPLE)
def test_what_is_refused_leaves_nothing_and_is_explained_in_both_languages(
    archive: Archive, document: str, about: str
) -> None:
    (hostile,) = (hostile for hostile in FILES if hostile.about == about)
    content, before = hostile.make(), (archive.list_stored(), archive.rows())
    recorder = archive.at(Role.RECORDER)
    told = send(recorder, document, content, hostile.name)
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
    assert (archive.list_stored(), archive.rows()) == before


def test_a_name_is_read_from_its_header_as_it_came(archive: Archive, document: str) -> None:
    before = archive.list_stored(), archive.rows()
    path, headers = f"{DOCUMENTS}/{document}/attachments", {"file-name": "..%2F..%2Fx.pdf"}
    told = archive.at(Role.RECORDER).send("POST", path, content=pdf(), headers=headers)
    assert (told.status_code, told.json()["fault"]) == (422, "name_is_a_path")
    assert told.json()["errors"][0]["pointer"] == "/file-name"
    assert (archive.list_stored(), archive.rows()) == before


def test_without_a_name_nothing_is_taken(archive: Archive, document: str) -> None:
    told = send(archive.at(Role.RECORDER), document, pdf(), name=None)
    assert (told.status_code, told.json()["fault"]) == (422, "name_missing")


@pytest.mark.parametrize("declared", [True, False])
def test_what_is_too_large_is_refused_whether_it_says_so_or_not(
    archive: Archive, document: str, declared: bool
) -> None:
    sent, before, memory = 0, (archive.list_stored(), archive.rows()), Memory()

    async def pieces() -> AsyncIterator[bytes]:
        nonlocal sent
        for _ in range(500):
            sent += 65_536
            yield b"%PDF-1.7" + b"x" * 65_528

    headers = {"content-length": str(MAX_BYTES + 1)} if declared else {}
    told: Any = send(archive.at(Role.RECORDER), document, pieces(), **headers)
    assert (told.status_code, told.json()["code"]) == (413, "too_large")
    assert told.json()["most"] == MAX_BYTES
    assert sent < MAX_BYTES + 200_000
    assert (archive.list_stored(), archive.rows()) == before
    assert memory.growth() < 50e6


def test_no_file_and_no_name_reaches_the_log(archive: Archive, document: str) -> None:
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
