"""The table of actions says for every action what it needs, as the state machines declare it."""

import re

from app import features
from app.api.descriptions import load
from tests.docs.findings import ROOT

MACHINES = dict(features.state_machines())
DECLARED = {(path, step.action): step for path, life in MACHINES.items() for step in life.steps}
ROW = re.compile(r"(?m)^\| ([a-z-]+) \| `(\w+)` \| (.+?) \| (\w+) \| (.*?) \| (.*?) \|$")


def read_table() -> dict[tuple[str, str], tuple[set[str], str, str]]:
    """Return the rows of the table: sources, target and needs of each path and action."""
    table = (ROOT / "openapi/ACTIONS.md").read_text(encoding="utf-8")
    return {
        (path, action): (set(source.split(", ")), to, needs)
        for path, action, source, to, needs, _ in ROW.findall(table)
    }


def test_every_action_is_listed_with_what_it_needs() -> None:
    table = read_table()
    assert set(table) == set(DECLARED)
    for key, step in DECLARED.items():
        sources, to, needs = table[key]
        assert to == step.to, key
        assert needs == ", ".join(f"`{name}`" for name in step.required_fields), key
        every = {str(state) for state in type(step.to)}
        if any(source.startswith("any but ") for source in sources):
            sources = every - {source.removeprefix("any but ") for source in sources}
        assert sources == {str(state) for state in step.sources}, key


def test_every_path_with_transitions_is_listed() -> None:
    contract = (ROOT / "openapi/openapi.json").read_text(encoding="utf-8")
    assert set(re.findall(r'"/api/v1/([a-z-]+)/\{id\}/transitions"', contract)) == set(MACHINES)


def test_every_text_of_an_action_names_one() -> None:
    assert set(load()["actions"]) <= {f"{path}/{action}" for path, action in DECLARED}


def test_the_guide_leads_to_the_table() -> None:
    guide = (ROOT / "docs/guide/integrator.md").read_text(encoding="utf-8")
    assert "(../../openapi/ACTIONS.md)" in guide.split("## What each action wants")[1]
