"""What a door needs before it opens: who asks, and what the house has to answer with."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends
from fastapi.requests import HTTPConnection

from app.db.pool import Reader
from app.db.session import Database, Session
from app.domain.actor import Actor
from app.domain.auth.tokens import Tokens
from app.domain.errors import Unauthenticated
from app.domain.health import Working
from app.settings import Settings


@dataclass(frozen=True, slots=True)
class House:
    """Everything that lives as long as the application."""

    settings: Settings
    tokens: Tokens
    reader: Reader
    database: Database
    worker: Working | None = None


def house_of(connection: HTTPConnection) -> House:
    return cast(House, connection.app.state.house)


def actor_of(connection: HTTPConnection) -> Actor:
    """Who asks, by the access token of the request."""
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthenticated()
    return house_of(connection).tokens.actor(token)


async def reading(connection: HTTPConnection) -> AsyncIterator[Session]:
    async with house_of(connection).database.reading() as session:
        yield session


async def writing(connection: HTTPConnection) -> AsyncIterator[Session]:
    async with house_of(connection).database.writing() as session:
        yield session


CurrentHouse = Annotated[House, Depends(house_of)]
CurrentActor = Annotated[Actor, Depends(actor_of)]
# scope="function": the transaction ends before the answer leaves, so a failed commit is no success
Reading = Annotated[Session, Depends(reading, scope="function")]
Writing = Annotated[Session, Depends(writing, scope="function")]
