"""Who sees a model: whoever hosts a part of it sees all of it."""

from typing import Any

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import aliased

from app.db.shape import Row, Sql
from app.db.tables.programme_models import ModelHost
from app.domain.actor import Level
from app.domain.scope import Scope


def by_host(model_of: Sql) -> Scope:
    """Rows of which the model that they name is at work in the actor's unit."""
    return {
        level: _hosted(level, model_of) if level is not Level.NATIONAL else lambda row, unit: true()
        for level in Level
    }


def _hosted(level: str, model_of: Sql) -> Any:
    def test(row: Row, unit: Any) -> ColumnElement[bool]:
        host: Row = aliased(ModelHost)
        hosts = select(host.model_id).where(getattr(host, f"{level}_id") == unit)
        return model_of(row).in_(hosts)

    return test
