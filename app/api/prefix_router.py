"""A router that is searched only for paths that begin as one of its own."""

from functools import cached_property
from typing import Final

from fastapi import APIRouter
from starlette.routing import Match, Route
from starlette.types import Scope

DEPTH: Final = 3  # "/api/v1/models" names a feature; what follows are its records


class PrefixRouter(APIRouter):
    """Routes of a feature: no request for another feature is compared with each of them."""

    @cached_property
    def _beginnings(self) -> frozenset[tuple[str, ...]] | None:
        """The beginnings of the paths; none where one of them begins with a parameter."""
        found = {_split(route.path) for route in self.routes if isinstance(route, Route)}
        plain = len(self.routes) == sum(isinstance(route, Route) for route in self.routes)
        return frozenset(found) if plain and "{" not in str(found) else None

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        if self._beginnings is not None and _split(path) not in self._beginnings:
            return Match.NONE, {}
        return super().matches(scope)


def _split(path: str) -> tuple[str, ...]:
    return tuple(path.split("/", DEPTH + 1)[1 : DEPTH + 1])
