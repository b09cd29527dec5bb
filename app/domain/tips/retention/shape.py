"""Shape of legal holds on tips."""

from app.domain.confidential.retention.shape import hold_shape
from app.domain.tips.retention.holds import TIP_HOLDS

TIP_HOLD = hold_shape(TIP_HOLDS, "TipHold")
