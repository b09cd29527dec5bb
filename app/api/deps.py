"""Dependencies of endpoints: the actor, and the application state that serves the request."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Annotated, Any, cast

from fastapi import Depends
from fastapi.requests import HTTPConnection

from app.db.query.executor import PoolExecutor
from app.db.session import Database, Session
from app.db.storage import Storage
from app.domain.actor import Actor
from app.domain.audit.keys import AuditKeys
from app.domain.auth.sessions import enter_session
from app.domain.auth.tokens import Tokens
from app.domain.errors import Unauthenticated
from app.domain.exchange.exports.context import ExportContext
from app.domain.exchange.imports.context import ImportContext
from app.domain.exchange.sync.context import SyncContext
from app.domain.exchange.webhooks.context import WebhookContext
from app.domain.figures.context import FigureContext
from app.domain.health import RunningWorker
from app.domain.login.context import LoginContext
from app.domain.operations import Operation, Source
from app.domain.records.files.pool import FilePool
from app.domain.reintegration.context import CaseContext
from app.domain.tips.context import TipContext
from app.settings import Settings


@dataclass(frozen=True, slots=True)
class AppState:
    """Everything that lives as long as the application."""

    settings: Settings
    tokens: Tokens
    reader: PoolExecutor
    database: Database
    audit_keys: AuditKeys
    reception: LoginContext
    storage: Storage
    tips: TipContext
    cases: CaseContext
    files: FilePool
    figures: FigureContext
    imports: ImportContext
    exports: ExportContext
    sync: SyncContext
    webhooks: WebhookContext
    worker: RunningWorker | None = None

    @asynccontextmanager
    async def reading(self, actor: Actor) -> AsyncIterator[Session]:
        """A transaction that only reads, for somebody whose session holds."""
        async with self.database.figure_transaction() as session:
            await enter_session(session, actor)
            yield session

    @asynccontextmanager
    async def writing(self, actor: Actor) -> AsyncIterator[Session]:
        """A transaction that may write, for somebody whose session holds."""
        async with self.database.write_transaction() as session:
            await enter_session(session, actor)
            yield session


CONTEXTS = {one.type: attrgetter(one.name) for one in fields(AppState)}


def find_contexts(operation: Operation) -> dict[str, Callable[[AppState], Any]]:
    """Map the inputs of an operation to the contexts of their types, such as that of tips."""
    asked = [one for one in operation.inputs if one.source is Source.CONTEXT]
    if unknown := [one.name for one in asked if one.type not in CONTEXTS]:
        raise TypeError(f"{operation.public_name} asks for what nobody provides: {unknown}")
    return {one.name: CONTEXTS[one.type] for one in asked}


def app_state(connection: HTTPConnection) -> AppState:
    return cast(AppState, connection.app.state.resources)


def authenticate(connection: HTTPConnection) -> Actor:
    """Return the actor of the access token of a request."""
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthenticated()
    return app_state(connection).tokens.actor(token)


# Coroutines both: FastAPI would send plain functions to a thread, which costs more than they do
async def current_state(connection: HTTPConnection) -> AppState:
    return app_state(connection)


async def current_actor(connection: HTTPConnection) -> Actor:
    return authenticate(connection)


CurrentState = Annotated[AppState, Depends(current_state)]
CurrentActor = Annotated[Actor, Depends(current_actor)]


async def read_session(app_state: CurrentState, actor: CurrentActor) -> AsyncIterator[Session]:
    async with app_state.reading(actor) as session:
        yield session


async def write_session(app_state: CurrentState, actor: CurrentActor) -> AsyncIterator[Session]:
    async with app_state.writing(actor) as session:
        yield session


async def anonymous_session(app_state: CurrentState) -> AsyncIterator[Session]:
    """A transaction for somebody who has no token yet."""
    async with app_state.database.write_transaction() as session:
        yield session


# scope="function": the transaction ends before the answer leaves, so a failed commit is no success
ReadSession = Annotated[Session, Depends(read_session, scope="function")]
WriteSession = Annotated[Session, Depends(write_session, scope="function")]
AnonymousSession = Annotated[Session, Depends(anonymous_session, scope="function")]
