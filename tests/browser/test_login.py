"""Signing in with a real browser: by the keyboard alone, and readable by everybody."""

import asyncio
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal
from urllib.parse import urlencode

import pyotp
import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, expect
from sqlmodel import update

from app.db.session import Database
from app.db.tables.auth import Account, Client, ClientKind
from app.demo.accounts import PASSWORD, SECRET, load_demo_accounts
from app.domain.login.cookie_seal import CookieSeal
from tests.application import VIET_NAM
from tests.browser.readable import check_readable

CLIENT = "browser-app"


@pytest.fixture(scope="module")
def back() -> Iterator[str]:
    """The application's own page, to which a browser is sent back."""

    class Own(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(b"<!doctype html><title>App</title><link rel=icon href=data:,>")

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Own)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/back"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def first_page(application: FastAPI, site: str, back: str) -> str:
    """The address by which an application sends its user to us."""
    inside = application.state.resources

    async def furnish() -> None:
        database = Database.connect(inside.settings.write_dsn, size=1)
        seal: CookieSeal = inside.reception.seal
        async with database.write_transaction() as session:
            await load_demo_accounts(session, inside.settings, seal)
            # they may have signed in elsewhere in these thirty seconds, and a code opens once
            await session.exec(update(Account).values(totp_last_step=None))
            session.add(
                Client(
                    client_id=CLIENT, name="App", kind=ClientKind.PUBLIC, unit_id=VIET_NAM,
                    redirect_uris=[back],
                )
            )  # fmt: skip
        await database.close()

    with ThreadPoolExecutor(1) as aside:  # the browser may hold the event loop of this thread
        aside.submit(asyncio.run, furnish()).result()
    asked = {
        "response_type": "code", "client_id": CLIENT, "redirect_uri": back, "state": "s",
        "code_challenge": "x" * 43, "code_challenge_method": "S256",
    }  # fmt: skip
    return "/oauth/authorize?" + urlencode(asked)


def type_in(page: Page, text: str) -> None:
    page.keyboard.type(text)


def test_one_signs_in_by_the_keyboard_alone(tab: Page, first_page: str) -> None:
    tab.goto(first_page)
    expect(tab).to_have_title("Sign in – Bình Yên")
    expect(tab.get_by_label("Sign-in name")).to_be_focused()
    type_in(tab, "pheduyet.tinh")
    tab.keyboard.press("Tab")
    expect(tab.get_by_label("Password")).to_be_focused()
    type_in(tab, PASSWORD)
    tab.keyboard.press("Tab")
    expect(tab.get_by_role("button", name="Sign in")).to_be_focused()
    tab.keyboard.press("Enter")

    expect(tab.get_by_label("Six-digit code")).to_be_focused()
    type_in(tab, pyotp.TOTP(SECRET).at(int(time.time())))
    tab.keyboard.press("Enter")

    expect(tab).to_have_title("Allow this application? – Bình Yên")
    expect(tab.locator("#host")).to_have_text("127.0.0.1")
    expect(tab.get_by_role("button", name="Do not allow")).to_be_focused()
    tab.keyboard.press("Tab")
    expect(tab.get_by_role("button", name="Allow", exact=True)).to_be_focused()
    tab.keyboard.press("Enter")

    expect(tab).to_have_title("App")
    assert "code=" in tab.url
    assert "state=s" in tab.url


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_of_consent_is_readable_and_its_refusal_goes_back(
    browser: Browser, site: str, first_page: str, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(base_url=site, color_scheme=scheme, locale="en-GB")
    page = context.new_page()
    page.goto(first_page)
    page.get_by_label("Sign-in name").fill("ghichep.xa")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("It will be allowed to")).to_be_visible()
    seen = check_readable(page)
    page.get_by_role("button", name="Do not allow").click()
    expect(page).to_have_title("App")
    assert "error=access_denied" in page.url
    context.close()

    assert len(seen) > 15
    assert min(contrast for _, contrast in seen) >= 4.5, sorted(seen, key=lambda one: one[1])[:3]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_stands_out_and_every_field_has_a_name(
    browser: Browser, site: str, first_page: str, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(base_url=site, color_scheme=scheme, locale="en-GB")
    page = context.new_page()
    page.goto(first_page)
    assert page.locator("html").get_attribute("lang") == "en"
    seen = check_readable(page)
    page.get_by_label("Sign-in name").fill("pheduyet.tinh")
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("do not go together")
    fault = page.get_by_label("Password")
    expect(fault).to_have_attribute("aria-invalid", "true")
    expect(fault).to_have_accessible_description(page.get_by_role("alert").inner_text())
    seen += check_readable(page)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_label("Six-digit code")).to_be_visible()
    seen += check_readable(page)
    context.close()

    assert len(seen) > 15
    assert min(contrast for _, contrast in seen) >= 4.5, sorted(seen, key=lambda one: one[1])[:3]


def test_it_works_without_scripts_and_on_a_small_phone(
    browser: Browser, site: str, first_page: str
) -> None:
    context = browser.new_context(
        base_url=site,
        java_script_enabled=False,
        locale="vi-VN",
        viewport={"width": 320, "height": 480},
    )
    page = context.new_page()
    page.goto(first_page)
    box = page.locator("main").bounding_box()
    assert box
    assert box["width"] <= 320
    page.get_by_label("Tên đăng nhập").fill("ghichep.xa")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page).to_have_title("Cho phép ứng dụng này? – Bình Yên")
    box = page.locator("main").bounding_box()
    assert box
    assert box["width"] <= 320
    page.get_by_role("button", name="Cho phép", exact=True).click()

    expect(page).to_have_title("App")
    assert "code=" in page.url
    context.close()


def test_no_other_site_can_frame_the_page(tab: Page, site: str, first_page: str) -> None:
    answer = tab.request.get(site + first_page)
    assert answer.headers["x-frame-options"] == "DENY"
    tab.goto("/")


def test_nothing_listens_for_what_is_typed(tab: Page, first_page: str) -> None:
    tab.goto(first_page)
    assert tab.locator("script").count() == 0
