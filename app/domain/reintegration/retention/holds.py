"""Legal holds on cases, as the shared services of confidential records need them declared."""

from app.db.tables.reintegration_transfers import ReintegrationHold
from app.domain.actor import Permission
from app.domain.confidential.retention.kinds import HoldKind
from app.domain.reintegration.kind import CASE_KIND
from app.domain.reintegration.retention import errors

CASE_HOLDS = HoldKind(
    record=CASE_KIND,
    table=ReintegrationHold,
    permission=Permission.CASE_HOLD,
    already_held=errors.CaseHeld,
    not_held=errors.CaseNotHeld,
)
