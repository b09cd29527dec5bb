"""The lists that pages are tried on: one for each declared order, and some that are narrowed."""

from dataclasses import dataclass, field
from typing import Any

from tests.application import Caller

PAGE = "nodes { id } edges { cursor node { id } } totalCount pageInfo { ...P }"
INFO = "fragment P on PageInfo { hasNextPage hasPreviousPage startCursor endCursor }"


@dataclass(frozen=True)
class List:
    """One list, as both layers name it."""

    root: str
    path: str
    where: str = "{}"
    asked: dict[str, Any] = field(default_factory=dict)
    more: str = ""  # terms and order, as GraphQL writes them

    def __str__(self) -> str:
        return f"{self.path} {self.asked}"

    def page(self, caller: Caller, bounds: str) -> Any:
        """A page over GraphQL: its ids, its cursors and what is told of it."""
        query = f"{{ {self.root}({bounds}, where: {self.where}{self.more}) {{ {PAGE} }} }} {INFO}"
        answer = caller.ask(query)
        assert "errors" not in answer, answer
        found = answer["data"][self.root]
        assert [edge["node"] for edge in found["edges"]] == found["nodes"]
        return found

    def ids(self, caller: Caller) -> list[str]:
        """The whole list, which fits one page."""
        page = self.page(caller, "first: 100")
        assert not page["pageInfo"]["hasNextPage"]
        assert page["totalCount"] == len(page["nodes"])
        return [node["id"] for node in page["nodes"]]


LISTS = [
    List("units", "units"),
    List("units", "units", asked={"order": "code"}, more=", orderBy: CODE"),
    List(
        "units", "units", '{within: {eq: "00924"}, level: {in: [VILLAGE, COMMUNE]}}',
        {"within": "00924", "level": ["village", "commune"]},
    ),
    List(
        "units", "units", "{kind: {eq: VILLAGE}}",
        {"kind": "village", "as_of": "2020-06-01", "hierarchy": "police", "order": "code"},
        ', asOf: "2020-06-01", hierarchy: POLICE, orderBy: CODE',
    ),
    List("models", "models"),
    List("models", "models", asked={"order": "oldest"}, more=", orderBy: OLDEST"),
    List("models", "models", "{state: {eq: LAUNCHED}}", {"state": "launched"}),
    List("models", "models", "{reviewDue: {eq: ANY}}", {"review_due": "any"}),
    List("modelTypes", "model-types"),
    List("modelRecognitions", "model-recognitions"),
    List(
        "modelRecognitions", "model-recognitions", asked={"order": "oldest"},
        more=", orderBy: OLDEST",
    ),
    List("modelReviewRules", "model-review-rules"),
    List("unitReorganisations", "unit-reorganisations"),
    List("calendars", "calendars"),
    List("deadlineRules", "deadline-rules"),
    List("deadlineRules", "deadline-rules", asked={"order": "newest"}, more=", orderBy: NEWEST"),
    List("deadlines", "deadlines"),
    List("teams", "teams"),
    List("teams", "teams", asked={"order": "oldest"}, more=", orderBy: OLDEST"),
    List("teams", "teams", "{kind: {in: [MEDIATION_GROUP, WARD_GUARD, PATROL_GROUP]}}",
         {"kind": ["mediation_group", "ward_guard", "patrol_group"]}),
    List("teamMembers", "team-members"),
    List("teamSizeRules", "team-size-rules"),
    List("committees", "committees"),
    List("retentionRules", "retention-rules"),
    List("deadlines", "deadlines", "{resource: {eq: \"case\"}}", {"resource": "case"}),
    List("documents", "documents"),
    List("documents", "documents", asked={"order": "oldest"}, more=", orderBy: OLDEST"),
    List("documents", "documents", "{state: {eq: ISSUED}}", {"state": "issued"}),
    List("attachments", "attachments"),
    List("attachments", "attachments", asked={"order": "oldest"}, more=", orderBy: OLDEST"),
    List("tipDesks", "tip-desks"),
    List("statedTallies", "stated-tallies"),
    List("statedTallies", "stated-tallies", asked={"order": "oldest"}, more=", orderBy: OLDEST"),
]  # fmt: skip
