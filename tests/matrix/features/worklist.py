"""The worklist, in the matrix."""

from tests.matrix.recipe import Recipe, Request

RECIPES: dict[str, Recipe] = {"GET /api/v1/worklist": lambda about: Request()}
