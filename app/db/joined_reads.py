"""Several queries in one statement: what a decision needs is read in one turn.

Each of them gives its rows as one array of records, in its own order. They see the same moment, but
none of them what another has locked: rows to be changed are locked by a query of their own rows.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

NUMBER = re.compile(r"\$(\d+)")  # of an argument; values never stand in the text of a query


@lru_cache(2_000)
def join_queries(queries: tuple[str, ...], counts: tuple[int, ...]) -> str:
    """Return one statement of these queries, each with so many arguments of its own."""
    parts, before = [], 0
    for number, (query, count) in enumerate(zip(queries, counts, strict=True)):
        shifted = NUMBER.sub(lambda found, by=before: f"${int(found[1]) + by}", query)  # type: ignore[misc]
        parts.append(f"(SELECT array_agg(r{number}) FROM ({shifted}) AS r{number})")
        before += count
    return f"SELECT {', '.join(parts)}"


def flatten(arguments: Sequence[Sequence[object]]) -> list[object]:
    """Return the arguments of all queries, in order."""
    return [one for some in arguments for one in some]
