"""The feed of changes, in the matrix."""

from tests.matrix.recipe import Recipe, Request

RECIPES: dict[str, Recipe] = {"GET /api/v1/changes": lambda about: Request()}
