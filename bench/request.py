"""A question over HTTP: sent once to see the answer, or handed to the load as text."""

import json
from dataclasses import dataclass, field
from http.client import HTTPConnection
from secrets import token_hex
from typing import Any

from bench.client import NUMBER


@dataclass(frozen=True, slots=True)
class Ask:
    """One request with the token of the caller."""

    path: str
    token: str
    body: dict[str, Any] | None = None
    more: dict[str, str] = field(default_factory=dict)

    @property
    def headers(self) -> dict[str, str]:
        kind = {"Content-Type": "application/json"} if self.body else {}
        return {"Authorization": f"Bearer {self.token}"} | kind | self.more

    @property
    def text(self) -> str:
        """The request as it goes over the wire."""
        body = json.dumps(self.body, ensure_ascii=False) if self.body else ""
        length = {"Content-Length": str(len(body.encode()))} if body else {}
        head = {"Host": "127.0.0.1"} | self.headers | length
        lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
        return f"{'POST' if body else 'GET'} {self.path} HTTP/1.1\r\n{lines}\r\n{body}"

    def answer(self, port: int) -> Any:
        """The JSON of the answer; whatever is no success is an error."""
        number = f"f{token_hex(4)[1:]}"  # the load counts from nought and does not come so far
        body = json.dumps(self.body).replace(NUMBER.decode(), number) if self.body else None
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            connection.request("POST" if body else "GET", self.path, body, self.headers)
            response = connection.getresponse()
            found = json.loads(response.read())
        finally:
            connection.close()
        if response.status >= 300 or "errors" in found:
            raise RuntimeError(f"{self.path} was answered {response.status}: {found}")
        return found
