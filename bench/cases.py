"""Cases to measure: the questions, whom they are put to, and the goals."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from bench.request import Ask
from bench.scenario import Scenario
from bench.servers import ORDINARY, OURS, PLAIN, Server

PAGES = 10
NESTED = """
query Models($first: Int!, $after: String) {
  models(first: $first, after: $after) {
    pageInfo { hasNextPage endCursor }
    nodes {
      id name state launchedOn households
      type { code name }
      unit { id code name fullName parent { id code name } }
      hosts(first: 3) { unit { id code name } }
    }
  }
}
"""
PLACES = """
(SELECT DISTINCT from_id AS id FROM unit_succession WHERE effective_on <= today()
 ORDER BY 1 LIMIT 20)
UNION ALL
(SELECT id FROM unit_dated WHERE level = 'commune' AND valid_from <= today()
 AND valid_to > today() ORDER BY id LIMIT 20)
"""
COMMUNES = """
SELECT c.code FROM unit_dated c JOIN unit_dated p ON p.id = c.province_id AND p.code = '01'
WHERE c.level = 'commune' AND c.valid_from <= today() AND c.valid_to > today()
AND p.valid_to > today() ORDER BY c.code LIMIT 20
"""
COVERAGE = "/api/v1/model-types/ho_an_toan/coverage?unit=06&on=2020-09-08"


@dataclass(frozen=True, slots=True)
class Case:
    """One kind of question; every way gets the same ones in the same order."""

    name: str
    title: str
    asks: dict[str, list[Ask]]
    goal: float | None = None
    writes: bool = False
    connections: int | None = None  # as many as were chosen, unless the case says otherwise


def all_cases(scenario: Scenario, servers: dict[str, Server]) -> list[Case]:
    """The cases in the order in which each round goes through them."""
    token, both = scenario.officer, (OURS, PLAIN)
    units = [Ask(f"/api/v1/units/{row['id']}?expand=parent,successors", token)
             for row in scenario.fetch(PLACES)]  # fmt: skip
    models = [Ask("/api/v1/models", token, _model(row["code"])) for row in scenario.fetch(COMMUNES)]
    return [
        Case("models", "REST: 50 models of a province",
             {name: list(_list_requests(servers[name], token)) for name in both}, goal=4.0),
        Case("models nested", "GraphQL: 50 models, nested",
             {name: list(_nested_requests(servers[name], token)) for name in (*both, ORDINARY)},
             goal=20.0),
        Case("unit", "REST: a unit, parent, successors", dict.fromkeys(both, units)),
        Case("write", "REST: record a model", dict.fromkeys(both, models), writes=True),
        _coverage(scenario, "as_recorded"),
        _coverage(scenario, "current"),
    ]  # fmt: skip


def _coverage(scenario: Scenario, boundary: str) -> Case:
    """One caller alone, for PostgreSQL is at work on each for long."""
    ask = Ask(f"{COVERAGE}&boundary={boundary}", scenario.analyst)
    name = "coverage" if boundary == "as_recorded" else f"coverage {boundary}"
    return Case(name, f"REST: coverage, {boundary}", {OURS: [ask]}, connections=1)


def _list_requests(server: Server, token: str) -> Iterator[Ask]:
    def ask(cursor: str | None) -> Ask:
        more = f"&cursor={cursor}" if cursor else ""
        return Ask(f"/api/v1/models?limit=50{more}", token)

    return _walk_pages(server, ask, lambda found: found["next"])


def _nested_requests(server: Server, token: str) -> Iterator[Ask]:
    def ask(cursor: str | None) -> Ask:
        body = {"query": NESTED, "variables": {"first": 50, "after": cursor}}
        return Ask("/graphql", token, body)

    return _walk_pages(server, ask, lambda found: found["data"]["models"]["pageInfo"]["endCursor"])


def _walk_pages(
    server: Server, ask: Callable[[str | None], Ask], following: Callable[[Any], str]
) -> Iterator[Ask]:
    """The first page and a later one in turn, each later one behind the one before."""
    first = ask(None)
    cursor = following(first.answer(server.port))
    for _ in range(PAGES):
        yield first
        yield (later := ask(cursor))
        cursor = following(later.answer(server.port))


def _model(commune: str) -> dict[str, Any]:
    return {
        "type": "bench_camera", "units": [commune], "name": "Camera giám sát số @@@@@@@@",
        "households": 120, "launched_on": "2025-09-01", "reference": "@@@@@@@@",
    }  # fmt: skip
