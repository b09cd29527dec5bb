"""The context of every resolver."""

import asyncio
from functools import cached_property
from typing import TYPE_CHECKING

import strawberry
from fastapi import Request
from strawberry.fastapi import BaseContext

from app.api.deps import AppState, app_state, authenticate
from app.api.languages import language_of
from app.db.query.selection import AnyQuery
from app.domain.actor import Actor
from app.domain.errors import Language, TooManyRows
from app.domain.query_cost import MAX_ROWS, Values, count_rows

if TYPE_CHECKING:
    from app.api.graphql.document import ParsedDocument

MAX_SESSIONS = 2  # connections that the root fields of one request hold at a time


class Context(BaseContext):
    """One request: the app_state, who asks (looked up when needed), and in which language."""

    def __init__(self, request: Request) -> None:
        super().__init__()
        self.asked_by = request
        self.document: ParsedDocument | None = None  # once it is parsed
        self.at_once = asyncio.Semaphore(MAX_SESSIONS)
        self._rows = 0

    def spend_rows(self, query: AnyQuery, values: Values) -> None:
        """Take the rows of one root field from what a request may read in all."""
        self._rows += count_rows(query, values)
        if self._rows > MAX_ROWS:
            raise TooManyRows(most=MAX_ROWS)

    @cached_property
    def app_state(self) -> AppState:
        return app_state(self.asked_by)

    @cached_property
    def actor(self) -> Actor:
        return authenticate(self.asked_by)

    @cached_property
    def language(self) -> Language:
        return language_of(self.asked_by.headers)


async def build_context(request: Request) -> Context:
    return Context(request)


Info = strawberry.Info[Context, None]
