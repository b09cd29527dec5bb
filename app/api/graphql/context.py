"""The context of every resolver."""

from functools import cached_property

import strawberry
from fastapi import Request
from strawberry.fastapi import BaseContext

from app.api.deps import AppState, app_state, authenticate
from app.api.errors import language_of
from app.domain.actor import Actor
from app.domain.errors import Language


class Context(BaseContext):
    """One request: the app_state, who asks (looked up when needed), and in which language."""

    def __init__(self, request: Request) -> None:
        super().__init__()
        self.asked_by = request

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
