"""What is answered to who gets a token."""

from pydantic import BaseModel


class TokenAnswer(BaseModel):
    """RFC 6749, 5.1."""

    access_token: str
    token_type: str = "Bearer"
    expires_in: int
    scope: str
