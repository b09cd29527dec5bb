"""Examples of the contract say what could be there: codes of their list, and people as people."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
CONTRACT = json.loads((ROOT / "openapi/openapi.json").read_text())
TAXONOMY = ROOT / "app/data/incidents/taxonomy.csv"


def walk(value: Any) -> Iterator[tuple[str, Any]]:
    """Yield each name and value in an example."""
    parts = value.items() if isinstance(value, dict) else ()
    for name, part in parts:
        yield name, part
        yield from walk(part)
    for part in value if isinstance(value, list) else ():
        yield from walk(part)


def list_examples(word: str) -> Iterator[tuple[str, Any]]:
    """Yield what is in the examples of the operations whose address has a word."""
    for path, operations in CONTRACT["paths"].items():
        for operation in operations.values() if word in path else ():
            parts = [operation.get("requestBody", {}), *operation["responses"].values()]
            for part in parts:
                for body in part.get("content", {}).values():
                    yield from walk(body.get("example"))


def test_incidents_are_of_a_category_that_there_is() -> None:
    with TAXONOMY.open(encoding="utf-8") as file:
        known = {row["code"] for row in csv.DictReader(file)}
    found = {
        value for name, value in list_examples("/incidents")
        if name in ("category", "category_group")
    }  # fmt: skip
    assert found
    assert found - {None} <= known


def test_the_person_of_a_case_is_no_team() -> None:
    named = {part["name"] for name, part in list_examples("/reintegration") if name == "person"}
    assert named == {"Người được hỗ trợ"}
