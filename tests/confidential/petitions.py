"""A second kind of confidential record, with tables of its own: petitions, as no feature has them.

It declares itself to the shared services and imports nothing of tips.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ForeignKey, LargeBinary, MetaData, Table, false, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlmodel import Field

from app.db.base import text_enum
from app.db.session import Session, execute
from app.db.tables.confidential import (
    AssignmentRow,
    ConfidentialRow,
    HoldRow,
    IdentityRequestRow,
    RetentionOf,
    SealedPart,
    TransferRow,
)
from app.db.tables.documents import Document
from app.db.tables.units import Unit
from app.domain.actor import Actor, Permission
from app.domain.confidential.identity.kinds import (
    IdentityKind,
    IdentityPermissions,
    IdentityRefusals,
)
from app.domain.confidential.kinds import ConfidentialKind
from app.domain.confidential.retention.kinds import ExpiryKind, HoldKind, TermCodes
from app.domain.confidential.transfers.kinds import TransferKind, TransferRefusals
from app.domain.deadlines.days import today
from app.domain.errors import Conflict, FieldError, Unavailable
from app.domain.records.errors import derive_not_found
from app.domain.records.schemas import TransitionInput
from app.domain.records.state_machine import AppliedTransition, StateMachine, Transition


def table_of(model: Any) -> Table:
    """Return the table that a class stands for."""
    table: Table = model.__table__
    return table


METADATA = MetaData()  # apart from the product's, which is compared with its migrations
for _model in (Unit, Document):
    table_of(_model).to_metadata(METADATA)


class PetitionState(StrEnum):
    OPEN = "open"
    MOVED = "moved"


class PetitionPart(StrEnum):
    TEXT = "text"
    ANNEX = "annex"


def _of_petition() -> Any:
    return Column(ForeignKey("petition.id", ondelete="CASCADE"), nullable=False)


def _key_of_petition() -> Any:
    return Column(ForeignKey("petition.id", ondelete="CASCADE"), primary_key=True)


class Petition(ConfidentialRow, table=True):
    metadata = METADATA
    __tablename__ = "petition"

    state: PetitionState = Field(default=PetitionState.OPEN, sa_type=text_enum(PetitionState))
    subject: str = "roads"
    has_name: bool = True


class PetitionText(SealedPart, table=True):
    metadata = METADATA
    __tablename__ = "petition_text"

    petition_id: UUID = Field(sa_column=_key_of_petition())
    sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    keys: dict[str, str] = Field(sa_column=Column(JSONB, nullable=False))


class PetitionName(SealedPart, table=True):
    metadata = METADATA
    __tablename__ = "petition_name"

    petition_id: UUID = Field(sa_column=_key_of_petition())
    sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    keys: dict[str, str] = Field(sa_column=Column(JSONB, nullable=False))


class PetitionAssignment(AssignmentRow, table=True):
    metadata = METADATA
    __tablename__ = "petition_assignment"

    petition_id: UUID = Field(sa_column=_of_petition())


class PetitionNameRequest(IdentityRequestRow, table=True):
    metadata = METADATA
    __tablename__ = "petition_name_request"

    petition_id: UUID = Field(sa_column=_of_petition())


class PetitionTransfer(TransferRow, table=True):
    metadata = METADATA
    __tablename__ = "petition_transfer"

    petition_id: UUID = Field(sa_column=_of_petition())
    subject: str


class PetitionHold(HoldRow, table=True):
    metadata = METADATA
    __tablename__ = "petition_hold"

    petition_id: UUID = Field(sa_column=_of_petition())


TABLES = (
    Petition, PetitionText, PetitionName, PetitionAssignment, PetitionNameRequest,
    PetitionTransfer, PetitionHold,
)  # fmt: skip
PLACED = (Petition, PetitionNameRequest, PetitionTransfer)
MOVE = """
CREATE FUNCTION take_petition(transfer uuid, moved date) RETURNS boolean LANGUAGE sql AS $$
  WITH offer AS (SELECT * FROM petition_transfer WHERE id = transfer AND state = 'offered'),
  done AS (UPDATE petition p SET unit_id = offer.unit_id FROM offer
           WHERE p.id = offer.petition_id AND p.unit_id = offer.from_unit_id RETURNING p.id)
  SELECT EXISTS (SELECT FROM done)
