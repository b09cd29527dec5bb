"""Dependencies of the plain layers: a session, and the caller."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends
from fastapi.requests import HTTPConnection
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel.ext.asyncio.session import AsyncSession as Session

from app.domain.actor import Actor
from app.domain.auth.tokens import Tokens
from app.domain.errors import Unauthenticated


def engine_of(connection: HTTPConnection) -> AsyncEngine:
    engine: AsyncEngine = connection.app.state.engine
    return engine


async def session_of(connection: HTTPConnection) -> AsyncIterator[Session]:
    async with Session(engine_of(connection)) as session:
        yield session


def actor_of(connection: HTTPConnection) -> Actor:
    """Return the caller, by the same check of the same tokens."""
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthenticated()
    tokens: Tokens = connection.app.state.tokens
    return tokens.actor(token)


CurrentSession = Annotated[Session, Depends(session_of)]
CurrentActor = Annotated[Actor, Depends(actor_of)]

__all__ = ["CurrentActor", "CurrentSession", "Session", "engine_of"]
