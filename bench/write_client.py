"""Writes of a client over HTTP: one connection that asks again once it is answered."""

import asyncio
import json
from itertools import count
from typing import Any
from uuid import uuid4

NUMBERS = count(1)


class Client:
    """One connection that asks again once it is answered."""

    def __init__(self, port: int, token: str) -> None:
        self.port, self.token = port, token
        self.streams: Any = None

    async def send(
        self, method: str, path: str, body: dict[str, Any], more: dict[str, str] | None = None
    ) -> Any:
        if self.streams is None:
            self.streams = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self.streams
        content = json.dumps(body).encode()
        headers = {
            "Host": "127.0.0.1", "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json", "Content-Length": str(len(content)),
            "Idempotency-Key": uuid4().hex, **(more or {}),
        }  # fmt: skip
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        writer.write(f"{method} /api/v1{path} HTTP/1.1\r\n{head}\r\n".encode() + content)
        answer = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(answer.partition("content-length:")[2].split()[0])
        found = json.loads(await reader.readexactly(length))
        if not answer.split()[1].startswith("2"):
            raise RuntimeError(f"{method} {path}: {found}")
        return found


def model(commune: str) -> dict[str, Any]:
    return {"type": "bench_camera", "units": [commune], "name": f"Camera số {next(NUMBERS)}"}


async def create(client: Client, ready: dict[str, Any]) -> None:
    await client.send("POST", "/models", model(ready["commune"]))


async def change(client: Client, ready: dict[str, Any]) -> None:
    one = ready["model"]
    seen = {"If-Match": f'"{one["version"]}"'}
    named = {"name": f"Camera số {next(NUMBERS)}"}
    ready["model"] = await client.send("PATCH", f"/models/{one['id']}", named, seen)


async def step(client: Client, ready: dict[str, Any]) -> None:
    one = ready["made"].pop()
    await client.send(
        "POST", f"/models/{one['id']}/transitions", {"action": "survey"}, {"If-Match": '"1"'}
    )
