"""What can be read of every record: the steps it has taken, and what may be done next."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Text, case, cast
from sqlalchemy.dialects.postgresql import array

from app.db.shape import Field, Link, Order, Row, Shape, columns
from app.db.tables.records import Transition
from app.domain.actor import Permission
from app.domain.records.machine import Machine

TRANSITION = Shape(
    name="Transition",
    table=Transition,
    needs=Permission.TRANSITION_READ,
    orders={"oldest": Order(lambda step: [step.id])},
    fields=columns(
        Transition,
        "id action from_state to_state effective_on recorded_at recorded_by reason document_id",
    ),
)


def transitions() -> Link:
    """The steps of a record, the first one first; whoever sees the record sees them."""
    return Link(
        lambda: TRANSITION,
        lambda record, step, given: step.resource_id == record.id,
        many=True,
        first=20,
        most=100,
        follows_parent=True,
    )


def allowed_actions(machine: Machine[Any], states: type[StrEnum]) -> Field:
    """What may be done next with a record, in the state it is in."""
    return Field(_by_state(machine, states), list[str])


def _by_state(machine: Machine[Any], states: type[StrEnum]) -> Callable[[Row], ColumnElement[Any]]:
    def sql(record: Row) -> Any:
        named = [(record.state == state, _texts(machine.allowed(state))) for state in states]
        return case(*named, else_=_texts([]))

    return sql


def _texts(words: list[str]) -> Any:
    return cast(array(words), ARRAY(Text))
