"""Tips as a kind of confidential record."""

from app.db.tables.tips import Tip, TipAssignment
from app.domain.actor import Permission
from app.domain.confidential.kinds import ConfidentialKind
from app.domain.tips.errors import SealedHere

TIP_KIND = ConfidentialKind(
    table=Tip,
    reference="tip_id",
    assignments=TipAssignment,
    read=Permission.TIP_READ,
    no_key=SealedHere,
)
