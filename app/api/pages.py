"""The pages people open in a browser, whole without the internet."""

import mimetypes
import os
from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from app.api.prefix_router import PrefixRouter

ASSETS = Path(__file__).resolve().parent / "assets"
OWN_FILES = ASSETS / "pages"
TIPS = OWN_FILES / "tips"
HTML = {file.stem: file.read_text("utf-8") for file in OWN_FILES.glob("*.html")}

STRICT_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; style-src 'self'"
)
# A worker of the page for tips computes the proof of work that sending one takes.
STRICT_POLICY_WITH_WORKER = f"{STRICT_POLICY.replace(' data:', '')}; worker-src 'self'"
# Redoc and GraphiQL write style elements; Redoc searches in a worker it builds as a blob;
# GraphiQL carries its fonts inside its style sheet.
POLICY = {
    "index": STRICT_POLICY,
    "tips": STRICT_POLICY_WITH_WORKER,
    "docs": STRICT_POLICY,
    "redoc": f"{STRICT_POLICY} 'unsafe-inline'; worker-src blob:",
    "graphiql": f"{STRICT_POLICY} 'unsafe-inline'; font-src data:",
}

# Windows may call .js plain text, which nosniff would then refuse to run.
mimetypes.add_type("text/javascript", ".js")


def headers(policy: str) -> dict[str, str]:
    """Return the headers that keep a browser with this host."""
    return {
        "Content-Security-Policy": policy,
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }


class Assets(StaticFiles):
    """Files of the pages; a vendored folder is named by its version, so it may be cached a year."""

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers.update(
            headers(STRICT_POLICY) | {"Cache-Control": _cache_control(Path(full_path))}
        )
        return response


def _cache_control(file: Path) -> str:
    """Return how long a browser may cache a file; the page for tips leaves nothing on a device."""
    if file.is_relative_to(TIPS):
        return "no-store"
    return "no-cache" if file.is_relative_to(OWN_FILES) else "public, max-age=31536000, immutable"


def page(name: str) -> HTMLResponse:
    """Answer with one of our pages, allowed to reach this host and no other."""
    return HTMLResponse(HTML[name], headers=headers(POLICY[name]))


router = PrefixRouter(include_in_schema=False)


@router.get("/")
async def index() -> HTMLResponse:
    """Say what this server is and where to look next."""
    return page("index")


@router.get("/public/tips")
async def tips() -> HTMLResponse:
    """Send and follow a tip; no name is needed for either."""
    answer = page("tips")
    answer.headers["Cache-Control"] = "no-store"
    return answer


@router.get("/docs")
async def docs() -> HTMLResponse:
    """Try the REST operations: Swagger UI."""
    return page("docs")


@router.get("/redoc")
async def redoc() -> HTMLResponse:
    """Read the REST reference: Redoc."""
    return page("redoc")


def graphiql() -> HTMLResponse:
    """Try GraphQL: the page that the GraphQL endpoint returns to a browser."""
    return page("graphiql")


def add_pages(app: FastAPI) -> None:
    """Serve the pages and their files to anybody; they hold no data."""
    app.mount("/assets", Assets(directory=ASSETS), name="assets")
    app.include_router(router)
