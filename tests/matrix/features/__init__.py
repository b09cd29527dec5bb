"""The features as the matrix knows them: a new one brings a file into this folder.

RECIPES  how its operations are requested
MAKERS, CATALOGUE  what can be requested in each unit, and what is the same for all
PLACES  where the rows of its lists lie; those of lists that are APART are seen by none above
VERSIONED, SENSITIVE  its tables, to see that nothing was changed, and that policies hold alone
OFFLINE  of each resource that devices change: a field with the values of two, and another field
SCOPED, RULES, BESIDES  where faults can be planted
"""

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

from app.domain.actor import Permission
from tests.matrix.makers import Make
from tests.matrix.recipe import Recipe

MODULES = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]


def _join(name: str) -> dict[Any, Any]:
    parts = [getattr(module, name, {}) for module in MODULES]
    joined = {key: value for part in parts for key, value in part.items()}
    assert len(joined) == sum(map(len, parts)), f"two features say {name} of the same"
    return joined


def _collect(name: str) -> tuple[Any, ...]:
    return tuple(one for module in MODULES for one in getattr(module, name, ()))


RECIPES: dict[str, Recipe] = _join("RECIPES")
MAKERS: dict[str, Make] = _join("MAKERS")
CATALOGUE: dict[str, Make] = _join("CATALOGUE")
PLACES: dict[str, str] = _join("PLACES")
OFFLINE: dict[str, tuple[dict[str, Any], dict[str, Any], dict[str, Any]]] = _join("OFFLINE")
BESIDES: dict[Permission, str] = _join("BESIDES")
APART: tuple[str, ...] = _collect("APART")
VERSIONED: tuple[str, ...] = _collect("VERSIONED")
SENSITIVE: tuple[str, ...] = _collect("SENSITIVE")
SCOPED: tuple[ModuleType, ...] = _collect("SCOPED")
RULES: tuple[tuple[ModuleType, str], ...] = _collect("RULES")
