"""Everything that imports need and that lives as long as the application."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Self

from app.domain.exchange.imports.errors import ResourceNotImportable
from app.domain.exchange.imports.kinds import ImportKind, list_kinds
from app.domain.resources import Resource


@dataclass(frozen=True, eq=False)
class ImportContext:
    """The importable resources, and the term after which the rows of a file are deleted."""

    kinds: Mapping[str, ImportKind]
    kept: timedelta

    @classmethod
    def of(cls, resources: Iterable[Resource], days: int) -> Self:
        """Collect what the features declare as importable."""
        return cls(list_kinds(resources), timedelta(days=days))

    def find(self, name: str) -> ImportKind:
        """Return what is imported under a name; refuse others and list the known ones."""
        if (kind := self.kinds.get(name)) is None:
            known = sorted(self.kinds)
            raise ResourceNotImportable(wanted=name, allowed=known, _allowed=", ".join(known))
        return kind