$$
"""


PetitionNotFound = derive_not_found(Petition, "petition", "đơn")
derive_not_found(PetitionNameRequest, "request", "yêu cầu")
derive_not_found(PetitionTransfer, "transfer", "việc chuyển")


class NoKey(Unavailable):
    code, en, vi = "petition_no_key", "No key here.", "Không có khóa."


class NoName(Conflict):
    code, en, vi = "petition_no_name", "No name was left.", "Không có tên."


class AlreadyRequested(Conflict):
    code, en, vi = "petition_requested", "Requested: {state}.", "Đã yêu cầu: {state}."


class NameGone(Conflict):
    code, en, vi = "petition_name_gone", "The name is gone.", "Tên không còn."


class AlreadyOffered(Conflict):
    code, en, vi = "petition_offered", "Offered already.", "Đã đề nghị chuyển."


class MovedOn(Conflict):
    code, en, vi = "petition_moved_on", "It has moved on.", "Đơn đã chuyển."


class AlreadyHeld(Conflict):
    code, en, vi = "petition_held", "Held already.", "Đang được giữ."


class NotHeld(Conflict):
    code, en, vi = "petition_not_held", "Not held.", "Không bị giữ."


PETITIONS = ConfidentialKind(
    table=Petition,
    reference="petition_id",
    assignments=PetitionAssignment,
    read=Permission.TIP_READ,
    no_key=NoKey,
)
NAMES = IdentityKind(
    record=PETITIONS,
    requests=PetitionNameRequest,
    identities=PetitionName,
    has_identity=lambda petition: petition.has_name,
    permissions=IdentityPermissions(
        Permission.IDENTITY_REQUEST, Permission.IDENTITY_DECIDE, Permission.IDENTITY_OPEN,
        Permission.IDENTITY_READ,
    ),
    refusals=IdentityRefusals(
        NoName, AlreadyRequested, NameGone,
        FieldError("", "not_assigned", "Not assigned.", "Chưa được phân công."),
    ),
)  # fmt: skip
LIFE = StateMachine(Transition("move", {PetitionState.OPEN}, PetitionState.MOVED))


def _take_move(petition: Petition) -> AppliedTransition:
    step = LIFE.apply(petition.state, TransitionInput(action="move"), effective_on=today())
    petition.state = PetitionState(step.to_state)
    return step


async def _meet_nothing(session: Session, actor: Actor, petition: Petition, at: datetime) -> None:
    """Petitions have no deadline to meet."""


TRANSFERS = TransferKind(
    record=PETITIONS,
    table=PetitionTransfer,
    permission=Permission.TIP_TRANSFER,
    parts=PetitionPart,
    summary=("subject",),
    accept_function="take_petition",
    check_record=lambda petition: None,
    check_target=lambda petition, unit: None,
    parts_shared_with=lambda petition: [PetitionPart.TEXT.value],
    take_transition=_take_move,
    meet_deadlines=_meet_nothing,
    refusals=TransferRefusals(AlreadyOffered, MovedOn),
)
HOLDS = HoldKind(
    record=PETITIONS,
    table=PetitionHold,
    permission=Permission.TIP_HOLD,
    already_held=AlreadyHeld,
    not_held=NotHeld,
)


async def _nothing(session: Session, id: UUID) -> list[str]:
    return []


async def _delete_no_links(session: Session, id: UUID) -> None:
    """Petitions are not linked."""


async def _is_unused(session: Session, sha256: str) -> bool:
    return False


EXPIRY = ExpiryKind(
    holds=HOLDS,
    terms=TermCodes(RetentionOf.TIP, RetentionOf.IDENTITY, RetentionOf.NOTICE),
    identities=PetitionName,
    parts=(PetitionText, PetitionName, PetitionAssignment, PetitionNameRequest, PetitionTransfer),
    logged_parts=(PetitionAssignment, PetitionNameRequest, PetitionTransfer, PetitionHold),
    residue={"subject": "", "has_name": False},
    identity_residue={"has_name": False},
    heard_since=lambda day: false(),
    delete_links=_delete_no_links,
    find_files=_nothing,
    is_file_used=_is_unused,
)


async def create_tables(session: Session) -> None:
    """Create the tables of petitions, with the trigger and the grants that a migration would."""
    tables = [table_of(model) for model in TABLES]
    for table in sorted(tables, key=METADATA.sorted_tables.index):
        await execute(session, CreateTable(table))
        for index in table.indexes:
            await execute(session, CreateIndex(index))
    for table in tables:
        await execute(session, text(f"GRANT ALL ON {table.name} TO binhyen_vault, binhyen_keeper"))
        await execute(session, text(f"GRANT ALL ON {table.name} TO binhyen_runtime"))
    for placed in PLACED:
        trigger = (
            f"CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id "
            f"ON {placed.__tablename__} FOR EACH ROW EXECUTE FUNCTION place_row()"
        )
        await execute(session, text(trigger))
    await execute(session, text(MOVE))


def closed_petition(unit: UUID, closed_on: date) -> Petition:
    """Build a petition that a unit has closed."""
    return Petition(unit_id=unit, closed_on=closed_on)
