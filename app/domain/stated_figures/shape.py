"""The shape of stated figures."""

from uuid import UUID

from app.db.query.shape import Field, Shape, columns
from app.db.tables.stated_figures import StatedFigure
from app.domain.actor import Permission
from app.domain.documents.shape import DOCUMENT
from app.domain.records.shape import (
    EITHER_END,
    LOGGED,
    choices,
    parent,
    ranges,
)
from app.domain.scope import BY_PLACE
from app.domain.units.shape import MAP_OF, OWN_UNIT, WITHIN

STATED_FIGURE = Shape(
    name="StatedFigure",
    table=StatedFigure,
    needs=Permission.STATED_FIGURE_READ,
    scope=BY_PLACE,
    terms=MAP_OF,
    id_type=UUID,
    orders=EITHER_END,
    fields=columns(
        StatedFigure,
        "id version measure counting_unit category level label value qualifier delta_only "
        "compared_from compared_to precision period_from period_to period_text subject_resource "
        f"subject_id document_id source quote reference value_text counting_unit_text place_text "
        f"unit_id {LOGGED}",
    )
    | {"value": Field(lambda figure: figure.value, float | None)},
    links={
        "unit": OWN_UNIT,
        "document": parent(DOCUMENT, "document_id", follows_parent=False),
    },
    filters={
        **choices(
            StatedFigure,
            "measure category qualifier document_id subject_id reference",
        ),
        **ranges(StatedFigure, "period_from period_to"),
        "unit": WITHIN,
    },
)
