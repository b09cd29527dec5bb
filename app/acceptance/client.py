"""The API as the acceptance uses it: over HTTP, at the pace that the server sets."""

import time
from typing import Any

import httpx

WAIT = 5.0  # seconds, where the server sets no other time
TRIES = 60  # how often one request is repeated


class ApiRefused(Exception):
    """The API refused a request; has its status, code and words."""

    def __init__(self, answer: httpx.Response) -> None:
        problem = _read_problem(answer)
        self.status, self.code = answer.status_code, str(problem.get("code"))
        faults = "; ".join(str(one.get("message")) for one in problem.get("errors", ()))
        super().__init__(f"{answer.status_code} {self.code}: {faults or problem.get('detail')}")


class Api:
    """A running API, with a token."""

    def __init__(self, url: str, token: str) -> None:
        headers = {"authorization": f"Bearer {token}", "accept-language": "en"}
        self._http = httpx.Client(base_url=url, headers=headers, timeout=60)
        self._known: dict[str, Any] = {}

    def get(self, path: str, **params: Any) -> Any:
        """Read what does not change while the acceptance runs; it is read once."""
        key = f"{path} {sorted(params.items())}"
        if key not in self._known:
            self._known[key] = self.read(path, **params)
        return self._known[key]

    def read(self, path: str, **params: Any) -> Any:
        """Read an address below /api/v1."""
        return self._send("GET", path, params=params or None)

    def post(self, path: str, data: Any) -> Any:
        """Record something."""
        return self._send("POST", path, json=data)

    def _send(self, method: str, path: str, **more: Any) -> Any:
        for _ in range(TRIES):
            answer = self._http.request(method, f"/api/v1/{path}", **more)
            if answer.status_code not in (429, 503):
                break
            time.sleep(float(answer.headers.get("retry-after", WAIT)))
        if answer.is_error:
            raise ApiRefused(answer)
        return answer.json()


def _read_problem(answer: httpx.Response) -> dict[str, Any]:
    try:
        found: dict[str, Any] = answer.json()
    except ValueError:
        return {"code": "no_problem", "detail": answer.text[:200]}
    return found
