"""Attachments of a tip: redrawn, encrypted, limited in number and type."""

import base64
import zlib
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PIL import Image
from sqlmodel import select

from app.db.tables.records import Outbox
from app.db.tables.tip_parts import TipAttachment
from app.domain.confidential.crypto.envelopes import decrypt, row_context
from app.domain.records.files.child.refusal import Refused
from app.domain.tips.intake import cleanup
from app.domain.tips.intake.files.clean import clean_file
from tests.application import Application, runner
from tests.give import Country
from tests.tips.informant_requests import follow, receipt
from tests.tips.pictures import MARK, jpeg, png, webp

KINDS = {"image/jpeg": jpeg, "image/png": png, "image/webp": webp}


@pytest.fixture
def commune(country: Country) -> UUID:
    return country["1.1"]


def attach(application: Application, receipt: str, content: bytes, **more: Any) -> Any:
    return follow(
        application, receipt, "attachments", content=base64.b64encode(content).decode(), **more
    )


async def contents(application: Application) -> dict[str, bytes]:
    """List all files in the storage of tips."""
    storage = application.app.state.resources.tips.storage
    found = {}
    async for name, _ in storage.list():
        found[name] = b"".join([piece async for piece in await storage.get(name)])
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_picture_keeps_pixels_and_no_metadata(kind: str) -> None:
    given = KINDS[kind]()
    assert MARK.encode() in given
    made = clean_file(given)
    assert made.media_type == kind
    assert MARK.encode() not in made.content
    with Image.open(BytesIO(made.content)) as seen:
        assert not seen.getexif()
        assert not {"exif", "xmp", "icc_profile", "comment", "Author", "Title"} & set(seen.info)
        red, blue = (seen.convert("RGB").getpixel((x, 20)) for x in (5, 55))
    assert isinstance(red, tuple)
    assert isinstance(blue, tuple)
    assert red[0] > 200 > 60 > red[2]
    assert blue[2] > 200 > 60 > blue[0]


def test_picture_is_rotated_by_its_orientation() -> None:
    with Image.open(BytesIO(clean_file(jpeg(turned=True)).content)) as seen:
        assert seen.size == (40, 60)


def test_utf8_text_is_accepted_unchanged() -> None:
    assert clean_file("chữ".encode()).content == "chữ".encode()
    assert clean_file("chữ".encode()).media_type == "text/plain"


BOMB = b"\x89PNG\r\n\x1a\n" + b"".join(
    len(part).to_bytes(4, "big") + name + part + zlib.crc32(name + part).to_bytes(4, "big")
    for name, part in (
        (b"IHDR", (60_000).to_bytes(4, "big") * 2 + bytes((8, 2, 0, 0, 0))),
        (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b""),
    )
)  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", b"PK\x03\x04\x00\x00", b"\x7fELF\x02\x01\x01\x00",
        "chữ".encode("utf-16"), b"GIF89a\x01\x00\x01\x00", b"\0", b"\xff", b"a\0b",
    ],
)  # fmt: skip
def test_other_media_types_are_refused(content: bytes) -> None:
    with pytest.raises(Refused, match="kind_not_taken"):
        clean_file(content)


@pytest.mark.parametrize(
    "content",
    [jpeg()[:-200], png()[:60], b"\xff\xd8\xff\xe0", b"RIFF\x10\0\0\0WAVEfmt ", BOMB,
     webp()[:80], png().replace(b"IDAT", b"IDAX")],
)  # fmt: skip
def test_damaged_or_huge_pictures_are_refused(content: bytes) -> None:
    with pytest.raises(Refused, match=r"picture_unreadable|too_many_pixels"):
        clean_file(content)


