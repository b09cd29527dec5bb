"""API declaration of vocabularies."""

from app.domain.operations import Operation, figure
from app.domain.records.vocabularies import vocabularies, vocabulary
from app.domain.resources import Resource

RESOURCES: tuple[Resource, ...] = ()
OPERATIONS: tuple[Operation, ...] = (
    figure(vocabularies, "vocabularies", tag="vocabularies"),
    figure(vocabulary, "vocabularies/{name}", tag="vocabularies"),
)
