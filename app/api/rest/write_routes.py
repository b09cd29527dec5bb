"""A route that starts again where the map is just being changed around what it writes."""

from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

from app.domain.records.map_locks import retry_while_map_changes

Handler = Callable[[Request], Coroutine[Any, Any, Response]]
STACK = "fastapi_function_astack"  # of what an endpoint depends on, such as its transaction


class RetryingRoute(APIRoute):
    """Each attempt has a transaction of its own, and between them none is held."""

    def get_route_handler(self) -> Handler:
        handle = super().get_route_handler()
        return handle if self.methods == {"GET"} else _retry(handle)


def _retry(handle: Handler) -> Handler:
    async def retry(request: Request) -> Response:
        async def attempt() -> Response:
            async with AsyncExitStack() as stack:
                request.scope[STACK] = stack
                return await handle(request)

        return await retry_while_map_changes(attempt)

    return retry
