"""API declaration of stated figures."""

from app.domain.operations import Operation
from app.domain.resources import Resource
from app.domain.stated_figures import service
from app.domain.stated_figures.shape import STATED_FIGURE

STATED_FIGURES = Resource(
    STATED_FIGURE,
    "stated-figures",
    many="List the figures that sources state; voided ones with `voided=include`.",
    one="Read one figure that a source states.",
    create=service.create_stated_figure,
    update=service.change_stated_figure,
    void=service.void_stated_figure,
)

RESOURCES = (STATED_FIGURES,)
OPERATIONS: tuple[Operation, ...] = ()
