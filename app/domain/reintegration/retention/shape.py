"""Shape of legal holds on cases."""

from app.domain.confidential.retention.shape import hold_shape
from app.domain.reintegration.retention.holds import CASE_HOLDS

CASE_HOLD = hold_shape(CASE_HOLDS, "ReintegrationHold")
