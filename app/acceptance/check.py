"""The check of a file: each row is computed or stated, and compared with what the API reports."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import parse_qsl

from app.acceptance.client import Api, ApiRefused
from app.acceptance.mappings import Computation, find_computation, find_measure, find_unit
from app.acceptance.periods import read_period
from app.acceptance.places import Places
from app.acceptance.results import COMPUTED, STATED, UNKNOWN, RowResult, write_number
from app.acceptance.rows import PublishedFigure
from app.acceptance.statements import build_statement, list_differences, record_statement
from app.acceptance.values import read_number, read_value
from app.acceptance.words import fold


def check_rows(api: Api, rows: Sequence[PublishedFigure], today: date) -> list[RowResult]:
    """Check every row of a file, in its order."""
    places = Places(api, today)
    terms = api.get("vocabularies/measures")["terms"]
    units = {term["code"]: term["counting_unit"] for term in terms}
    return [_check(api, rows, row, places, units) for row in rows]


def _check(
    api: Api, rows: Sequence[PublishedFigure], row: PublishedFigure, places: Places,
    units: Mapping[str, str],
) -> RowResult:  # fmt: skip
    if row.fault:
        return RowResult(row, UNKNOWN, why=row.fault)
    how = find_computation(row)
    try:
        if how is not None:
            return _compute(api, row, how)
        return _state(api, rows, row, places, units)
    except ApiRefused as refused:
        return RowResult(row, COMPUTED if how else STATED, why=str(refused))


def _compute(api: Api, row: PublishedFigure, how: Computation) -> RowResult:
    if how.path:
        path, _, words = how.path.partition("?")
        found = api.get(path, **dict(parse_qsl(words)))
    else:
        found = api.get("figures", **dict(parse_qsl(how.question)))
    value = _pick_value(found, how.take)
    qualifier = found.get("qualifier", "equal")
    if value is None:
        return RowResult(row, COMPUTED, why="the API reports no value")
    known = read_value(row.value, row.qualifier, row.unit)
    wanted = known and (known.text or write_number(known.number))
    equal = known is not None and write_number(value) == wanted and known.qualifier == qualifier
    counted = found.get("counting_unit")
    why = "" if counted in (None, find_unit(row)) else f"it counts {counted}"
    return RowResult(
        row, COMPUTED, held=bool(found.get("facts", True)), reported=write_number(value),
        equal=equal and not why, unit=counted or "", place=found.get("unit_name", ""), why=why,
    )  # fmt: skip


def _pick_value(found: Any, path: str) -> Any:
    for step in path.split("."):
        found = found[int(step)] if isinstance(found, list) else found[step]
    return found


def _state(
    api: Api, rows: Sequence[PublishedFigure], row: PublishedFigure, places: Places,
    units: Mapping[str, str],
) -> RowResult:  # fmt: skip
    value = read_value(row.value, row.qualifier, row.unit)
    if value is None or not row.meaning:
        what = f"value “{row.value}” with qualifier “{row.qualifier}”" if row.meaning else "meaning"
        return RowResult(row, UNKNOWN, why=f"no {what}" if not row.meaning else what)
    period = read_period(row.period)
    beside = [one for one in rows if one.source == row.source]
    place = places.find(row.place, _list_days(row, beside), _list_context(row, beside))
    if isinstance(place, str):
        return RowResult(row, UNKNOWN, why=place)
    statement = build_statement(row, value, period, place, find_measure(row, units))
    id = record_statement(api, statement)
    found = api.read(f"stated-figures/{id}")
    differing = list_differences(statement, found)
    shown = found["value"] if found["value"] is not None else found["value_text"]
    return RowResult(
        row, STATED, held=True, reported=write_number(shown) if shown is not None else "text",
        equal=not differing and _as_printed(row, shown), unit=found["counting_unit"],
        place=place.name, why="; ".join(differing),
    )  # fmt: skip


def _as_printed(row: PublishedFigure, shown: Any) -> bool:
    """Return whether a reported value is the one that the file prints."""
    if shown is None:
        return not row.value
    number = read_number(row.value, row.unit)
    return write_number(shown) == (row.value if isinstance(shown, str) else write_number(number))


def _list_days(row: PublishedFigure, beside: Iterable[PublishedFigure]) -> list[date]:
    """List the days on whose map a place may lie: its own period, then those of its source."""
    own = read_period(row.period).last
    others = sorted({day for one in beside if (day := read_period(one.period).last)})
    return [*([own] if own else []), *reversed(others)]


def _list_context(row: PublishedFigure, beside: Iterable[PublishedFigure]) -> list[str]:
    """List the other places that the rows of a source name, with those that hold them."""
    places = {part.strip() for one in beside for part in one.place.split(",")}
    return sorted(one for one in places if one and fold(one) != fold(row.place))
