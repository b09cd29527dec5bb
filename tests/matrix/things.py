"""Forces, documents and what is kept beside models: rows to be asked for, put down as they are."""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import select

from app.db.session import Session
from app.db.tables import model_records as m
from app.db.tables.calendars import Certainty
from app.db.tables.commendations import (
    Commendation,
    CommendationForm,
    CommendingAuthority,
    Exemplar,
    RecipientKind,
    SubjectKind,
)
from app.db.tables.committees import Committee, CommitteeScope
from app.db.tables.documents import Attachment, Document, DocumentKind, DocumentState
from app.db.tables.forces import Team, TeamKind, TeamSizeRule, TeamState
from app.db.tables.programme_models import ModelType
from app.db.tables.stated_tallies import Qualifier, StatedTally, TallyOf
from app.db.tables.team_members import MemberState, TeamMember, TeamRole, TeamTerm
from app.db.tables.units import UnitLevel

BEGUN = date(2024, 7, 1)
MakeIn = Callable[[Session, UUID], Awaitable[UUID]]


async def _put(session: Session, row: Any) -> UUID:
    session.add(row)
    await session.flush()
    id: UUID = row.id
    return id


async def team(session: Session, unit: UUID, **more: Any) -> UUID:
    row = Team(
        kind=TeamKind.PROTECTION_TEAM, unit_id=unit, name="Tổ", source="giver", search_key="to",
        **more,
    )  # fmt: skip
    return await _put(session, row)


async def member(session: Session, unit: UUID) -> UUID:
    """Somebody who would join a team."""
    of = await team(session, unit)
    return await _put(session, TeamMember(team_id=of, unit_id=unit, name="Người"))


async def serving(session: Session, unit: UUID) -> UUID:
    """Somebody who is in a team."""
    of = await team(session, unit, state=TeamState.ESTABLISHED, established_on=BEGUN)
    state = MemberState.ACTIVE
    row = TeamMember(team_id=of, unit_id=unit, name="Người", state=state)
    id = await _put(session, row)
    term = TeamTerm(team_id=of, member_id=id, role=TeamRole.MEMBER, since=BEGUN)
    await _put(session, term)
    return id


async def size_rule(session: Session, province: UUID, day: date) -> UUID:
    row = TeamSizeRule(
        unit_id=province, kind=TeamKind.YOUTH_SHOCK, least=1, most=9, deputies=1, valid_from=day,
        valid_to=day + timedelta(days=1), basis="x", certainty=Certainty.PROJECTED,
    )  # fmt: skip
    return await _put(session, row)


async def committee(session: Session, unit: UUID) -> UUID:
    row = Committee(
        unit_id=unit, scope=CommitteeScope.CRIME_138, name="BCĐ", chair_position="Chủ tịch",
        size=9, established_on=BEGUN, since=BEGUN,
    )  # fmt: skip
    return await _put(session, row)


async def document(session: Session, unit: UUID, **more: Any) -> UUID:
    row = Document(
        unit_id=unit, kind=DocumentKind.PLAN, title="Kế hoạch", issuer="Công an xã",
        level=UnitLevel.COMMUNE, search_key="ke hoach", **more,
    )  # fmt: skip
    return await _put(session, row)


async def submitted(session: Session, unit: UUID) -> UUID:
    return await document(session, unit, state=DocumentState.SUBMITTED)


async def attachment(session: Session, unit: UUID) -> UUID:
    """What is known of a file; the file itself is nowhere."""
    of = await document(session, unit)
    row = Attachment(
        document_id=of, file_name="a.pdf", media_type="application/pdf", size=1, sha256="0" * 64
    )
    return await _put(session, row)


async def stated(session: Session, unit: UUID) -> UUID:
    row = StatedTally(
        unit_id=unit, counts=TallyOf.DOCUMENTS, label=uuid4().hex, period_from=2020,
        period_to=2024, count=7, qualifier=Qualifier.EQUAL, quote="7", source="x",
    )  # fmt: skip
    return await _put(session, row)


async def commendation(session: Session, unit: UUID) -> UUID:
    row = Commendation(
        unit_id=unit, recipient_kind=RecipientKind.COLLECTIVE, recipient_name="Tổ 1",
        form=CommendationForm.MERIT_CERTIFICATE, authority=CommendingAuthority.COMMUNE_POLICE,
        level=UnitLevel.COMMUNE, achievement="x", search_key="to 1 x",
    )  # fmt: skip
    return await _put(session, row)


async def exemplar(session: Session, unit: UUID) -> UUID:
    row = Exemplar(
        unit_id=unit, subject_kind=SubjectKind.COLLECTIVE, subject_name="Tổ 1", year=2024,
        level=UnitLevel.COMMUNE, description="x", search_key="to 1 x",
    )  # fmt: skip
    return await _put(session, row)


async def recognition(session: Session, unit: UUID) -> UUID:
    """Of a type, by a commune."""
    kind = (await session.exec(select(ModelType.id).where(ModelType.code == "camera"))).one()
    row = m.ModelRecognition(
        type_id=kind, unit_id=unit, level=m.RecognitionLevel.COMMUNE, year=2024,
        scope=m.RecognitionScope.COMMUNE,
    )  # fmt: skip
    return await _put(session, row)


async def members_of(session: Session, model: UUID) -> UUID:
    """Households that take part in a model."""
    kind = m.MemberKind.HOUSEHOLD
    return await _put(session, m.ModelMember(model_id=model, kind=kind, count=3, joined_on=BEGUN))


async def review_rule(session: Session) -> UUID:
    """The rule of review that there is, or one."""
    if known := (await session.exec(select(m.ModelReviewRule.id))).first():
        return known
    row = m.ModelReviewRule(valid_from=BEGUN, months_inactive=6, failed_reviews=2, basis="x")
    return await _put(session, row)


PLACED: dict[str, MakeIn] = {
    "team": team, "member": member, "serving": serving, "committee": committee,
    "document": document, "submitted": submitted, "attachment": attachment, "stated": stated,
    "commendation": commendation, "exemplar": exemplar, "recognition": recognition,
}  # fmt: skip
