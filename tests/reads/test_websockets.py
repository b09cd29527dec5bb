"""There are no WebSockets: a question over one would pass by the limits and the token."""

import asyncio
from typing import Any

import pytest

from tests.application import Application, runner


@pytest.mark.parametrize("protocol", ["", "graphql-transport-ws", "graphql-ws"])
def test_no_socket_opens(application: Application, protocol: str) -> None:
    told: list[Any] = []

    async def receive() -> Any:
        return {"type": "websocket.connect"}

    async def send(message: Any) -> None:
        told.append(message)

    scope = {
        "type": "websocket", "path": "/graphql", "raw_path": b"/graphql", "root_path": "",
        "scheme": "ws", "headers": [(b"host", b"test")], "query_string": b"",
        "subprotocols": [protocol] if protocol else [],
    }  # fmt: skip

    async def knock() -> None:
        async with asyncio.timeout(5):
            await application.app(scope, receive, send)

    runner().run(knock())
    assert [message["type"] for message in told] == ["websocket.close"]
