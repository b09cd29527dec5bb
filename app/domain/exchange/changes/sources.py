"""The resources that can be followed, and what the scope of each means to a follower."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from app.db.query.shape import Shape
from app.domain.actor import Actor
from app.domain.errors import Forbidden, UnknownName
from app.domain.records.names import resource_name
from app.domain.resources import Resource
from app.domain.scope import BY_PLACE, EVERYBODY

LOGGED_AS = {"unit_dated": "unit"}  # a view has no changes of its own
UNANNOUNCED = {"audit_entry", "webhook_delivery"}  # of these no news are written


@dataclass(frozen=True, slots=True)
class Source:
    """A resource of the feed."""

    name: str  # in the log of changes
    path: str
    shape: Shape

    @property
    def is_open(self) -> bool:
        """Return whether everybody with the permission reads all of it: no id is a secret."""
        return self.shape.scope is EVERYBODY

    @property
    def is_wide(self) -> bool:
        """Return whether records may be read from elsewhere than the place of their unit."""
        return self.shape.scope is not BY_PLACE

    @property
    def goes_by_unit(self) -> bool:
        """Return whether its records go along with the unit that each names."""
        return not self.is_wide and "unit_id" in self.shape.fields

    @property
    def needs_reload(self) -> bool:
        """Return whether a copy cannot tell which of its records a unit takes along."""
        return not (self.is_open or self.shape.sensitive or self.goes_by_unit)


def list_sources(resources: Iterable[Resource]) -> dict[str, Source]:
    """List the resources that can be followed, by their path: one for each kind of record."""
    found: dict[str, Source] = {}
    for resource in resources:
        table: Any = resource.shape.table
        name = LOGGED_AS.get(resource_name(table), resource_name(table))
        if name not in UNANNOUNCED and name not in {one.name for one in found.values()}:
            found[resource.path] = Source(name, resource.path, resource.shape)
    return found


def choose_sources(
    actor: Actor, followed: dict[str, Source], wanted: str | None
) -> tuple[Source, ...]:
    """Return the resources that a caller asks for, by default all that they may read."""
    if wanted is None:
        return tuple(one for one in followed.values() if actor.may(one.shape.needs))
    chosen: list[Source] = []
    for path in dict.fromkeys(wanted.split(",")):
        if path not in followed:
            raise UnknownName(f"resource={path}", followed)
        if (needs := followed[path].shape.needs) and not actor.may(needs):
            raise Forbidden(permission=str(needs))
        chosen.append(followed[path])
    return tuple(chosen)
