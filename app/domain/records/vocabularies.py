"""Vocabularies: the codes of the product, each with its Vietnamese and its English label.

They are data: `app/data/vocabularies` has the values of every enum of the contract, and
`app/data/measures` what stated figures count, in which unit.
"""

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache

from pydantic import BaseModel

from app.data import SHIPPED, Traversable
from app.db.session import Session
from app.domain.actor import Actor, Permission, operation
from app.domain.records.errors import VocabularyNotFound

MEASURES, COUNTING_UNITS = "measures", "counting-units"
OWN_FILES = {
    MEASURES: "measures/measures.csv", COUNTING_UNITS: "measures/counting_units.csv",
    "incident-categories": "incidents/taxonomy.csv",
}  # fmt: skip
Line = Mapping[str, str | None]


class VocabularyTerm(BaseModel):
    """A code of a vocabulary, with its labels."""

    code: str
    vi: str
    en: str
    valid_from: date | None = None
    valid_to: date | None = None
    parent: str | None = None
    counting_unit: str | None = None
    categories: str | None = None


class VocabularySummary(BaseModel):
    """A vocabulary: its name, its labels and its size."""

    name: str
    enum: str | None
    vi: str
    en: str
    size: int


class VocabularyList(BaseModel):
    """All vocabularies, by name."""

    items: list[VocabularySummary]


class Vocabulary(VocabularySummary):
    """A vocabulary with all its terms, in their usual order."""

    terms: list[VocabularyTerm]


@operation(Permission.VOCABULARY_READ)
async def vocabularies(session: Session, actor: Actor) -> VocabularyList:
    """List the vocabularies: enums of the contract, measures and counting units."""
    found = sorted(load_vocabularies().values(), key=lambda one: one.name)
    return VocabularyList(items=[VocabularySummary(**_summary(one)) for one in found])


@operation(Permission.VOCABULARY_READ)
async def vocabulary(session: Session, actor: Actor, name: str) -> Vocabulary:
    """Read the terms of a vocabulary, with Vietnamese and English labels."""
    known = load_vocabularies()
    if name not in known:
        raise VocabularyNotFound(wanted=name, known=sorted(known))
    return known[name]


def _summary(one: Vocabulary) -> dict[str, str | int | None]:
    return {name: getattr(one, name) for name in VocabularySummary.model_fields}


def find_term(vocabulary: str, code: str) -> VocabularyTerm | None:
    """Find a term of a vocabulary by its code."""
    return next((term for term in load_vocabularies()[vocabulary].terms if term.code == code), None)


def list_codes(vocabulary: str) -> list[str]:
    """List the codes of a vocabulary."""
    return [term.code for term in load_vocabularies()[vocabulary].terms]


@cache
def load_vocabularies() -> dict[str, Vocabulary]:
    """Load all vocabularies that are shipped."""
    terms: dict[str, list[VocabularyTerm]] = {}
    for line in _all_terms():
        known = {name: value for name, value in line.items() if value and name != "vocabulary"}
        name = line["vocabulary"] or ""
        terms.setdefault(name, []).append(VocabularyTerm.model_validate(known))
    return {
        str(line["name"]): Vocabulary.model_validate(
            {**line, "enum": line["enum"] or None, "size": len(found), "terms": found}
        )
        for line in _lines(SHIPPED / "vocabularies" / "vocabularies.csv")
        if (found := terms.pop(str(line["name"])))
    }


def _all_terms() -> Iterator[Line]:
    for file in sorted((SHIPPED / "vocabularies" / "terms").iterdir(), key=lambda one: one.name):
        yield from _lines(file)
    for vocabulary, name in OWN_FILES.items():
        for line in _lines(SHIPPED / name):
            yield {**line, "vocabulary": vocabulary}


def _lines(file: Traversable) -> Iterator[Line]:
    with file.open(encoding="utf-8") as content:
        yield from csv.DictReader(content)
