"""What the holder of a receipt can do: see how his tip stands, say more, add a file.

A receipt that opens nothing is answered as one that does, as late and as shortly.
"""

from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from app.db.errors import is_unique_violation
from app.db.session import Session, act_as
from app.db.storage import StorageError
from app.db.tables.records import Act
from app.db.tables.tip_parts import TipAttachment, TipMessage
from app.db.tables.tips import Tip
from app.domain.attachments.errors import StorageAway
from app.domain.deadlines.days import today
from app.domain.errors import Language
from app.domain.tips.intake import holders, queries
from app.domain.tips.intake.admitting import admit
from app.domain.tips.intake.errors import ReceiptUnknown, TooManyFiles
from app.domain.tips.intake.kinds import MOST_FILES
from app.domain.tips.intake.pictures import Cleaned, cleaned
from app.domain.tips.intake.schemas import (
    AttachmentGiven,
    MessageGiven,
    ReceiptGiven,
    TipStatus,
)
from app.domain.tips.intake.taking import news
from app.domain.tips.intake.telling import told_to
from app.domain.tips.office import INTAKE, Office
from app.domain.tips.protecting.pacing import paced
from app.domain.tips.protecting.receipts import DIGITS, Opened, plain
from app.domain.tips.protecting.sealing import INFORMANT, place_of, seal, unlocked

TRIES = 3  # two messages at the same moment want the same number
NOBODYS = "0" * DIGITS


@dataclass(frozen=True, slots=True)
class Holder:
    """Whoever holds a receipt, within a transaction in which the database shows him his tip."""

    session: Session
    tip: UUID
    public: X25519PublicKey
    private: X25519PrivateKey


Adding = Callable[[Holder], Coroutine[Any, Any, None]]


async def status(office: Office, given: ReceiptGiven, language: Language) -> TipStatus:
    """How a tip stands."""
    async with paced(office.settings.tip_answer_seconds):
        opened = await _opened(office, given)
        async with _holding(office, opened) as holder:
            return await told_to(holder.session, holder.private, language)


async def send_message(office: Office, given: MessageGiven, language: Language) -> TipStatus:
    """Say more on a tip, to whoever handles it."""
    async with paced(office.settings.tip_answer_seconds):
        opened = await _opened(office, given)

        async def say(holder: Holder) -> None:
            await _say(office, holder, given.text)

        return await _added(office, opened, say, language)


async def attach_file(office: Office, given: AttachmentGiven, language: Language) -> TipStatus:
    """Add a file to a tip; it is drawn anew first, whether the receipt opens anything or not."""
    async with paced(office.settings.tip_answer_seconds):
        opened = await _opened(office, given)
        file = await office.drawing.run(lambda: cleaned(given.content))

        async def attach(holder: Holder) -> None:
            await _attach(office, holder, file)

        return await _added(office, opened, attach, language)


async def _opened(office: Office, given: ReceiptGiven) -> Opened | None:
    """What the digits stand for; what cannot be a receipt takes as long."""
    await admit(office, given.work)
    digits = plain(given.receipt)
    opened = await office.deriving.run(lambda: office.keys.receipts.opened(digits or NOBODYS))
    return opened if digits else None


@asynccontextmanager
async def _holding(office: Office, opened: Opened | None) -> AsyncIterator[Holder]:
    lookup = opened.lookup if opened else b""
    async with office.database.write_transaction() as session:
        found = await holders.as_holder(session, lookup)
        if found is None or opened is None:
            raise ReceiptUnknown()
        place = place_of("tip_receipt", found.tip_id)
        private = unlocked(opened.key, found.private_key, place)
        public = X25519PublicKey.from_public_bytes(found.public_key)
        yield Holder(session, found.tip_id, public, X25519PrivateKey.from_private_bytes(private))


async def _added(
    office: Office, opened: Opened | None, add: Adding, language: Language
) -> TipStatus:
    for tries_left in reversed(range(TRIES)):
        try:
            async with _holding(office, opened) as holder:
                await holders.one_at_a_time(holder.session, holder.tip)
                await add(holder)
                return await told_to(holder.session, holder.private, language)
        except Exception as error:
            if not tries_left or not is_unique_violation(error):
                raise
    raise AssertionError("the last try returns or raises")


async def _say(office: Office, holder: Holder, text: str) -> None:
    session, id = holder.session, uuid4()
    (tip, _), number = await holders.own_tip(session), await holders.next_number(session)
    made = _sealed(office, holder, text.encode(), "tip_message", id, padded=True)
    row = TipMessage(
        id=id, tip_id=tip.id, number=number, from_informant=True, sent_on=today(), **made
    )
    await _put(session, row, tip, "messages")


async def _attach(office: Office, holder: Holder, file: Cleaned) -> None:
    session, id = holder.session, uuid4()
    tip, _ = await holders.own_tip(session)
    if len(await holders.own_attachments(session)) >= MOST_FILES:
        raise TooManyFiles()
    made = _sealed(office, holder, file.content, "tip_attachment", id, padded=False)
    digest = sha256(made["sealed"]).hexdigest()
    try:
        await office.storage.put(digest, BytesIO(made["sealed"]))
    except StorageError as error:
        raise StorageAway() from error
    row = TipAttachment(
        id=id, tip_id=tip.id, media_type=file.media_type, size=len(file.content), sha256=digest,
        sent_on=today(), keys=made["keys"],
    )  # fmt: skip
    await _put(session, row, tip, "attachments")


async def _put(session: Session, row: TipMessage | TipAttachment, tip: Tip, what: str) -> None:
    await act_as(session, INTAKE)
    said = news(tip.id, tip.unit_id, Act.CHANGE, tip.version, [what])
    await queries.put(session, row, said)


def _sealed(
    office: Office, holder: Holder, content: bytes, table: str, id: UUID, *, padded: bool
) -> dict[str, Any]:
    recipients = {**office.keys.content.newest, INFORMANT: holder.public}
    made = seal(content, recipients, place_of(table, id), padded=padded)
    return {"sealed": made.sealed, "keys": made.keys}
