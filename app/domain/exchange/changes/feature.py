"""The feature that follows what all features record."""

from collections.abc import Iterable

from app.domain.exchange.changes.service import build_changes
from app.domain.exchange.changes.sources import list_sources
from app.domain.operations import Operation, figure
from app.domain.resources import Resource


class ChangesFeature:
    """The feed of changes, over the resources of other features."""

    RESOURCES: tuple[Resource, ...] = ()

    def __init__(self, resources: Iterable[Resource]) -> None:
        self.sources = list_sources(resources)
        changes = build_changes(self.sources)
        # it may write: who has read a sensitive record is put down
        self.OPERATIONS: tuple[Operation, ...] = (
            figure(changes, "changes", tag="changes", writes=True, no_store=True),
        )
