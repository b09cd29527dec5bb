"""The page for tips in a real browser: sent, received, followed and answered by anybody."""

import hashlib
import json
import re
from base64 import b64decode
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal
from uuid import UUID, uuid4

import httpx
import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, FilePayload, Page, Route, expect

from app.domain.actor import Actor, Level, Role
from tests.browser.conftest import Watch, token_of
from tests.browser.readable import check_readable

PAGE = "/public/tips"
TIPS = "**/api/v1/public/tips"
PROVINCES = 34
SLOW = 20_000
WRITTEN = "Có người lạ đêm nào cũng đến bãi xe sau chợ."
PICTURE: FilePayload = {
    "name": "anh-cua-toi.png",
    "mimeType": "image/png",
    "buffer": b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    ),
}
SAYS = {
    "vi": {
        "locale": "vi-VN", "send": "Gửi tin", "follow": "Theo dõi tin đã gửi",
        "check": "Kiểm tra giấy biên nhận", "kept": "Những gì được lưu",
        "text": "Bạn muốn báo điều gì?", "province": "Tỉnh, thành phố",
        "search": "Tìm xã, phường, đặc khu theo tên", "commune": "Xã, phường, đặc khu",
        "not_to": "Không giao tin này cho đơn vị vừa chọn", "kind": "Loại tin",
        "contact": "Để lại cách liên lạc (không bắt buộc)", "phone": "Điện thoại",
        "button": "Gửi tin báo", "received": "Đã nhận tin. Hãy giữ mã biên nhận",
        "sent": "Tệp 1: đã gửi", "noted": "Tôi đã chép, xóa khỏi màn hình",
        "number": "Mã biên nhận", "look": "Xem", "reply": "Trả lời hoặc báo thêm",
        "reply_button": "Gửi trả lời", "replied": "Đã gửi trả lời.",
        "more_button": "Gửi tệp", "added": "Đã gửi tệp.",
        "close": "Đóng và xóa khỏi màn hình", "again": "Thử lại", "leave": "Rời trang",
        "text_missing": "Hãy viết vài lời về điều bạn muốn báo.",
        "province_missing": "Hãy chọn tỉnh, thành phố.", "title": "Tin báo – Bình Yên",
        "unreached": "Không kết nối được với máy chủ", "sealed": "Có, đang niêm phong",
    },
    "en": {
        "locale": "en-GB", "send": "Send a tip", "follow": "Follow a tip",
        "check": "Check a proof", "kept": "What is kept",
        "text": "What do you want to tell?", "province": "Province or city",
        "search": "Find a commune, ward or special zone by name",
        "commune": "Commune, ward or special zone",
        "not_to": "Do not give this tip to the unit chosen above", "kind": "Kind of tip",
        "contact": "Leave a way to reach you (optional)", "phone": "Phone",
        "button": "Send the tip", "received": "Your tip is received. Keep this number",
        "sent": "File 1: sent", "noted": "I have written it down, clear it",
        "number": "Receipt number", "look": "Look", "reply": "Answer, or tell more",
        "reply_button": "Send the answer", "replied": "Your answer is sent.",
        "more_button": "Send the file",
        "added": "The file is sent.", "close": "Close and clear the screen",
        "again": "Try again", "leave": "Leave page",
        "text_missing": "Write a few words about what you want to tell.",
        "province_missing": "Choose a province or city.", "title": "Tips – Bình Yên",
        "unreached": "The server cannot be reached", "sealed": "Left, and sealed",
    },
}  # fmt: skip
BLACK = "rgb(0, 0, 0)"
STORED = """async () => [document.cookie, localStorage.length, sessionStorage.length,
  (await indexedDB.databases()).length, (await caches.keys()).length]"""
LANGUAGES = pytest.mark.parametrize("language", ["vi", "en"])
Visit = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, site: str, watch: Watch) -> Iterator[Visit]:
    """Open the page in a language; afterwards only our host got requests, and nothing is stored."""
    opened: list[Page] = []

    def visit(language: str = "en", **chosen: Any) -> Page:
        locale = SAYS[language]["locale"]
        context = browser.new_context(base_url=site, locale=locale, **chosen)
        page = context.new_page()
        watch.follow(page)
        page.goto(PAGE)
        expect(page.get_by_label(SAYS[language]["province"]).locator("option")).to_have_count(
            PROVINCES + 1
        )
        opened.append(page)
        return page

    yield visit
    for page in opened:
        assert page.evaluate(STORED) == ["", 0, 0, 0, 0]
        assert page.context.cookies() == []
        page.context.close()
    assert watch.asked
    assert watch.abroad == []
    assert not [url for url in watch.asked if re.search(r"\d{4}.?\d{4}.?\d{4}", url)]


