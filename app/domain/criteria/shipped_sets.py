"""The criteria sets that are shipped."""

import json
from collections.abc import Iterator
from uuid import UUID

from app.data import SHIPPED
from app.db.base import INFINITY
from app.db.session import Session
from app.db.tables.calendars import Certainty
from app.db.tables.criteria import CriteriaSet, EvaluatedKind, SetState
from app.domain.criteria import queries
from app.domain.criteria.definition_rules import list_unknown
from app.domain.criteria.definitions import Definition
from app.domain.criteria.set_reads import hash_set
from app.domain.records import kit as records
from app.domain.records.schemas import StrictInput
from app.domain.records.types import Code, Day, Integer, Line
from app.domain.units import queries as units
from app.domain.units.shape import today

FOLDER = SHIPPED / "criteria"
COUNTRY = "VN"


class ShippedSet(StrictInput):
    """A criteria set as its file has it."""

    code: Code
    edition: Integer
    subject_kind: EvaluatedKind
    title_vi: Line
    title_en: Line
    basis: Line
    source: Line
    certainty: Certainty
    valid_from: Day
    valid_to: Day = INFINITY
    window_code: Code
    definition: Definition


def read_shipped() -> Iterator[ShippedSet]:
    """Read the shipped sets, in the order of their codes."""
    files = (file for file in FOLDER.iterdir() if file.name.endswith(".json"))
    for file in sorted(files, key=lambda file: file.name):
        yield ShippedSet.model_validate(json.loads(file.read_text(encoding="utf-8")))


async def load_criteria(session: Session) -> int:
    """Add the shipped sets whose code is not there yet; return how many were added.

    A set with a grade whose threshold is unknown comes as a draft.
    """
    named = (COUNTRY, today())
    country = (await units.find_units(session, [named]))[named].id
    made = [
        build_set(one, country) for one in read_shipped()
        if not await queries.has_sets(session, one.code)
    ]  # fmt: skip
    await records.write(session, *made)
    return len(made)


def build_set(one: ShippedSet, country: UUID) -> CriteriaSet:
    """Build the row of a shipped set."""
    values = one.model_dump(exclude={"definition"})
    definition = one.definition.model_dump(mode="json")
    row = CriteriaSet(**values, unit_id=country, definition=definition)
    if not list_unknown(one.definition):
        row.state, row.content_hash = SetState.PUBLISHED, hash_set(row, one.definition)
    return row
