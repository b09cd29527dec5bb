"""Warnings about a model as it stands: they stop nobody, and name what may be an error."""

from typing import Any

from sqlalchemy import ColumnElement, case, literal_column, select

from app.db.aliases import alias_table
from app.db.query.shape import Field, Row
from app.db.tables.programme_models import ModelHost, ModelState, ProgrammeModel

SAME_TYPE = "same_type_in_village"


def list_warnings(model: Row) -> ColumnElement[Any]:
    """List what may be wrong: a village that has another model of the same type."""
    none: Any = literal_column("'{}'::text[]")
    some: Any = literal_column(f"'{{{SAME_TYPE}}}'::text[]")
    return case((_has_twin(model), some), else_=none)


def _has_twin(model: Row) -> ColumnElement[bool]:
    """Test whether another model of the type, not retired, is in one of the villages."""
    host: Row = alias_table(ModelHost)
    beside: Row = alias_table(ModelHost)
    twin: Row = alias_table(ProgrammeModel)
    retired: Any = literal_column(f"'{ModelState.RETIRED}'")
    found = select(twin.id).where(
        host.model_id == model.id, host.unit_id == host.village_id,
        beside.unit_id == host.unit_id, beside.model_id != model.id, twin.id == beside.model_id,
        twin.type_id == model.type_id, twin.voided_at.is_(None), twin.state != retired,
    )  # fmt: skip
    stands = model.voided_at.is_(None) & (model.state != retired)
    test: ColumnElement[bool] = stands & found.correlate(model).exists()
    return test


WARNINGS = Field(list_warnings, list[str])
