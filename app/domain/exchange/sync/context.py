"""Everything that sync needs and that lives as long as the application."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from app.domain.exchange.sync.errors import ResourceNotSynced
from app.domain.exchange.sync.kinds import Contexts, SyncKind, list_kinds
from app.domain.resources import Resource


@dataclass(frozen=True, eq=False)
class SyncContext:
    """The resources whose operations devices push, and what their services need."""

    kinds: Mapping[str, SyncKind]
    contexts: Contexts

    @classmethod
    def of(cls, resources: Iterable[Resource], *contexts: object) -> Self:
        """Collect the resources, and give their services what lives as long as these."""
        return cls(list_kinds(resources), {type(one): one for one in contexts})

    def find(self, path: str) -> SyncKind:
        """Return the resource of a path; refuse others and list the known ones."""
        if (kind := self.kinds.get(path)) is None:
            known = sorted(self.kinds)
            raise ResourceNotSynced(wanted=path, allowed=known, _allowed=", ".join(known))
        return kind
