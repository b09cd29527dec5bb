"""Rows as stated figures: what is sent to the API, and what comes back."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from app.acceptance.client import Api, ApiRefused
from app.acceptance.mappings import StatedMeasure
from app.acceptance.periods import PublishedPeriod
from app.acceptance.places import FoundPlace
from app.acceptance.rows import PublishedFigure
from app.acceptance.values import PublishedValue

Fields = dict[str, Any]
MAX_LABEL, MAX_WORDS, MAX_PLACE, MAX_QUOTE = 300, 100, 200, 2000
CHANGES = ("change", "giam", "tang", "growth")
COMPARED = (
    "value", "value_text", "qualifier", "counting_unit", "counting_unit_text", "period_from",
    "period_to", "period_text", "precision", "place_text", "source", "label", "quote", "delta_only",
)  # fmt: skip


def build_statement(
    row: PublishedFigure, value: PublishedValue, period: PublishedPeriod, place: FoundPlace,
    counts: StatedMeasure,
) -> Fields:  # fmt: skip
    """Build what is recorded of a row: all that is printed, beside what it is understood as."""
    known: Fields = {
        "unit": place.unit, "unit_on": place.day.isoformat(), "measure": counts.measure,
        "counting_unit": counts.counting_unit, "counting_unit_text": row.unit[:MAX_WORDS] or None,
        "category": counts.category, "label": row.meaning[:MAX_LABEL] or row.id,
        "value": None if value.number is None else float(value.number), "value_text": value.text,
        "qualifier": value.qualifier, "delta_only": _is_change(row, value, period),
        "precision": period.precision, "period_text": period.words[:MAX_WORDS] or None,
        "period_from": period.first and period.first.isoformat(),
        "period_to": period.last and period.last.isoformat(),
        "place_text": row.place[:MAX_PLACE] or None, "source": row.source or row.id,
        "quote": row.quote_vi[:MAX_QUOTE] or None, "reference": row.id[:MAX_WORDS],
    }  # fmt: skip
    if period.compared:
        known["compared_from"], known["compared_to"] = (day.isoformat() for day in period.compared)
    return {name: what for name, what in known.items() if what is not None}


def _is_change(row: PublishedFigure, value: PublishedValue, period: PublishedPeriod) -> bool:
    if period.compared or (value.number is not None and value.number < 0):
        return True
    return row.value.startswith("+") or row.text.startswith(CHANGES)


def record_statement(api: Api, statement: Fields) -> str:
    """Record a stated figure unless it is recorded already; return its id."""
    if known := _find_same(api, statement):
        return known
    try:
        return str(api.post("stated-figures", statement)["id"])
    except ApiRefused as refused:
        if refused.code != "figure_stated":
            raise
    label = f"{statement['label'][: MAX_LABEL - 60]} ({statement['reference'][:50]})"
    return str(api.post("stated-figures", statement | {"label": label})["id"])


def _find_same(api: Api, statement: Fields) -> str | None:
    found = api.read("stated-figures", reference=statement["reference"], limit=100)["items"]
    same = (one for one in found if not list_differences(statement, one))
    return next((str(one["id"]) for one in same), None)


def list_differences(statement: Fields, found: Mapping[str, Any]) -> list[str]:
    """List what the API reports otherwise than it was stated."""
    names = [name for name in COMPARED if name != "label"]
    return [
        f"{name}: {found.get(name)} for {statement.get(name)}"
        for name in names
        if not _same(statement.get(name), found.get(name))
    ] + _label_differs(statement, found)


def _label_differs(statement: Fields, found: Mapping[str, Any]) -> list[str]:
    begins = str(found.get("label")).startswith(str(statement["label"])[: MAX_LABEL - 60])
    return [] if begins else [f"label: {found.get('label')}"]


def _same(stated: Any, found: Any) -> bool:
    if isinstance(stated, float) and isinstance(found, (int, float)):
        return Decimal(str(stated)) == Decimal(str(found))
    return (stated or None) == (found or None) or stated == found
