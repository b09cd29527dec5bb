"""The rows of a new tip: encrypted, routed, with its first deadline."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from uuid import UUID, uuid4

import structlog
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlmodel import SQLModel

from app.db.base import now
from app.db.session import Session
from app.db.tables.tip_parts import TipIdentity, TipLikeness, TipReceipt, TipText
from app.db.tables.tips import NOT_URGENT, URGENT, Tip, TipChannel, TipKind
from app.db.tables.units import UnitKind
from app.domain.confidential.crypto.envelopes import encrypt, encrypt_with_key, row_context
from app.domain.confidential.crypto.keyrings import Keyring
from app.domain.deadlines import lifecycle
from app.domain.deadlines.days import COUNTRY_TIME, in_country_time
from app.domain.deadlines.errors import RuleNotFound
from app.domain.tips import deadlines
from app.domain.tips.context import TipContext
from app.domain.tips.crypto.receipts import INFORMANT, ReceiptKeys
from app.domain.tips.exclusions import digest_units
from app.domain.tips.intake import unit_lookup
from app.domain.tips.intake.schemas import Contact
from app.domain.tips.routes import Route

LOG = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Statement:
    """The statement of an informant, and the route it takes."""

    text: str
    where: str
    route: Route
    kind: TipKind
    channel: TipChannel = TipChannel.ONLINE
    contact: Contact | None = None
    not_to: Sequence[str] = ()
    about: str | None = None
    by: str = INFORMANT
    urgent: bool = False
    came_on: date | None = None  # where an officer enters it later; None: today

    @property
    def content(self) -> bytes:
        """The content to encrypt: the text, and the choices that would tell of its author."""
        content = {
            "text": self.text, "where": self.where, "not_to": list(self.not_to),
            "about_officials_of": self.about,
        }  # fmt: skip
        return json.dumps(content, ensure_ascii=False).encode()

    @property
    def has_contact(self) -> bool:
        """Return whether the informant left contact details."""
        return self.contact is not None and self.contact.is_given


@dataclass(frozen=True, slots=True)
class PreparedTip:
    """A receipt for one tip, its keys, and the sketch of the text; slow to make."""

    receipt: str
    keys: ReceiptKeys
    sketch: list[int]


@dataclass(frozen=True, slots=True)
class TipBuilder:
    """Builds the rows of one tip."""

    context: TipContext
    statement: Statement
    at: datetime = field(default_factory=now)
    id: UUID = field(default_factory=uuid4)
    key: X25519PrivateKey = field(default_factory=X25519PrivateKey.generate)

    def build_tip(self) -> Tip:
        """Build the row that lists show."""
        given, route = self.statement, self.statement.route
        day = truncate_to_day(self.at)
        return Tip(
            id=self.id, unit_id=route.to.id, received_unit_id=route.to.id,
            excluded=digest_units(self.context.keys.exclusion, self.id, route.excluded),
            about_officials=given.about is not None, received_on=given.came_on or day.date(),
            channel=given.channel, urgency=URGENT if given.urgent else NOT_URGENT,
            kind=given.kind, has_contact=given.has_contact, created_at=day, changed_at=day,
            created_by=given.by, changed_by=given.by,
        )  # fmt: skip

    def build_parts(self, prepared: PreparedTip) -> list[SQLModel]:
        """Build the rows of a tip that its list does not show."""
        keys, contact = self.context.keys, self.statement.contact
        rows: list[SQLModel] = [
            self._build_receipt(prepared.keys),
            self._encrypt(TipText, keys.content, self.statement.content),
        ]
        if contact is not None and contact.is_given:
            identity = contact.model_dump_json().encode()
            rows.append(self._encrypt(TipIdentity, keys.custodian, identity))
        values = enumerate(prepared.sketch)
        return rows + [TipLikeness(tip_id=self.id, place=n, value=value) for n, value in values]

    def _build_receipt(self, keys: ReceiptKeys) -> TipReceipt:
        private, context = self.key.private_bytes_raw(), row_context("tip_receipt", self.id)
        return TipReceipt(
            lookup=keys.lookup, tip_id=self.id,
            public_key=self.key.public_key().public_bytes_raw(),
            private_key=encrypt_with_key(keys.key, private, context),
        )  # fmt: skip

    @property
    def _came_at(self) -> datetime:
        """Return when the deadline starts: of an earlier day only the beginning is known."""
        came = self.statement.came_on
        if came is None or came == truncate_to_day(self.at).date():
            return self.at
        return datetime.combine(came, time(), COUNTRY_TIME)

    def _encrypt(
        self, table: type[TipText] | type[TipIdentity], keyring: Keyring, content: bytes
    ) -> SQLModel:
        recipients = {**keyring.newest, INFORMANT: self.key.public_key()}
        made = encrypt(content, recipients, row_context(str(table.__tablename__), self.id))
        return table(tip_id=self.id, sealed=made.ciphertext, keys=made.keys)

    async def build_deadline(self, session: Session) -> list[SQLModel]:
        """Build the deadline to hand a tip over; only its due time tells the moment it came."""
        unit = self.statement.route.to
        remote = unit.kind is UnitKind.SPECIAL_ZONE or await unit_lookup.is_remote(session, unit.id)
        rule = deadlines.TRANSFER_REMOTE if remote else deadlines.TRANSFER
        try:
            made, first = await lifecycle.new_deadline(
                session,
                self.statement.by,
                deadlines.RESOURCE,
                self.id,
                unit.id,
                rule,
                self._came_at,
            )
        except RuleNotFound:  # a tip is taken all the same
            LOG.error("tip_without_clock", rule=rule)
            return []
        made.id = first.deadline_id = uuid4()
        made.created_at = made.changed_at = first.recorded_at = truncate_to_day(self.at)
        first.id = uuid4()
        return [made, first]


def truncate_to_day(moment: datetime) -> datetime:
    """Return the beginning of a day: no finer time of an informant's action is stored."""
    return in_country_time(moment).replace(hour=0, minute=0, second=0)
