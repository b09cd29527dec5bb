"""State machines as declarations: the transitions between states, and their requirements."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar
from uuid import UUID

from app.domain.actor import Permission
from app.domain.errors import IllegalTransition
from app.domain.records.errors import DocumentNeeded, ReasonNeeded
from app.domain.records.schemas import StepDocument, TransitionInput

State = TypeVar("State", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Transition(Generic[State]):
    """A transition from some states to another."""

    action: str
    sources: Collection[State]
    to: State
    needs_reason: bool = False
    needs_document: bool = False
    needs_fields: tuple[str, ...] = ()  # others that it cannot do without
    permission: Permission | None = None  # beside that of the resource

    @property
    def required_fields(self) -> tuple[str, ...]:
        """Return what the action cannot do without."""
        usual = {"reason": self.needs_reason, "document_id": self.needs_document}
        return (*(name for name, needed in usual.items() if needed), *self.needs_fields)


@dataclass(frozen=True, slots=True)
class AppliedTransition:
    """A transition of a record, as its log stores it."""

    action: str
    from_state: str
    to_state: str
    effective_on: date
    reason: str | None = None
    document_id: UUID | None = None
    documents: Sequence[StepDocument] = ()


class StateMachine(Generic[State]):
    """All transitions between the states of one kind of record."""

    def __init__(self, *steps: Transition[State]) -> None:
        self.steps = steps

    def permission_for(self, action: str) -> Permission | None:
        """Return the permission that an action needs beside that of the resource."""
        return next((step.permission for step in self.steps if step.action == action), None)

    def allowed_actions(self, state: State) -> list[str]:
        """Return the actions allowed next."""
        return [step.action for step in self.steps if state in step.sources]

    def find(self, state: State, action: str) -> Transition[State]:
        """Return the transition of an action in this state; refuse one that is not allowed."""
        for step in self.steps:
            if step.action == action and state in step.sources:
                return step
        raise IllegalTransition(state, action, self.allowed_actions(state))

    def apply(
        self, state: State, data: TransitionInput, *, effective_on: date
    ) -> AppliedTransition:
        """Return the log entry of a transition; refuse it without a required reason or document."""
        step = self.find(state, data.action)
        if step.needs_reason and not (data.reason and data.reason.strip()):
            raise ReasonNeeded(data.action)
        if step.needs_document and data.document_id is None and not data.documents:
            raise DocumentNeeded(data.action)
        return AppliedTransition(
            step.action, state, step.to, effective_on, data.reason, data.document_id,
            tuple(data.documents),
        )  # fmt: skip
