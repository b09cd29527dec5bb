"""Every feature of the product: one line makes a new one known to both API layers."""

from collections.abc import Iterator

from app.domain.forces import api as forces
from app.domain.resources import Feature, Operation, Resource

FEATURES: tuple[Feature, ...] = (forces,)


def resources() -> Iterator[Resource]:
    """Everything that can be listed and read."""
    for feature in FEATURES:
        yield from feature.RESOURCES


def operations() -> Iterator[Operation]:
    """Everything that can be done or counted, beside lists and reads."""
    for feature in FEATURES:
        yield from operations_of(feature)


def operations_of(feature: Feature) -> Iterator[Operation]:
    """What one feature offers beside lists and reads."""
    for resource in feature.RESOURCES:
        yield from resource.operations
    yield from feature.OPERATIONS
