"""Links between documents lead somewhere."""

import re
from pathlib import Path

import pytest

from tests.docs.findings import ROOT
from tests.docs.prose import blank_code

DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"(?m)^#+ (.+)$")


def list_anchors(document: Path) -> set[str]:
    """Return the anchors that the headings of a document make."""
    headings = HEADING.findall(document.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_to_files_and_headings(document: Path) -> None:
    for link in LINK.findall(blank_code(document.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (document.parent / path).resolve() if path else document
        assert target.exists(), link
        assert not anchor or anchor in list_anchors(target), link


def test_every_document_is_reached_from_the_index() -> None:
    reached, waiting = set(), [ROOT / "docs/index.md"]
    while waiting:
        document = waiting.pop()
        if document in reached or document.suffix != ".md" or not document.exists():
            continue
        reached.add(document)
        links = LINK.findall(blank_code(document.read_text(encoding="utf-8")))
        waiting += [(document.parent / link.partition("#")[0]).resolve() for link in links]
    assert [path for path in DOCUMENTS if path not in reached] == []
