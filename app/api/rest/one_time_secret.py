"""Answers with a secret in them."""

from fastapi import Response
from pydantic import BaseModel


class OneTimeSecretResponse(Response):
    """An answer with a secret: told now and kept without it, whatever key the request carries."""

    def __init__(self, told: BaseModel, kept: BaseModel, status: int = 200) -> None:
        headers = {"cache-control": "no-store"}
        super().__init__(told.model_dump_json(), status, headers, "application/json")
        self.kept = kept.model_dump_json().encode()
