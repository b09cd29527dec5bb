"""Everything that exports need and that lives as long as the application."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Self
from uuid import UUID

from app.db.query.shape import Shape
from app.db.storage import Storage
from app.domain.errors import UnknownName
from app.domain.resources import Resource
from app.settings import Settings

PART = "exports"  # of the storage


@dataclass(frozen=True, eq=False)
class ExportContext:
    """The lists that can be exported, where files are stored, and for how long."""

    shapes: Mapping[str, Shape]
    storage: Storage
    kept: timedelta

    @classmethod
    def of(cls, settings: Settings, resources: Iterable[Resource]) -> Self:
        """Collect all declared lists."""
        shapes = {one.path: one.shape for one in resources}
        return cls(shapes, Storage.of(settings, PART), timedelta(hours=settings.export_hours))

    def find(self, name: str) -> Shape:
        """Return the list of a path; refuse others and name the known ones."""
        if name not in self.shapes:
            raise UnknownName(f"resource={name}", self.shapes)
        return self.shapes[name]


def storage_key(id: UUID) -> str:
    """Return the name of the file of an export: two exports never share one."""
    return sha256(f"export|{id}".encode()).hexdigest()
