"""The shared services of confidential records, used by a kind that is not tips."""

import json
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import text

from app.db.base import now
from app.db.session import Session, execute
from app.db.tables.calendars import Certainty
from app.db.tables.confidential import RetentionOf, RetentionRule, TransferState
from app.db.tables.documents import Document, DocumentKind, DocumentState
from app.db.tables.units import UnitLevel
from app.domain.actor import Actor, Role
from app.domain.auth.sessions import enter_session
from app.domain.confidential.crypto.envelopes import encrypt, row_context
from app.domain.confidential.crypto.keyrings import Keyring
from app.domain.confidential.identity import disclosure
from app.domain.confidential.identity import service as identities
from app.domain.confidential.identity.errors import IdentityNotOpened
from app.domain.confidential.identity.schemas import (
    IdentityRequestCreate,
    IdentityRequestTransition,
)
from app.domain.confidential.retention import service as retention
from app.domain.confidential.retention.expiry import ExpiryResult, expire_records
from app.domain.confidential.retention.schemas import HoldInput, ReleaseInput
from app.domain.confidential.transfers import service as transfers
from app.domain.confidential.transfers.errors import NotSharedWithYou
from app.domain.confidential.transfers.schemas import TransferTransition
from app.domain.deadlines.days import day_of
from tests.application import SESSION, Application, runner
from tests.confidential import petitions
from tests.confidential.petitions import Petition, PetitionAssignment, PetitionName, PetitionPart
from tests.give import Country

KEY = X25519PrivateKey.generate()
KEYRING = Keyring("names", {"names-1": KEY.public_key()}, {"names-1": KEY})
NAME = {"name": "Người Có Đơn"}
TODAY = day_of(now())


class World:
    """A application with petitions in it."""

    def __init__(self, application: Application, country: Country) -> None:
        self.application, self.country = application, country
        self.database = application.app.state.resources.database
        self.storage = application.app.state.resources.tips.storage

    def actor(self, subject: str, place: str, *roles: Role) -> Actor:
        unit = self.country[place]
        return Actor(
            subject, frozenset(roles), self.country.levels[unit], unit, "tests", (), SESSION, 1,
            methods=("pwd", "otp"), signed_in_at=now(),
        )  # fmt: skip

    @property
    def officer(self) -> Actor:
        return self.actor("officer", "1.1", Role.TIP_OFFICER)

    def within(self, work: Callable[[Session], Awaitable[Any]]) -> Any:
        """Run something in a transaction that passes every policy."""

        async def run() -> Any:
            async with self.application.behind() as session:
                return await work(session)

        return runner().run(run())

    def act(self, actor: Actor, work: Callable[[Session], Awaitable[Any]]) -> Any:
        """Run something in a transaction of the application, as an actor."""

        async def run() -> Any:
            async with self.database.write_transaction() as session:
                await enter_session(session, actor)
                return await work(session)

        return runner().run(run())

    def rows(self, sql: str, **values: Any) -> list[Any]:
        async def find(session: Session) -> list[Any]:
            return list((await execute(session, text(sql), values)).mappings())

        found: list[Any] = self.within(find)
        return found

    def petition(self, row: Petition | None = None) -> UUID:
        """Put down a petition with an encrypted name, assigned to the officer."""
        petition = row or Petition(unit_id=self.country["1.1"])

        async def put(session: Session) -> UUID:
            session.add(petition)
            await session.flush()
            context = row_context("petition_name", petition.id)
            made = encrypt(json.dumps(NAME).encode(), KEYRING.newest, context)
            session.add(
                PetitionName(petition_id=petition.id, sealed=made.ciphertext, keys=made.keys)
            )
            session.add(
                PetitionAssignment(
                    petition_id=petition.id, subject="officer", assigned_by="x", assigned_on=TODAY
                )
            )
            await session.flush()
            return petition.id

        id: UUID = self.within(put)
        return id

    def document(self) -> UUID:
        document = Document(
            unit_id=self.country["1.1"], kind=DocumentKind.PLAN, title="Quyết định",
            issuer="Công an tỉnh", level=UnitLevel.PROVINCE, search_key="quyet dinh",
            state=DocumentState.ISSUED,
        )  # fmt: skip

        async def put(session: Session) -> UUID:
            session.add(document)
            await session.flush()
            return document.id

        id: UUID = self.within(put)
        return id

    def expire(self, today: date) -> ExpiryResult:
        expiring = expire_records(self.database, self.storage, petitions.EXPIRY, today)
        return runner().run(expiring)


@pytest.fixture(scope="module")
def world(spare: tuple[Application, Country]) -> World:
    world = World(*spare)
    world.within(petitions.create_tables)
    return world


