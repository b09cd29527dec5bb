"""Figures, in the matrix: numbers of models are given of every unit."""

from app.domain.figures.digest import SealedFigure, seal_figure
from tests.matrix.recipe import About, Recipe, Request

DAY = "2026-01-01"


def _figure(about: About) -> Request:
    return Request(terms={"indicator": "models", "unit": about.target_id, "from": DAY, "to": DAY})


def _trace(about: About) -> Request:
    key = about.scenario.application.app.state.resources.figures.key
    known = SealedFigure("models@1", about.target_id, DAY, DAY, "as_recorded", None, "0", DAY)
    return Request({"id": seal_figure(key, known)})


def _questions(about: About) -> Request:
    return Request(terms={"unit": about.target_id, "from": DAY, "to": DAY})


RECIPES: dict[str, Recipe] = {
    "GET /api/v1/figures": _figure,
    "GET /api/v1/figures/questions": _questions,
    "GET /api/v1/figures/{id}/trace": _trace,
}
