"""Faults of a document or its variables: a few, each cut to a line, and none of them stored."""

from collections.abc import Iterable
from typing import Any

from graphql import GraphQLError

MAX_FAULTS, MAX_LENGTH, MAX_LOCATIONS = 5, 300, 5


class DocumentFaults(Exception):
    """The faults by which a document cannot be answered."""

    def __init__(self, faults: Iterable[GraphQLError]) -> None:
        super().__init__()
        self.faults = cut_faults(faults)


def cut_faults(faults: Iterable[GraphQLError]) -> list[dict[str, Any]]:
    """Cut faults to the first few, each to a line: what was sent is not sent back at length."""
    return [_cut(fault.formatted) for fault, _ in zip(faults, range(MAX_FAULTS), strict=False)]


def _cut(fault: Any) -> dict[str, Any]:
    line = fault["message"].partition("\n")[0]
    cut = dict(fault) | {"message": line if len(line) <= MAX_LENGTH else line[:MAX_LENGTH] + "…"}
    if "locations" in cut:
        cut["locations"] = cut["locations"][:MAX_LOCATIONS]
    return cut
