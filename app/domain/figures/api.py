"""API declaration of figures and indicators."""

from app.domain.figures import questions, service, traces
from app.domain.operations import Operation, figure
from app.domain.resources import Resource

RESOURCES: tuple[Resource, ...] = ()
OPERATIONS: tuple[Operation, ...] = (
    figure(service.indicators, "indicators", tag="figures"),
    figure(service.figure, "figures", tag="figures"),
    figure(questions.figure_questions, "figures/questions", tag="figures", cost=300),
    figure(traces.figure_trace, "figures/{id}/trace", tag="figures"),
)
