"""Scope of models: the host of a part sees the whole model."""

from typing import Any

from sqlalchemy import ColumnElement, Select, select, true

from app.db.aliases import alias_table
from app.db.query.shape import Row, Sql
from app.db.tables.programme_models import ModelHost
from app.domain.actor import Level
from app.domain.scope import Scope


def by_host(model_of: Sql) -> Scope:
    """Rows of which the model that they name is at work in the actor's unit: for lists."""
    return _at_each_level(lambda row, hosts, host: model_of(row).in_(hosts))


def one_by_one(model_of: Sql) -> Scope:
    """The same, looked up for one row after the other: for a value of rows already found."""

    def test(row: Row, hosts: Select[Any], host: Row) -> ColumnElement[bool]:
        return hosts.where(host.model_id == model_of(row)).correlate(row).exists()

    return _at_each_level(test)


def _at_each_level(test: Any) -> Scope:
    def at(level: Level) -> Any:
        def is_visible(row: Row, unit: Any) -> ColumnElement[bool]:
            host: Row = alias_table(ModelHost)
            hosts = select(host.model_id).where(getattr(host, f"{level}_id") == unit)
            return test(row, hosts, host)  # type: ignore[no-any-return]

        return is_visible

    return {
        level: at(level) if level is not Level.NATIONAL else lambda row, unit: true()
        for level in Level
    }
