"""How the house itself is: alive, ready, its figures, and what it may refuse."""

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from app.api.deps import CurrentState
from app.api.errors import error_list, language_of
from app.domain.errors import Unavailable
from app.domain.health import is_ready, worker_state

router = APIRouter(tags=["house"])


@router.get("/health/live")
async def live() -> dict[str, str]:
    """Say that the process runs."""
    return {"status": "live"}


@router.get("/health/ready")
async def ready(house: CurrentState) -> dict[str, str]:
    """Say whether the database answers and its schema is ours, and whether jobs are done here."""
    if not await is_ready(house.reader):
        raise Unavailable()
    return {"status": "ready", "worker": worker_state(house.worker)}


@router.get("/metrics", include_in_schema=False)
async def metrics() -> Response:
    """Figures for Prometheus; none of them is about a person."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


@router.get("/api/v1/errors")
async def errors(request: Request) -> JSONResponse:
    """Every refusal a client may meet: its code, its status, its meaning."""
    items: list[dict[str, Any]] = error_list(language_of(request.headers))
    return JSONResponse({"items": items, "next": None}, headers={"vary": "Accept-Language"})
