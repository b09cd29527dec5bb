"""The short way and the ordinary way give the same answer to any question."""

import os
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import httpx
from hypothesis import given, note, settings
from hypothesis import strategies as st

from app.domain.actor import GRANTS, Permission, Role
from tests.application import Application
from tests.give import Country
from tests.reads.facts import Facts
from tests.reads.pool import pool_of
from tests.reads.questions import Question, questions
from tests.reads.two_ways import Callers, alike

EXAMPLES = int(os.environ.get("BINHYEN_EXAMPLES", "200"))
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
SINGLE = [(role,) for role in (Role.VIEWER, Role.STATISTICIAN, Role.UNIT_ADMIN, Role.RECORDER,
                               Role.TIP_OFFICER, Role.OPERATOR)]  # fmt: skip
ROLES = [*SINGLE[:3] * 3, *SINGLE, (Role.VIEWER, Role.AUDITOR), (Role.OPERATOR, Role.EVALUATOR), ()]
Roles = tuple[Role, ...]


@dataclass
class Judge:
    """Puts questions to both ways, judges the answers, and keeps count."""

    layers: tuple[Application, Application]
    country: Country
    facts: Facts
    fast_path_uses: list[bool]
    seen: Counter[str] = field(default_factory=Counter)

    def ask(self, question: Question, roles: Roles, place: str) -> None:
        """Ask, and ask again from where the pages ended, with every switch turned."""
        unit = self.country[place]
        level = self.country.levels[unit]
        one, other = (layer.caller(*roles, level=level, unit=unit) for layer in self.layers)
        may = any(Permission.MODEL_READ in GRANTS[role] for role in roles)
        own = {str(id) for id in self.facts.models_of(level, unit)} if may else set[str]()
        answer = self._answer((one, other), question, question.variables, own)
        turned = {n: not on for n, on in question.variables.items() if n in ("on", "off")}
        cursors = _cursors(question, answer)
        self.seen["with cursors"] += bool(cursors)
        if turned or cursors:
            self._answer((one, other), question, question.variables | turned | cursors, own)

    def _answer(
        self, callers: Callers, question: Question, given: dict[str, Any], own: set[str]
    ) -> httpx.Response:
        self.fast_path_uses.clear()
        note(f"{question.text}\n{given}")
        answer = alike(callers, question.text, given)
        models = {str(model["id"]) for model in self.facts.model}
        assert set(UUID.findall(answer.text)) & models <= own
        self.seen["all"] += 1
        self.seen["refused"] += answer.status_code >= 400 or "errors" in answer.json()
        if question.plain and answer.json().get("data"):  # something was there to be read
            self.seen["plain"] += 1
            self.seen["short way"] += self.fast_path_uses == [True]
        return answer


def _cursors(question: Question, answer: httpx.Response) -> dict[str, str]:
    """The ends of the pages that were read, for the variables that wait for them."""
    data = answer.json().get("data") or {}
    ends = {
        variable: ((data.get(root) or {}).get(info) or {}).get(end)
        for variable, root, info, end in question.cursors
    }
    return {variable: cursor for variable, cursor in ends.items() if cursor}


def test_any_question_is_answered_alike_and_only_with_what_is_ones_own(
    application: Application,
    ordinary: Application,
    country: Country,
    facts: Facts,
    fast_path_uses: list[bool],
) -> None:
    judge = Judge((application, ordinary), country, facts, fast_path_uses)
    places = [*sorted(country.units), *[""] * 10]

    @settings(max_examples=EXAMPLES, deadline=None, database=None, print_blob=True)
    @given(questions(pool_of(country, facts)), st.sampled_from(ROLES), st.sampled_from(places))
    def check_answers(question: Question, roles: Roles, place: str) -> None:
        judge.ask(question, roles, place)

    check_answers()
    seen = judge.seen
    print(dict(seen))
    assert seen["short way"] > 0.9 * seen["plain"]
    assert seen["refused"] < 0.6 * seen["all"]
    assert seen["with cursors"]
