"""Shape of hand-overs of cases."""

from app.domain.confidential.transfers.shape import transfer_shape
from app.domain.reintegration.transfers.kind import CASE_TRANSFERS

CASE_TRANSFER = transfer_shape(CASE_TRANSFERS, "ReintegrationTransfer")
