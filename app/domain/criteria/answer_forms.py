"""Answers: from what a caller sends and what is stored, to what the rules read."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from app.db.tables.criteria import EvaluationAnswer
from app.domain.criteria.answers import Answer
from app.domain.criteria.definitions import Criterion, CriterionKind, Definition
from app.domain.criteria.errors import UnknownCriterion, WrongAnswer
from app.domain.criteria.evaluation_schemas import AnswerEntry

K = CriterionKind
SENTENCES = (K.PASS_FAIL, K.ALL_MUST_PASS, K.KNOCK_OUT, K.MANUAL)
TAKES = {
    "holds": "holds, true or false",
    "points": "value, from 0 to {most}",
    "percent": "value, from 0 to 100",
    "share": "part and whole, or value",
    "value": "value",
}


def list_paths(definition: Definition) -> dict[str, Criterion]:
    """Return the criterion of each path that can be answered; parts stand for their criterion."""
    found: dict[str, Criterion] = {}
    for one in definition.criteria:
        for path in [f"{one.code}/{part.code}" for part in one.parts] or [one.code]:
            found[path] = one
    return found


def read_entries(definition: Definition, entries: Sequence[AnswerEntry]) -> dict[str, Answer]:
    """Return the answers that a caller sends; refuse one that its criterion does not take."""
    known = list_paths(definition)
    for entry in entries:
        if entry.criterion not in known:
            raise UnknownCriterion(entry.criterion, list(known))
        check_entry(known[entry.criterion], entry)
    return {entry.criterion: _read(entry) for entry in entries}


def read_stored(rows: Iterable[EvaluationAnswer]) -> dict[str, Answer]:
    """Return stored answers; a figure that was cited stands where the evaluator says nothing."""
    return {row.path: _read_row(row) for row in rows}


def check_entry(one: Criterion, entry: AnswerEntry) -> None:
    """Refuse an answer of another kind than its criterion, and one out of bounds."""
    takes = _name_form(one)
    given = {
        name for name in ("holds", "value", "part", "whole") if getattr(entry, name) is not None
    }
    allowed = {"holds"} if takes == "holds" else {"value"}
    allowed |= {"part", "whole"} if takes == "share" else set()
    most = one.most if takes == "points" else 100.0 if takes in ("percent", "share") else None
    out = entry.value is not None and most is not None and not 0 <= entry.value <= most
    half = ("part" in given) != ("whole" in given) or ("part" in given and "value" in given)
    over = entry.part is not None and entry.whole is not None and entry.part > entry.whole
    if given - allowed or out or half or over:
        raise WrongAnswer(criterion=entry.criterion, takes=TAKES[takes].format(most=one.most))


def _name_form(one: Criterion) -> str:
    if one.kind in SENTENCES:
        return "holds"
    forms = {K.POINTS: "points", K.WEIGHTED: "percent", K.CHILDREN_SHARE: "share"}
    return forms.get(one.kind, "value")


def _read(entry: AnswerEntry) -> Answer:
    return Answer(entry.holds, to_decimal(entry.value), entry.part, entry.whole)


def _read_row(row: EvaluationAnswer) -> Answer:
    own = row.holds is not None or row.value is not None or row.part is not None
    if own:
        return Answer(row.holds, row.value, row.part, row.whole)
    return Answer(None, row.cited_value, row.cited_part, row.cited_whole)


def to_decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))
