"""The worklist: what waits for the caller, as each feature declares it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, Field
from sqlalchemy import Date, Text, cast, literal, null, nulls_last, select, text, union_all

from app.db.base import Voidable, now
from app.db.query.shape import Row, Test
from app.db.session import Session
from app.domain.actor import Actor, Permission, operation
from app.domain.operations import Operation, figure
from app.domain.records.days import COUNTRY_TIME
from app.domain.records.names import resource_name
from app.domain.records.types import DIGITS
from app.domain.resources import Resource
from app.domain.scope import Scope, in_scope
from app.domain.worklist_queries import list_waiting

MAX_ITEMS = 100
Limit = Annotated[int, Field(ge=1, le=MAX_ITEMS), DIGITS]


class WorklistItem(BaseModel):
    """A record that waits for the caller: what for, and until when."""

    kind: str
    resource: str
    id: UUID
    unit_id: UUID
    title: str | None
    due_on: date | None
    is_overdue: bool


class Worklist(BaseModel):
    """Everything that waits for the caller; what is due first comes first."""

    items: list[WorklistItem]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Records of a table that wait for those who have a permission."""

    kind: str  # a code of the vocabulary worklist-kinds
    table: Any
    permission: Permission
    where: Callable[[Row], Test]
    title: Callable[[Row], Any] | None = None
    due: Callable[[Row], Any] | None = None
    scope: Scope | None = None  # None: by place alone
    resource: str | None = None  # None: that of the table
    record: Callable[[Row], Any] = lambda row: row.id  # the one that is opened to do it


def _select(one: Waiting, actor: Actor) -> Any:
    table = one.table
    due = one.due(table) if one.due else cast(null(), Date)
    title = one.title(table) if one.title else cast(null(), Text)
    statement = select(
        literal(one.kind).label("kind"),
        literal(one.resource or resource_name(table)).label("resource"),
        one.record(table).label("id"), table.unit_id.label("unit_id"), title.label("title"),
        due.label("due_on"),
    )  # fmt: skip
    mine = one.scope[actor.level](table, actor.unit_id) if one.scope else in_scope(table, actor)
    found = statement.where(one.where(table), mine)
    if issubclass(table, Voidable):
        found = found.where(table.voided_at.is_(None))
    return found.order_by(text("due_on"), table.id).limit(MAX_ITEMS)


class WorklistFeature:
    """The feature that puts together what all features let wait."""

    RESOURCES: tuple[Resource, ...] = ()

    def __init__(self, waiting: Sequence[Waiting]) -> None:
        self.waiting = tuple(waiting)
        self.OPERATIONS: tuple[Operation, ...] = (
            figure(self._build(), "worklist", tag="worklist"),
        )

    def _build(self) -> Any:
        @operation(Permission.ME_READ)
        async def worklist(session: Session, actor: Actor, *, limit: Limit = 50) -> Worklist:
            """List what waits for you: tasks, proposals, what is to be verified or corrected."""
            parts = [_select(one, actor) for one in self.waiting if actor.may(one.permission)]
            if not parts:
                return Worklist(items=[])
            whole = union_all(*parts).subquery()
            ordered = select(whole).order_by(nulls_last(whole.c.due_on), whole.c.id).limit(limit)
            rows = await list_waiting(session, ordered)
            return Worklist(items=[_read(row) for row in rows])

        return worklist


def _read(row: Any) -> WorklistItem:
    due = row["due_on"]
    day = now().astimezone(COUNTRY_TIME).date()
    return WorklistItem(**row, is_overdue=due is not None and due < day)
