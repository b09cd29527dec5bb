"""The API as a device calls it, and tokens that are renewed before they end."""

import base64
import hashlib
import json
import os
import secrets
import time
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from store import Store

SITE = os.environ.get("SITE", "http://127.0.0.1:8000")
CLIENT, BACK = "demo-app", "http://127.0.0.1:8765/back"


class Server:
    """The API, with tokens that are renewed before they end."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def call(self, method: str, path: str, data: Any = None, **headers: str) -> Any:
        if time.time() > float(self.store.get("until") or 0) - 30:
            self.refresh()
        headers |= {"Authorization": f"Bearer {self.store.get('access')}"}
        body = None if data is None else json.dumps(data).encode()
        request = Request(f"{SITE}/api/v1/{path}", body, headers, method=method)  # noqa: S310
        request.add_header("Content-Type", "application/json")
        try:
            with urlopen(request, timeout=30) as answer:  # noqa: S310
                return json.load(answer)
        except HTTPError as error:
            raise SystemExit(error.read().decode()) from None

    def refresh(self, *, lose: bool = False) -> None:
        """Renew the tokens; after a lost answer the same token is sent again, however late."""
        given = self._ask(grant_type="refresh_token", refresh_token=self.store.get("refresh") or "")
        if not lose:
            self._store(given)

    def finish(self, answer: dict[str, str]) -> None:
        """Exchange the code of a sign-in for tokens."""
        if answer["state"] != self.store.get("state"):
            raise SystemExit("This is the answer to another sign-in.")
        verifier = self.store.get("verifier") or ""
        self._store(self._ask(
            grant_type="authorization_code", code=answer["code"], redirect_uri=BACK,
            code_verifier=verifier,
        ))  # fmt: skip

    def _ask(self, **form: str) -> dict[str, Any]:
        body = urlencode({"client_id": CLIENT, **form}).encode()
        request = Request(f"{SITE}/oauth/token", body)  # noqa: S310
        with urlopen(request, timeout=30) as answer:  # noqa: S310
            found: dict[str, Any] = json.load(answer)
            return found

    def _store(self, given: dict[str, Any]) -> None:
        """Store both tokens on disk before either is used."""
        until = str(time.time() + given["expires_in"])
        self.store.put(access=given["access_token"], refresh=given["refresh_token"], until=until)


def sign_in(store: Store) -> None:
    """Print the address to open in the browser of the device."""
    verifier, state = secrets.token_urlsafe(48), secrets.token_urlsafe(16)
    store.put(verifier=verifier, state=state)
    digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest())
    print(f"{SITE}/oauth/authorize?" + urlencode({
        "response_type": "code", "client_id": CLIENT, "redirect_uri": BACK, "state": state,
        "code_challenge": digest.decode().rstrip("="), "code_challenge_method": "S256",
    }))  # fmt: skip
