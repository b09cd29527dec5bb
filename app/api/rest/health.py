"""The health of the application: alive, ready, its figures, and its catalogue of errors."""

from hmac import compare_digest
from typing import Any

from fastapi import Request, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST

from app.api.deps import CurrentState
from app.api.errors import error_list
from app.api.languages import language_of
from app.api.metrics import render_metrics
from app.api.prefix_router import PrefixRouter
from app.api.rest.schemas import PROBLEMS
from app.api.rest.service_schemas import ErrorCatalogue, Liveness, Readiness
from app.domain.errors import Unauthenticated, Unavailable
from app.domain.health import is_ready, worker_state
from app.settings import Settings

router = PrefixRouter(tags=["service"])


@router.get("/health/live", response_model=Liveness)
async def check_liveness() -> dict[str, str]:
    """Check that the process runs."""
    return {"status": "live"}


@router.get("/health/ready", response_model=Readiness, responses={503: PROBLEMS[503]})
async def check_readiness(app_state: CurrentState) -> dict[str, str]:
    """Check that the database answers with the right schema, and whether jobs run here."""
    if not await is_ready(app_state.reader):
        raise Unavailable()
    return {"status": "ready", "worker": worker_state(app_state.worker)}


@router.get("/metrics", include_in_schema=False)
async def metrics(request: Request, app_state: CurrentState) -> Response:
    """Figures for Prometheus; none of them is about a person."""
    _check_metrics_token(request, app_state.settings)
    return Response(await render_metrics(app_state), media_type=CONTENT_TYPE_LATEST)


def _check_metrics_token(request: Request, settings: Settings) -> None:
    """Refuse a caller without the token of the metrics; without one only development shows them."""
    token = settings.metrics_token
    if token is None and settings.environment == "development":
        return
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    known = token.get_secret_value() if token else ""
    same = scheme.lower() == "bearer" and compare_digest(given.encode(), known.encode())
    if not known or not same:
        raise Unauthenticated()


@router.get("/api/v1/errors", responses={200: {"model": ErrorCatalogue}})
async def list_errors(request: Request) -> JSONResponse:
    """List every error that a client may meet, with its code, status and meaning."""
    items: list[dict[str, Any]] = error_list(language_of(request.headers))
    return JSONResponse({"items": items, "next": None}, headers={"vary": "Accept-Language"})
