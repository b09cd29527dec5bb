"""Whatever is asked, the short way and the ordinary way give the same answer."""

import json
import os
import re
from collections import Counter
from typing import Any

import httpx
import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

from app.api.graphql.bypass import Bypass
from app.domain.actor import Permission, Role
from tests.give import Country
from tests.house import Caller, House
from tests.reading.facts import Facts
from tests.reading.pool import pool_of
from tests.reading.questions import Asked, questions

EXAMPLES = int(os.environ.get("BINHYEN_EXAMPLES", "200"))
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
ROLES = [(role,) for role in (Role.VIEWER, Role.RECORDER, Role.TIP_OFFICER, Role.OPERATOR,
                              Role.UNIT_ADMIN, Role.STATISTICIAN)]  # fmt: skip
SEVERAL = [*ROLES, (Role.VIEWER, Role.STATISTICIAN), (Role.OPERATOR, Role.TIP_OFFICER), ()]
Who = tuple[tuple[Role, ...], str]


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether each question took the short way."""
    seen: list[bool] = []
    answer = Bypass.answer

    async def watched(self: Bypass, *asked: Any) -> bytes | None:
        found = await answer(self, *asked)
        seen.append(found is not None)
        return found

    monkeypatch.setattr(Bypass, "answer", watched)
    return seen


def test_any_question_is_answered_alike_and_only_with_what_is_ones_own(
    house: House, ordinary: House, country: Country, facts: Facts, taken: list[bool]
) -> None:
    seen: Counter[str] = Counter()
    pool, places = pool_of(country, facts), sorted(country.units)

    @settings(max_examples=EXAMPLES, deadline=None, database=None, print_blob=True)
    @given(
        asked=questions(pool),
        roles=st.sampled_from([*ROLES[:1] * 4, *ROLES[-2:] * 3, *SEVERAL]),
        place=st.sampled_from([*places, *[""] * 20]),
    )
    def ask(asked: Asked, roles: tuple[Role, ...], place: str) -> None:
        unit = country[place]
        level = country.levels[unit]
        callers = [one.caller(*roles, level=level, unit=unit) for one in (house, ordinary)]
        own = facts.models_of(level, unit) if _may_read_models(house, roles) else set()
        note(f"{roles} {place}\n{asked.text}\n{asked.variables}")
        answer = alike(callers, asked.text, asked.variables)
        assert models_in(answer, facts) <= {str(id) for id in own}
        _count(seen, asked, answer, taken)
        if found := cursors_in(asked, answer):
            note(f"again with {found}")
            seen["again"] += 1
            again = alike(callers, asked.text, asked.variables | found)
            assert models_in(again, facts) <= {str(id) for id in own}
            _count(seen, asked, again, taken)

    ask()
    print(dict(seen))
    assert seen["short"] > 0.9 * seen["plain"]
    assert seen["refused"] < 0.5 * seen["all"]
    assert seen["again"] > 0.1 * seen["all"]


def alike(callers: list[Caller], text: str, variables: dict[str, Any]) -> httpx.Response:
    """The answer of the short way, which is that of the ordinary way too."""
    body = {"query": text, "variables": variables}
    quick, slow = (caller.post("/graphql", body) for caller in callers)
    assert quick.status_code == slow.status_code
    assert json.dumps(quick.json().get("data")) == json.dumps(slow.json().get("data"))
    assert faults(quick) == faults(slow)
    assert not any('"unexpected"' in fault for fault in faults(slow))
    return quick


def faults(answer: httpx.Response) -> list[str]:
    """Where each refusal stands, its code and its words."""
    body = answer.json()
    if "errors" not in body or answer.headers["content-type"] == "application/problem+json":
        return [json.dumps({k: v for k, v in body.items() if k not in ("data", "request_id")})]
    kept = ("path", "message", "extensions")
    return sorted(json.dumps([fault.get(name) for name in kept]) for fault in body["errors"])


def models_in(answer: httpx.Response, facts: Facts) -> set[str]:
    return set(UUID.findall(answer.text)) & {str(model["id"]) for model in facts.model}


def cursors_in(asked: Asked, answer: httpx.Response) -> dict[str, str]:
    """The ends of the pages that were read, for the variables that wait for them."""
    data = answer.json().get("data") or {}
    ends = {
        variable: ((data.get(root) or {}).get(info) or {}).get(end)
        for variable, root, info, end in asked.cursors
    }
    return {variable: cursor for variable, cursor in ends.items() if cursor}


def _may_read_models(house: House, roles: tuple[Role, ...]) -> bool:
    from app.domain.actor import GRANTS

    return any(Permission.MODEL_READ in GRANTS[role] for role in roles)


def _count(seen: Counter[str], asked: Asked, answer: Any, taken: list[bool]) -> None:
    seen["all"] += 1
    seen["refused"] += "errors" in answer.json() or answer.status_code >= 400
    seen["invalid"] += answer.status_code >= 400
    for f in re.findall('"code":"([a-z_]*)"', answer.text):
        seen[f] += 1
    if answer.status_code >= 400:
        seen[answer.text[:80]] += 1
    if asked.plain and taken:
        seen["plain"] += 1
        seen["short"] += taken[-1]
    taken.clear()
