"""Input types that the services of confidential records share."""

from app.domain.records.types import Reason as Reason

MAX_REASON = 2000
