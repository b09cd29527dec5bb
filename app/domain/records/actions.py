"""The actions that a caller may take next on a record, and what each of them wants.

One declaration, the state machine with the permission of each transition, decides in the reads what
is listed; the conformance tests hold that the service functions decide the same.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Text, and_, case, cast, func, literal_column, null
from sqlalchemy.dialects.postgresql import array

from app.db.query.shape import Caller, Field, Row, Shape, is_one_of
from app.domain.actor import Level
from app.domain.records.state_machine import StateMachine, Transition
from app.domain.scope import Scope

Condition = Callable[[Row, Caller], ColumnElement[bool]]
StateTest = Callable[[Row, Collection[Any]], ColumnElement[bool]]


def _is_in_state(row: Row, states: Collection[Any]) -> ColumnElement[bool]:
    return is_one_of(row.state, states)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionsField(Field):
    """A field about the actions allowed next, and the state machine that allows them."""

    machine: StateMachine[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRules:
    """Rules on the actions of a record: its state, and conditions on the record and the caller."""

    machine: StateMachine[Any]
    permission: str  # for every action; a transition may name one besides
    levels: frozenset[Level] = frozenset(Level)
    scope: Scope | None = None  # of changes, where it is narrower than that of reads
    conditions: Mapping[str, Condition] = field(default_factory=dict)  # by action; "" is of all
    needs: Mapping[str, Condition] = field(default_factory=dict)  # by `action.field`: when needed
    state_test: StateTest = _is_in_state

    def list_actions(self, row: Row, caller: Caller) -> ColumnElement[Any]:
        """List the actions that the caller may take on a row."""
        return _select_words(
            (step.action, self._test(step, row, caller)) for step in self._steps(caller)
        )

    def list_needs(self, row: Row, caller: Caller) -> ColumnElement[Any]:
        """List what these actions cannot do without, as `action.field`."""
        return _select_words(
            (f"{step.action}.{name}", test)
            for step in self._steps(caller)
            for name, test in self._needs(step, row, caller)
        )

    def _steps(self, caller: Caller) -> Sequence[Transition[Any]]:
        return self.machine.steps if caller.level in self.levels else ()

    def _test(self, step: Transition[Any], row: Row, caller: Caller) -> ColumnElement[bool]:
        tests = [self.state_test(row, step.sources), caller.may(self.permission)]
        if step.permission is not None:
            tests.append(caller.may(step.permission))
        if hasattr(row, "voided_at"):
            tests.append(row.voided_at.is_(None))
        if self.scope is not None:
            tests.append(self.scope[caller.level](row, caller.unit))
        named = (self.conditions.get(name) for name in ("", step.action))
        return and_(*tests, *(one(row, caller) for one in named if one))

    def _needs(
        self, step: Transition[Any], row: Row, caller: Caller
    ) -> Iterator[tuple[str, ColumnElement[bool]]]:
        allowed = self._test(step, row, caller)
        for name in step.required_fields:
            yield name, allowed
        for word, condition in self.needs.items():
            action, _, name = word.partition(".")
            if action == step.action:
                yield name, and_(allowed, condition(row, caller))


def actions(machine: StateMachine[Any], permission: str, **rules: Any) -> dict[str, Field]:
    """Make the fields of a shape that list the actions of the caller, and what each wants."""
    given = ActionRules(machine=machine, permission=permission, **rules)
    return {
        "allowed_actions": _field(machine, given.list_actions),
        "action_needs": _field(machine, given.list_needs),
    }


def state_machine(shape: Shape) -> StateMachine[Any] | None:
    """Return the state machine of the records of a shape, if they have one."""
    machines = (one.machine for one in shape.fields.values() if isinstance(one, ActionsField))
    return next(machines, None)


def _field(
    machine: StateMachine[Any], by_caller: Callable[[Row, Caller], ColumnElement[Any]]
) -> ActionsField:
    return ActionsField(_refuse_without_caller, list[str], by_caller=by_caller, machine=machine)


def _refuse_without_caller(row: Row) -> ColumnElement[Any]:
    raise LookupError("What is allowed depends on the caller.")


def _select_words(words: Iterable[tuple[str, ColumnElement[bool]]]) -> ColumnElement[Any]:
    """Make an array of those words whose tests hold."""
    chosen = [case((test, literal_column(f"'{word}'::text"))) for word, test in words]
    return func.array_remove(cast(array(chosen), ARRAY(Text)), null())
