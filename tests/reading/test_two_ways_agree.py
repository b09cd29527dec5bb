"""Whatever is asked, the short way and the ordinary way give the same answer."""

import os
import re
from collections import Counter
from typing import Any

import httpx
from hypothesis import given, note, settings
from hypothesis import strategies as st

from app.domain.actor import GRANTS, Permission, Role
from tests.give import Country
from tests.house import House
from tests.reading.facts import Facts
from tests.reading.pool import pool_of
from tests.reading.questions import Asked, questions
from tests.reading.two_ways import Callers, alike

EXAMPLES = int(os.environ.get("BINHYEN_EXAMPLES", "200"))
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
SINGLE = [(role,) for role in (Role.VIEWER, Role.STATISTICIAN, Role.UNIT_ADMIN, Role.RECORDER,
                               Role.TIP_OFFICER, Role.OPERATOR)]  # fmt: skip
ROLES = [*SINGLE[:3] * 3, *SINGLE, (Role.VIEWER, Role.AUDITOR), (Role.OPERATOR, Role.EVALUATOR), ()]
Roles = tuple[Role, ...]


def test_any_question_is_answered_alike_and_only_with_what_is_ones_own(
    house: House, ordinary: House, country: Country, facts: Facts, taken: list[bool]
) -> None:
    seen: Counter[str] = Counter()
    places = [*sorted(country.units), *[""] * 10]

    @settings(max_examples=EXAMPLES, deadline=None, database=None, print_blob=True)
    @given(questions(pool_of(country, facts)), st.sampled_from(ROLES), st.sampled_from(places))
    def answered(asked: Asked, roles: Roles, place: str) -> None:
        note(f"{roles} at {place!r}\n{asked.text}\n{asked.variables}")
        unit = country[place]
        level = country.levels[unit]
        callers: Any = [h.caller(*roles, level=level, unit=unit) for h in (house, ordinary)]
        own = facts.models_of(level, unit) if _reads_models(roles) else set()
        answer = _judged(seen, taken, callers, asked, asked.variables, own)
        if cursors := _cursors(asked, answer):
            note(f"and again with {cursors}")
            seen["with cursors"] += 1
            _judged(seen, taken, callers, asked, asked.variables | cursors, own)

    def _judged(*given: Any) -> httpx.Response:
        answer = _judge(*given)
        own = {str(id) for id in given[-1]}
        assert set(UUID.findall(answer.text)) & {str(one["id"]) for one in facts.model} <= own
        return answer

    answered()
    print(dict(seen))
    assert seen["short way"] > 0.9 * seen["plain"]
    assert seen["refused"] < 0.5 * seen["all"]
    assert seen["with cursors"] > 0.1 * seen["all"]


def _judge(
    seen: Counter[str], taken: list[bool], callers: Callers, asked: Asked, given: Any, own: Any
) -> httpx.Response:
    taken.clear()
    answer = alike(callers, asked.text, given)
    seen["all"] += 1
    seen["refused"] += "errors" in answer.json() or answer.status_code >= 400
    if asked.plain and answer.status_code == 200:
        seen["plain"] += 1
        seen["short way"] += taken == [True]
    return answer


def _cursors(asked: Asked, answer: httpx.Response) -> dict[str, str]:
    """The ends of the pages that were read, for the variables that wait for them."""
    data = answer.json().get("data") or {}
    ends = {
        variable: ((data.get(root) or {}).get(info) or {}).get(end)
        for variable, root, info, end in asked.cursors
    }
    return {variable: cursor for variable, cursor in ends.items() if cursor}


def _reads_models(roles: Roles) -> bool:
    return any(Permission.MODEL_READ in GRANTS[role] for role in roles)
