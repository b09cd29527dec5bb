"""Who one is, over HTTP."""

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from app.api.deps import CurrentActor, Reading
from app.api.rest.writes import does
from app.domain.auth.me import about_me

router = APIRouter(tags=["me"])


@router.get("/api/v1/me")
@does(about_me)
async def me(session: Reading, actor: CurrentActor) -> JSONResponse:
    return JSONResponse(await about_me(session, actor))
