"""Input about needs, the plan, contacts and consents; every text is sealed."""

from typing import Annotated

from pydantic import Field

from app.db.tables.reintegration_choices import (
    ActionOutcome,
    Attendance,
    CasePathway,
    ConsentScope,
    ContactWay,
    NeedStatus,
)
from app.domain.records.schemas import StrictInput
from app.domain.records.types import LINE, Text
from app.domain.records.types import ProgrammeDay as Day

# too narrow for a name: it is listed, and not sealed
VERSION = r"^([a-z]{1,4}[0-9]{1,4}_)?([0-9]{4}_)?v[0-9]+$"
TextVersion = Annotated[str, Field(min_length=2, max_length=20, pattern=VERSION), LINE]


class NeedCreate(StrictInput):
    """An update of a need; `none_identified` is an answer too."""

    pathway: CasePathway
    status: NeedStatus
    text: Text | None = None


class PlanActionCreate(StrictInput):
    """An action of the plan: for which need, what, until when."""

    pathway: CasePathway
    text: Text
    due_on: Day


class PlanActionEnd(StrictInput):
    """Outcome of an action, and its evidence."""

    outcome: ActionOutcome
    evidence: Text | None = None


class ContactCreate(StrictInput):
    """A contact with the person, and whether they were there."""

    took_place_on: Day
    way: ContactWay
    attendance: Attendance
    text: Text | None = None


class ConsentCreate(StrictInput):
    """A consent: to what, by which text, since when and until when."""

    scope: ConsentScope
    text_version: TextVersion
    given_on: Day
    ends_on: Day | None = None
    text: Text | None = None


class ConsentEnd(StrictInput):
    """The day on which a consent was revoked; today if left out."""

    revoked_on: Day | None = None
