"""State machines as they are declared: which step leads where, and what it asks for."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar
from uuid import UUID

from app.domain.errors import IllegalTransition
from app.domain.records.errors import DocumentNeeded, ReasonNeeded
from app.domain.records.schemas import TransitionInput

State = TypeVar("State", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Transition(Generic[State]):
    """One way from some states to another."""

    action: str
    sources: Collection[State]
    to: State
    needs_reason: bool = False
    needs_document: bool = False


@dataclass(frozen=True, slots=True)
class AppliedTransition:
    """A step that was taken, as its log keeps it."""

    action: str
    from_state: str
    to_state: str
    effective_on: date
    reason: str | None = None
    document_id: UUID | None = None


class StateMachine(Generic[State]):
    """All the steps there are between the states of one kind of record."""

    def __init__(self, *steps: Transition[State]) -> None:
        self.steps = steps

    def allowed_actions(self, state: State) -> list[str]:
        """What may be done next."""
        return [step.action for step in self.steps if state in step.sources]

    def find(self, state: State, action: str) -> Transition[State]:
        """The step that an action stands for in this state; refused where there is none."""
        for step in self.steps:
            if step.action == action and state in step.sources:
                return step
        raise IllegalTransition(state, action, self.allowed_actions(state))

    def apply(
        self, state: State, words: TransitionInput, *, effective_on: date
    ) -> AppliedTransition:
        """What the log says of a step, once all that it asks for has been said."""
        step = self.find(state, words.action)
        if step.needs_reason and not (words.reason and words.reason.strip()):
            raise ReasonNeeded(words.action)
        if step.needs_document and words.document_id is None:
            raise DocumentNeeded(words.action)
        return AppliedTransition(
            step.action, state, step.to, effective_on, words.reason, words.document_id
        )
