"""Retention of tips, as the shared services of confidential records need it declared."""

from app.db.tables.confidential import RetentionOf
from app.db.tables.tip_parts import (
    IdentityRequest,
    LegalHold,
    StoredReceipt,
    TipAttachment,
    TipIdentity,
    TipLikeness,
    TipMessage,
    TipReceipt,
    TipRedaction,
    TipText,
)
from app.db.tables.tip_transfers import TipStub, TipTransfer
from app.db.tables.tips import TipAssignment
from app.domain.confidential.retention.kinds import ExpiryKind, TermCodes
from app.domain.tips.retention import queries
from app.domain.tips.retention.holds import TIP_HOLDS

TIP_EXPIRY = ExpiryKind(
    holds=TIP_HOLDS,
    terms=TermCodes(RetentionOf.TIP, RetentionOf.IDENTITY, RetentionOf.NOTICE),
    identities=TipIdentity,
    parts=(
        TipText, TipMessage, TipAttachment, TipRedaction, TipLikeness, TipReceipt, TipIdentity,
        TipAssignment, TipTransfer, IdentityRequest, StoredReceipt,
    ),
    logged_parts=(
        TipMessage, TipAttachment, TipRedaction, TipAssignment, TipTransfer, IdentityRequest,
        LegalHold, TipStub,
    ),
    residue={
        "excluded": [], "about_officials": False, "has_contact": False, "shared": [],
    },
    identity_residue={"has_contact": False},
    heard_since=queries.heard_since,
    delete_links=queries.delete_links,
    find_files=queries.find_files,
    is_file_used=queries.is_file_used,
    is_known_in_place=lambda tip: not tip.excluded,
)  # fmt: skip
