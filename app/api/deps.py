"""What a door needs before it opens: who asks, and what the house has to answer with."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Annotated, Any, cast

from fastapi import Depends
from fastapi.requests import HTTPConnection

from app.db.pool import Reader
from app.db.session import Database, Session
from app.db.storage import Storage
from app.domain.access.signing_in.reception import Reception
from app.domain.actor import Actor
from app.domain.auth.sessions import enter
from app.domain.auth.tokens import Tokens
from app.domain.errors import Unauthenticated
from app.domain.health import Working
from app.domain.operations import Operation, Source
from app.domain.records.audit.keys import AuditKeys
from app.domain.tips.office import Office
from app.settings import Settings


@dataclass(frozen=True, slots=True)
class House:
    """Everything that lives as long as the application."""

    settings: Settings
    tokens: Tokens
    reader: Reader
    database: Database
    audit_keys: AuditKeys
    reception: Reception
    storage: Storage
    tips: Office
    worker: Working | None = None

    @asynccontextmanager
    async def reading(self, actor: Actor) -> AsyncIterator[Session]:
        """A transaction that only reads, for somebody whose session holds."""
        async with self.database.reading() as session:
            await enter(session, actor)
            yield session

    @asynccontextmanager
    async def writing(self, actor: Actor) -> AsyncIterator[Session]:
        """A transaction that may write, for somebody whose session holds."""
        async with self.database.writing() as session:
            await enter(session, actor)
            yield session


CONTEXTS = {one.type: attrgetter(one.name) for one in fields(House)}


def contexts_of(operation: Operation) -> dict[str, Callable[[House], Any]]:
    """How an operation gets what it asks for by its type, such as the office of tips."""
    asked = [one for one in operation.inputs if one.source is Source.CONTEXT]
    if unknown := [one.name for one in asked if one.type not in CONTEXTS]:
        raise TypeError(f"{operation.public_name} asks for what nobody provides: {unknown}")
    return {one.name: CONTEXTS[one.type] for one in asked}


def house_of(connection: HTTPConnection) -> House:
    return cast(House, connection.app.state.house)


def actor_of(connection: HTTPConnection) -> Actor:
    """Who asks, by the access token of the request."""
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthenticated()
    return house_of(connection).tokens.actor(token)


CurrentHouse = Annotated[House, Depends(house_of)]
CurrentActor = Annotated[Actor, Depends(actor_of)]


async def reading(house: CurrentHouse, actor: CurrentActor) -> AsyncIterator[Session]:
    async with house.reading(actor) as session:
        yield session


async def writing(house: CurrentHouse, actor: CurrentActor) -> AsyncIterator[Session]:
    async with house.writing(actor) as session:
        yield session


async def opening(house: CurrentHouse) -> AsyncIterator[Session]:
    """A transaction for somebody who has no token yet."""
    async with house.database.writing() as session:
        yield session


# scope="function": the transaction ends before the answer leaves, so a failed commit is no success
Reading = Annotated[Session, Depends(reading, scope="function")]
Writing = Annotated[Session, Depends(writing, scope="function")]
Opening = Annotated[Session, Depends(opening, scope="function")]
