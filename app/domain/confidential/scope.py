"""The scope of confidential records: those held in the actor's place.

A village is too close to the people in them and reaches none; the country reaches those it holds
itself.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, false

from app.db.query.shape import Row
from app.domain.actor import Level
from app.domain.scope import BY_PLACE, Scope

Test = Callable[[Row, Any], ColumnElement[bool]]
EXCEPTIONS: dict[str, Test] = {
    Level.NATIONAL: lambda row, unit: row.unit_id == unit,
    Level.VILLAGE: lambda row, unit: false(),
}
HELD_BY_PLACE: Scope = {**BY_PLACE, **EXCEPTIONS}


def narrow_scope(scope: Scope, test: Callable[[Row], ColumnElement[bool]]) -> Scope:
    """Narrow a scope at every level by one more test of its rows."""
    return {level: _both(of_level, test) for level, of_level in scope.items()}


def _both(of_level: Test, test: Callable[[Row], ColumnElement[bool]]) -> Test:
    return lambda row, unit: of_level(row, unit) & test(row)
