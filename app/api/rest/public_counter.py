"""Endpoints that need no token: the counter of tips, its key, proofs of receipt."""

from typing import Annotated

from fastapi import Depends, Query, Response

from app.api.deps import CurrentState
from app.api.prefix_router import PrefixRouter
from app.api.rest.query_params import refuse_undeclared
from app.api.rest.writes import ok
from app.db.base import now
from app.domain.deadlines.days import day_of
from app.domain.records.types import DIGITS, UnitName
from app.domain.tips.transparency_log import heads, months, proof_checks, signatures
from app.domain.tips.transparency_log.schemas import Counter, ProofInput, ProofKeys, ProofResult

router = PrefixRouter(
    prefix="/api/v1/public/tips", tags=["public-tips"], dependencies=[Depends(refuse_undeclared)]
)
Year = Annotated[int, Query(ge=2000, le=2999), DIGITS] | None
Unit = UnitName | None


@router.get("/counter", **ok(Counter))
async def read_tip_log(
    app_state: CurrentState, unit_code: Unit = None, year: Year = None
) -> Response:
    """Read how many tips were received and answered in time, by month; with the signed head."""
    today = day_of(now())
    async with app_state.database.figure_transaction() as session:
        found = Counter(
            head=await heads.sign_head(session, app_state.tips.keys, today),
            months=await months.count_months(session, unit_code, year or today.year, today),
        )
    return Response(found.model_dump_json(), media_type="application/json")


@router.get("/keys", **ok(ProofKeys))
async def list_proof_keys(app_state: CurrentState) -> Response:
    """List the public keys by which anyone can check proofs of receipt and heads."""
    found = ProofKeys(keys=[signatures.public_key(app_state.tips.keys)])
    return Response(found.model_dump_json(), media_type="application/json")


@router.post("/proofs", **ok(ProofResult))
async def check_proof(app_state: CurrentState, data: ProofInput) -> Response:
    """Check whether a proof of receipt is genuine and still in the transparency log."""
    async with app_state.database.figure_transaction() as session:
        found = await proof_checks.check_proof(session, app_state.tips.keys, data.proof)
    return Response(found.model_dump_json(), media_type="application/json")
