"""One tip becomes rows: sealed, routed, its clock started, counted; all or nothing."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

import structlog
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlmodel import SQLModel

from app.db.base import now
from app.db.session import Session, act_as
from app.db.tables.records import Act, Outbox
from app.db.tables.tip_parts import (
    CountedEvent,
    TipIdentity,
    TipLikeness,
    TipReceipt,
    TipText,
)
from app.db.tables.tips import Tip, TipChannel, TipKind
from app.db.tables.units import UnitKind
from app.domain.deadlines import lifecycle
from app.domain.deadlines.days import in_country_time
from app.domain.deadlines.errors import RuleNotFound
from app.domain.tips import terms
from app.domain.tips.counter.linking import count
from app.domain.tips.counter.proving import Commitment, proof
from app.domain.tips.intake import places, queries
from app.domain.tips.intake.schemas import Contact
from app.domain.tips.likeness import sketch
from app.domain.tips.office import INTAKE, Office
from app.domain.tips.protecting.keys import Ring
from app.domain.tips.protecting.receipts import Opened, new_receipt
from app.domain.tips.protecting.sealing import INFORMANT, locked, place_of, seal
from app.domain.tips.routing import Route

LOG = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody has told, and where it goes."""

    text: str
    where: str
    route: Route
    kind: TipKind
    channel: TipChannel = TipChannel.ONLINE
    contact: Contact | None = None
    not_to: Sequence[str] = ()
    about: str | None = None
    by: str = INFORMANT

    @property
    def words(self) -> bytes:
        """What is sealed: the words, and the choices that would tell of who made them."""
        told = {
            "text": self.text, "where": self.where, "not_to": list(self.not_to),
            "about_officials_of": self.about,
        }  # fmt: skip
        return json.dumps(told, ensure_ascii=False).encode()


@dataclass(frozen=True, slots=True)
class Drawn:
    """A receipt for one tip, what it opens, and the sketch of its words; slow to make."""

    receipt: str
    opened: Opened
    sketch: list[int]


@dataclass(frozen=True, slots=True)
class Taken:
    """A tip that is there."""

    id: UUID
    proof: str


@dataclass(frozen=True, slots=True)
class _Making:
    office: Office
    told: Told
    at: datetime = field(default_factory=now)
    id: UUID = field(default_factory=uuid4)
    key: X25519PrivateKey = field(default_factory=X25519PrivateKey.generate)

    def tip(self) -> Tip:
        told, route = self.told, self.told.route
        day = midnight(self.at)
        return Tip(
            id=self.id, unit_id=route.to.id, received_unit_id=route.to.id,
            excluded_unit_id=route.excluded.id if route.excluded else None,
            about_officials=told.about is not None, received_on=day.date(), channel=told.channel,
            kind=told.kind, has_contact=self.has_contact, created_at=day, changed_at=day,
            created_by=told.by, changed_by=told.by,
        )  # fmt: skip

    @property
    def has_contact(self) -> bool:
        return self.told.contact is not None and self.told.contact.is_given

    def parts(self, drawn: Drawn) -> list[SQLModel]:
        """What goes with a tip and is not told to who only lists it."""
        keys, opened = self.office.keys, drawn.opened
        private = self.key.private_bytes_raw()
        rows: list[SQLModel] = [
            TipReceipt(
                lookup=opened.lookup, tip_id=self.id,
                public_key=self.key.public_key().public_bytes_raw(),
                private_key=locked(opened.key, private, place_of("tip_receipt", self.id)),
            ),
            self.sealed(TipText, keys.content, self.told.words),
        ]  # fmt: skip
        if self.told.contact is not None and self.has_contact:
            who = self.told.contact.model_dump_json().encode()
            rows.append(self.sealed(TipIdentity, keys.custodian, who))
        told = enumerate(drawn.sketch)
        return rows + [TipLikeness(tip_id=self.id, place=n, value=value) for n, value in told]

    def sealed(
        self, table: type[TipText] | type[TipIdentity], ring: Ring, content: bytes
    ) -> SQLModel:
        recipients = {**ring.newest, INFORMANT: self.key.public_key()}
        made = seal(content, recipients, place_of(str(table.__tablename__), self.id))
        return table(tip_id=self.id, sealed=made.sealed, keys=made.keys)

    async def clock(self, session: Session) -> list[SQLModel]:
        """The time to hand it over runs from the very moment; no other row tells that moment."""
        unit = self.told.route.to
        remote = unit.kind is UnitKind.SPECIAL_ZONE or await places.is_remote(session, unit.id)
        rule = terms.TRANSFER_REMOTE if remote else terms.TRANSFER
        try:
            made, first = await lifecycle.new_deadline(
                session, self.told.by, terms.RESOURCE, self.id, unit.id, rule, self.at
            )
        except RuleNotFound:  # a tip is taken all the same
            LOG.error("tip_without_clock", rule=rule)
            return []
        made.id = first.deadline_id = uuid4()
        made.created_at = made.changed_at = first.recorded_at = midnight(self.at)
        first.id = uuid4()
        return [made, first]


async def draw(office: Office, text: str) -> Drawn:
    """Draw a receipt and work out what takes long, beside other requests."""
    receipt, keys = new_receipt(), office.keys
    return await office.deriving.run(
        lambda: Drawn(receipt, keys.receipts.opened(receipt), sketch(text, keys.likeness))
    )


async def take_in(session: Session, office: Office, told: Told, drawn: Drawn) -> Taken:
    """Add a tip; from now on this transaction acts as the intake, which reads nothing back."""
    await act_as(session, INTAKE)
    making, what = _Making(office, told), Commitment.to(told.text)
    rows = [making.tip(), *making.parts(drawn), *await making.clock(session)]
    await queries.put(session, *rows)
    unit, day = told.route.to.id, midnight(making.at).date()
    where = await count(session, CountedEvent.RECEIVED, unit, day, what.leaf)
    at = in_country_time(making.at)
    return Taken(making.id, proof(office.keys, office.settings.issuer, at, what, where))


def news(tip: UUID, unit: UUID, act: Act, version: int, fields: Sequence[str] = ()) -> Outbox:
    """That something came from an informant: of which tip and on which day, nothing else."""
    return Outbox(
        id=uuid4(), recorded_at=midnight(now()), resource=terms.RESOURCE, resource_id=tip, act=act,
        version=version, fields=list(fields), unit_id=unit,
    )  # fmt: skip


def midnight(moment: datetime) -> datetime:
    """The beginning of its day, which is all that is told of when an informant acted."""
    return in_country_time(moment).replace(hour=0, minute=0, second=0)
