"""Resources and operations of the audit: its entries, its signed heads, its verification."""

from app.domain.audit import service
from app.domain.audit.shape import AUDIT_ENTRY
from app.domain.operations import Operation
from app.domain.resources import Resource

ENTRIES = Resource(
    AUDIT_ENTRY,
    "audit",
    many="List who did or read what for your units, newest first; each read is an entry too.",
    one="Read one entry of the audit.",
    figures={"heads": service.audit_heads},
    plural="audit_entries",
)

RESOURCES = (ENTRIES,)
OPERATIONS = (Operation(service.verify_audit, "audit/verifications", tag="audit"),)
