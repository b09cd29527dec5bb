"""Hostile GraphQL documents: full of faults, large, deep, dear, or all of these."""

from collections.abc import Iterator

OPEN, CLOSE = "{ units(first: 1) { nodes {", "} } }"


def many(word: str, count: int) -> str:
    """Repeat a word, with its number in place of #."""
    return " ".join(word.replace("#", str(n)) for n in range(count))


FAULTY = (
    "{ " + many("nope#", 490) + " }",
    f"{OPEN} {many('nope#', 490)} {CLOSE}",
    "query(" + many("$a#: Nope#", 300) + ") { units { nodes { id } } }",
    f"{OPEN} {'x' * 19_000} {CLOSE}",
    "{ units { nodes { id } } } " + many("fragment F# on Unit { id ...G ...G }", 150),
    "{ units { nodes { id } } } " + many("query Q# { units { nodes { id } } }", 150),
    "{ a " * 900 + "} " * 900,
)
LARGE = (
    f"{OPEN} {many('id name parent { id }', 60)} {CLOSE}",
    "{ " + many("k#: units(first: 1) { nodes { id name parent { id } } }", 60) + " }",
    "{ units(first: 100) { nodes { "
    + many("c#: children(first: 1) { id name code }", 40)
    + " } } }",
    "{ units(where: {code: {in: [" + many('"#"', 1500) + "]}}) { nodes { id } } }",
)
DEAR = (
    "{ me { level } units(first: 100) { nodes { id name code children(first: 45) { id name } } } }",
    "{ " + many("k#: tipServiceLevel { __typename }", 55) + " }",
    "{ " + many('k#: modelCoverage(id: "camera", unit: "91") { covered }', 55) + " }",
    "{ " + many("k#: __schema { types { fields { type { name } } } }", 30) + " }",
    "{ __schema { types { name fields { name args { name type { name } } type { name } } } } }",
)


def hostile_queries(count: int) -> Iterator[str]:
    """So many documents, no two of them the same text."""
    kinds = (*FAULTY, *LARGE, *DEAR)
    for number in range(count):
        yield f"{kinds[number % len(kinds)]} # {number}"
