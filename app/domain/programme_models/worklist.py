"""Programme models that wait: proposals."""

from app.db.tables.programme_models import ModelState, ProgrammeModel
from app.domain.actor import Permission
from app.domain.worklists import Waiting

WAITING = (
    Waiting(
        kind="model_proposed", table=ProgrammeModel, permission=Permission.MODEL_LAUNCH,
        where=lambda model: model.state == ModelState.PROPOSED, title=lambda model: model.name,
    ),
)  # fmt: skip
