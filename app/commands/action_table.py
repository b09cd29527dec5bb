"""The table of actions: every transition of every resource, as its state machine declares it."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from app import features
from app.api.descriptions import describe_action
from app.domain.records.state_machine import Transition

HEAD = """# Actions

Every transition that `POST /api/v1/{path}/{id}/transitions` and the mutations of GraphQL take: the
states it is allowed in, the state it leads to, and what it cannot do without. `./run openapi`
writes this table from the state machines.

| path | action | from | to | needs | besides |
|---|---|---|---|---|---|
"""


def write_action_table() -> str:
    """Write the table of actions as Markdown."""
    return HEAD + "".join(f"| {' | '.join(row)} |\n" for row in _rows())


def _rows() -> Iterator[tuple[str, ...]]:
    for path, machine in features.state_machines():
        for step in machine.steps:
            needed = ", ".join(f"`{name}`" for name in step.required_fields)
            besides = describe_action(path, step.action)
            yield path, f"`{step.action}`", _sources(step), str(step.to), needed, besides


def _sources(step: Transition[Any]) -> str:
    """List the states in their declared order; say `any but` where all others are meant."""
    states: type[StrEnum] = type(step.to)
    sources = [str(state) for state in states if state in step.sources]
    others = [str(state) for state in states if state not in step.sources]
    return f"any but {others[0]}" if len(others) == 1 < len(sources) - 1 else ", ".join(sources)
