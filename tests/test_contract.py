"""The contract files in `openapi/` are what the code offers."""

from pathlib import Path

import pytest
from graphql import build_schema, find_breaking_changes

from app.commands.api_contract import contract

FOLDER = Path(__file__).parents[1] / "openapi"


@pytest.mark.parametrize("name", ["openapi.json", "schema.graphql", "parity.json", "ACTIONS.md"])
def test_the_contract_is_current(name: str) -> None:
    made, kept = contract()[name], (FOLDER / name).read_text(encoding="utf-8")
    assert made == kept, f"{name} is out of date: run `./run openapi`"


def test_the_schema_in_the_tree_can_be_read_by_others() -> None:
    kept = build_schema((FOLDER / "schema.graphql").read_text(encoding="utf-8"))
    assert find_breaking_changes(kept, build_schema(contract()["schema.graphql"])) == []
