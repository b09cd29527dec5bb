"""Schemas of changing credentials."""

from typing import Annotated

from pydantic import BaseModel, Field

from app.domain.records.schemas import StrictInput
from app.domain.records.types import LINE, SECRET, Secret

Code = Annotated[str, Field(min_length=6, max_length=20), LINE]


class PasswordChange(StrictInput):
    """A new password, confirmed by the present one."""

    present_password: Secret
    new_password: Secret


class TotpStart(StrictInput):
    """A request for a new second factor; accounts with a password have to repeat it."""

    password: Annotated[str, Field(max_length=200), SECRET] | None = None


class TotpConfirm(StrictInput):
    """The first code of a new second factor, and a code of the present one."""

    enrolment: Annotated[str, Field(max_length=1000), LINE]
    code: Code
    present_code: Code | None = None


class TotpStarted(BaseModel):
    """A new second factor; it is active once its first code is confirmed within five minutes."""

    secret: str
    link: str
    enrolment: str


class SessionsEnded(BaseModel):
    """Number of your other sessions that the change ended."""

    sessions_ended: int


class TotpConfirmed(BaseModel):
    """A second factor that is active; its recovery codes are shown once, and work once each."""

    sessions_ended: int
    recovery_codes: list[str]
