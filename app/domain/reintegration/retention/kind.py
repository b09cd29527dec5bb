"""The purge of cases, as the shared services of confidential records need them."""

from dataclasses import replace

from app.db.tables.confidential import RetentionOf
from app.db.tables.reintegration import ReintegrationAssignment, ReintegrationIdentity
from app.db.tables.reintegration_openings import ReintegrationOpening
from app.db.tables.reintegration_parts import (
    ReintegrationAction,
    ReintegrationConsent,
    ReintegrationContact,
    ReintegrationNeed,
    ReintegrationSupport,
)
from app.db.tables.reintegration_requests import ReintegrationRequest
from app.db.tables.reintegration_transfers import ReintegrationHold, ReintegrationTransfer
from app.domain.confidential.retention.kinds import ExpiryKind, TermCodes
from app.domain.reintegration.retention import queries
from app.domain.reintegration.retention.holds import CASE_HOLDS

ENTRIES = (
    ReintegrationNeed, ReintegrationAction, ReintegrationContact, ReintegrationSupport,
    ReintegrationConsent, ReintegrationRequest, ReintegrationAssignment, ReintegrationTransfer,
    ReintegrationOpening,
)  # fmt: skip
CASE_EXPIRY = ExpiryKind(
    holds=CASE_HOLDS,
    terms=TermCodes(RetentionOf.CASE, None, RetentionOf.NOTICE),
    identities=ReintegrationIdentity,
    parts=(ReintegrationIdentity, *ENTRIES),
    logged_parts=(*ENTRIES, ReintegrationHold),
    residue={"follows_id": None},
    identity_residue={},
    heard_since=queries.heard_since,
    delete_links=queries.leave_episode,
    find_files=queries.find_files,
    is_file_used=queries.is_file_used,
    where=queries.is_adult,
)
MINOR_EXPIRY = replace(
    CASE_EXPIRY, where=queries.is_minor,
    terms=TermCodes(RetentionOf.MINOR_CASE, None, RetentionOf.NOTICE),
)  # fmt: skip