def test_an_identity_is_requested_approved_and_opened(world: World) -> None:
    petition, officer = world.petition(), world.officer
    custodian = world.actor("custodian", "1", Role.IDENTITY_CUSTODIAN)
    request = world.act(
        officer,
        lambda session: identities.request_identity(
            session,
            petitions.NAMES,
            officer,
            petition,
            IdentityRequestCreate(reason="Cần xác minh"),
        ),
    )

    def open_it() -> disclosure.Disclosure:
        opening = disclosure.open_identity(
            world.database, petitions.NAMES, KEYRING, officer, request
        )
        return runner().run(opening)

    with pytest.raises(IdentityNotOpened) as refused:
        open_it()
    assert refused.value.facts["failed"] == ["not_approved", "expired"]
    step = IdentityRequestTransition(action="approve", reason="Đủ căn cứ")
    world.act(
        custodian,
        lambda session: identities.transition_request(
            session, petitions.NAMES, custodian, request, step, 1
        ),
    )
    opened = open_it()
    assert (json.loads(opened.content), opened.views_left) == (NAME, 2)
    entries = world.rows(
        "SELECT resource, detail FROM audit_entry WHERE resource_id = :id AND detail IS NOT NULL "
        "ORDER BY id",
        id=request,
    )
    assert [tuple(entry.values()) for entry in entries] == [
        ("petition_name_request", "refused: not_approved expired"),
        ("petition_name_request", "opened: view 1 of 3"),
    ]


def test_an_identity_without_a_key_here_stays_closed(world: World) -> None:
    petition, officer = world.petition(), world.officer
    request = world.act(
        officer,
        lambda session: identities.request_identity(
            session,
            petitions.NAMES,
            officer,
            petition,
            IdentityRequestCreate(reason="Cần xác minh"),
        ),
    )
    custodian = world.actor("custodian", "1", Role.IDENTITY_CUSTODIAN)
    step = IdentityRequestTransition(action="approve", reason="Đủ căn cứ")
    world.act(
        custodian,
        lambda session: identities.transition_request(
            session, petitions.NAMES, custodian, request, step, 1
        ),
    )  # fmt: skip
    public_only = Keyring("names", KEYRING.public)
    with pytest.raises(petitions.NoKey):
        runner().run(
            disclosure.open_identity(world.database, petitions.NAMES, public_only, officer, request)
        )


def test_a_transfer_moves_the_record_and_ends_its_assignments(world: World) -> None:
    petition = world.petition()
    receiver = world.actor("receiver", "1.2", Role.TIP_OFFICER)

    def offer(*shared: PetitionPart) -> UUID:
        offered: UUID = world.act(
            world.officer,
            lambda session: transfers.offer_record(
                session, petitions.TRANSFERS, world.officer, petition,
                to_unit=str(world.country["1.2"]), reason="Đúng thẩm quyền", shared=shared,
            )
        )  # fmt: skip
        return offered

    with pytest.raises(NotSharedWithYou):
        offer(PetitionPart.TEXT, PetitionPart.ANNEX)
    made = offer(PetitionPart.TEXT)
    with pytest.raises(petitions.AlreadyOffered):
        offer(PetitionPart.TEXT)

    async def accept(session: Session) -> UUID:
        step = TransferTransition(action="accept")
        return await transfers.transition_transfer(
            session, petitions.TRANSFERS, receiver, made, step, 1
        )

    world.act(receiver, accept)
    (row,) = world.rows("SELECT * FROM petition WHERE id = :id", id=petition)
    assert (row["unit_id"], row["state"]) == (world.country["1.2"], "moved")
    (given,) = world.rows("SELECT * FROM petition_assignment WHERE petition_id = :id", id=petition)
    assert given["ended_on"] == TODAY
    (offered,) = world.rows("SELECT * FROM petition_transfer WHERE id = :id", id=made)
    assert (offered["state"], offered["subject"]) == (TransferState.ACCEPTED, "roads")


def test_a_hold_outlasts_the_term_and_content_goes_after_its_release(world: World) -> None:
    async def enter_terms(session: Session) -> None:
        for of, days in (
            (RetentionOf.TIP, 365),
            (RetentionOf.IDENTITY, 90),
            (RetentionOf.NOTICE, 30),
        ):
            session.add(
                RetentionRule(
                    of=of, valid_from=date(2020, 1, 1), days=days, basis="x", source="x",
                    certainty=Certainty.MEMORY,
                )
            )  # fmt: skip

    world.within(enter_terms)
    closed_on = TODAY - timedelta(days=800)
    held = world.petition(petitions.closed_petition(world.country["1.1"], closed_on))
    words = HoldInput(reason="Đang tố tụng", document_id=world.document())
    world.act(
        world.officer,
        lambda session: retention.hold_record(session, petitions.HOLDS, world.officer, held, words),
    )
    assert world.expire(TODAY) == ExpiryResult(noticed=1)
    due = TODAY + timedelta(days=30)
    assert world.expire(due) == ExpiryResult()
    world.act(
        world.officer,
        lambda session: retention.release_record(
            session, petitions.HOLDS, world.officer, held, ReleaseInput(reason="Đã xong")
        ),
    )
    assert world.expire(due) == ExpiryResult(identities=1, expired=1)
    (row,) = world.rows("SELECT * FROM petition WHERE id = :id", id=held)
    assert (row["expired_on"], row["subject"], row["has_name"]) == (due, "", False)
    assert world.rows("SELECT 1 FROM petition_name WHERE petition_id = :id", id=held) == []
    with pytest.raises(petitions.PetitionNotFound):
        world.act(
            world.officer,
            lambda session: retention.release_record(
                session, petitions.HOLDS, world.officer, held, ReleaseInput(reason="x")
            ),
        )