def write(page: Page, language: str, text: str = WRITTEN) -> None:
    """Fill in what a tip needs."""
    says = SAYS[language]
    page.get_by_label(says["text"]).fill(text)
    page.get_by_label(says["province"]).select_option(label="Cao Bằng")
    page.get_by_label(says["search"]).fill("thuc phan")
    page.get_by_label(says["commune"], exact=True).select_option(label="Phường Thục Phán")


def send_tip(page: Page, language: str, text: str = WRITTEN) -> str:
    """Send a tip; the digits of its receipt."""
    write(page, language, text)
    page.get_by_role("button", name=SAYS[language]["button"]).click()
    return receipt(page, language)


def receipt(page: Page, language: str) -> str:
    heading = page.get_by_role("heading", name=SAYS[language]["received"])
    expect(heading).to_be_focused(timeout=SLOW)
    digits = page.locator("#digits").inner_text()
    assert re.fullmatch(r"\d{4}( \d{4}){4}", digits)
    return digits


def follow(page: Page, language: str, digits: str) -> None:
    says = SAYS[language]
    page.get_by_role("navigation").get_by_role("button", name=says["follow"]).click()
    page.get_by_label(says["number"]).fill(digits)
    page.get_by_role("button", name=says["look"], exact=True).click()
    expect(page.locator("#told")).to_be_focused(timeout=SLOW)


@LANGUAGES
def test_a_tip_is_sent_received_followed_and_answered(
    visit: Visit, watch: Watch, language: str
) -> None:
    says, page = SAYS[language], visit(language)
    write(page, language)
    page.get_by_label(says["not_to"]).check()
    page.get_by_label(says["kind"]).select_option(index=1)
    page.locator("#pictures").set_input_files([PICTURE])
    page.get_by_text(says["contact"]).click()
    page.get_by_label(says["phone"]).fill("0900000000")
    page.get_by_role("button", name=says["button"]).click()

    digits = receipt(page, language)
    expect(page.get_by_text(says["sent"])).to_be_visible(timeout=SLOW)
    page.get_by_role("button", name=says["noted"]).click()
    expect(page.get_by_label(says["text"])).to_have_value("")
    assert digits not in page.content()

    follow(page, language, digits)
    found = page.locator("#tip-found")
    expect(found).to_contain_text(WRITTEN)
    expect(found).to_contain_text(says["sealed"])
    expect(page.locator("#files li")).to_have_count(1)
    assert "0900000000" not in page.content()
    page.get_by_label(says["reply"]).fill("Biển số xe có số 7.")
    page.get_by_role("button", name=says["reply_button"]).click()
    expect(page.get_by_text(says["replied"])).to_be_visible(timeout=SLOW)
    expect(page.locator("#messages")).to_contain_text("Biển số xe có số 7.")
    page.locator("#more").set_input_files([PICTURE])
    expect(page.locator("#picked")).to_contain_text(PICTURE["name"])
    page.get_by_role("button", name=says["more_button"]).click()
    expect(page.get_by_text(says["added"])).to_be_visible(timeout=SLOW)
    expect(page.locator("#files li")).to_have_count(2)

    page.get_by_role("button", name=says["close"]).click()
    assert WRITTEN not in page.content()
    assert watch.wrong == []


def test_what_the_office_writes_and_who_opened_the_identity_is_shown(visit: Visit) -> None:
    page = visit("en")
    digits = send_tip(page, "en")

    def more(route: Route) -> None:
        answer = route.fetch()
        told = answer.json()
        told["messages"].append(
            {"id": "m", "from": "office", "sent_on": "2026-11-20", "text": "Which gate?"}
        )
        told["identity_openings"].append({"on": "2026-11-21", "reason": "To ask about the car"})
        route.fulfill(response=answer, json=told)

    page.route("**/tips/status", more)
    follow(page, "en", digits)
    expect(page.locator("#messages .office")).to_have_text(
        "The office, 20 November 2026Which gate?"
    )
    expect(page.locator("#openings")).to_have_text("21 November 2026: To ask about the car")