def test_attachment_is_encrypted_and_listed(application: Application, commune: UUID) -> None:
    held = receipt(application, commune)
    answer = attach(application, held, jpeg())
    assert answer.status_code == 201
    (told,) = answer.json()["attachments"]
    assert set(told) == {"id", "media_type", "size", "sent_on"}
    assert UUID(told["id"]).version == 4
    assert answer.json() == follow(application, held).json()

    async def row() -> tuple[TipAttachment, list[Outbox]]:
        async with application.behind() as session:
            asked = select(TipAttachment).where(TipAttachment.id == UUID(told["id"]))
            kept = (await session.exec(asked)).one()
            news = select(Outbox).where(Outbox.resource_id == kept.tip_id).order_by("fields")
            return kept, list((await session.exec(news)).all())

    (kept, news), stored = runner().run(row()), runner().run(contents(application))
    assert [(one.act, one.fields) for one in news] == [("create", []), ("change", ["attachments"])]
    sealed = stored[kept.sha256]
    assert sha256(sealed).hexdigest() == kept.sha256
    assert jpeg()[:4] not in sealed
    ring = application.app.state.resources.tips.keys.content
    name, private = ring.find_private_key(kept.keys)
    place = row_context("tip_attachment", kept.id)
    plain = decrypt(sealed, kept.keys, name, private, place, padded=False)
    assert plain.startswith(b"\xff\xd8\xff")
    assert len(plain) == told["size"]
    assert MARK.encode() not in plain


def test_sixth_attachment_is_refused(application: Application, commune: UUID) -> None:
    held = receipt(application, commune)
    for _ in range(5):
        assert attach(application, held, b"x").status_code == 201
    answer = attach(application, held, b"x")
    assert (answer.status_code, answer.json()["code"]) == (422, "too_many_files")
    assert len(follow(application, held).json()["attachments"]) == 5


def test_refusal_lists_accepted_types(application: Application, commune: UUID) -> None:
    answer = attach(application, receipt(application, commune), b"%PDF\xff")
    assert answer.status_code == 422
    (fault,) = answer.json()["errors"]
    assert (fault["pointer"], fault["code"]) == ("/content", "file_kind_not_taken")
    assert "image/webp" in fault["message"]


@pytest.mark.parametrize(
    ("content", "code"),
    [("", "too_short"), ("!!", "base64_decode"), (None, "bytes_type"), (7, "bytes_type")],
)
def test_invalid_base64_is_refused(
    application: Application, commune: UUID, content: Any, code: str
) -> None:
    answer = follow(application, receipt(application, commune), "attachments", content=content)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/content"


def test_file_size_limit_is_exact(application: Application, commune: UUID) -> None:
    held = receipt(application, commune)
    assert attach(application, held, b"x" * 8_388_608).status_code == 201
    assert attach(application, held, b"x" * 8_388_609).status_code == 422
    assert attach(application, held, b"x" * 8_500_000).status_code == 413


@pytest.fixture
def apart(application_url: str, commune: UUID, tmp_path: Path) -> Iterator[Application]:
    """Provide an application with a storage folder of its own, to sweep no other test's files."""
    with Application.on(application_url, storage=f"file://{tmp_path}") as application:
        yield application


def test_orphan_files_are_deleted_after_a_day(apart: Application, commune: UUID) -> None:
    application = apart
    attach(application, receipt(application, commune), b"kept")
    scenario = application.app.state.resources.tips
    alone = sha256(b"alone").hexdigest()

    async def sweep(left_for: timedelta) -> tuple[int, set[str]]:
        await scenario.storage.put(alone, BytesIO(b"alone"))
        gone = await cleanup.delete_orphan_files(scenario.database, scenario.storage, left_for)
        return gone, set(await contents(application))

    gone, left = runner().run(sweep(timedelta(hours=24)))
    assert (gone, alone in left) == (0, True)
    gone, left = runner().run(sweep(timedelta(seconds=-5)))
    assert (gone >= 1, alone in left) == (True, False)

    async def list_stored_hashes() -> set[str]:
        async with application.behind() as session:
            return set((await session.exec(select(TipAttachment.sha256))).all())

    assert len(left) == 1
    assert left <= runner().run(list_stored_hashes())
