"""Files that every site has, and the same application below a prefix of its proxy."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from app.main import create_app
from app.settings import Settings
from tests.application import Application, runner

PREFIX = "/binhyen"


def visit(path: str, **settings: Any) -> httpx.Response:
    app = create_app(Settings(**settings))
    transport = httpx.ASGITransport(app)

    async def ask() -> httpx.Response:
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.get(path)

    return runner().run(ask())


def test_search_engines_find_the_page_for_tips_alone() -> None:
    lines = visit("/robots.txt", rate_anonymous="off").text.splitlines()
    assert "Disallow: /" in lines
    assert "Allow: /public/tips$" in lines


def test_security_txt_names_a_contact_and_an_end() -> None:
    assert visit("/.well-known/security.txt").status_code == 404
    answer = visit("/.well-known/security.txt", security_contact="mailto:security@example.vn")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert "Contact: mailto:security@example.vn\n" in answer.text
    (end,) = re.findall(r"^Expires: (.*)$", answer.text, re.MULTILINE)
    assert datetime.fromisoformat(end) - datetime.now(UTC) > timedelta(days=150)


def test_there_is_an_icon_and_an_introduction() -> None:
    assert visit("/favicon.ico").headers["content-type"] == "image/svg+xml"
    assert "Idempotency-Key" in visit("/docs").text


@pytest.mark.parametrize(
    "path", ["/", "/docs", "/redoc", "/public/tips", "/assets/pages/chapters.js"]
)
@pytest.mark.parametrize("stripped", [True, False])
def test_a_page_below_a_prefix_names_no_path_outside_it(path: str, stripped: bool) -> None:
    answer = visit(path if stripped else PREFIX + path, root_path=PREFIX)
    assert answer.status_code == 200
    found = re.findall(r"""(?:href=|src=|fetch\()"(/[^"/ ]*)""", answer.text)
    assert found
    assert set(found) == {PREFIX}, found


def test_a_prefix_is_on_links_of_new_records_redirects_and_the_contract(atlas_url: str) -> None:
    with Application.on(atlas_url, root_path=PREFIX) as below:
        contract = below.nobody.get(f"{PREFIX}/openapi.json").json()
        assert contract["servers"][0]["url"] == PREFIX
        assert below.nobody.get(f"{PREFIX}/health/ready").status_code == 200
        assert below.nobody.get("/health/ready").status_code == 200
        assert below.nobody.get("/binhyenhealth/ready").status_code == 404
