"""Shape of requests for the identity of an informant."""

from app.domain.confidential.identity.shape import identity_request_shape
from app.domain.tips.identity.kind import TIP_IDENTITY

IDENTITY_REQUEST = identity_request_shape(TIP_IDENTITY, "IdentityRequest")
