"""What everybody may look at without a token: the counter of tips, its key, proofs of receipt."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.api.deps import CurrentState
from app.api.rest.writes import ok
from app.db.base import now
from app.domain.deadlines.days import day_of
from app.domain.tips.transparency_log import heads, months, proof_checks, signatures
from app.domain.tips.transparency_log.schemas import Counter, ProofFound, ProofKeys, ProofWords

router = APIRouter(prefix="/api/v1/public/tips", tags=["public-tips"])
Year = Annotated[int | None, Query(ge=2000, le=2999, description="this year unless said")]
Unit = Annotated[
    str | None, Query(max_length=60, description="a province or commune; the country unless said")
]


@router.get("/counter", **ok(Counter))
async def counter(house: CurrentState, unit_code: Unit = None, year: Year = None) -> Response:
    """Tell how many tips came and were answered in time, by month, and the head of the chain."""
    today = day_of(now())
    async with house.database.read_transaction() as session:
        found = Counter(
            head=await heads.sign_head(session, house.tips.keys, today),
            months=await months.count_months(session, unit_code, year or today.year, today),
        )
    return Response(found.model_dump_json(), media_type="application/json")


@router.get("/keys", **ok(ProofKeys))
async def keys(house: CurrentState) -> Response:
    """Tell the public key by which anybody can check proofs of receipt and heads."""
    found = ProofKeys(keys=[signatures.public_key(house.tips.keys)])
    return Response(found.model_dump_json(), media_type="application/json")


@router.post("/proofs", **ok(ProofFound))
async def look_at_proof(house: CurrentState, data: ProofWords) -> Response:
    """Say of a proof of receipt whether it is ours, and whether the counter has it still."""
    async with house.database.read_transaction() as session:
        found = await proof_checks.check_proof(session, house.tips.keys, data.proof)
    return Response(found.model_dump_json(), media_type="application/json")
