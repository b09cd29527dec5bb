"""Every decision has the same parts, stands in the index, and names files that exist."""

import re
from pathlib import Path

import pytest

from tests.docs.findings import ROOT

FOLDER = ROOT / "docs/adr"
DECISIONS = sorted(FOLDER.glob("[0-9]*.md"))
PARTS = ["Context", "Decision", "Consequences"]


def test_numbers_follow_each_other() -> None:
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_has_its_parts(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.match(rf"# {int(path.name[:4])}\. \S", text)
    assert re.search(
        r"\n\n\*\*Status\*\*: (accepted|superseded by ADR \d+), \d{4}-\d\d-\d\d\.\n", text
    )
    assert re.findall(r"(?m)^## (.+)$", text) == PARTS


def test_the_index_names_every_decision_by_its_title() -> None:
    index = (FOLDER / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"(?m)^\| \d+ \| \[(.+)\]\((.+)\) \|", index)
    titles = [path.read_text(encoding="utf-8").splitlines()[0] for path in DECISIONS]
    assert listed == [
        (title.partition(". ")[2], path.name) for title, path in zip(titles, DECISIONS, strict=True)
    ]


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_files_named_in_a_decision_exist(path: Path) -> None:
    named = re.findall(r"`((?:app|tests|migrations|docs|data)/[\w/.*-]+)`", path.read_text("utf-8"))
    assert [name for name in named if not any(ROOT.glob(name.rstrip("/")))] == []
