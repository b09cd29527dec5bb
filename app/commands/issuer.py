"""The issuer of development: the address that the last server was started at."""

import os
from pathlib import Path

from app.settings import Settings

FILE, NAME = "issuer", "BINHYEN_ISSUER"


def note_issuer(settings: Settings, site: str) -> Settings:
    """Issue tokens in the name of this server, unless the settings name another."""
    if os.environ.get(NAME):
        return settings
    settings.data.mkdir(parents=True, exist_ok=True)
    (settings.data / FILE).write_text(site, encoding="ascii")
    os.environ[NAME] = site  # the server processes read it there
    return settings.model_copy(update={"issuer": site})


def read_issuer(settings: Settings, data: Path) -> str:
    """Return the issuer that was set, or that of the last server on this folder."""
    file = data / FILE
    known = os.environ.get(NAME) or not file.exists()
    return settings.issuer if known else file.read_text(encoding="ascii")
