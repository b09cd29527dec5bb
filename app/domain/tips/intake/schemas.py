"""Schemas of the intake, for informants and for officers who register a tip."""

from datetime import date
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Base64Bytes, BaseModel, BeforeValidator, Field

from app.db.tables.tips import TipKind, TipState
from app.domain.records.schemas import OneTimeSecret, StrictInput
from app.domain.tips.intake.limits import MAX_FILE_BYTES, MAX_TEXT, CounterChannel

UnitCode = Annotated[
    str,
    Field(pattern=r"^[0-9A-Za-z.-]{1,40}$", description="a unit, by its code today or by its id"),
]
Text = Annotated[str, Field(min_length=1, max_length=MAX_TEXT)]
Work = Annotated[
    str | None, Field(max_length=2000, description="the solution of a task, where one is asked for")
]
Receipt = Annotated[
    str, Field(max_length=100, description="20 digits; blanks and dashes may stand between them")
]


class Contact(StrictInput):
    """Who an informant is and how he is reached; every part may be left out."""

    name: Annotated[str | None, Field(max_length=200)] = None
    phone: Annotated[str | None, Field(max_length=50)] = None
    email: Annotated[str | None, Field(max_length=200)] = None
    address: Annotated[str | None, Field(max_length=500)] = None
    note: Annotated[str | None, Field(max_length=2000)] = None

    @property
    def is_given(self) -> bool:
        return any(self.model_dump().values())


class TipGiven(StrictInput):
    """A tip, as anybody hands it in."""

    text: Text
    unit_code: UnitCode
    kind: TipKind = TipKind.UNKNOWN
    not_to: Annotated[
        list[UnitCode],
        Field(default_factory=list, max_length=20, description="units that must not get it"),
    ]
    about_officials_of: Annotated[
        UnitCode | None, Field(description="the unit whose own people it is about")
    ] = None
    contact: Contact | None = None
    work: Work = None


class TipCreate(StrictInput):
    """A tip that somebody tells an officer."""

    text: Text
    channel: CounterChannel
    unit: UnitCode
    kind: TipKind = TipKind.UNKNOWN
    contact: Contact | None = None


class ReceiptGiven(StrictInput):
    """A receipt, to follow its tip."""

    receipt: Receipt
    work: Work = None


class MessageGiven(ReceiptGiven):
    """A word of an informant on his tip."""

    text: Text


def _check_length(given: Any) -> Any:
    """Refuse by its length what is too large, before it is decoded."""
    if isinstance(given, str) and len(given) > MAX_ENCODED:
        raise ValueError(f"a file has at most {MAX_FILE_BYTES} bytes")
    return given


MAX_ENCODED = MAX_FILE_BYTES * 4 // 3 + 4


class AttachmentGiven(ReceiptGiven):
    """A picture or a text on a tip, in base64; its name is not taken."""

    content: Annotated[
        Base64Bytes, BeforeValidator(_check_length), Field(min_length=1, max_length=MAX_FILE_BYTES)
    ]


class UnitTold(BaseModel):
    """A unit as informants read it."""

    code: str | None
    name: str


class TipTaken(BaseModel):
    """What an informant gets: a receipt that is told once, and a proof."""

    receipt: str
    received_on: date
    unit: UnitTold
    proof: str


class TipReceived(OneTimeSecret):
    """A tip that an officer has handed in; the receipt is for whoever told it, and told once."""

    id: UUID
    receipt: str | None
    proof: str

    def without_secret(self) -> Self:
        """Return the response to store for a retry: without the receipt."""
        return self.model_copy(update={"receipt": None})


class IdentityOpening(BaseModel):
    """That somebody has looked who the informant is, and why."""

    on: date
    reason: str


class MessageTold(BaseModel):
    """A word between the informant and the office."""

    id: UUID
    sender: Annotated[Literal["informant", "office"], Field(serialization_alias="from")]
    sent_on: date
    text: str


class AttachmentTold(BaseModel):
    """What is known of a file of the informant."""

    id: UUID
    media_type: str
    size: int
    sent_on: date


class TipStatus(BaseModel):
    """A tip as its informant follows it."""

    received_on: date
    unit: UnitTold
    kind: TipKind
    state: TipState
    told: str
    due_on: date | None
    closed: bool
    text: str
    has_contact: bool
    identity_openings: list[IdentityOpening]
    messages: list[MessageTold]
    attachments: list[AttachmentTold]


class KindTold(BaseModel):
    code: TipKind
    vi: str
    en: str


class Terms(BaseModel):
    """What is taken, and how much of it."""

    kinds: list[KindTold]
    most_text: int
    most_attachments: int
    most_attachment_bytes: int
    media_types: list[str]
    work_needed: bool


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
    """Units directly below another."""

    items: list[PublicUnit]
