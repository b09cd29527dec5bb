"""Inputs of every form and at every edge: none is answered with a fault of ours.

Three parts: every type of input by itself, every field of every body and every parameter at both
API layers, and requests made at random from the contract for several roles.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import Any

from app.domain import values
from app.domain.actor import Role
from bench.trust_matrix import provide_scenario
from bench.trust_terms import Terms, Verdict
from tests.conformance.cases import ALL, WRITES
from tests.inputs import contract, type_edges
from tests.inputs.parameters import list_parameters
from tests.inputs.senders import Answers, send_address_edges, send_body_edges, send_header_edges
from tests.matrix.cells import prepare
from tests.matrix.scenario import Scenario

OF_EACH_TYPE, ROLES = 500, (Role.VIEWER, Role.RECORDER, Role.APPROVER, Role.TIP_OFFICER)


def inputs(terms: Terms) -> Verdict:
    """Send what nobody would; `times` values in each field, and as many requests in each role."""
    dice, found = Random(terms.seed), Answers()
    escaped = type_edges.find_escapes(dice, OF_EACH_TYPE)
    with provide_scenario(terms, "inputs") as scenario:
        _send_fields(scenario, dice, terms, found)
        sent = found.counts.total()
        for case in ALL:
            contract.send_at_random(scenario, case, ROLES, dice, terms.times, found)
        contract.send_without_token(scenario, dice, terms.times * len(ROLES), found)
    terms.tell("\n  ".join([*escaped[:10], *found.faults[:40]]))
    figures: dict[str, object] = {
        "types": OF_EACH_TYPE, "escaped": len(escaped), "fields": sent,
        "random": found.counts.total() - sent, "faults": len(found.faults), "seed": terms.seed,
    }  # fmt: skip
    figures |= {f"{kind}xx": _count(found, kind) for kind in (2, 4)}
    return Verdict("inputs", figures, not escaped and not found.faults)


def unchecked_text(terms: Terms) -> Verdict:
    """The same without the look at characters: the fault has to be found."""
    with _without_check():
        return inputs(terms)


def _send_fields(scenario: Scenario, dice: Random, terms: Terms, found: Answers) -> None:
    for case in WRITES:
        if case.operation and case.operation.body:
            send_body_edges(scenario, case, dice, terms.times, found)
    for case in ALL:
        request = prepare(scenario, case.cell())
        method = case.name.split()[0]
        if method == "GET":
            names = list_parameters(scenario.application.app, case.name)
            send_address_edges(request.who, request.path, names, dice, terms.times, found)
        send_header_edges(request.who, method, request.path, request.request.data, found)


def _count(found: Answers, kind: int) -> int:
    return sum(number for status, number in found.counts.items() if status // 100 == kind)


@contextmanager
def _without_check() -> Iterator[None]:
    before: Any = values.HIDDEN
    values.HIDDEN = frozenset()
    try:
        yield
    finally:
        values.HIDDEN = before
