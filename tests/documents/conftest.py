"""A application whose storage is a folder of this module's own."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from app.domain.actor import Level, Role
from tests.application import Application, Caller
from tests.documents.files import pdf
from tests.give import Country

DOCUMENTS = "/api/v1/documents"


@dataclass(frozen=True)
class Archive:
    """A application with a storage to look into."""

    application: Application
    country: Country
    folder: Path

    def list_stored(self) -> list[tuple[str, int]]:
        """Every file there is in the storage."""
        found = (path for path in self.folder.rglob("*") if path.is_file())
        return sorted((str(path), path.stat().st_size) for path in found)

    def rows(self) -> int:
        viewer = self.application.national(Role.VIEWER)
        told = viewer.get("/api/v1/attachments", total="exact", limit=1, fields="id").json()
        count: int = told["total"]
        return count

    def at(self, *roles: Role, path: str = "1.1") -> Caller:
        unit = self.country[path]
        return self.application.caller(*roles, level=Level(self.country.levels[unit]), unit=unit)

    def document(self, path: str = "1.1", **over: Any) -> dict[str, Any]:
        """A draft of the commune."""
        made = self.at(Role.RECORDER, path=path).post(DOCUMENTS, self.words(path, **over))
        assert made.status_code == 201, made.text
        found: dict[str, Any] = made.json()
        return found

    def words(self, path: str = "1.1", **over: Any) -> dict[str, Any]:
        return {
            "unit": str(self.country[path]), "kind": "plan", "title": "Kế hoạch ra quân",
            "issuer": "Công an xã", "level": "commune",
        } | over  # fmt: skip


def send(
    caller: Caller, document: str, content: Any, name: str | None = "a.pdf", **headers: str
) -> httpx.Response:
    """Attach a file to a document."""
    told = {"file-name": quote(name, safe="")} if name is not None else {}
    path = f"{DOCUMENTS}/{document}/attachments"
    return caller.send("POST", path, content=content, headers=told | headers)


@pytest.fixture(scope="module")
def archive(
    application_url: str, country: Country, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("storage")
    with Application.on(application_url, storage=f"file://{folder}") as application:
        yield Archive(application, country, folder)


__all__ = ["DOCUMENTS", "Archive", "pdf", "send"]
