"""Files that programs look for at every site: robots.txt, security.txt (RFC 9116), an icon."""

from datetime import UTC, datetime, timedelta

from fastapi import FastAPI
from fastapi.responses import FileResponse, PlainTextResponse

from app.api.http_errors import NoSuchPath
from app.api.pages import OWN_FILES
from app.api.prefix_router import PrefixRouter

LIFE = timedelta(days=180)
# People find the page for tips; nothing else here is for search engines.
ROBOTS = "User-agent: *\nAllow: /public/tips$\nAllow: /assets/\nDisallow: /\n"


def add_site_files(app: FastAPI, security_contact: str | None) -> None:
    """Serve the files to anybody."""
    router = PrefixRouter(include_in_schema=False)

    @router.get("/robots.txt")
    async def robots() -> PlainTextResponse:
        """Tell search engines what they may read."""
        return PlainTextResponse(ROBOTS)

    @router.get("/.well-known/security.txt")
    async def security() -> PlainTextResponse:
        """Tell whom to write to about a weakness; 404 where the operator has named nobody."""
        if security_contact is None:
            raise NoSuchPath()
        expires = f"{datetime.now(UTC) + LIFE:%Y-%m-%dT00:00:00Z}"
        fields = {"Contact": security_contact, "Expires": expires, "Preferred-Languages": "vi, en"}
        return PlainTextResponse("".join(f"{name}: {text}\n" for name, text in fields.items()))

    @router.get("/favicon.ico")
    async def favicon() -> FileResponse:
        """Return the icon of the pages."""
        return FileResponse(OWN_FILES / "icon.svg", media_type="image/svg+xml")

    app.include_router(router)
