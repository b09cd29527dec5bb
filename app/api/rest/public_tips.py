"""Tips over HTTP for anybody: where to, on which terms, and handing one in."""

from typing import Annotated, Any

from fastapi import Depends, Header, Query, Request, Response

from app.api.deps import CurrentState
from app.api.prefix_router import PrefixRouter
from app.api.rest.query_params import refuse_undeclared
from app.api.rest.schemas import PROBLEMS, problem_response
from app.api.sources import find_counter
from app.domain.records.types import LINE
from app.domain.tips.intake import service
from app.domain.tips.intake.schemas import Challenge, PublicUnits, Terms, TipAccepted, TipSubmission

router = PrefixRouter(tags=["public-tips"], dependencies=[Depends(refuse_undeclared)])
BELOW = "/api/v1/public"
BUSY: dict[int | str, dict[str, Any]] = {
    429: problem_response("A task has to be solved, see `challenge`; or too many requests."),
    **{status: PROBLEMS[status] for status in (422, 503)},
}
Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
    ),
]
Name = Annotated[str, Query(pattern=r"^[0-9A-Za-z.-]{1,40}$"), LINE]


@router.get(f"{BELOW}/units", responses=BUSY)
async def list_public_units(
    app_state: CurrentState,
    within: Name,
    search: Annotated[str, Query(max_length=100), LINE] | None = None,
) -> PublicUnits:
    """List the open units directly below one: provinces of VN, communes of a province."""
    return await service.list_units_below(app_state.tips, within, search)


@router.get(f"{BELOW}/tips/terms")
async def read_tip_terms(app_state: CurrentState) -> Terms:
    """Read which tips and files are accepted, and whether a task has to be solved now."""
    return service.describe_limits(app_state.tips)


@router.get(f"{BELOW}/tips/work", response_model=Challenge)
async def create_tip_challenge(app_state: CurrentState) -> Challenge:
    """Create a task (ALTCHA, version 1), whose solution is sent as `work`."""
    return Challenge(**service.create_challenge(app_state.tips))


@router.post("/public/tips", include_in_schema=False)
@router.post(
    f"{BELOW}/tips",
    status_code=201,
    response_model=None,
    responses={201: {"model": TipAccepted}, 409: PROBLEMS[409], **BUSY},
)
async def submit_tip(
    request: Request, app_state: CurrentState, data: TipSubmission, key: Key = None
) -> Response:
    """Submit a tip, named or anonymous; the receipt is shown once and opens it later."""
    answer, again = await service.submit_tip(app_state.tips, data, key, find_counter(request))
    headers = {"idempotency-replayed": "true"} if again else None
    return Response(answer, 201, headers, "application/json")