@LANGUAGES
def test_what_an_officer_answers_comes_back_to_the_page(
    visit: Visit, application: FastAPI, site: str, token: str, language: str
) -> None:
    page, told = visit(language), f"{WRITTEN} {uuid4()}"
    digits = send_tip(page, language, told)
    with httpx.Client(base_url=f"{site}/api/v1", timeout=60) as client:
        client.headers["authorization"] = f"Bearer {token}"
        (ward,) = client.get(
            "/units", params={"search": "Phường Thục Phán", "fields": "id"}
        ).json()["items"]
        officer = Actor("officer", frozenset({Role.TIP_OFFICER}), Level.COMMUNE, UUID(ward["id"]))
        client.headers["authorization"] = f"Bearer {token_of(application, officer)}"
        answer(client, told, "Xe màu gì?")

    follow(page, language, digits)
    expect(page.locator("#messages .office")).to_contain_text("Xe màu gì?")


def answer(client: httpx.Client, text: str, word: str) -> None:
    """Find the tip that tells this, as its officer, and write back."""
    for tip in client.get("/tips", params={"limit": 100, "fields": "id"}).json()["items"]:
        path = f"/tips/{tip['id']}"
        client.post(f"{path}/assignments", json={"subject": "officer"})
        if client.get(f"{path}/content").json()["text"] == text:
            assert client.post(f"{path}/messages", json={"text": word}).status_code == 201
            return
    raise AssertionError("the tip is not there")


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the control of this name has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        here = page.locator(":focus")
        if here.count() and here.evaluate(NAME).startswith(name):
            return
    pytest.fail(f"The keyboard does not lead to {name}.")


NAME = "node => ((node.labels && node.labels[0]) || node).textContent.trim()"


def test_a_tip_is_sent_and_followed_by_the_keyboard_alone(visit: Visit) -> None:
    says, page = SAYS["en"], visit("en")
    tab_to(page, says["text"])
    page.keyboard.type("By keyboard.")
    tab_to(page, says["province"])
    page.keyboard.type("Cao")
    expect(page.locator("#province")).to_have_value("04")
    tab_to(page, says["search"])
    page.keyboard.type("thuc")
    expect(page.locator("#commune option")).to_have_count(2)
    tab_to(page, says["commune"])
    page.keyboard.press("ArrowDown")
    tab_to(page, says["not_to"])
    page.keyboard.press("Space")
    # Playwright tells the browser to intercept choosers, and does not wait until it does: a key
    # pressed at once overtakes that, and a headless browser cancels what it opens by itself.
    with page.expect_file_chooser() as chooser:
        tab_to(page, "Choose files")
        page.keyboard.press("Enter")
    chooser.value.set_files([PICTURE])
    expect(page.locator("#chosen li")).to_have_count(1)
    tab_to(page, says["contact"])
    page.keyboard.press("Enter")
    tab_to(page, says["phone"])
    page.keyboard.type("0900000000")
    tab_to(page, says["button"])
    page.keyboard.press("Enter")

    digits = receipt(page, "en")
    tab_to(page, says["noted"])
    page.keyboard.press("Enter")
    for _ in range(4):
        page.keyboard.press("Shift+Tab")
    tab_to(page, says["follow"])
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=says["follow"], exact=True)).to_be_focused()
    tab_to(page, says["number"])
    page.keyboard.type(digits.replace(" ", ""))
    page.keyboard.press("Enter")
    expect(page.locator("#told")).to_be_focused(timeout=SLOW)
    expect(page.locator("#facts")).to_contain_text("Cao Bằng")
    tab_to(page, says["reply"])
    page.keyboard.type("More.")
    tab_to(page, says["reply_button"])
    page.keyboard.press("Space")
    expect(page.get_by_text(says["replied"])).to_be_visible(timeout=SLOW)


