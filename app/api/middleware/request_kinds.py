"""Kinds of requests: each has slots of its own, so that a flood of one leaves the others theirs."""

from enum import StrEnum

from starlette.types import Scope

PROBES = frozenset({"/health/live", "/health/ready", "/metrics"})  # always admitted
PUBLIC = ("/api/v1/public/", "/public/")
RECEIPTS = ("/tips/status", "/tips/messages")
EVERYBODY = ("/tips/counter", "/tips/keys", "/tips/proofs")
FILES = ("/import", "/attachments", "/content")


class RequestKind(StrEnum):
    """The purpose of a request, as far as its address shows it."""

    INTAKE = "intake"  # a tip is handed in
    RECEIPTS = "receipts"  # a tip is followed: each check is a slow hash
    TIP_FILES = "tip_files"
    SIGN_IN = "sign_in"
    GRAPHQL = "graphql"
    FILES = "files"
    OTHER = "other"


# These share their slots: so many of 8 may be of this kind.
SHARES = {RequestKind.OTHER: 8, RequestKind.GRAPHQL: 6, RequestKind.FILES: 2}
CITIZENS = (RequestKind.INTAKE, RequestKind.RECEIPTS, RequestKind.TIP_FILES)
BY_SOURCE = (RequestKind.SIGN_IN, *CITIZENS)  # of which one address has at most half of the slots


def find_kind(scope: Scope) -> RequestKind:
    """Find the kind of a request by its address."""
    path: str = scope["path"]
    if path.startswith(PUBLIC) and not path.endswith(EVERYBODY):
        if path.endswith(FILES):
            return RequestKind.TIP_FILES
        return RequestKind.RECEIPTS if path.endswith(RECEIPTS) else RequestKind.INTAKE
    if path.startswith("/oauth/"):
        return RequestKind.SIGN_IN
    if path.startswith("/graphql"):
        return RequestKind.GRAPHQL
    return RequestKind.FILES if path.endswith(FILES) else RequestKind.OTHER
