"""Schemas of the intake, for informants and for officers who register a tip."""

from datetime import date
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Base64Bytes, BaseModel, BeforeValidator, Field

from app.db.tables.tips import TipKind, TipState
from app.domain.records.schemas import OneTimeSecret, StrictInput
from app.domain.records.types import FREE, LINE, WORDS, Day, Flag
from app.domain.tips.intake.limits import MAX_FILE_BYTES, MAX_TEXT, CounterChannel
from app.domain.values import InvalidValue

UnitCode = Annotated[str, Field(pattern=r"^[0-9A-Za-z.-]{1,40}$"), LINE]
Text = Annotated[str, Field(min_length=1, max_length=MAX_TEXT), WORDS]
Work = Annotated[str, Field(max_length=2000), LINE] | None
Receipt = Annotated[str, Field(max_length=100), LINE]


class Contact(StrictInput):
    """Contact details of an informant; every part may be left out."""

    name: Annotated[str, Field(max_length=200), FREE] | None = None
    phone: Annotated[str, Field(max_length=50), FREE] | None = None
    email: Annotated[str, Field(max_length=200), FREE] | None = None
    address: Annotated[str, Field(max_length=500), FREE] | None = None
    note: Annotated[str, Field(max_length=2000), FREE] | None = None

    @property
    def is_given(self) -> bool:
        return any(self.model_dump().values())


class TipSubmission(StrictInput):
    """A tip by anyone."""

    text: Text
    unit_code: UnitCode
    kind: TipKind = TipKind.UNKNOWN
    not_to: Annotated[list[UnitCode], Field(default_factory=list, max_length=20)]
    about_officials_of: UnitCode | None = None
    urgent: Flag = False
    contact: Contact | None = None
    work: Work = None


class TipCreate(StrictInput):
    """A tip that an officer enters for somebody."""

    text: Text
    channel: CounterChannel
    unit: UnitCode
    kind: TipKind = TipKind.UNKNOWN
    received_on: Day | None = None
    not_to: Annotated[list[UnitCode], Field(default_factory=list, max_length=20)]
    about_officials_of: UnitCode | None = None
    urgent: Flag = False
    contact: Contact | None = None


class ReceiptInput(StrictInput):
    """A receipt of a tip."""

    receipt: Receipt
    work: Work = None


class MessageInput(ReceiptInput):
    """A message of an informant on their tip."""

    text: Text


def _check_length(given: Any) -> Any:
    """Refuse by its length what is too large, before it is decoded."""
    if isinstance(given, str) and len(given) > MAX_ENCODED:
        raise InvalidValue(
            "file_too_large",
            f"A file has at most {MAX_FILE_BYTES} bytes.",
            f"Mỗi tệp có tối đa {MAX_FILE_BYTES} byte.",
            bound=MAX_FILE_BYTES,
        )
    return given


MAX_ENCODED = MAX_FILE_BYTES * 4 // 3 + 4


class AttachmentInput(ReceiptInput):
    """A picture or a text for a tip, in base64; its name is not stored."""

    content: Annotated[
        Base64Bytes, BeforeValidator(_check_length), Field(min_length=1, max_length=MAX_FILE_BYTES)
    ]


class PublicUnitName(BaseModel):
    """A unit as informants see it."""

    code: str | None
    name: str


class TipAccepted(BaseModel):
    """Receipt of a tip, shown once, and a proof."""

    receipt: str
    received_on: date
    unit: PublicUnitName
    proof: str


class TipRegistered(OneTimeSecret):
    """A tip that an officer has entered; its receipt for the informant is shown once."""

    id: UUID
    receipt: str | None
    proof: str

    def without_secret(self) -> Self:
        """Return the response to store for a retry: without the receipt."""
        return self.model_copy(update={"receipt": None})


class IdentityOpening(BaseModel):
    """An opening of the informant's identity, with its reason."""

    on: date
    reason: str


class PublicMessage(BaseModel):
    """A message between the informant and the office."""

    id: UUID
    sender: Annotated[Literal["informant", "office"], Field(serialization_alias="from")]
    sent_on: date
    text: str


class PublicAttachment(BaseModel):
    """Metadata of a file of the informant."""

    id: UUID
    media_type: str
    size: int
    sent_on: date


class TipStatus(BaseModel):
    """A tip as the informant follows it."""

    received_on: date
    unit: PublicUnitName
    kind: TipKind
    state: TipState
    told: str
    urgent: bool
    reopened_on: date | None
    due_on: date | None
    closed: bool
    text: str
    has_contact: bool
    identity_openings: list[IdentityOpening]
    messages: list[PublicMessage]
    attachments: list[PublicAttachment]


class PublicTipKind(BaseModel):
    """A kind of tip with its labels."""

    code: TipKind
    vi: str
    en: str


class EmergencyNumber(BaseModel):
    """A telephone number for emergencies, with its labels."""

    number: str
    vi: str
    en: str


class Terms(BaseModel):
    """Kinds of tips and files that are accepted, their limits, and numbers for emergencies."""

    kinds: list[PublicTipKind]
    most_text: int
    most_attachments: int
    most_attachment_bytes: int
    media_types: list[str]
    work_needed: bool
    emergency_numbers: list[EmergencyNumber]


class Challenge(BaseModel):
    """A task: find the number whose digest with the salt is the challenge."""

    algorithm: str
    challenge: str
    maxnumber: int
    salt: str
    signature: str


class PublicUnit(BaseModel):
    """An open unit that takes tips."""

    code: str | None
    name: str
    kind: str
    level: str


class PublicUnits(BaseModel):
    """Open units directly below another."""

    items: list[PublicUnit]