def parts(page: Page, language: str) -> Iterator[str]:
    """Take the page through all it can show, stopping at each."""
    says, nav = SAYS[language], page.get_by_role("navigation")
    page.get_by_text(says["contact"]).click()
    page.get_by_role("button", name=says["button"]).click()
    expect(page.get_by_text(says["text_missing"])).to_be_visible()
    page.locator("#pictures").set_input_files([PICTURE])
    yield "sending, with faults"
    digits = send_tip(page, language)
    expect(page.get_by_text(says["sent"])).to_be_visible(timeout=SLOW)
    yield "receipt"
    nav.get_by_role("button", name=says["follow"]).click()
    page.get_by_label(says["number"]).fill("123")
    page.get_by_role("button", name=says["look"], exact=True).click()
    expect(page.get_by_label(says["number"])).to_be_focused()
    yield "following, with a fault"
    follow(page, language, digits)
    yield "followed"
    nav.get_by_role("button", name=says["check"]).click()
    page.get_by_role("textbox").first.fill("nothing")
    page.locator("#check button").click()
    expect(page.locator("#verdict p")).to_be_visible(timeout=SLOW)
    yield "checked"
    nav.get_by_role("button", name=says["kept"]).click()
    yield "what is kept"
    page.route("**/tips/proofs", lambda route: route.abort())
    nav.get_by_role("button", name=says["check"]).click()
    page.locator("#check button").click()
    expect(page.get_by_role("alert")).to_contain_text(says["unreached"])
    yield "failed"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_stands_out_and_every_field_has_a_name_in_each_part(
    visit: Visit, scheme: Literal["light", "dark"]
) -> None:
    page = visit("vi", color_scheme=scheme, reduced_motion="reduce")
    assert page.locator("html").get_attribute("lang") == "vi"
    for part in parts(page, "vi"):
        seen = check_readable(page, least=24)
        assert len(seen) > 10, part
        lowest = sorted(seen, key=lambda one: one[1])[:3]
        assert lowest[0][1] >= 4.5, (part, lowest)
        assert page.evaluate("document.getAnimations().length") == 0, part


@LANGUAGES
def test_nothing_runs_over_the_edge_of_a_small_phone(visit: Visit, language: str) -> None:
    page = visit(language, viewport={"width": 320, "height": 568})
    for part in parts(page, language):
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, part
        expect(page.get_by_role("button", name=SAYS[language]["leave"])).to_be_in_viewport()


@LANGUAGES
def test_what_is_missing_is_stated_at_its_field(visit: Visit, language: str) -> None:
    says, page = SAYS[language], visit(language)
    page.get_by_role("button", name=says["button"]).click()

    text = page.get_by_label(says["text"])
    expect(text).to_be_focused()
    expect(text).to_have_attribute("aria-invalid", "true")
    expect(text).to_have_accessible_description(re.compile(re.escape(says["text_missing"])))
    expect(page.get_by_label(says["province"])).to_have_accessible_description(
        says["province_missing"]
    )
    text.fill("x")
    page.get_by_role("button", name=says["button"]).click()
    expect(text).not_to_have_attribute("aria-invalid", "true")


def test_what_the_server_refuses_is_stated_at_its_field_and_nothing_typed_is_lost(
    visit: Visit,
) -> None:
    page = visit("en")
    long = "dài " * 6_000
    write(page, "en", long)
    page.get_by_role("button", name=SAYS["en"]["button"]).click()

    text = page.get_by_label(SAYS["en"]["text"])
    expect(text).to_have_attribute("aria-invalid", "true", timeout=SLOW)
    expect(text).to_be_focused()
    expect(text).to_have_value(long)
    assert page.get_by_label(SAYS["en"]["province"]).input_value() == "04"
    text.fill("Short.")
    page.get_by_role("button", name=SAYS["en"]["button"]).click()
    receipt(page, "en")


@LANGUAGES
def test_an_unknown_receipt_is_stated_at_its_field(visit: Visit, language: str) -> None:
    says, page = SAYS[language], visit(language)
    page.get_by_role("navigation").get_by_role("button", name=says["follow"]).click()
    number = page.get_by_label(says["number"])
    number.fill("0000 0000 0000 0000 0000")
    page.get_by_role("button", name=says["look"], exact=True).click()

    expect(page.locator("#number-fault")).to_have_attribute("lang", language, timeout=SLOW)
    expect(number).to_have_attribute("aria-invalid", "true")
    expect(number).to_be_focused()
    expect(number).to_have_value("0000 0000 0000 0000 0000")


