"""The lists that pages are tried on: one for each declared order, and some that are narrowed.

A walk through a list goes from page to page, and returns the ids that it meets.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from app.api.graphql.types import SHAPES
from tests.application import Caller
from tests.reads.neutral_questions import LAYERS

PAGE = "nodes { id } edges { cursor node { id } } totalCount pageInfo { ...P }"
KINDS = {"first": "Int", "last": "Int", "after": "String", "before": "String"}
INFO = "fragment P on PageInfo { hasNextPage hasPreviousPage startCursor endCursor }"


@dataclass(frozen=True)
class List:
    """One list, as both layers name it."""

    root: str
    path: str
    where: str = "{}"
    params: dict[str, Any] = field(default_factory=dict)
    more: str = ""  # terms and order, as GraphQL writes them

    def __str__(self) -> str:
        return f"{self.path} {self.params}"

    def page(self, caller: Caller, **bounds: str | int) -> Any:
        """A page over GraphQL: its ids, its cursors and its page info; one document per walk."""
        given = ", ".join(f"${name}: {KINDS[name]}" for name in bounds)
        named = ", ".join(f"{name}: ${name}" for name in bounds)
        asked = f"{self.root}({named}, where: {self.where}{self.more}) {{ {PAGE} }}"
        answer = caller.ask(f"query({given}) {{ {asked} }} {INFO}", **bounds)
        assert "errors" not in answer, answer
        found = answer["data"][self.root]
        assert [edge["node"] for edge in found["edges"]] == found["nodes"]
        return found

    def ids(self, caller: Caller) -> list[str]:
        """The whole list, in the largest pages."""
        ids, after, more = list[str](), dict[str, str](), True
        while more:
            page = self.page(caller, first=100, **after)
            ids += [node["id"] for node in page["nodes"]]
            more = page["pageInfo"]["hasNextPage"]
            after = {"after": page["pageInfo"]["endCursor"]}
        assert page["totalCount"] == len(ids)
        return ids


def walk_forward(caller: Caller, of: List, size: int) -> list[str]:
    """Go forward over GraphQL; each page says truly where it begins and ends."""
    total, met, after = len(of.ids(caller)), list[str](), dict[str, str]()
    while True:
        page = of.page(caller, first=size, **after)
        met += [node["id"] for node in page["nodes"]]
        assert len(met) <= total
        info = page["pageInfo"]
        assert info["hasPreviousPage"] is bool(after)
        assert info["startCursor"] == page["edges"][0]["cursor"]
        assert info["endCursor"] == page["edges"][-1]["cursor"]
        assert page["totalCount"] == total
        if not info["hasNextPage"]:
            return met
        after = {"after": info["endCursor"]}


def walk_backward(caller: Caller, of: List, size: int) -> list[str]:
    """Go backward over GraphQL, from the last page."""
    total, met, before = len(of.ids(caller)), list[str](), dict[str, str]()
    while True:
        page = of.page(caller, last=size, **before)
        met[:0] = [node["id"] for node in page["nodes"]]
        assert len(met) <= total
        info = page["pageInfo"]
        assert info["hasNextPage"] is bool(before)
        assert info["startCursor"] == page["edges"][0]["cursor"]
        assert info["endCursor"] == page["edges"][-1]["cursor"]
        assert page["totalCount"] == total
        if not info["hasPreviousPage"]:
            return met
        before = {"before": info["startCursor"]}


def walk_at_rest(caller: Caller, of: List, size: int) -> list[str]:
    """Go forward over REST."""
    total, met, cursor = len(of.ids(caller)), list[str](), dict[str, str]()
    while True:
        params = of.params | cursor | {"limit": size, "fields": "id", "total": "exact"}
        page = caller.get(f"/api/v1/{of.path}", **params).json()
        met += [row["id"] for row in page["items"]]
        assert len(met) <= total
        assert page["total"] == total
        if page["next"] is None:
            return met
        cursor = {"cursor": page["next"]}


def lists() -> Iterator[List]:
    """Every list that has rows here, in each of its orders."""
    for name, (path, many, _) in LAYERS.items():
        yield List(many, path)
        for order in [*SHAPES[name].orders][1:]:
            yield List(many, path, params={"order": order}, more=f", orderBy: {order.upper()}")


LISTS = [
    *lists(),
    List(
        "units", "units", '{within: {eq: "00924"}, level: {in: [VILLAGE, COMMUNE]}}',
        {"within": "00924", "level": ["village", "commune"]},
    ),
    List(
        "units", "units", "{kind: {eq: VILLAGE}}",
        {"kind": "village", "as_of": "2020-06-01", "hierarchy": "police", "order": "code"},
        ', asOf: "2020-06-01", hierarchy: POLICE, orderBy: CODE',
    ),
    List("models", "models", "{state: {eq: LAUNCHED}}", {"state": "launched"}),
    List("models", "models", "{reviewDue: {eq: ANY}}", {"review_due": "any"}),
    List("teams", "teams", "{kind: {in: [MEDIATION_GROUP, WARD_GUARD, PATROL_GROUP]}}",
         {"kind": ["mediation_group", "ward_guard", "patrol_group"]}),
    List("deadlines", "deadlines", '{resource: {eq: "case"}}', {"resource": "case"}),
    List("documents", "documents", "{state: {eq: ISSUED}}", {"state": "issued"}),
]  # fmt: skip
