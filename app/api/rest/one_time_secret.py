"""Answers with a secret in them."""

from fastapi import Response
from pydantic import BaseModel


class OneTimeSecretResponse(Response):
    """A response with a secret: sent once, and stored without it for a repeated request."""

    def __init__(self, sent: BaseModel, stored: BaseModel, status: int = 200) -> None:
        headers = {"cache-control": "no-store"}
        super().__init__(sent.model_dump_json(), status, headers, "application/json")
        self.stored = stored.model_dump_json().encode()
