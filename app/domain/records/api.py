"""API declaration of vocabularies."""

from app.domain.operations import Operation, figure
from app.domain.records.vocabularies import vocabularies, vocabulary
from app.domain.records.windows import reporting_windows
from app.domain.resources import Resource

RESOURCES: tuple[Resource, ...] = ()
OPERATIONS: tuple[Operation, ...] = (
    figure(vocabularies, "vocabularies", tag="vocabularies"),
    figure(reporting_windows, "reporting-windows", tag="vocabularies"),
    figure(vocabulary, "vocabularies/{name}", tag="vocabularies"),
)
