"""The header of a sheet: below its title rows, in the words of the clerk."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.domain.records.files.tables.cells import Cell, NumberedRow, Row
from app.domain.records.files.tables.form import Column, TableForm
from app.domain.records.files.tables.words import fold, title_keys

MAX_TITLE_ROWS = 30


@dataclass(frozen=True, slots=True)
class Header:
    """The row of the titles, the column of each field, and the titles that nobody knows."""

    row: int
    titles: Row
    columns: Mapping[int, Column]
    unused: frozenset[int]
    unknown: Mapping[int, Cell]
    twice: Mapping[int, Column]

    def missing(self, form: TableForm) -> list[Column]:
        """Return the required columns that are not there."""
        there = {column.name for column in self.columns.values()}
        return [one for one in form.columns if one.required and one.name not in there]


def find_header(form: TableForm, front: Sequence[NumberedRow]) -> Header | None:
    """Return the row with the most known titles among the first ones; None if there is none."""
    titles = _titles(form)
    found = [_read_header(number, row, titles) for number, row in front]
    best = max(found, key=lambda one: len(one.columns), default=None)
    return best if best and best.columns else None


def _titles(form: TableForm) -> dict[str, Column | None]:
    found: dict[str, Column | None] = {fold(title): None for title in form.unused}
    for column in form.columns:
        found |= {fold(title): column for title in (column.name, *column.titles)}
    return found


def _read_header(number: int, row: Row, titles: Mapping[str, Column | None]) -> Header:
    columns: dict[int, Column] = {}
    unknown: dict[int, Cell] = {}
    twice: dict[int, Column] = {}
    unused = set[int]()
    for at, cell in sorted(row.items()):
        key = next((key for key in title_keys(cell.text) if key in titles), None)
        column = titles[key] if key is not None else None
        if key is None:
            unknown[at] = cell
        elif column is None:
            unused.add(at)
        elif column in columns.values():
            twice[at] = column
        else:
            columns[at] = column
    return Header(number, row, columns, frozenset(unused), unknown, twice)


def data_rows(header: Header, rows: Iterable[NumberedRow]) -> Iterator[NumberedRow]:
    """Yield those of the rows below the header that hold more than a number or a note."""
    first = True
    for number, whole in rows:
        row = {at: cell for at, cell in whole.items() if at not in header.unused}
        numbering = first and _is_numbering(whole)
        repeated = bool(row) and all(header.titles.get(at) == cell for at, cell in row.items())
        first = False
        if row and not numbering and not repeated:
            yield number, row


def _is_numbering(row: Row) -> bool:
    """Return whether a row only counts the columns, as (1) (2) (3) or A B 1 2 in printed forms."""
    marks = [cell.text.strip() for _, cell in sorted(row.items())]
    numbers = [mark.strip("()") for mark in marks if not (len(mark) == 1 and mark.isupper())]
    in_brackets = all(mark.startswith("(") for mark in marks)
    counted = [str(n) for n in range(1, len(numbers) + 1)]
    return len(marks) > 2 and numbers == counted and (in_brackets or len(numbers) < len(marks))
