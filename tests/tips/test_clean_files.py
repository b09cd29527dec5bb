"""Files of informants: clean, or refused with the reason before anything is drawn."""

import base64
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from PIL import Image

from app.domain.records.files.child.refusal import Refused
from app.domain.records.files.pool import FilePool
from app.domain.tips.crypto.receipts import DIGITS
from app.domain.tips.intake.errors import REASONS
from app.domain.tips.intake.files import pictures
from app.domain.tips.intake.files.clean import clean_file
from bench.hostile_pictures import claim_size, moving, png, save_picture
from tests.application import Application
from tests.give import Country
from tests.tips.informant_requests import follow, receipt

DOCUMENTS = {
    "RTF": "{\\rtf1\\ansi{\\info{\\author CANARY}}Xin chào}",
    "SVG": '<svg xmlns="http://www.w3.org/2000/svg"><metadata>CANARY</metadata></svg>',
    "SVG after a comment": "\n  <!-- CANARY --><svg/>",
    "vCard": "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:CANARY\r\nEND:VCARD\r\n",
    "calendar": "BEGIN:VCALENDAR\nORGANIZER:CANARY\nEND:VCALENDAR\n",
    "GPX": '<?xml version="1.0"?><gpx creator="CANARY"><trk/></gpx>',
    "HTML": "<!DOCTYPE html><meta name=author content=CANARY>",
    "mail": "Received: from CANARY\nFrom: a@b.vn\nSubject: x\n\nXin chào",
    "JSON": '{"type": "FeatureCollection", "author": "CANARY"}',
    "TeX": "\\documentclass{article}\\author{CANARY}",
    "PostScript": "%!PS-Adobe-3.0\n%%Creator: CANARY\n",
    "front matter": "---\nauthor: CANARY\n---\nXin chào",
    "NMEA": "$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47\n",
    "key": "-----BEGIN PGP MESSAGE-----\nComment: CANARY\n",
    "a second document behind the first": "Xin chào\n{\\rtf1{\\info{\\author CANARY}}}",
    "lyrics": "[by:CANARY]\n[00:01.00]Xin chào",
    "subtitles": "WEBVTT CANARY\n\n00:01.000 --> 00:02.000\nXin chào",
    "with a mark of order": "\ufeff{\\rtf1{\\author CANARY}}",
}
PLAIN = (
    "Kính gửi: Công an xã.\nTôi thấy <3 người lạ.",
    "- Ngày: 1/7\n- Nơi: cầu\n[1] Biển số 21A-123",
    "Date: hôm qua\nPlace: chợ\n",
    "{Tôi không nhớ rõ}",
    "Bắt đầu: 9 giờ\nHết: 10 giờ",
    "",
)


@pytest.fixture
def commune(country: Country) -> UUID:
    return country["1.1"]


def attach(application: Application, receipt: str, content: bytes) -> Any:
    coded = base64.b64encode(content).decode()
    return follow(application, receipt, "attachments", content=coded)


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_document_that_calls_itself_text_is_refused(kind: str) -> None:
    with pytest.raises(Refused, match="text_is_a_document"):
        clean_file(DOCUMENTS[kind].encode())


@pytest.mark.parametrize("text", PLAIN)
def test_plain_words_pass_unchanged(text: str) -> None:
    assert clean_file(text.encode()).content == text.encode()


def test_deep_grey_keeps_its_shades() -> None:
    line = b"".join(depth.to_bytes(2, "little") * 10 for depth in (12_000, 50_000))
    given, file = Image.frombytes("I;16", (20, 10), line * 10), BytesIO()
    given.save(file, "PNG")
    with Image.open(BytesIO(clean_file(file.getvalue()).content)) as seen:
        assert seen.mode == "L"
        assert [seen.getpixel((x, 5)) for x in (5, 15)] == [12_000 >> 8, 50_000 >> 8]


def test_what_is_transparent_stays_so() -> None:
    given, file = Image.new("RGB", (4, 4), "red"), BytesIO()
    given.save(file, "PNG", transparency=(255, 0, 0))
    with Image.open(BytesIO(clean_file(file.getvalue()).content)) as seen:
        assert seen.convert("RGBA").getpixel((1, 1)) == (255, 0, 0, 0)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (moving("PNG"), "picture_moves"), (moving("WEBP"), "picture_moves"),
        (save_picture("WEBP", (7_200, 7_200), lossless=True, method=0), "picture_bomb"),
        (png(7_000, 7_000), "picture_bomb"), (claim_size(60_000, 60_000), "too_many_pixels"),
        (save_picture("JPEG", (80, 80))[:-99], "picture_unreadable"),
        (b"RIFF\0\0\0\0WEBP", "picture_unreadable"),
    ],
)  # fmt: skip
def test_a_picture_is_refused_by_what_it_declares(
    content: bytes, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if reason != "picture_unreadable":
        monkeypatch.setattr(pictures, "redraw", lambda *_: pytest.fail("it was drawn"))
    with pytest.raises(Refused) as refused:
        clean_file(content)
    assert refused.value.code == reason
    assert all(REASONS[reason])


def test_a_reason_reaches_the_informant_in_both_languages(
    application: Application, commune: UUID
) -> None:
    given, texts = receipt(application, commune), set()
    for language in ("vi", "en"):
        caller = application.nobody.speaking(language)
        content = base64.b64encode(DOCUMENTS["RTF"].encode()).decode()
        answer = follow(caller, given, "attachments", content=content)
        (fault,) = answer.json()["errors"]
        assert (answer.status_code, fault["code"]) == (422, "text_is_a_document")
        assert fault["pointer"] == "/content"
        assert "CANARY" not in answer.text
        texts.add(fault["message"])
    assert texts == set(REASONS["text_is_a_document"])


def test_nothing_is_opened_for_a_receipt_that_opens_nothing(
    application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def open_nothing(*_: Any, **__: Any) -> Any:
        pytest.fail("a file was opened")

    monkeypatch.setattr(FilePool, "run", open_nothing)
    answer = attach(application, "1" * DIGITS, save_picture("JPEG", (9, 9)))
    assert (answer.status_code, answer.json()["code"]) == (404, "receipt_unknown")


def test_a_photo_of_fifty_million_pixels_is_drawn_within_the_limits(
    application: Application, commune: UUID
) -> None:
    answer = attach(
        application, receipt(application, commune), save_picture("JPEG", (8_160, 6_120))
    )
    assert answer.status_code == 201, answer.text
