"""Schemas of the handling of tips."""

from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from app.db.tables.tips import LocalResult, SuspensionBasis, TipCategory, TipKind, TipState
from app.domain.records.schemas import ChangeInput, StrictInput, TransitionInput
from app.domain.records.types import NUMBER, TEXT, Flag, Reason, Reference, unset

MAX_SPANS, MAX_TEXT = 100, 20_000
Message = Annotated[str, Field(min_length=1, max_length=MAX_TEXT), TEXT]
Note = Annotated[str, Field(min_length=1, max_length=500), TEXT]
Character = Annotated[int, Field(ge=0, le=1_000_000), NUMBER]


class TipTransition(TransitionInput):
    """A transition of a tip; each further property belongs to one action."""

    kind: TipKind | None = None
    category: TipCategory | None = None
    result: LocalResult | None = None
    basis: SuspensionBasis | None = None
    cancelled: Flag | None = None
    message: Message | None = None


class TipChange(ChangeInput):
    """Changes of a tip; what is left out stays as it is."""

    kind: TipKind = unset()
    category: TipCategory | None = unset()
    is_useful: Flag | None = unset()
    urgent: Flag = unset()
    reason: Reason = unset()


class ExtendingAuthority(StrEnum):
    """Authority that may extend the time limit to verify a tip (Đ.147 BLTTHS)."""

    INVESTIGATING_AGENCY_HEAD = "investigating_agency_head"
    PROCURACY_HEAD = "procuracy_head"


class TipExtension(StrictInput):
    """An extension of the deadline; the longest that the authority may give by default."""

    authority: ExtendingAuthority
    basis: Note
    reason: Note
    count: Annotated[int, Field(ge=1, le=1000), NUMBER] | None = None


class TipAssignmentCreate(StrictInput):
    """Assignment of an officer to a tip."""

    subject: Reference


class TipMessageCreate(StrictInput):
    """A message to the informant, who reads it with their receipt."""

    text: Message
    notice: Flag = False


class TipMessageSent(BaseModel):
    """A message that was encrypted for the informant."""

    id: UUID
    number: int
    sent_on: date


class Span(StrictInput):
    """A part of the text, from one character to another, counted from 0."""

    begin: Character
    end: Annotated[int, Field(ge=1, le=1_000_000), NUMBER]


class RedactionCreate(StrictInput):
    """Parts of the text to hide; permanent ones are removed, for the informant too."""

    spans: Annotated[list[Span], Field(min_length=1, max_length=MAX_SPANS)]
    reason: Note
    permanent: Flag = False


class TipIncidentLink(StrictInput):
    """An incident that a tip reported."""

    incident_id: UUID


class TipLinkCreate(StrictInput):
    """Another tip about the same."""

    other_id: UUID
    note: Note | None = None


class TipWord(BaseModel):
    """A message between the informant and the office."""

    id: UUID
    number: int
    from_informant: bool
    sent_on: date
    sent_by: str | None
    text: str


class TipFile(BaseModel):
    """Metadata of a file of the informant."""

    id: UUID
    media_type: str
    size: int
    sent_on: date


class TipContent(BaseModel):
    """Content of a tip, as far as it is shared with its holder."""

    tip_id: UUID
    text: str | None
    is_whole: bool
    where: str | None
    not_to: list[str]
    about_officials_of: str | None
    messages: list[TipWord]
    attachments: list[TipFile]


class AlikeTip(BaseModel):
    """A tip that may be about the same; nothing is linked automatically."""

    tip_id: UUID
    share: float
    received_on: date
    unit_id: UUID
    state: TipState
    is_linked: bool


class AlikeTips(BaseModel):
    """Tips that may be about the same, the most similar first."""

    items: list[AlikeTip]
