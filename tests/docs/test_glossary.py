"""The glossary explains each word once, and lists every word that is not used."""

import re
from collections import Counter

from tests.docs.findings import ROOT, load_words

TEXT = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")


def read_rows(heading: str) -> list[list[str]]:
    """Return the cells of the table under a heading, without its head."""
    table = TEXT.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in table.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def list_headings() -> list[str]:
    """Return the headings of the tables of terms."""
    return [heading for heading in re.findall(r"(?m)^## (.+)$", TEXT) if "not used" not in heading]


def test_no_term_is_explained_twice() -> None:
    cells = [
        row[heading == "The programme"] for heading in list_headings() for row in read_rows(heading)
    ]
    terms = Counter(term for cell in cells for term in re.split(r"[,;] ", cell))
    assert len(terms) > 150
    assert [term for term, count in terms.items() if count > 1] == []


def test_every_technical_term_has_a_meaning() -> None:
    for heading in list_headings():
        if heading != "The programme":
            assert [row for row in read_rows(heading) if len(row) != 2 or not all(row)] == []


def test_every_term_of_the_programme_is_in_both_languages() -> None:
    rows = read_rows("The programme")
    assert [row for row in rows if len(row) != 4 or not row[0] or not row[1]] == []


def test_the_last_section_is_that_of_the_script() -> None:
    listed = dict(read_rows("Words that are not used"))
    banned = load_words()["text"] | load_words()["constant"]
    for pattern, plain in banned.items():
        word = next(
            word
            for word in listed
            if any(
                re.fullmatch(pattern, one, re.I)
                for one in re.split(", ", word.strip("`").strip("_"))
            )
        )
        assert listed[word] == plain
