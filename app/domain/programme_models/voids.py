"""Void models and recognitions that were entered in error."""

from app.db.tables.model_records import ModelRecognition
from app.db.tables.programme_models import ProgrammeModel
from app.db.tables.stated_figures import StatedFigure
from app.domain.actor import Permission
from app.domain.programme_models import changes, recognitions
from app.domain.records.activity_parts import ACTIVITIES_OF
from app.domain.records.dependants import by_key
from app.domain.records.voids import build_void

void_model = build_void(
    ProgrammeModel, Permission.MODEL_VOID, "void_model",
    "Void a model that was entered in error: it stays readable, and counts nowhere.",
    load=changes.load_own_model,
    rests=[
        by_key(ProgrammeModel, "replicated_from_id"), by_key(ModelRecognition, "model_id"),
        by_key(StatedFigure, "subject_id"), ACTIVITIES_OF,
    ],
)  # fmt: skip
void_recognition = build_void(
    ModelRecognition, Permission.MODEL_RECOGNITION_VOID, "void_recognition",
    "Void a recognition that was entered in error: it stays readable, and counts nowhere.",
    load=recognitions.load_recognition,
)  # fmt: skip
