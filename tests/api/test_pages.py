"""The pages are whole, reach no other host, and give away no file but their own."""

import asyncio
import re
from hashlib import sha256
from urllib.parse import urljoin, urlsplit

import httpx
import pytest
from fastapi import FastAPI
from fastapi.responses import HTMLResponse

from app.api import pages

HOST = "http://testserver"
PATHS = ["/", "/public/tips", "/docs", "/redoc", "/graphql"]


def visit(path: str) -> httpx.Response:
    """Ask a small app with the pages, the path sent as it is written."""
    app = FastAPI(docs_url=None, redoc_url=None)
    pages.add_pages(app)
    app.add_api_route("/graphql", pages.graphiql, response_class=HTMLResponse)

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url=HOST) as client:
            return await client.get(path)

    return asyncio.run(ask())


def links(html: str) -> list[str]:
    return re.findall(r'(?:src|href)="([^"]*)"', html)


@pytest.mark.parametrize("path", PATHS)
def test_a_page_needs_no_token_and_may_reach_this_host_only(path: str) -> None:
    answer = visit(path)

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    sources = {word for rule in policy(answer).values() for word in rule}
    assert sources <= {"'none'", "'self'", "'unsafe-inline'", "data:", "blob:"}
    assert re.search("<title>.*Bình Yên.*</title>", answer.text)


@pytest.mark.parametrize("path", PATHS)
def test_a_page_runs_no_inline_script(path: str) -> None:
    answer = visit(path)

    assert policy(answer)["script-src"] == ["'self'"]
    assert not re.search(r"<script>|\son\w+=|javascript:", answer.text)


def policy(answer: httpx.Response) -> dict[str, list[str]]:
    rules = [rule.split() for rule in answer.headers["Content-Security-Policy"].split(";")]
    return {name: words for name, *words in rules}


@pytest.mark.parametrize("path", PATHS)
def test_a_page_names_no_other_host(path: str) -> None:
    for link in links(visit(path).text):
        assert urlsplit(urljoin(HOST, link)).netloc == urlsplit(HOST).netloc


@pytest.mark.parametrize("path", PATHS)
def test_every_file_of_a_page_is_here(path: str) -> None:
    for link in links(visit(path).text):
        if link.startswith("/assets/"):
            assert visit(link).status_code == 200, link


def test_a_vendored_file_is_cached_and_ours_is_revalidated() -> None:
    vendored = visit("/assets/react-18.2.0/react.production.min.js")
    ours = visit("/assets/pages/graphiql.js")

    assert vendored.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert ours.headers["Cache-Control"] == "no-cache"
    assert ours.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert ours.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    [
        "/assets/",
        "/assets/pages",
        "/assets/../pages.py",
        "/assets/%2e%2e/pages.py",
        "/assets/..%2fpages.py",
        "/assets/pages/%2e%2e/%2e%2e/pages.py",
        "/assets/%252e%252e/pages.py",
        "/assets/..%5cpages.py",
        "/assets//etc/passwd",
        "/assets/%2fetc%2fpasswd",
        "/assets/pages/index.html%00.js",
        "/assets/" + "a" * 5000,
    ],
)
def test_no_trick_leads_out_of_the_assets(path: str) -> None:
    assert visit(path).status_code == 404


def test_every_vendored_file_is_listed_and_unchanged() -> None:
    readme = (pages.ASSETS / "README.md").read_text("utf-8")
    listed = dict(re.findall(r"`(\S+)` \| `([0-9a-f]{64})`", readme))
    folders = (folder for folder in pages.ASSETS.iterdir() if folder.is_dir())
    files = (file for folder in folders if folder != pages.OWN_FILES for file in folder.iterdir())

    assert listed == {
        file.relative_to(pages.ASSETS).as_posix(): sha256(file.read_bytes()).hexdigest()
        for file in files
    }


def test_the_page_for_tips_is_not_stored_and_sends_no_form() -> None:
    answer = visit("/public/tips")

    rules = policy(answer)
    assert rules["default-src"] == rules["form-action"] == rules["frame-ancestors"] == ["'none'"]
    for name in ("script-src", "style-src", "img-src", "connect-src", "worker-src"):
        assert rules[name] == ["'self'"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert "set-cookie" not in answer.headers
    assert visit("/assets/pages/tips/page.js").headers["Cache-Control"] == "no-store"


def test_both_languages_of_the_page_for_tips_say_the_same_things() -> None:
    words = (pages.TIPS / "words.js").read_text("utf-8")
    vi, en = words[: words.index("export const UNIT_KINDS")].split("\n  en: {")
    said = [re.findall(r"^    (\w+): \"", part, re.M) for part in (vi, en)]
    assert said[0] == said[1]
    assert len(said[0]) > 100

    html = pages.HTML["tips"]
    scripts = "".join(file.read_text("utf-8") for file in pages.TIPS.glob("*.js"))
    named = set(re.findall(r'data-(?:word|label)="(\w+)"', html))
    assert named <= set(said[0])
    unused = [name for name in said[0] if name not in named and f'"{name}"' not in scripts]
    assert unused == []