def test_a_second_try_after_a_lost_answer_gives_the_same_receipt(visit: Visit) -> None:
    page, told = visit("en"), []

    def lose(route: Route) -> None:
        told.append(route.fetch().json()["receipt"])
        route.abort()

    page.route(TIPS, lose, times=1)
    write(page, "en")
    page.get_by_role("button", name=SAYS["en"]["button"]).click()
    expect(page.get_by_role("alert")).to_contain_text(SAYS["en"]["unreached"], timeout=SLOW)
    expect(page.get_by_label(SAYS["en"]["text"])).to_have_value(WRITTEN)

    page.get_by_role("button", name=SAYS["en"]["again"]).click()
    assert [receipt(page, "en")] == told


def test_another_tip_after_a_lost_answer_is_another_tip(visit: Visit) -> None:
    page, told = visit("en"), []

    def lose(route: Route) -> None:
        told.append(route.fetch().json()["receipt"])
        route.abort()

    page.route(TIPS, lose, times=1)
    write(page, "en")
    page.get_by_role("button", name=SAYS["en"]["button"]).click()
    expect(page.get_by_role("alert")).to_contain_text(SAYS["en"]["unreached"], timeout=SLOW)

    assert send_tip(page, "en", "Something else.") not in told


def test_a_picture_that_did_not_arrive_is_sent_again_and_the_receipt_stays(visit: Visit) -> None:
    page = visit("en")
    page.route("**/tips/attachments", lambda route: route.abort(), times=1)
    page.locator("#pictures").set_input_files([PICTURE])
    digits = send_tip(page, "en")
    page.get_by_role("button", name="Send file 1 again").click(timeout=SLOW)

    expect(page.get_by_text(SAYS["en"]["sent"])).to_be_visible(timeout=SLOW)
    assert page.locator("#digits").inner_text() == digits


def test_only_what_can_be_taken_is_chosen(visit: Visit) -> None:
    page = visit("en")
    pictures = page.locator("#pictures")
    film: FilePayload = {"name": "film.mp4", "mimeType": "video/mp4", "buffer": b"x"}
    large: FilePayload = {**PICTURE, "name": "large.png", "buffer": b"x" * 8_388_609}
    pictures.set_input_files([film, large, PICTURE])

    fault = page.locator("#pick-pictures-fault")
    expect(fault).to_contain_text("film.mp4 is no JPEG")
    expect(fault).to_contain_text("large.png is larger than 8 MB")
    expect(page.locator("#chosen li")).to_have_count(1)
    page.get_by_role("button", name="Remove file 1").click()
    expect(page.get_by_role("button", name="Choose files")).to_be_focused()
    pictures.set_input_files([PICTURE] * 6)
    expect(fault).to_have_text("Only 5 files can be sent; those after them were not taken.")
    expect(page.locator("#chosen li")).to_have_count(5)


def test_work_is_done_when_it_is_required(visit: Visit, site: str) -> None:
    page, asked = visit("en"), []
    challenge = page.request.get(f"{site}/api/v1/public/tips/work").json()

    def ask(route: Route) -> None:
        asked.append(route.request.headers["idempotency-key"])
        problem = {"status": 429, "code": "work_needed", "challenge": challenge}
        route.fulfill(status=429, json=problem, content_type="application/problem+json")

    page.route(TIPS, ask, times=1)
    with page.expect_request(carries_work, timeout=SLOW) as second:
        send_tip(page, "en")

    request = second.value
    done = json.loads(b64decode(json.loads(request.post_data or "")["work"]))
    number = f"{done['salt']}{done['number']}"
    assert hashlib.sha256(number.encode()).hexdigest() == challenge["challenge"]
    assert done.keys() == {"algorithm", "challenge", "number", "salt", "signature"}
    assert asked == [request.headers["idempotency-key"]]


def carries_work(request: Any) -> bool:
    return request.method == "POST" and '"work"' in (request.post_data or "")


def test_a_busy_server_is_tried_again_when_it_says(visit: Visit) -> None:
    page = visit("en")
    busy = {"status": 503, "code": "overloaded", "detail": "Too many at this moment."}
    page.route(
        TIPS,
        lambda route: route.fulfill(status=503, json=busy, headers={"retry-after": "1"}),
        times=1,
    )
    write(page, "en")
    page.get_by_role("button", name=SAYS["en"]["button"]).click()

    expect(page.locator("#progress")).to_contain_text("trying again in 1 seconds")
    receipt(page, "en")
    expect(page.locator("#progress")).to_be_empty()


