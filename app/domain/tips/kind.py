"""Tips as a kind of confidential record."""

from app.db.tables.tips import Tip, TipAssignment
from app.domain.actor import Permission
from app.domain.confidential.kinds import ConfidentialKind
from app.domain.confidential.scope import HELD_BY_PLACE, narrow_scope
from app.domain.tips.errors import SealedHere
from app.domain.tips.exclusion_queries import is_unit_barred
from app.domain.tips.exclusions import is_open_to_actor

TIP_KIND = ConfidentialKind(
    table=Tip,
    reference="tip_id",
    assignments=TipAssignment,
    read=Permission.TIP_READ,
    no_key=SealedHere,
    scope=narrow_scope(HELD_BY_PLACE, is_open_to_actor),
    is_open=is_open_to_actor,
    is_barred=is_unit_barred,
)
