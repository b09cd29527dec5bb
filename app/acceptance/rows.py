"""The rows of a file of published figures."""

import csv
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from app.acceptance.words import fold

COLUMNS = ("id", "source", "value", "qualifier", "meaning", "unit", "period", "place", "quote_vi")


class NotSuchAFile(Exception):
    """The file cannot be read as a table of published figures; says why."""


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """A row: a figure as it was published."""

    id: str
    source: str
    value: str
    qualifier: str
    meaning: str
    unit: str
    period: str
    place: str
    quote_vi: str
    fault: str = ""  # why the line cannot be read as a row

    @property
    def text(self) -> str:
        """Return all its words, for comparison."""
        return fold(f"{self.meaning} {self.quote_vi}")


def read_rows(path: Path) -> list[PublishedFigure]:
    """Read a file; refuse one without the columns. A line of another length has a fault."""
    try:
        content = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as reason:
        raise NotSuchAFile(f"{path} cannot be read: {reason}") from reason
    reader = csv.DictReader(StringIO(content))
    if missing := [name for name in COLUMNS if name not in (reader.fieldnames or ())]:
        raise NotSuchAFile(f"{path} has no column {', '.join(missing)}.")
    return [_read(line, number) for number, line in enumerate(reader, 2)]


def _read(line: dict[str | None, str | None], number: int) -> PublishedFigure:
    uneven = None in line or None in line.values()
    fault = f"line {number} does not have as many cells as the first line" if uneven else ""
    cells = {name: " ".join((line[name] or "").split()) for name in COLUMNS}
    return PublishedFigure(**cells, fault=fault)