def test_when_the_communes_do_not_come_one_can_try_again(visit: Visit) -> None:
    page = visit("en")
    page.route("**/public/units?within=04", lambda route: route.abort(), times=1)
    page.get_by_label(SAYS["en"]["province"]).select_option(label="Cao Bằng")
    page.get_by_role("button", name=SAYS["en"]["again"]).click()

    expect(page.locator("#commune option", has_text="Thục Phán")).to_have_count(1)
    expect(page.get_by_role("alert")).to_be_empty()


def test_the_language_changes_without_losing_what_is_typed(visit: Visit) -> None:
    page = visit("vi")
    write(page, "vi")
    page.get_by_role("button", name="English").click()

    expect(page).to_have_title(SAYS["en"]["title"])
    assert page.locator("html").get_attribute("lang") == "en"
    expect(page.get_by_role("button", name="Tiếng Việt")).to_be_focused()
    expect(page.get_by_label(SAYS["en"]["text"])).to_have_value(WRITTEN)
    follow(page, "en", send_tip(page, "en"))
    expect(page.locator("#told")).to_have_attribute("lang", "en")
    page.get_by_role("button", name="Tiếng Việt").click()
    expect(page.locator("#told")).to_have_attribute("lang", "vi", timeout=SLOW)
    expect(page.locator("#facts")).to_contain_text("Đang giải quyết")


def test_a_proof_is_saved_and_found_genuine_by_its_holder(visit: Visit, tmp_path: Path) -> None:
    page = visit("en")
    digits = send_tip(page, "en")
    with page.expect_download() as saving:
        page.get_by_role("button", name="Save the proof").click()
    assert saving.value.suggested_filename == "note.txt"
    saving.value.save_as(tmp_path / "note.txt")
    proof = (tmp_path / "note.txt").read_text()
    assert proof == page.locator("#jws").inner_text()
    assert digits.replace(" ", "") not in proof

    page.get_by_role("navigation").get_by_role("button", name=SAYS["en"]["check"]).click()
    page.get_by_label("Proof of receipt").fill(f"  {proof}\n")
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator("#verdict")).to_contain_text("This proof is genuine", timeout=SLOW)
    page.get_by_label("Proof of receipt").fill("x" + proof)
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator("#verdict")).to_contain_text("no proof of this server", timeout=SLOW)


def test_on_paper_there_is_the_receipt_and_its_proof_and_nothing_else(visit: Visit) -> None:
    page = visit("en", color_scheme="dark")
    send_tip(page, "en")
    page.emulate_media(media="print")

    assert page.locator("#digits").evaluate("node => getComputedStyle(node).color") == BLACK
    expect(page.locator("#digits")).to_be_visible()
    expect(page.locator("#jws")).to_be_visible()
    for button in page.get_by_role("button", include_hidden=True).all():
        expect(button).to_be_hidden()
    for heading in page.locator("h1, h2").all():
        expect(heading).to_be_hidden()


def test_leaving_the_page_leaves_nothing_behind(visit: Visit) -> None:
    page = visit("en")
    page.goto("/health/live")
    page.goto(PAGE)
    page.get_by_label(SAYS["en"]["text"]).fill(WRITTEN)
    page.get_by_role("button", name=SAYS["en"]["leave"]).click()

    expect(page).to_have_title("Bình Yên API")
    page.go_back()
    assert page.url.endswith("/health/live")


def test_coming_back_finds_the_fields_empty(visit: Visit) -> None:
    page = visit("en")
    page.get_by_label(SAYS["en"]["text"]).fill(WRITTEN)
    page.goto("/")
    page.go_back()

    expect(page.get_by_label(SAYS["en"]["text"])).to_have_value("")


def test_without_scripts_the_page_says_what_else_one_can_do(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto(PAGE)

    said = page.locator("body").inner_text()  # texts in noscript are not looked for by get_by_text
    for sentence in ("Trang này cần JavaScript", "This page needs JavaScript", "Điều 145"):
        assert sentence in said
    expect(page.locator("noscript h1")).to_be_visible()
    expect(page.get_by_role("textbox")).to_have_count(0)
    context.close()
