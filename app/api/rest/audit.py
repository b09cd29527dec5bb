"""The audit over HTTP: its entries, its signed heads, its verification."""

from fastapi import APIRouter, Request, Response

from app.api.deps import CurrentActor, CurrentHouse, Reading, Writing
from app.api.rest.reads import add_reads
from app.api.rest.writes import changed, does
from app.domain.records.audit import service
from app.domain.records.audit.schemas import AuditHeads, Verification, VerificationWords
from app.domain.records.audit.shape import AUDIT_ENTRY

router = APIRouter(prefix="/api/v1")


@router.get("/audit/heads", tags=["audit"], **changed(AuditHeads))
@does(service.audit_heads)
async def audit_heads(session: Reading, actor: CurrentActor, house: CurrentHouse) -> Response:
    found = await service.audit_heads(session, actor, house.audit_keys)
    return Response(found.model_dump_json(), media_type="application/json")


@router.post("/audit/verifications", tags=["audit"], **changed(Verification))
@does(service.verify_audit)
async def verify_audit(
    request: Request,
    session: Writing,
    actor: CurrentActor,
    house: CurrentHouse,
    data: VerificationWords,
) -> Response:
    found = await service.verify_audit(session, actor, house.audit_keys, data)
    return Response(found.model_dump_json(), media_type="application/json")


add_reads(
    router,
    AUDIT_ENTRY,
    path="/audit",
    many="List who did or read what for your units, newest first; the list itself is noted there.",
    one="Read one entry of the audit.",
)
