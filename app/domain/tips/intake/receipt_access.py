"""Access by receipt: see the status of a tip, send a message, add a file.

A wrong receipt gets a response as late and as short as a right one.
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
from app.domain.confidential.crypto.envelopes import decrypt_with_key, encrypt, row_context
from app.domain.deadlines.days import today
from app.domain.errors import Language
from app.domain.tips.context import INTAKE, TipContext
from app.domain.tips.crypto.receipts import DIGITS, INFORMANT, ReceiptKeys, parse_receipt
from app.domain.tips.crypto.timing import pad_duration
from app.domain.tips.intake import queries, receipt_queries
from app.domain.tips.intake.create import build_news
from app.domain.tips.intake.errors import ReceiptUnknown, TooManyFiles
from app.domain.tips.intake.file_cleaner import clean_in_process
from app.domain.tips.intake.files.clean import CleanFile
from app.domain.tips.intake.limits import MAX_FILES
from app.domain.tips.intake.proof_of_work_gate import require_work
from app.domain.tips.intake.schemas import AttachmentInput, MessageInput, ReceiptInput, TipStatus
from app.domain.tips.intake.status_view import build_status

MAX_TRIES = 3  # two messages at the same moment want the same number
IMPOSSIBLE = "0" * DIGITS  # derived where the digits cannot be a receipt, to take as long


@dataclass(frozen=True, slots=True)
class Holder:
    """A holder of a receipt, within a transaction in which the database shows them their tip."""

    session: Session
    tip: UUID
    public: X25519PublicKey
    private: X25519PrivateKey


Addition = Callable[[Holder], Coroutine[Any, Any, None]]


async def show_status(
    context: TipContext, given: ReceiptInput, language: Language, source: str
) -> TipStatus:
    """Show the status of a tip."""
    async with pad_duration(context.settings.tip_answer_seconds), _count_wrong(context, source):
        keys = await _derive_keys(context, given, source)
        async with _act_as_holder(context, keys) as holder:
            return await build_status(holder.session, holder.private, language)


async def send_message(
    context: TipContext, given: MessageInput, language: Language, source: str
) -> TipStatus:
    """Send a message on a tip to its officers."""
    async with pad_duration(context.settings.tip_answer_seconds):
        keys = await _derive_keys(context, given, source)

        async def add(holder: Holder) -> None:
            await _add_message(context, holder, given.text)

        async with _count_wrong(context, source):
            return await _add_to_tip(context, keys, add, language)


async def attach_file(
    context: TipContext, given: AttachmentInput, language: Language, source: str
) -> TipStatus:
    """Add a file to a tip, once its receipt is known; it is redrawn while no transaction waits."""
    async with pad_duration(context.settings.tip_answer_seconds), _count_wrong(context, source):
        keys = await _derive_keys(context, given, source)
        async with _act_as_holder(context, keys) as holder:
            await _check_room(holder)
        file = await clean_in_process(context, given.content)

        async def add(holder: Holder) -> None:
            await _add_attachment(context, holder, file)

        return await _add_to_tip(context, keys, add, language)


async def _derive_keys(context: TipContext, given: ReceiptInput, source: str) -> ReceiptKeys | None:
    """Derive the keys of a receipt; digits that cannot be one take as long."""
    await require_work(context, given.work, free=context.wrong.is_free(source))
    digits, receipts = parse_receipt(given.receipt), context.keys.receipts
    keys = await context.checking.run(source, lambda: receipts.derive_keys(digits or IMPOSSIBLE))
    return keys if digits else None


@asynccontextmanager
async def _count_wrong(context: TipContext, source: str) -> AsyncIterator[None]:
    """Count a wrong receipt against its source; a right one is not charged."""
    try:
        yield
    except ReceiptUnknown:
        context.wrong.count(source)
        raise


@asynccontextmanager
async def _act_as_holder(context: TipContext, keys: ReceiptKeys | None) -> AsyncIterator[Holder]:
    lookup = keys.lookup if keys else b""
    async with context.intake.write_transaction() as session:
        found = await receipt_queries.act_as_holder(session, lookup)
        if found is None or keys is None:
            raise ReceiptUnknown()
        place = row_context("tip_receipt", found.tip_id)
        private = decrypt_with_key(keys.key, found.private_key, place)
        public = X25519PublicKey.from_public_bytes(found.public_key)
        yield Holder(session, found.tip_id, public, X25519PrivateKey.from_private_bytes(private))


async def _add_to_tip(
    context: TipContext, keys: ReceiptKeys | None, add: Addition, language: Language
) -> TipStatus:
    for tries_left in reversed(range(MAX_TRIES)):
        try:
            async with _act_as_holder(context, keys) as holder:
                await receipt_queries.lock_tip(holder.session, holder.tip)
                await add(holder)
                return await build_status(holder.session, holder.private, language)
        except Exception as error:
            if not tries_left or not is_unique_violation(error):
                raise
    raise AssertionError("the last try returns or raises")


async def _add_message(context: TipContext, holder: Holder, text: str) -> None:
    session, id = holder.session, uuid4()
    tip, _ = await receipt_queries.load_tip(session)
    number = await receipt_queries.next_message_number(session)
    made = _encrypt(context, holder, text.encode(), "tip_message", id, padded=True)
    row = TipMessage(
        id=id, tip_id=tip.id, number=number, from_informant=True, sent_on=today(), **made
    )
    await _insert(session, row, tip, "messages")


async def _check_room(holder: Holder) -> None:
    if len(await receipt_queries.find_attachments(holder.session)) >= MAX_FILES:
        raise TooManyFiles()


async def _add_attachment(context: TipContext, holder: Holder, file: CleanFile) -> None:
    session, id = holder.session, uuid4()
    tip, _ = await receipt_queries.load_tip(session)
    await _check_room(holder)
    made = _encrypt(context, holder, file.content, "tip_attachment", id, padded=False)
    digest = sha256(made["sealed"]).hexdigest()
    try:
        await context.storage.put(digest, BytesIO(made["sealed"]))
    except StorageError as error:
        raise StorageAway() from error
    row = TipAttachment(
        id=id, tip_id=tip.id, media_type=file.media_type, size=len(file.content), sha256=digest,
        sent_on=today(), keys=made["keys"],
    )  # fmt: skip
    await _insert(session, row, tip, "attachments")


async def _insert(session: Session, row: TipMessage | TipAttachment, tip: Tip, field: str) -> None:
    await act_as(session, INTAKE)
    news = build_news(tip.id, tip.unit_id, Act.CHANGE, tip.version, [field])
    await queries.insert_rows(session, row, news)


def _encrypt(
    context: TipContext, holder: Holder, content: bytes, table: str, id: UUID, *, padded: bool
) -> dict[str, Any]:
    recipients = {**context.keys.content.newest, INFORMANT: holder.public}
    made = encrypt(content, recipients, row_context(table, id), padded=padded)
    return {"sealed": made.ciphertext, "keys": made.keys}
