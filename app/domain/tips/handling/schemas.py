"""Schemas of the handling of tips."""

from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from app.db.tables.tips import TipCategory, TipKind, TipState
from app.domain.records.schemas import ChangeInput, StrictInput, TransitionInput

MAX_SPANS, MAX_TEXT = 100, 20_000
Message = Annotated[str, Field(min_length=1, max_length=MAX_TEXT, pattern=r"\S")]
Line = Annotated[str, Field(min_length=1, max_length=500, pattern=r"^\S([^\x00]*\S)?$")]


class TipTransition(TransitionInput):
    """A step of a tip; what it says besides belongs to one action each."""

    kind: Annotated[TipKind | None, Field(description="to triage: what it turned out to be")] = None
    category: Annotated[TipCategory | None, Field(description="to triage: what it is about")] = None
    cancelled: Annotated[
        bool | None, Field(description="to resume: whether the suspension was cancelled")
    ] = None
    message: Annotated[
        Message | None, Field(description="to notify_informant: what he is told, sealed for him")
    ] = None


class TipChange(ChangeInput):
    """What is said otherwise of a tip; what is left out stays as it is."""

    kind: TipKind = TipKind.UNKNOWN
    category: TipCategory | None = None
    is_useful: bool | None = None


class ExtendingAuthority(StrEnum):
    """Who may extend the term to verify a tip (Đ.147 BLTTHS)."""

    INVESTIGATING_AGENCY_HEAD = "investigating_agency_head"
    PROCURACY_HEAD = "procuracy_head"


class TipExtension(StrictInput):
    """An extension of the term that runs; by all that the authority may give unless said."""

    authority: ExtendingAuthority
    basis: Annotated[Line, Field(description="the decision that extends it")]
    reason: Line
    count: Annotated[int | None, Field(ge=1, le=1000)] = None


class TipAssign(StrictInput):
    """Who opens this tip and is at it from now on."""

    subject: Annotated[str, Field(min_length=1, max_length=100, description="as `me` tells it")]


class TipMessageCreate(StrictInput):
    """A word to the informant, who reads it by his receipt."""

    text: Message
    notice: Annotated[
        bool, Field(description="it gives the notice of resumption for which a clock runs")
    ] = False


class TipMessageSent(BaseModel):
    """A word that was sealed for the informant."""

    id: UUID
    number: int
    sent_on: date


class Span(StrictInput):
    """A part of the text, from one letter until another, counted from 0."""

    begin: Annotated[int, Field(ge=0, le=1_000_000)]
    end: Annotated[int, Field(ge=1, le=1_000_000)]


class RedactionCreate(StrictInput):
    """Parts of the text that are not shown; permanent ones are gone, also for the receipt."""

    spans: Annotated[list[Span], Field(min_length=1, max_length=MAX_SPANS)]
    reason: Line
    permanent: bool = False


class TipLinkCreate(StrictInput):
    """Another tip that tells of the same."""

    other_id: UUID
    note: Line | None = None


class TipWord(BaseModel):
    """A word between the informant and the office."""

    id: UUID
    number: int
    from_informant: bool
    sent_on: date
    sent_by: str | None
    text: str


class TipFile(BaseModel):
    """What is known of a file of the informant."""

    id: UUID
    media_type: str
    size: int
    sent_on: date


class TipContent(BaseModel):
    """What a tip says, as far as it is shared with who holds it."""

    tip_id: UUID
    text: str | None
    is_whole: bool
    where: str | None
    not_to: list[str]
    about_officials_of: str | None
    messages: list[TipWord]
    attachments: list[TipFile]


class AlikeTip(BaseModel):
    """A tip that may tell of the same; nothing is done by itself."""

    tip_id: UUID
    share: float
    received_on: date
    unit_id: UUID
    state: TipState
    is_linked: bool


class AlikeTips(BaseModel):
    """Tips that may tell of the same, the likest first."""

    items: list[AlikeTip]
