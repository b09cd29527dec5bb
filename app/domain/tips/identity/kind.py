"""Identities of informants, as the shared services of confidential records need them declared."""

from app.db.tables.tip_parts import IdentityRequest, TipIdentity
from app.db.tables.tips import Tip
from app.domain.actor import Permission
from app.domain.confidential.identity.kinds import (
    IdentityKind,
    IdentityPermissions,
    IdentityRefusals,
)
from app.domain.tips.identity import errors
from app.domain.tips.kind import TIP_KIND


def _has_contact(tip: Tip) -> bool:
    return tip.has_contact


TIP_IDENTITY = IdentityKind(
    record=TIP_KIND,
    requests=IdentityRequest,
    identities=TipIdentity,
    has_identity=_has_contact,
    permissions=IdentityPermissions(
        request=Permission.IDENTITY_REQUEST,
        decide=Permission.IDENTITY_DECIDE,
        open=Permission.IDENTITY_OPEN,
        read=Permission.IDENTITY_READ,
    ),
    refusals=IdentityRefusals(
        no_identity=errors.NoContact,
        already_requested=errors.AlreadyRequested,
        gone=errors.IdentityGone,
        not_assigned=errors.NOT_ASSIGNED,
    ),
)
