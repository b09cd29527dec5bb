"""Vocabularies, in the matrix."""

from tests.matrix.recipe import Recipe, Request

RECIPES: dict[str, Recipe] = {
    "GET /api/v1/vocabularies/{name}": lambda about: Request({"name": "organisation-kinds"}),
}
