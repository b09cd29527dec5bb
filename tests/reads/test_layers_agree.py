"""REST and GraphQL give the same rows in the same order, or refuse for the same reason."""

from collections import Counter
from typing import Any

from hypothesis import given, note, settings
from hypothesis import strategies as st

from app.domain.actor import Role
from tests.application import Application, Caller
from tests.give import Country
from tests.reads.facts import Facts
from tests.reads.neutral_questions import LAYERS, NeutralQuestion, as_at_rest, questions
from tests.reads.pool import pool_of
from tests.reads.test_two_ways_agree import EXAMPLES

ROLES = (
    [Role.AUDITOR] * 4
    + [Role.RECORDER] * 2
    + [Role.VIEWER, Role.UNIT_ADMIN, Role.TIP_OFFICER, Role.OPERATOR]
)


def test_any_question_at_both_layers(
    application: Application, country: Country, facts: Facts
) -> None:
    seen: Counter[str] = Counter()
    places = [*sorted(country.units), *[""] * 20]

    @settings(max_examples=max(EXAMPLES * 3 // 4, 1), deadline=None, database=None, print_blob=True)
    @given(questions(pool_of(country, facts)), st.sampled_from(ROLES), st.sampled_from(places))
    def check_answers(question: NeutralQuestion, role: Role, place: str) -> None:
        note(f"{role} at {place!r}\n{question.at_rest()}\n{question.in_graphql()}")
        unit = country[place]
        caller = application.caller(role, level=country.levels[unit], unit=unit)
        seen["all"] += 1
        seen[_one(caller, question) if question.id is not None else _pages(caller, question)] += 1

    check_answers()
    print(dict(seen))
    assert seen["rows"] + seen["row"] > 0.2 * seen["all"]


def _one(caller: Caller, question: NeutralQuestion) -> str:
    path, params = question.at_rest()
    rest, found = caller.get(path, **params), caller.ask(question.in_graphql())
    name = LAYERS[question.name][2]
    if rest.status_code == 404:
        assert found == {"data": {name: None}}
        return "not there"
    if "errors" in found:
        return _check_refusal(rest, found, name)
    assert rest.json() == as_at_rest(question.shape, found["data"][name])
    return "row"


def _pages(caller: Caller, question: NeutralQuestion) -> str:
    """The first pages of a list, each layer going on with its own cursor."""
    name, (path, params) = LAYERS[question.name][1], question.at_rest()
    after: str | None = None
    rows = 0
    for _ in range(3):
        rest = caller.get(path, **params, **({"cursor": after} if after else {}))
        found = caller.ask(question.in_graphql(), after=after)
        if "errors" in found:
            return _check_refusal(rest, found, name)
        page, same = rest.json(), found["data"][name]
        assert page["items"] == as_at_rest(question.shape, same["nodes"])
        assert (page["total"], page["total_is_exact"]) == (same["totalCount"], True)
        after = same["pageInfo"]["endCursor"] if same["pageInfo"]["hasNextPage"] else None
        assert page["next"] == after
        rows += len(page["items"])
        if after is None:
            break
    return "rows" if rows else "no rows"


def _check_refusal(rest: Any, found: Any, name: str) -> str:
    (fault,) = found["errors"]
    problem = rest.json()
    assert found["data"] == {name: None}
    assert fault["path"] == [name]
    assert fault["message"] == problem["detail"]
    assert fault["extensions"]["code"] == problem["code"] != "unexpected"
    assert fault["extensions"]["status"] == problem["status"] == rest.status_code
    return str(problem["code"])
