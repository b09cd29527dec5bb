"""Legal holds on tips, as the shared services of confidential records need them declared."""

from app.db.tables.tip_parts import LegalHold
from app.domain.actor import Permission
from app.domain.confidential.retention.kinds import HoldKind
from app.domain.tips.kind import TIP_KIND
from app.domain.tips.retention import errors

TIP_HOLDS = HoldKind(
    record=TIP_KIND,
    table=LegalHold,
    permission=Permission.TIP_HOLD,
    already_held=errors.AlreadyHeld,
    not_held=errors.NotHeld,
)
