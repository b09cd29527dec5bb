"""A feature's resources, declared once: read by both API layers, by the guard and by the tests.

Nothing here depends on a web framework. A feature's `api.py` declares its resources and operations
with these classes; `app/features.py` lists the features.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from inspect import signature
from re import sub
from typing import Any, Protocol

from app.db.query.shape import Shape
from app.domain.importables import Importable
from app.domain.operations import Function, Operation, figure

Offer = Function | Operation


@dataclass(frozen=True, eq=False)
class Resource:
    """Rows of a shape that can be listed and read, and the operations on them."""

    shape: Shape
    path: str  # below /api/v1; the tag of its operations unless they name another
    many: str  # the summary of the list
    one: str  # the summary of the read
    create: Offer | None = None
    create_at: str = ""  # its path, unless that of the list
    bulk: Offer | None = None
    update: Offer | None = None
    transition: Offer | None = None
    void: Offer | None = None  # of records that were entered in error
    actions: Mapping[str, Offer] = field(default_factory=dict)  # by their path below a row
    figures: Mapping[str, Offer] = field(default_factory=dict)  # by their path below the list
    plural: str = ""  # the name of the list in GraphQL, unless it is the path
    importable: Importable | None = None  # files may be imported as its records
    offline: bool = True  # devices may push what they have recorded of it, unless it is sensitive

    @property
    def row_name(self) -> str:
        """Return the name of one row as a field: `team_member`."""
        return sub(r"(?<!^)(?=[A-Z])", "_", self.shape.name).lower()

    @property
    def list_name(self) -> str:
        """Return the name of the list as a field: `team_members`."""
        return self.plural or self.path.replace("-", "_")

    @cached_property
    def operations(self) -> tuple[Operation, ...]:
        """Return all operations except the list and the read; figures come first."""
        return (*self._figures(), *self._writes())

    def _figures(self) -> Iterator[Operation]:
        for path, offer in self.figures.items():
            whole = offer if isinstance(offer, Operation) else figure(offer)
            yield self._complete(whole, f"{self.path}/{path}")

    def _writes(self) -> Iterator[Operation]:
        if self.create:
            yield self._write(self.create, self.create_at or self.path, status=201)
        if self.bulk:
            yield self._write(self.bulk, f"{self.path}/bulk", status=201)
        if self.update:
            yield self._write(self.update, self._row(self.update), method="PATCH")
        if self.transition:
            yield self._write(self.transition, f"{self._row(self.transition)}/transitions")
        if self.void:
            yield self._write(self.void, f"{self._row(self.void)}/void")
        for path, offer in self.actions.items():
            yield self._write(offer, f"{self._row(offer)}/{path}")

    def _row(self, offer: Offer) -> str:
        """Return the path of one row, by the name of the service function's id."""
        function = offer.function if isinstance(offer, Operation) else offer
        names = list(signature(function).parameters)
        return f"{self.path}/{{{names[2]}}}"  # after the session and the actor

    def _write(self, offer: Offer, path: str, **usual: Any) -> Operation:
        whole = offer if isinstance(offer, Operation) else Operation(offer, **usual)
        return self._complete(whole, path)

    def _complete(self, offer: Operation, path: str) -> Operation:
        return replace(
            offer, path=path, tag=offer.tag or self.path, shape=offer.shape or self.shape
        )


class Feature(Protocol):
    """A module `api.py` with the declarations of one feature."""

    @property
    def RESOURCES(self) -> tuple[Resource, ...]: ...

    @property
    def OPERATIONS(self) -> tuple[Operation, ...]: ...
