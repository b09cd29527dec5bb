"""Who somebody is, over HTTP. Written by hand: the answer has no schema."""

from fastapi.responses import JSONResponse

from app.api.deps import CurrentActor, ReadSession
from app.domain.auth.me import about_me


async def me(session: ReadSession, actor: CurrentActor) -> JSONResponse:
    return JSONResponse(await about_me(session, actor))
