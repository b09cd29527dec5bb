"""Where the published document differs from what is derived; this file goes once it may change.

Without it, nothing but the order of the paths is different.
"""

from app.api.published_order import Moved

PATHS_MOVED: Moved = {
    "/api/v1/unit-reorganisations/{id}": (
        "/api/v1/unit-reorganisations/import",
        "/api/v1/unit-reorganisations/{id}/dry-run",
    ),
    "/api/v1/model-review-rules/{id}": (
        "/api/v1/model-types/{type}",
        "/api/v1/model-recognitions/{id}/transitions",
        "/api/v1/model-types/{type}/coverage",
        "/api/v1/model-tally",
        "/api/v1/models/{id}/genealogy",
        "/api/v1/models/{id}/members",
    ),
    "/api/v1/deadlines/{id}": ("/api/v1/calendars/{code}/days",),
    "/api/v1/stated-tallies/{id}": ("/api/v1/documents/{id}/transitions",),
    "/api/v1/attachments/{id}": ("/api/v1/documents/{id}/attachments",),
    "/api/v1/audit/heads": ("/api/v1/audit/verifications",),
    "/api/v1/clients/{id}": ("/api/v1/clients/{id}/secret",),
    "/api/v1/me": (
        "/oauth/token",
        "/oauth/revoke",
        "/oauth/introspect",
        "/.well-known/jwks.json",
        "/.well-known/oauth-authorization-server",
    ),
    "/api/v1/me/totp/confirm": ("/health/live", "/health/ready", "/api/v1/errors"),
    "/api/v1/tips/{id}/links/{other_id}/end": (
        "/api/v1/tips/{id}/content",
        "/api/v1/tips/{id}/attachments/{attachment_id}/content",
        "/api/v1/tips/{id}/alike",
    ),
    "/api/v1/tips/{id}/hold": (
        "/api/v1/tips/{id}/hold/release",
        "/api/v1/tip-service-level",
        "/api/v1/public/tips/counter",
        "/api/v1/public/tips/keys",
        "/api/v1/public/tips/proofs",
    ),
    "/api/v1/tip-transfers/{id}": ("/api/v1/tip-stubs", "/api/v1/tip-stubs/{id}"),
}
