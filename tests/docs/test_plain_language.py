"""The language of the project is plain: the script of the glossary finds nothing."""

from pathlib import Path

import pytest

from tests.docs.findings import ROOT, judge
from tests.docs.language import list_roots


@pytest.mark.parametrize("path", list_roots(), ids=lambda path: str(path.relative_to(ROOT)))
def test_the_language_is_plain(path: Path) -> None:
    """Run `python -m tests.docs.language PATH` for the same list with a table by package."""
    found = judge([path])
    assert not found, f"{len(found)} findings:\n" + "\n".join(map(str, found[:40]))
