"""Void organisations that were entered in error."""

from typing import Any
from uuid import UUID

from sqlmodel import select

from app.db.tables.model_records import ModelMember
from app.db.tables.organisations import Organisation
from app.db.tables.programme_models import ProgrammeModel
from app.db.tables.stated_figures import StatedFigure
from app.domain.actor import Permission
from app.domain.records.activity_parts import ACTIVITIES_OF
from app.domain.records.dependants import by_key, by_test
from app.domain.records.voids import build_void


def _has_member(id: UUID) -> Any:
    """Test whether an organisation takes part in a model."""
    member: Any = ModelMember
    models = select(member.model_id).where(member.organisation_id == id)
    return ProgrammeModel.id.in_(models)  # type: ignore[attr-defined]


void_organisation = build_void(
    Organisation, Permission.ORGANISATION_VOID, "void_organisation",
    "Void an organisation that was entered in error: it stays readable, and counts nowhere.",
    rests=[
        by_key(ProgrammeModel, "host_organisation_id"), by_test(ProgrammeModel, _has_member),
        by_key(StatedFigure, "subject_id"), ACTIVITIES_OF,
    ],
)  # fmt: skip
