"""The identity of an informant, as it is opened."""

from datetime import datetime

from pydantic import BaseModel


class OpenedIdentity(BaseModel):
    """The identity of an informant; the answer is not stored."""

    name: str | None = None
    phone: str | None = None
    email: str | None = None
    address: str | None = None
    note: str | None = None
    views_left: int
    opens_until: datetime
