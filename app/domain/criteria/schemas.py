"""Schemas of criteria sets and rounds."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.db.tables.calendars import Certainty
from app.db.tables.committees import CommitteeScope
from app.db.tables.criteria import EvaluatedKind
from app.db.tables.units import UnitLevel
from app.domain.criteria.definitions import Definition
from app.domain.records.schemas import ChangeInput, StrictInput, TransitionInput
from app.domain.records.types import (
    NUMBER,
    Code,
    Flag,
    Line,
    Name,
    ProgrammeDay,
    Text,
    UnitName,
    unset,
)

Edition = Annotated[int, Field(ge=1, le=1000), NUMBER]
WindowName = Annotated[Line, Field(max_length=80)]


class CriteriaSetCreate(StrictInput):
    """A draft of a criteria set; of a province, what it adds to a national one."""

    code: Code
    edition: Edition
    subject_kind: EvaluatedKind
    title_vi: Name
    title_en: Name
    basis: Line
    source: Line
    certainty: Certainty
    valid_from: ProgrammeDay
    valid_to: ProgrammeDay | None = None
    window_code: Code
    definition: Definition
    extends_id: UUID | None = None
    change_note: Text | None = None


class CriteriaSetChange(ChangeInput):
    """Change a draft; omitted fields stay as they are."""

    title_vi: Name = unset()
    title_en: Name = unset()
    basis: Line = unset()
    source: Line = unset()
    certainty: Certainty = unset()
    valid_from: ProgrammeDay = unset()
    valid_to: ProgrammeDay | None = unset()
    window_code: Code = unset()
    definition: Definition = unset()
    change_note: Text | None = unset()


class CriteriaSetTransition(TransitionInput):
    """A transition of a criteria set."""


class RoundCreate(StrictInput):
    """A round of evaluations in a unit, and the bodies that verify and decide."""

    unit: UnitName
    set_id: UUID
    title: Name
    window: WindowName
    register_by: ProgrammeDay
    decide_by: ProgrammeDay
    verify_level: UnitLevel
    decide_level: UnitLevel
    delegated: Flag = False
    delegation_basis: Line | None = None
    decide_committee: CommitteeScope | None = None


class RoundChange(ChangeInput):
    """Change a round; omitted fields stay as they are."""

    title: Name = unset()
    register_by: ProgrammeDay = unset()
    decide_by: ProgrammeDay = unset()
    verify_level: UnitLevel = unset()
    decide_level: UnitLevel = unset()
    delegated: Flag = unset()
    delegation_basis: Line | None = unset()
    decide_committee: CommitteeScope | None = unset()


class RoundTransition(TransitionInput):
    """A transition of a round."""
