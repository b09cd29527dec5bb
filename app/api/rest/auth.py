"""Who somebody is, over HTTP. Written by hand: the answer has no schema."""

from fastapi.responses import JSONResponse

from app.api.deps import CurrentActor, Reading
from app.domain.auth.me import about_me


async def me(session: Reading, actor: CurrentActor) -> JSONResponse:
    return JSONResponse(await about_me(session, actor))
